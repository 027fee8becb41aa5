package demo_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
)

// bankData is a bank in the demo's format, with other names, ids and figures than the demo's own.
const bankData = `
ecommerce: {company: {name: S, currency: USD}}
telecom: {company: {name: T, currency: CNY}}
education: {company: {name: E, currency: CNY}}
banking:
  company: {name: Fjord Bank, name_zh: 峡湾银行, currency: CNY, daily_transfer_limit: "9000.00", bot_transfer_limit: "4000.00"}
  rates: {chf: "8.0500", usd: "7.2000", savings: "0.20%", deposit_2y: "1.80%", deposit_6m: "1.10%"}
  wealth_products:
    - {id: F-1, name: Cash, name_zh: 现金, risk: R1, horizon_months: 0, annual: "1.5%"}
    - {id: F-2, name: Bonds, name_zh: 债券, risk: R2, horizon_months: 12, annual: "2.5%"}
    - {id: F-3, name: Shares, name_zh: 股票, risk: R4, horizon_months: 60, annual: "6.0%"}
  branches: [{city: Ningbo, city_zh: 宁波, name: 天一支行, address: 中山东路 9 号, hours: "08:30-16:30"}]
  customers:
    - id: K-1
      name: Ola
      phone: "+47 400 11 222"
      language: en
      risk_level: R2
      transferred_today: "6500.00"
      accounts: [{id: 7001-11, kind: current, balance: "3000.00"}, {id: 7001-12, kind: savings, balance: "2000.00"}]
      cards: [{id: c-1, last4: "1111", kind: debit, status: active}, {id: c-2, last4: "2222", kind: credit, status: inactive}, {id: c-3, last4: "3333", kind: debit, status: in_post, eta: +2d}, {id: c-4, last4: "4444", kind: debit, status: blocked}]
      payees: [{name: Kari, account: "9000-0001"}]
      transactions: [{at: -1d, account: 7001-11, amount: "-10.00", merchant: CAFE}, {at: -9d, account: 7001-11, amount: "-20.00", merchant: BOOKS}, {at: -2d, account: 7001-12, amount: "5.00", merchant: INTEREST}]
      transfers: [{id: XF-0098, to: Kari, amount: "5.00", at: -3d, status: completed}]
    - id: K-2
      name: Per
      phone: "+47 400 33 444"
      language: en
      transferred_today: "0.00"
      accounts: [{id: 7001-13, kind: current, balance: "100.00"}]
      cards: [{id: c-9, last4: "9999", kind: debit, status: active, last_decline: {at: -0d, merchant: SHOP, reason: wrong_pin}}]
      payees: []
`

var bankNow = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC) // a Wednesday

func openBank(t *testing.T) *demo.Office {
	t.Helper()
	return openCompany(t, "banking", bankData, bankNow)
}

// bankCall builds a call: "transfers.create K-1 payee=Kari amount=5.00".
func bankCall(text string) backoffice.Call {
	parts := strings.Split(text, " ")
	c := backoffice.Call{Action: parts[0], Args: map[string]string{}, Language: "en", Now: bankNow}
	for _, p := range parts[1:] {
		if name, value, ok := strings.Cut(p, "="); ok {
			c.Args[name] = value
		} else {
			c.Customer = p
		}
	}
	return c
}

