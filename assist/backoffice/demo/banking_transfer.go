package demo

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"deskhand/assist/backoffice"
)

// exact is an amount as arguments write it: above zero, at most two places, no sign.
var exact = regexp.MustCompile(`^\d{1,12}(\.\d{1,2})?$`)

// fee of a transfer: the bank takes none.
const fee = "0.00"

func (s *bank) transfersCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, from, err := s.account(c)
	if err != nil {
		return nil, nil, err
	}
	to, err := who.payee(c.Args["payee"])
	if err != nil {
		return nil, nil, err
	}
	amount := hundredths(c.Args["amount"])
	if err := s.payable(who, from, c, amount); err != nil {
		return nil, nil, err
	}
	terms := backoffice.Record{
		"payee": to.Name, "payee_account": to.Account, "amount": decimalOf(amount), "fee": fee, "total": decimalOf(amount),
		"account": from.ID, "name": accountKind(from.Kind, c.Language), "at": midnightOf(c.Now, c.Now),
	}
	return terms, func() backoffice.Record {
		t := bankTransfer{ID: s.nextTransfer(), To: to.Name, Amount: decimalOf(amount), At: c.Now, Status: transferProcessing}
		from.Balance = decimalOf(hundredths(from.Balance) - amount)
		who.TransferredToday, who.TransferredOn = decimalOf(who.transferred(c.Now)+amount), c.Now
		who.Transfers = append(who.Transfers, t)
		who.Transactions = append(who.Transactions, bankTransaction{At: c.Now, Account: from.ID, Amount: decimalOf(-amount), Merchant: to.Name})
		return backoffice.Record{
			"transfer_id": t.ID, "payee": to.Name, "amount": t.Amount, "fee": fee, "account": from.ID, "balance": from.Balance,
			"status": t.Status, "status_text": transferText(t.Status, c.Language),
		}
	}, nil
}

// payee is the one in the customer's book by that very name.
func (who *bankCustomer) payee(name string) (bankPayee, error) {
	n := slices.IndexFunc(who.Payees, func(p bankPayee) bool { return p.Name == name })
	if n < 0 {
		return bankPayee{}, &backoffice.Refusal{Code: "unknown_payee", Slot: "payee", Facts: backoffice.Record{"payee": name}}
	}
	return who.Payees[n], nil
}

func (s *bank) payeesGet(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	p, err := who.payee(c.Args["payee"])
	if err != nil {
		return nil, err
	}
	return backoffice.Record{"payee": p.Name, "payee_account": p.Account}, nil
}

// payable refuses an amount that is none, that is more than may still leave today, or more than the account holds.
func (s *bank) payable(who *bankCustomer, from *bankAccount, c backoffice.Call, amount int64) error {
	used, daily := who.transferred(c.Now), hundredths(s.Company.DailyTransferLimit)
	facts := backoffice.Record{
		"amount": decimalOf(amount), "daily": decimalOf(daily), "used": decimalOf(used), "left": decimalOf(max(daily-used, 0)),
		"account": from.ID, "name": accountKind(from.Kind, c.Language), "balance": from.Balance,
	}
	switch {
	case !exact.MatchString(c.Args["amount"]) || amount <= 0:
		return &backoffice.Refusal{Code: "bad_amount", Slot: "amount", Facts: backoffice.Record{"amount": c.Args["amount"]}}
	case daily > 0 && used+amount > daily:
		return &backoffice.Refusal{Code: "daily_limit", Slot: "amount", Facts: facts}
	case amount > hundredths(from.Balance):
		return &backoffice.Refusal{Code: "balance", Slot: "amount", Facts: facts}
	}
	return nil
}

// transferred is what the customer has sent on the day of now.
func (who *bankCustomer) transferred(now time.Time) int64 {
	if !who.TransferredOn.IsZero() && who.TransferredOn.In(now.Location()).Format(time.DateOnly) != now.Format(time.DateOnly) {
		return 0
	}
	return hundredths(who.TransferredToday)
}

// nextTransfer is an id behind all that there are, in their form.
func (s *bank) nextTransfer() string {
	prefix, most, width := "TR-", 0, 5
	for _, c := range s.Customers {
		for _, t := range c.Transfers {
			at := strings.LastIndexFunc(t.ID, func(r rune) bool { return r < '0' || r > '9' }) + 1
			if n, err := strconv.Atoi(t.ID[at:]); err == nil && n > most {
				prefix, most, width = t.ID[:at], n, len(t.ID)-at
			}
		}
	}
	return fmt.Sprintf("%s%0*d", prefix, width, most+1)
}

func (s *bank) transfersGet(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	if len(who.Transfers) == 0 {
		return nil, &backoffice.Refusal{Code: "no_transfers"}
	}
	t := slices.MaxFunc(who.Transfers, func(a, b bankTransfer) int { return a.At.Compare(b.At) })
	if id := c.Args["transfer_id"]; id != "" {
		n := slices.IndexFunc(who.Transfers, func(t bankTransfer) bool { return t.ID == id })
		if n < 0 {
			return nil, notYours("transfer_id", id)
		}
		t = who.Transfers[n]
	}
	out := backoffice.Record{
		"transfer_id": t.ID, "payee": t.To, "amount": t.Amount, "at": t.At, "status": t.Status, "status_text": transferText(t.Status, c.Language),
		"processing": t.Status == transferProcessing,
	}
	if latest := workingDayAfter(t.At.In(c.Now.Location())); t.Status == transferProcessing && latest.After(c.Now) {
		out["latest"] = latest
	}
	return out, nil
}

// workingDayAfter is the end of the next day that is no Saturday or Sunday.
func workingDayAfter(at time.Time) time.Time {
	day := at.AddDate(0, 0, 1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, at.Location())
}

func (s *bank) transfersLimit(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	daily, used := hundredths(s.Company.DailyTransferLimit), who.transferred(c.Now)
	out := backoffice.Record{"daily": decimalOf(daily), "used": decimalOf(used), "left": decimalOf(max(daily-used, 0))}
	if s.Company.BotTransferLimit != "" {
		out["here"] = decimalOf(hundredths(s.Company.BotTransferLimit))
	}
	return out, nil
}

// How long a payee's account number and name may be.
const (
	leastAccount, mostAccount = 6, 24
	mostName                  = 60
)

func (s *bank) payeesCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	name, account := strings.TrimSpace(c.Args["payee"]), strings.TrimSpace(c.Args["payee_account"])
	facts := backoffice.Record{"payee": name, "payee_account": account}
	if name == "" || utf8.RuneCountInString(name) > mostName {
		return nil, nil, &backoffice.Refusal{Code: "bad_name", Slot: "payee", Facts: facts}
	}
	if n := len(digitsOf(account)); n < leastAccount || n > mostAccount {
		return nil, nil, &backoffice.Refusal{Code: "bad_account", Slot: "payee_account", Facts: facts}
	}
	for _, p := range who.Payees {
		facts := backoffice.Record{"payee": p.Name, "payee_account": p.Account}
		sameName, sameAccount := strings.EqualFold(p.Name, name), digitsOf(p.Account) == digitsOf(account)
		switch {
		case sameName && sameAccount, sameAccount:
			return nil, nil, &backoffice.Refusal{Code: "known_payee", Facts: facts}
		case sameName:
			return nil, nil, &backoffice.Refusal{Code: "name_taken", Facts: facts}
		}
	}
	return facts, func() backoffice.Record {
		who.Payees = append(who.Payees, bankPayee{Name: name, Account: account})
		return facts
	}, nil
}
