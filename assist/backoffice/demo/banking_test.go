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