func TestBank_RulesOnBothSidesOfEachBoundary(t *testing.T) {
	for _, x := range []struct{ call, refusal, slot string }{
		{"transfers.create K-1 payee=Kari amount=2500.00 account=7001-11", "", ""},                              // exactly what may still leave today
		{"transfers.create K-1 payee=Kari amount=2500.01 account=7001-11", "daily_limit", "amount"},             // one more
		{"transfers.create K-1 payee=Kari amount=2000.00 account=7001-12", "", ""},                              // all that the account holds
		{"transfers.create K-1 payee=Kari amount=2000.01 account=7001-12", "balance", "amount"},                 // one more
		{"transfers.create K-1 payee=Kari amount=100.00", "which_account", "account"},                           // two accounts
		{"transfers.create K-1 payee=Kari amount=100.00 account=7001-13", "not_yours", "account"},               // another customer's
		{"transfers.create K-1 payee=Kari amount=100.00 account=7001-99", "not_yours", "account"},               // nobody's
		{"transfers.create K-1 payee=Nils amount=100.00 account=7001-11", "unknown_payee", "payee"},             // not in the book
		{"transfers.create K-2 payee=Kari amount=1.00", "unknown_payee", "payee"},                               // in another customer's book
		{"transfers.create K-1 payee=Kari amount=0.00 account=7001-11", "bad_amount", "amount"},                 //
		{"transfers.create K-1 payee=Kari amount=-5.00 account=7001-11", "bad_amount", "amount"},                //
		{"transfers.create K-1 payee=Kari amount=5.001 account=7001-11", "bad_amount", "amount"},                //
		{"transfers.create K-1 payee=Kari amount=99999999999999999999 account=7001-11", "bad_amount", "amount"}, //
		{"transfers.create nobody payee=Kari amount=1.00", "unknown_customer", ""},
		{"payees.create K-1 payee=Nils payee_account=9000-0002", "", ""},
		{"payees.create K-2 payee=Kari payee_account=9000-0001", "", ""}, // in another's book only
		{"payees.create K-1 payee=Kari payee_account=9000-0001", "known_payee", ""},
		{"payees.create K-1 payee=Karla payee_account=90000001", "known_payee", ""},
		{"payees.create K-1 payee=kari payee_account=9000-0009", "name_taken", ""},
		{"payees.create K-1 payee=Nils payee_account=12-345", "bad_account", "payee_account"},
		{"payees.create K-1 payee=Nils payee_account=12-3456", "", ""},
		{"payees.create K-1 payee= payee_account=9000-0002", "bad_name", "payee"},
		{"cards.block K-1 card=c-1", "", ""},
		{"cards.block K-1", "", ""}, // the one active card
		{"cards.block K-1 card=c-2", "", ""},
		{"cards.block K-1 card=c-3", "", ""},
		{"cards.block K-1 card=c-4", "blocked_already", ""},
		{"cards.block K-1 card=c-9", "not_yours", "card"},
		{"cards.activate K-1", "", ""},
		{"cards.activate K-1 card=c-2", "", ""},
		{"cards.activate K-1 card=c-1", "active_already", ""},
		{"cards.activate K-1 card=c-3", "in_post", ""},
		{"cards.activate K-1 card=c-4", "blocked", ""},
		{"cards.activate K-2 card=c-2", "not_yours", "card"},
		{"cards.reset_pin K-1", "", ""},
		{"cards.reset_pin K-1 card=c-1", "", ""},
		{"cards.reset_pin K-1 card=c-2", "inactive", ""},
		{"cards.reset_pin K-1 card=c-3", "in_post", ""},
		{"cards.reset_pin K-1 card=c-4", "blocked", ""},
		{"statements.send K-2 period=2026-02-01/2026-02-28", "", ""},
		{"statements.send K-2 period=2026-03-04/2026-03-04", "", ""},                 // today
		{"statements.send K-2 period=2026-03-05/2026-03-06", "future", "period"},     // tomorrow
		{"statements.send K-2 period=2026-02-28/2026-02-01", "bad_period", "period"}, // backwards
		{"statements.send K-2", "bad_period", "period"},
		{"statements.send K-1 period=2026-02-01/2026-02-28", "which_account", "account"},
		{"statements.send K-1 account=7001-13 period=2026-02-01/2026-02-28", "not_yours", "account"},
	} {
		f := openBank(t)
		c := bankCall(x.call)
		_, checked := f.Check(t.Context(), c)
		_, done := f.Execute(t.Context(), "key", c)
		for _, err := range []error{checked, done} {
			var no *backoffice.Refusal
			switch {
			case x.refusal == "" && err != nil:
				t.Errorf("%s: %v", x.call, err)
			case x.refusal != "" && !errors.As(err, &no):
				t.Errorf("%s: %v, want a refusal %s", x.call, err, x.refusal)
			case x.refusal != "" && (no.Code != x.refusal || no.Slot != x.slot):
				t.Errorf("%s: %s of %q, want %s of %q", x.call, no.Code, no.Slot, x.refusal, x.slot)
			}
		}
	}
}

func mustBank(t *testing.T, f *demo.Office, key, text string) backoffice.Record {
	t.Helper()
	c := bankCall(text)
	r, err := f.Read(t.Context(), c)
	if key != "" {
		r, err = f.Execute(t.Context(), key, c)
	}
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return r
}

