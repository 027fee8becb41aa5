package demo

import (
	"fmt"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

func (s *carrier) planRecord(p *tariff, own *tariff, language string) backoffice.Record {
	if p == nil {
		return nil
	}
	r := backoffice.Record{
		"plan": p.ID, "name": named(p.Name, p.NameZH, language), "price": decimalOf(hundredths(p.Price)), "data_gb": p.DataGB, "minutes": p.Minutes,
		"current": own != nil && own.ID == p.ID,
	}
	if p.Broadband > 0 {
		r["broadband_mbps"] = p.Broadband
	}
	return r
}

func (s *carrier) plansGet(c backoffice.Call) (backoffice.Record, error) {
	var own *tariff
	if who := s.subscriber(c.Customer); who != nil {
		own = s.planOf(&who.Line, c.Now)
	}
	if id := c.Args["plan"]; id != "" {
		p := s.plan(id)
		if p == nil {
			return nil, unknownPlan(id)
		}
		return backoffice.Record{"plans": []backoffice.Record{s.planRecord(p, own, c.Language)}, "single": true}, nil
	}
	out := []backoffice.Record{}
	for i := range s.Plans {
		out = append(out, s.planRecord(&s.Plans[i], own, c.Language))
	}
	return backoffice.Record{"plans": out, "single": false}, nil
}

func unknownPlan(id string) error {
	return &backoffice.Refusal{Code: "unknown_plan", Slot: "plan", Facts: backoffice.Record{"plan": id}}
}

// plansRecommend goes by the month with the most data: the cheapest plan that would have been enough, with the minutes
// and the broadband that the customer has now.
func (s *carrier) plansRecommend(c backoffice.Call) (backoffice.Record, error) {
	_, l, err := s.lineOf(c)
	if err != nil {
		return nil, err
	}
	own := s.planOf(l, c.Now)
	if own == nil {
		return nil, unknownPlan(l.Plan)
	}
	used, peak := l.months()
	best := s.cheapest(own, peak, l.Usage.Minutes)
	short := best == nil
	if short {
		best = s.largest(own)
	}
	r := backoffice.Record{
		"plan": s.planRecord(best, own, c.Language), "current": s.planRecord(own, own, c.Language), "stay": best.ID == own.ID,
		"months": listed(used, c.Language), "peak_gb": trimmed(peak), "minutes": l.Usage.Minutes, "short": short,
		"dearer": hundredths(best.Price) > hundredths(own.Price),
	}
	difference := hundredths(best.Price) - hundredths(own.Price)
	r["difference"] = decimalOf(max(difference, -difference))
	if a := s.cheapestAddon(); a != nil && peak > int64(own.DataGB)*100 {
		r["addon"] = a.record(c.Language)
		r["addon_total"] = decimalOf(hundredths(own.Price) + hundredths(a.Price))
	}
	return r, nil
}

// months are the gigabytes of the last months in words, and the most of them in hundredths. What is used of the running
// month counts when it is the most.
func (l *line) months() (used []string, peak int64) {
	for _, m := range l.Months {
		used = append(used, m.DataGB+" GB")
		peak = max(peak, hundredths(m.DataGB))
	}
	return used, max(peak, hundredths(l.Usage.DataGB))
}

func (s *carrier) cheapest(own *tariff, data int64, minutes int) *tariff {
	var best *tariff
	for i := range s.Plans {
		p := &s.Plans[i]
		if int64(p.DataGB)*100 < data || p.Minutes < minutes || p.Broadband < own.Broadband {
			continue
		}
		if best == nil || hundredths(p.Price) < hundredths(best.Price) {
			best = p
		}
	}
	return best
}

// largest is the plan with the most data, for those for whom none has enough; the customer's own if it is one of them.
func (s *carrier) largest(own *tariff) *tariff {
	best := own
	for i := range s.Plans {
		if s.Plans[i].DataGB > best.DataGB && s.Plans[i].Broadband >= own.Broadband {
			best = &s.Plans[i]
		}
	}
	return best
}

// cheapestAddon is a pack of data that counts all day: the one whose name tells how much it holds.
func (s *carrier) cheapestAddon() *addon {
	var best *addon
	for i := range s.Addons {
		a := &s.Addons[i]
		if strings.ContainsAny(a.Name, "0123456789") && (best == nil || hundredths(a.Price) < hundredths(best.Price)) {
			best = a
		}
	}
	return best
}

func (a *addon) record(language string) backoffice.Record {
	return backoffice.Record{"addon": a.ID, "name": named(a.Name, a.NameZH, language), "price": decimalOf(hundredths(a.Price))}
}

// trimmed writes hundredths as people do: 96.4, 10.
func trimmed(n int64) string {
	text := decimalOf(n)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// percent is a part in the hundred, of hundredths of gigabytes and whole ones.
func percent(used int64, of int) int {
	if of == 0 {
		return 0
	}
	return int(used / int64(of))
}

const nearly = 80 // per cent of the data from which a customer should know

func (s *carrier) linesUsage(c backoffice.Call) (backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, err
	}
	p := s.planOf(l, c.Now)
	if p == nil {
		return nil, unknownPlan(l.Plan)
	}
	used := hundredths(l.Usage.DataGB)
	left := int64(p.DataGB)*100 - used
	r := backoffice.Record{
		"line": l.ID, "phone": lastFour(who.Phone), "plan": named(p.Name, p.NameZH, c.Language),
		"data_used": trimmed(used), "data_gb": fmt.Sprint(p.DataGB), "data_left": trimmed(max(left, 0)), "data_percent": percent(used, p.DataGB),
		"minutes_used": l.Usage.Minutes, "minutes": p.Minutes, "minutes_left": max(p.Minutes-l.Usage.Minutes, 0),
		"nearly": percent(used, p.DataGB) >= nearly, "resets": nextMonth(c.Now),
		"data_only": c.Args["usage_kind"] == "data", "minutes_only": c.Args["usage_kind"] == "minutes", "sms_only": c.Args["usage_kind"] == "sms",
	}
	if left < 0 {
		r["data_over"] = trimmed(-left)
	}
	return r, nil
}

// nextMonth is the first of the next month: when allowances begin anew and plans change.
func nextMonth(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, now.Location())
}

func (s *carrier) linesContract(c backoffice.Call) (backoffice.Record, error) {
	who, l, err := s.lineOf(c)
	if err != nil {
		return nil, err
	}
	r := backoffice.Record{"line": l.ID, "phone": lastFour(who.Phone), "over": true}
	if p := s.planOf(l, c.Now); p != nil {
		r["plan"], r["price"] = named(p.Name, p.NameZH, c.Language), decimalOf(hundredths(p.Price))
	}
	if !l.ContractUntil.IsZero() {
		today, last := midnightOf(c.Now, c.Now), midnightOf(l.ContractUntil, c.Now)
		days := int(last.Sub(today).Round(24*time.Hour) / (24 * time.Hour))
		r["until"], r["over"], r["days"] = last, days < 0, max(days, -days)
	}
	return r, nil
}

// midnightOf is the day of a time, in the zone of now.
func midnightOf(t, now time.Time) time.Time {
	y, m, d := t.In(now.Location()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, now.Location())
}
