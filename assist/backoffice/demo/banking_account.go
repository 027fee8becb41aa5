package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// paper is the reference of something that was ordered or done.
func (s *bank) paper(prefix string, now time.Time) string {
	s.Papers++
	return fmt.Sprintf("%s-%s%02d", prefix, now.Format("060102"), s.Papers)
}

// account is the one of the customer's accounts that the call is about; with a single one it need not be named.
func (s *bank) account(c backoffice.Call) (*bankCustomer, *bankAccount, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	id := c.Args["account"]
	switch {
	case len(who.Accounts) == 0:
		return nil, nil, &backoffice.Refusal{Code: "no_account"}
	case id == "" && len(who.Accounts) == 1:
		return who, &who.Accounts[0], nil
	case id == "":
		return nil, nil, &backoffice.Refusal{Code: "which_account", Slot: "account"}
	}
	n := slices.IndexFunc(who.Accounts, func(a bankAccount) bool { return a.ID == id })
	if n < 0 {
		return nil, nil, notYours("account", id)
	}
	return who, &who.Accounts[n], nil
}

// notYours refuses an id that is not the customer's like one that there isn't.
func notYours(slot, id string) error {
	return &backoffice.Refusal{Code: "not_yours", Slot: slot, Facts: backoffice.Record{"id": id}}
}

func (a *bankAccount) record(language string) backoffice.Record {
	return backoffice.Record{"account": a.ID, "kind": a.Kind, "name": accountKind(a.Kind, language), "balance": a.Balance}
}

func (s *bank) accountsGet(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who != nil && c.Args["account"] == "" && len(who.Accounts) > 0 {
		var all []backoffice.Record
		for i := range who.Accounts {
			all = append(all, who.Accounts[i].record(c.Language))
		}
		return backoffice.Record{"accounts": all, "several": len(all) > 1}, nil
	}
	_, a, err := s.account(c)
	if err != nil {
		return nil, err
	}
	return backoffice.Record{"accounts": []backoffice.Record{a.record(c.Language)}, "several": false}, nil
}

// mostTransactions are told at once; more belong into a statement.
const mostTransactions = 10

func (s *bank) accountsTransactions(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	out := backoffice.Record{}
	if id := c.Args["account"]; id != "" || len(who.Accounts) == 1 {
		_, a, err := s.account(c)
		if err != nil {
			return nil, err
		}
		out["account"], out["name"] = a.ID, accountKind(a.Kind, c.Language)
	}
	from, to, err := stretch(c)
	if err != nil {
		return nil, err
	}
	if !from.IsZero() {
		out["from"], out["to"] = from, to
	}
	var list []backoffice.Record
	for _, t := range newestFirst(who.Transactions) {
		at := t.At.In(c.Now.Location())
		if account, one := out["account"]; one && t.Account != account {
			continue
		}
		if !from.IsZero() && (at.Before(from) || !at.Before(to.AddDate(0, 0, 1))) {
			continue
		}
		list = append(list, backoffice.Record{"at": at, "amount": t.Amount, "merchant": t.Merchant, "account": t.Account})
	}
	if more := len(list) - mostTransactions; more > 0 {
		out["more"], list = more, list[:mostTransactions]
	}
	out["transactions"] = list
	return out, nil
}

func newestFirst(all []bankTransaction) []bankTransaction {
	out := slices.Clone(all)
	slices.SortStableFunc(out, func(a, b bankTransaction) int { return b.At.Compare(a.At) })
	return out
}

// stretch reads the period of a call, two days of which both belong to it; zero if none is named.
func stretch(c backoffice.Call) (from, to time.Time, err error) {
	text := c.Args["period"]
	if text == "" {
		return time.Time{}, time.Time{}, nil
	}
	first, last, parted := strings.Cut(text, "/")
	if !parted {
		last = first
	}
	from, err1 := time.ParseInLocation(time.DateOnly, first, c.Now.Location())
	to, err2 := time.ParseInLocation(time.DateOnly, last, c.Now.Location())
	switch {
	case err1 != nil, err2 != nil, to.Before(from):
		return time.Time{}, time.Time{}, &backoffice.Refusal{Code: "bad_period", Slot: "period", Facts: backoffice.Record{"period": text}}
	case from.After(c.Now):
		return time.Time{}, time.Time{}, &backoffice.Refusal{Code: "future", Slot: "period", Facts: backoffice.Record{"from": from}}
	}
	return from, to, nil
}

func (s *bank) statementsSend(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	_, a, err := s.account(c)
	if err != nil {
		return nil, nil, err
	}
	from, to, err := stretch(c)
	switch {
	case err != nil:
		return nil, nil, err
	case from.IsZero():
		return nil, nil, &backoffice.Refusal{Code: "bad_period", Slot: "period", Facts: backoffice.Record{"period": ""}}
	}
	terms := backoffice.Record{"account": a.ID, "name": accountKind(a.Kind, c.Language), "from": from, "to": to}
	return terms, func() backoffice.Record {
		return backoffice.Record{"account": a.ID, "name": accountKind(a.Kind, c.Language), "from": from, "to": to, "reference": s.paper("ST", c.Now)}
	}, nil
}