func TestBank_TransferMovesTheMoneyOnce(t *testing.T) {
	f := openBank(t)
	const send = "transfers.create K-1 payee=Kari amount=1500.00 account=7001-11"
	terms, err := f.Check(t.Context(), bankCall(send))
	if err != nil || terms["payee_account"] != "9000-0001" || terms["total"] != "1500.00" || terms["fee"] != "0.00" || terms["account"] != "7001-11" {
		t.Fatalf("terms %v %v", terms, err)
	}
	for range 2 { // the same key again
		r := mustBank(t, f, "one", send)
		if r["transfer_id"] != "XF-0099" || r["balance"] != "1500.00" || r["status"] != "processing" {
			t.Fatalf("result %v", r)
		}
	}
	if r := mustBank(t, f, "", "transfers.limit K-1"); r["used"] != "8000.00" || r["left"] != "1000.00" || r["daily"] != "9000.00" || r["here"] != "4000.00" {
		t.Errorf("limit %v", r)
	}
	if r := mustBank(t, f, "", "transfers.get K-1"); r["transfer_id"] != "XF-0099" || r["payee"] != "Kari" || r["processing"] != true {
		t.Errorf("newest transfer %v", r)
	}
	if r := mustBank(t, f, "", "transfers.get K-1 transfer_id=XF-0098"); r["status"] != "completed" || r["status_text"] != "completed" {
		t.Errorf("older transfer %v", r)
	}
	var no *backoffice.Refusal
	if _, err := f.Execute(t.Context(), "two", bankCall("transfers.create K-1 payee=Kari amount=1000.01 account=7001-11")); !errors.As(err, &no) || no.Code != "daily_limit" || no.Facts["left"] != "1000.00" {
		t.Errorf("over the day's limit: %v %v", err, no)
	}
	tomorrow := bankCall("transfers.create K-1 payee=Kari amount=1400.00 account=7001-11")
	tomorrow.Now = tomorrow.Now.AddDate(0, 0, 1)
	if _, err := f.Execute(t.Context(), "three", tomorrow); err != nil {
		t.Errorf("the limit of another day: %v", err)
	}
}

func TestBank_NewPayeeCanBePaid(t *testing.T) {
	f := openBank(t)
	mustBank(t, f, "one", "payees.create K-2 payee=Nils payee_account=9000-0002")
	if r := mustBank(t, f, "two", "transfers.create K-2 payee=Nils amount=100.00"); r["balance"] != "0.00" {
		t.Errorf("result %v", r)
	}
}

func TestBank_CardsChangeTheirStatus(t *testing.T) {
	f := openBank(t)
	mustBank(t, f, "one", "cards.activate K-1")
	if _, err := f.Execute(t.Context(), "two", bankCall("cards.block K-1")); err == nil {
		t.Error("two cards are active now, none may be blocked without saying which")
	}
	mustBank(t, f, "three", "cards.block K-1 card=c-2")
	if r := mustBank(t, f, "", "cards.delivery K-1"); len(r["cards"].([]backoffice.Record)) != 1 || len(r["waiting"].([]backoffice.Record)) != 0 {
		t.Errorf("delivery %v", r)
	}
}

func TestBank_Reads(t *testing.T) {
	f := openBank(t)
	list := func(r backoffice.Record, name, field string) string {
		var out []string
		for _, x := range r[name].([]backoffice.Record) {
			out = append(out, x[field].(string))
		}
		return strings.Join(out, " ")
	}
	for _, x := range []struct{ call, list, field, want string }{
		{"accounts.get K-1", "accounts", "account", "7001-11 7001-12"},
		{"accounts.get K-1 account=7001-12", "accounts", "balance", "2000.00"},
		{"accounts.transactions K-1 account=7001-11", "transactions", "merchant", "CAFE BOOKS"},
		{"accounts.transactions K-1 account=7001-11 period=2026-02-23/2026-02-23", "transactions", "merchant", "BOOKS"},
		{"accounts.transactions K-1 account=7001-11 period=2026-02-24/2026-03-04", "transactions", "merchant", "CAFE"},
		{"accounts.transactions K-1 account=7001-12", "transactions", "merchant", "INTEREST"},
		{"accounts.transactions K-1", "transactions", "merchant", "CAFE INTEREST BOOKS"},
		{"rates.get", "interest", "name", "savings account 6-month fixed deposit 2-year fixed deposit"},
		{"wealth.suitable K-1 risk_tolerance=low horizon=2years goal=x", "products", "product", "F-2 F-1"},
		{"wealth.suitable K-1 risk_tolerance=high horizon=10years goal=x", "products", "product", "F-2 F-1"}, // never above the level on file
		{"wealth.suitable K-1 risk_tolerance=high horizon=11months goal=x", "products", "product", "F-1"},
		{"wealth.suitable K-1 risk_tolerance=low horizon=anytime goal=x", "products", "product", "F-1"},
		{"branches.find city=Ningbo", "branches", "address", "中山东路 9 号"},
		{"branches.find city=宁波市", "branches", "name", "天一支行"},
		{"branches.find city=天一", "branches", "name", "天一支行"},
		{"branches.find city=Oslo", "branches", "name", ""},
	} {
		if got := list(mustBank(t, f, "", x.call), x.list, x.field); got != x.want {
			t.Errorf("%s: %q, want %q", x.call, got, x.want)
		}
	}
	if r := mustBank(t, f, "", "payees.get K-1 payee=Kari"); r["payee_account"] != "9000-0001" {
		t.Errorf("payee %v", r)
	}
	if r := mustBank(t, f, "", "rates.get currency=CHF"); r["rate"] != "8.0500" || r["hundred"] != "805.00" {
		t.Errorf("rate %v", r)
	}
	if r := mustBank(t, f, "", "cards.last_decline K-2"); r["found"] != true || r["merchant"] != "SHOP" || r["reason_text"] != "the PIN was wrong" {
		t.Errorf("decline %v", r)
	}
	if r := mustBank(t, f, "", "cards.last_decline K-1 card=c-1"); r["found"] != false {
		t.Errorf("decline %v", r)
	}
	if r := mustBank(t, f, "", "wealth.suitable K-1 risk_tolerance=high horizon=long goal=x"); r["capped"] != true || r["risk_level"] != "R2" {
		t.Errorf("cap %v", r)
	}
}

