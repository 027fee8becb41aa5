package demo

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
)

// mostRecommended is how many products are named: a choice, not the catalogue.
const mostRecommended = 2

// candidate is a product with what speaks for it.
type candidate struct {
	p      *product
	score  float64
	fits   []string // tags
	viewed bool
	cheap  bool // within the budget that was named
}

// catalogRecommend goes by what the customer says they need, then by what they looked at and have already.
func (s *shop) catalogRecommend(c backoffice.Call) (backoffice.Record, error) {
	need := c.Args["need"]
	budget := s.budget(need, c)
	spoken := spokenTags(need)
	var list []candidate
	for i := range s.Products {
		p := &s.Products[i]
		x := candidate{p: p, cheap: budget > 0 && hundredths(p.Price) <= budget}
		if budget > 0 && !x.cheap {
			continue
		}
		for _, tag := range p.Tags {
			if w := spoken[tag]; w > 0 {
				x.score += w
				x.fits = append(x.fits, tag)
			}
		}
		s.personal(&x, c.Customer)
		list = append(list, x)
	}
	matched := slices.ContainsFunc(list, func(x candidate) bool { return len(x.fits) > 0 || x.cheap && len(spoken) == 0 })
	if matched && len(spoken) > 0 {
		list = slices.DeleteFunc(list, func(x candidate) bool { return len(x.fits) == 0 })
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	if len(list) > 1 { // far behind the best is no recommendation
		list = slices.DeleteFunc(list, func(x candidate) bool { return matched && x.score < list[0].score/2 })
	}
	out := []backoffice.Record{}
	for _, x := range list[:min(len(list), mostRecommended)] {
		r := x.p.record(c.Language)
		r["reason"] = x.reason(c.Language)
		out = append(out, r)
	}
	return backoffice.Record{"products": out, "matched": matched}, nil
}

// personal weighs what the customer looked at and what they have, and that sold out things help nobody now.
func (s *shop) personal(x *candidate, customer string) {
	if x.p.stock() == 0 {
		x.score -= 0.6
	}
	who := s.customer(customer)
	if who == nil {
		return
	}
	if slices.Contains(who.Viewed, x.p.ID) {
		x.viewed = true
		x.score += 0.4
	}
	for i := range who.Orders {
		for _, line := range who.Orders[i].Items {
			if line.Product == x.p.ID && who.Orders[i].Status != statusCancelled {
				x.score -= 0.5 // had already, or sent back
				return
			}
		}
	}
}

// reason says why the product is named.
func (x candidate) reason(language string) string {
	var why []string
	if names := tagNames(x.fits, language); len(names) > 0 {
		why = append(why, listed(names, language))
	}
	if x.cheap {
		why = append(why, word{"within your budget", "在您的预算内"}.in(language))
	}
	if x.viewed {
		why = append(why, word{"you looked at it lately", "您最近看过"}.in(language))
	}
	return strings.Join(why, word{"; ", "，"}.in(language))
}

// budget is the highest amount that the text names, in hundredths, with some room where it says "around"; 0 if none.
func (s *shop) budget(text string, c backoffice.Call) int64 {
	most := int64(0)
	for _, m := range entity.Amounts(text, entity.Context{Now: c.Now, Language: c.Language, Currency: s.Company.Currency}) {
		if m.Problem == "" && (!m.Bare || m.Cents >= leastBudget) {
			limit := m.Cents
			if m.Approximate || strings.Contains(text, "左右") || strings.Contains(strings.ToLower(text), "around") {
				limit += limit / 5
			}
			most = max(most, limit)
		}
	}
	return most
}

// leastBudget is from where a mere number is a budget and not a count.
const leastBudget = 20_00

// spokenTags weighs the tags that a text speaks of: 1 for the kind of thing, a little less for what it is good for.
func spokenTags(text string) map[string]float64 {
	low := strings.ToLower(text)
	words := strings.FieldsFunc(low, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' || unicode.Is(unicode.Han, r) })
	out := map[string]float64{}
	for tag, t := range topics() {
		for _, w := range strings.Fields(t.needs) {
			han := strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Han, r) })
			if han && strings.Contains(low, w) || !han && slices.Contains(words, w) {
				out[tag] = 0.9
				if t.kind {
					out[tag] = 1
				}
				break
			}
		}
	}
	return out
}
