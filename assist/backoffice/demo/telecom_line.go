package demo

import (
	"strings"

	"deskhand/assist/backoffice"
)

const suspended = "suspended"

func (s *carrier) linesChangePlan(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, nil, err
	}
	own, p := s.planOf(l, c.Now), s.plan(c.Args["plan"])
	if p == nil {
		return nil, nil, unknownPlan(c.Args["plan"])
	}
	from := nextMonth(c.Now)
	record := s.planRecord(p, own, c.Language)
	switch ordered := l.Next != "" && c.Now.Before(l.NextFrom); {
	case ordered && sameID(l.Next, p.ID):
		return nil, nil, &backoffice.Refusal{Code: "ordered", Slot: "plan", Facts: backoffice.Record{"plan": record, "from": l.NextFrom}}
	case !ordered && own != nil && own.ID == p.ID:
		return nil, nil, &backoffice.Refusal{Code: "same_plan", Slot: "plan", Facts: backoffice.Record{"plan": record, "others": s.others(p, c.Language)}}
	}
	r := backoffice.Record{
		"line": l.ID, "phone": lastFour(who.Phone), "plan": record, "from": from,
		"no_broadband": own != nil && own.Broadband > 0 && p.Broadband == 0,
	}
	if own != nil {
		r["before"] = s.planRecord(own, own, c.Language)
	}
	return r, func() backoffice.Record {
		if own != nil {
			l.Plan = own.ID
		}
		l.Next, l.NextFrom = p.ID, from
		return r
	}, nil
}

// others are the names of the plans but one.
func (s *carrier) others(but *tariff, language string) string {
	var names []string
	for _, p := range s.Plans {
		if p.ID != but.ID {
			names = append(names, named(p.Name, p.NameZH, language))
		}
	}
	return listed(names, language)
}

func (s *carrier) linesTopUp(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, nil, err
	}
	amount := hundredths(c.Args["amount"])
	if amount <= 0 {
		return nil, nil, &backoffice.Refusal{Code: "bad_amount", Slot: "amount", Facts: backoffice.Record{"amount": c.Args["amount"]}}
	}
	terms := backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone), "amount": decimalOf(amount)}
	return terms, func() backoffice.Record {
		l.Credit = decimalOf(hundredths(l.Credit) + amount)
		return backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone), "amount": decimalOf(amount), "reference": s.paper("TU")}
	}, nil
}

func (s *carrier) linesBuyAddon(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, nil, err
	}
	for i := range s.Addons {
		a := &s.Addons[i]
		if !sameID(a.ID, c.Args["addon"]) {
			continue
		}
		r := a.record(c.Language)
		r["line"], r["phone"], r["until"] = l.ID, lastFour(who.Phone), nextMonth(c.Now).AddDate(0, 0, -1)
		return r, func() backoffice.Record {
			l.Bought = append(l.Bought, a.ID)
			return r
		}, nil
	}
	return nil, nil, &backoffice.Refusal{Code: "unknown_addon", Slot: "addon", Facts: backoffice.Record{"addon": c.Args["addon"]}}
}

func (s *carrier) linesEnableRoaming(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, nil, err
	}
	country := strings.TrimSpace(c.Args["country"])
	r := backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone), "country": country}
	if l.Roaming {
		return nil, nil, &backoffice.Refusal{Code: "roaming_on", Facts: r}
	}
	return r, func() backoffice.Record {
		l.Roaming = true
		return r
	}, nil
}

// linesSuspend blocks a lost card at once.
func (s *carrier) linesSuspend(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, nil, err
	}
	r := backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone)}
	if l.Status == suspended {
		return nil, nil, &backoffice.Refusal{Code: "suspended", Facts: r}
	}
	return r, func() backoffice.Record {
		l.Status = suspended
		return backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone), "reference": s.paper("SU")}
	}, nil
}

// cardDays is how long a card takes in the post.
const cardDays = 3

func (s *carrier) simsReplace(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, nil, err
	}
	address := strings.TrimSpace(c.Args["address"])
	if address == "" {
		return nil, nil, &backoffice.Refusal{Code: "no_address", Slot: "address"}
	}
	r := backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone)}
	return r, func() backoffice.Record {
		return backoffice.Record{
			"line": l.ID, "phone": lastFour(who.Phone), "reference": s.paper("SIM"), "address": address, "eta": midnightOf(c.Now, c.Now).AddDate(0, 0, cardDays),
		}
	}, nil
}