func TestBank_RefusesReads(t *testing.T) {
	f := openBank(t)
	for call, want := range map[string]string{
		"accounts.get K-1 account=7001-13":                                       "not_yours",
		"accounts.transactions K-1 account=7001-13":                              "not_yours",
		"accounts.transactions K-1 account=7001-11 period=2026-03-05/2026-03-09": "future",
		"accounts.get":                           "unknown_customer",
		"payees.get K-2 payee=Kari":              "unknown_payee",
		"transfers.get K-2":                      "no_transfers",
		"transfers.get K-1 transfer_id=XF-1234":  "not_yours",
		"rates.get currency=GBP":                 "not_quoted",
		"rates.get currency=SAVINGS":             "not_quoted",
		"cards.last_decline K-1 card=c-9":        "not_yours",
		"wealth.suitable K-2 risk_tolerance=low": "no_risk_level",
	} {
		_, err := f.Read(t.Context(), bankCall(call))
		var no *backoffice.Refusal
		if !errors.As(err, &no) || no.Code != want {
			t.Errorf("%s: %v, want %s", call, err, want)
		}
	}
}

func TestBank_FindsCustomersByTheirPhoneAlone(t *testing.T) {
	f := openBank(t)
	for phone, want := range map[string]string{"+47 400 11 222": "K-1", "40011222": "K-1", "0047 40033444": "K-2", "400 11 223": "", "": "", "11222": ""} {
		got, err := f.Find(t.Context(), backoffice.Details{Phone: phone})
		if got != want || (want == "") != errors.Is(err, backoffice.ErrNotFound) {
			t.Errorf("%q: %q %v, want %q", phone, got, err, want)
		}
	}
}

func TestBank_ItemsAreTheCustomersOwn(t *testing.T) {
	f := openBank(t)
	for _, x := range []struct{ kind, customer, action, want string }{
		{"account", "K-1", "", "7001-11 7001-12"},
		{"account", "", "", ""},
		{"payee", "K-1", "transfers.create", "Kari"},
		{"payee", "K-1", "payees.create", ""},
		{"transfer", "K-1", "", "XF-0098"},
		{"transfer", "K-2", "", ""},
		{"card", "K-2", "", "c-9"},
		{"transaction", "K-1", "", "CAFE 10.00 2026-03-03|BOOKS 20.00 2026-02-23"},
	} {
		items, err := f.Items(t.Context(), x.kind, backoffice.Call{Customer: x.customer, Action: x.action, Now: bankNow})
		var ids []string
		for _, i := range items {
			ids = append(ids, i.ID)
		}
		got := strings.Join(ids, " ")
		if x.kind == "transaction" {
			got = strings.Join(ids, "|")
		}
		if err != nil || got != x.want {
			t.Errorf("%s of %s: %q %v, want %q", x.kind, x.customer, got, err, x.want)
		}
	}
}

func TestBank_MarksTheCardsThatAnActionIsAbout(t *testing.T) {
	f := openBank(t)
	for action, want := range map[string]string{"cards.block": "c-1", "cards.activate": "c-2", "cards.reset_pin": "c-1", "cards.last_decline": "c-1", "": "c-1 c-2 c-3 c-4"} {
		items, err := f.Items(t.Context(), "card", backoffice.Call{Customer: "K-1", Action: action, Now: bankNow})
		var ids []string
		for _, i := range items {
			if i.Attributes["likely"] == "*" {
				ids = append(ids, i.ID)
			}
		}
		if got := strings.Join(ids, " "); err != nil || got != want {
			t.Errorf("%s: %q %v, want %q", action, got, err, want)
		}
	}
}

func TestBank_KnowsTheShapesOfItsIDs(t *testing.T) {
	p, err := openBank(t).Profile(t.Context())
	if err != nil || p.Shapes["account"] != "7001-99" || p.Shapes["transfer"] != "XF-9999" || p.Shapes["card"] != "c-9" {
		t.Errorf("shapes %v %v", p.Shapes, err)
	}
}
