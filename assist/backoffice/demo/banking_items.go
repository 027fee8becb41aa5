package demo

import (
	"maps"
	"slices"
	"strings"

	"deskhand/assist/backoffice"
)

// likely marks the items that an action is probably about. Its value is no word, so that no text can mean it.
const likely = "likely"

func (s *bank) items(kind string, c backoffice.Call) ([]backoffice.Item, error) {
	if kind == "currency" {
		return s.currencies(), nil
	}
	who := s.customer(c.Customer)
	if who == nil {
		return nil, nil
	}
	switch kind {
	case "account":
		return who.accountItems(), nil
	case "card":
		return who.cardItems(c.Action), nil
	case "payee":
		return who.payeeItems(c.Action), nil
	case "transfer":
		return who.transferItems(), nil
	case "transaction":
		return who.transactionItems(), nil
	}
	return nil, backoffice.ErrUnsupported
}

// currencies are all that people ask about; a rate is quoted for some.
func (s *bank) currencies() []backoffice.Item {
	var out []backoffice.Item
	codes := currencyNames()
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if code == s.Company.Currency {
			continue
		}
		x := backoffice.Item{ID: code, Kind: "currency", Names: append([]string{codes[code].en, code}, codes[code].more...), NameZH: codes[code].zh, Attributes: map[string]string{}}
		if rate, ok := s.Rates[strings.ToLower(code)]; ok && isRate(strings.ToLower(code), rate) {
			x.Attributes[likely] = "*"
		}
		out = append(out, x)
	}
	return out
}

func (who *bankCustomer) accountItems() []backoffice.Item {
	var out []backoffice.Item
	for _, a := range who.Accounts {
		out = append(out, backoffice.Item{
			ID: a.ID, Kind: "account", Names: []string{accountKind(a.Kind, "en") + " " + a.ID}, NameZH: accountKind(a.Kind, "zh") + " " + a.ID,
			Attributes: map[string]string{"kind": a.Kind},
		})
	}
	return out
}

func (who *bankCustomer) cardItems(action string) []backoffice.Item {
	var out []backoffice.Item
	probable := who.likelyCards(action)
	for _, x := range who.Cards {
		i := backoffice.Item{
			ID: x.ID, Kind: "card", Names: []string{cardName(x, "en")}, NameZH: cardName(x, "zh"),
			Attributes: map[string]string{"kind": x.Kind, "status": x.Status, "last4": x.Last4},
		}
		if slices.Contains(probable, x.ID) {
			i.Attributes[likely] = "*"
		}
		out = append(out, i)
	}
	return out
}

// payeeItems are the customer's book; whoever is to be added to it isn't in it yet.
func (who *bankCustomer) payeeItems(action string) []backoffice.Item {
	if action == "payees.create" {
		return nil
	}
	var out []backoffice.Item
	for _, p := range who.Payees {
		out = append(out, backoffice.Item{ID: p.Name, Kind: "payee", Names: []string{p.Name, p.Account}})
	}
	return out
}

func (who *bankCustomer) transferItems() []backoffice.Item {
	var out []backoffice.Item
	for _, t := range who.Transfers {
		out = append(out, backoffice.Item{
			ID: t.ID, Kind: "transfer", Names: []string{transferName(t, "en"), t.To}, NameZH: transferName(t, "zh"), At: t.At,
			Attributes: map[string]string{"status": t.Status, "price": t.Amount},
		})
	}
	slices.SortStableFunc(out, func(a, b backoffice.Item) int { return b.At.Compare(a.At) })
	return out
}

// transactionItems are the payments that left the customer's accounts, newest first. They have no numbers of their own.
func (who *bankCustomer) transactionItems() []backoffice.Item {
	var out []backoffice.Item
	for _, t := range newestFirst(who.Transactions) {
		amount, out1 := strings.CutPrefix(t.Amount, "-")
		if !out1 {
			continue
		}
		out = append(out, backoffice.Item{
			ID: t.Merchant + " " + amount + " " + t.At.Format("2006-01-02"), Kind: "transaction", Names: []string{t.Merchant + " " + amount, t.Merchant, amount},
			At: t.At, Attributes: map[string]string{"price": amount},
		})
	}
	return out
}
