package demo

import (
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

type bill struct {
	Period time.Time  `yaml:"period" json:"period"` // the first of its month
	Amount string     `yaml:"amount" json:"amount"`
	Items  []billItem `yaml:"items" json:"items"`
}

type billItem struct {
	Name   string `yaml:"name" json:"name"`
	Amount string `yaml:"amount" json:"amount"`
}

// billsGet shows the bills of the months that the period touches, without one the newest, and what made it more than the
// plan costs.
func (s *carrier) billsGet(c backoffice.Call) (backoffice.Record, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	all := slices.Clone(who.Bills)
	slices.SortFunc(all, func(a, b bill) int { return b.Period.Compare(a.Period) })
	if len(all) == 0 {
		return backoffice.Record{"found": false}, nil
	}
	shown := all[:1]
	if from, to, ok := days(c.Args["period"], c.Now); ok {
		shown = slices.DeleteFunc(slices.Clone(all), func(b bill) bool { return !touches(b, from, to) })
		if len(shown) == 0 {
			return s.noBill(all, from, to, c), nil
		}
	}
	out := []backoffice.Record{}
	for _, b := range shown {
		out = append(out, s.billRecord(b, c))
	}
	r := backoffice.Record{"found": true, "bills": out, "extras": s.extras(shown[0], c.Language)}
	if n := slices.IndexFunc(all, func(b bill) bool { return b.Period.Equal(shown[0].Period) }); n+1 < len(all) && len(shown) == 1 {
		difference := hundredths(shown[0].Amount) - hundredths(all[n+1].Amount)
		r["before"] = backoffice.Record{
			"month": monthName(all[n+1].Period, c), "amount": decimalOf(hundredths(all[n+1].Amount)), "difference": decimalOf(max(difference, -difference)),
			"higher": difference > 0, "lower": difference < 0,
		}
	}
	return r, nil
}

func (s *carrier) noBill(all []bill, from, to time.Time, c backoffice.Call) backoffice.Record {
	var months []string
	for _, b := range all {
		months = append(months, monthName(b.Period, c))
	}
	now := time.Date(c.Now.Year(), c.Now.Month(), 1, 0, 0, 0, 0, c.Now.Location())
	return backoffice.Record{
		"found": false, "asked": monthName(from, c), "running": !to.Before(now) && !from.Before(now), "known": listed(months, c.Language),
	}
}

func (s *carrier) billRecord(b bill, c backoffice.Call) backoffice.Record {
	items := []backoffice.Record{}
	for _, i := range b.Items {
		items = append(items, s.itemRecord(i, c.Language))
	}
	return backoffice.Record{"month": monthName(b.Period, c), "amount": decimalOf(hundredths(b.Amount)), "items": items}
}

func (s *carrier) itemRecord(i billItem, language string) backoffice.Record {
	return backoffice.Record{"name": s.itemName(i.Name, language), "amount": decimalOf(hundredths(i.Amount))}
}

// itemName is what stands on a bill in the reader's language, as far as it is known there.
func (s *carrier) itemName(name, language string) string {
	for _, p := range s.Plans {
		if name == p.Name || name == p.NameZH {
			return named(p.Name, p.NameZH, language)
		}
	}
	for _, a := range s.Addons {
		if name == a.Name || name == a.NameZH {
			return named(a.Name, a.NameZH, language)
		}
	}
	for _, w := range []word{{"Extra data", "超出流量"}, {"Extra minutes", "超出通话"}, {"Roaming", "国际漫游"}, {"Late fee", "滞纳金"}} {
		if strings.EqualFold(name, w.en) || name == w.zh {
			return w.in(language)
		}
	}
	return name
}

// extras are the items beside the plan.
func (s *carrier) extras(b bill, language string) []backoffice.Record {
	out := []backoffice.Record{}
	for _, i := range b.Items {
		if !slices.ContainsFunc(s.Plans, func(p tariff) bool { return i.Name == p.Name || i.Name == p.NameZH }) {
			out = append(out, s.itemRecord(i, language))
		}
	}
	return out
}

// days reads a period, 2006-01-02/2006-01-02, both days included; false if it is none.
func days(period string, now time.Time) (from, to time.Time, ok bool) {
	a, b, _ := strings.Cut(period, "/")
	from, err := time.ParseInLocation(time.DateOnly, a, now.Location())
	if err != nil {
		return from, to, false
	}
	if to, err = time.ParseInLocation(time.DateOnly, b, now.Location()); err != nil {
		to = from
	}
	return from, to, true
}

// touches tells whether a bill's month has a day of the period. A period that only reaches into a month, such as "the
// last 30 days", means the months that it began in, too.
func touches(b bill, from, to time.Time) bool {
	first := b.Period.In(from.Location())
	return first.AddDate(0, 1, 0).After(from) && !first.After(to)
}

func monthName(t time.Time, c backoffice.Call) string {
	t = t.In(c.Now.Location())
	if c.Language == "zh" {
		return t.Format("2006年1月")
	}
	return t.Format("January 2006")
}
