package demo_test

import (
	"errors"
	"strings"
	"testing"

	"deskhand/assist/backoffice"
)

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
