package demo

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
)

var interestKey = regexp.MustCompile(`^deposit_(\d+)([ym])$`)

// isRate tells a rate of exchange, kept under an ISO code, from interest.
func isRate(key, value string) bool { return len(key) == 3 && !strings.Contains(value, "%") }

func (s *bank) ratesGet(c backoffice.Call) (backoffice.Record, error) {
	out := backoffice.Record{"base": s.Company.Currency}
	if code := c.Args["currency"]; code != "" {
		rate, quoted := s.Rates[strings.ToLower(code)]
		name := currencyName(strings.ToUpper(code), c.Language)
		if !quoted || !isRate(strings.ToLower(code), rate) {
			return nil, &backoffice.Refusal{Code: "not_quoted", Slot: "currency", Facts: backoffice.Record{"name": name, "quoted": s.quoted(c.Language)}}
		}
		out["currency"], out["name"], out["rate"] = strings.ToUpper(code), name, rate
		if r, err := strconv.ParseFloat(rate, 64); err == nil {
			out["hundred"] = decimalOf(int64(math.Round(r * 100 * 100)))
		}
		return out, nil
	}
	var interest []backoffice.Record
	for _, key := range slices.SortedFunc(maps.Keys(s.Rates), byTerm) {
		if !isRate(key, s.Rates[key]) {
			interest = append(interest, backoffice.Record{"name": interestName(key, c.Language), "rate": s.Rates[key]})
		}
	}
	out["interest"] = interest
	return out, nil
}

// byTerm puts savings at call first, then deposits by how long they run.
func byTerm(a, b string) int {
	return cmp.Or(cmp.Compare(termOf(a), termOf(b)), strings.Compare(a, b))
}

// termOf is how many months a deposit runs.
func termOf(key string) int {
	m := interestKey.FindStringSubmatch(key)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // digits by the expression
	if m[2] == "y" {
		return 12 * n
	}
	return n
}

// quoted names the currencies that there is a rate for.
func (s *bank) quoted(language string) string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(s.Rates)) {
		if isRate(key, s.Rates[key]) {
			names = append(names, currencyName(strings.ToUpper(key), language))
		}
	}
	return listed(names, language)
}

// wealthSuitable never offers what is above the risk level on file, whatever risk the customer would take, nor what
// runs longer than the customer can wait.
func (s *bank) wealthSuitable(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	level, wanted := riskOf(who.RiskLevel), toleranceOf(c.Args["risk_tolerance"])
	if level == 0 {
		return nil, &backoffice.Refusal{Code: "no_risk_level"}
	}
	months, limited := monthsIn(c.Args["horizon"])
	var fit []wealthProduct
	for _, p := range s.Wealth {
		if r := riskOf(p.Risk); r > 0 && r <= min(level, wanted) && (!limited || p.HorizonMonths <= months) {
			fit = append(fit, p)
		}
	}
	slices.SortStableFunc(fit, func(a, b wealthProduct) int {
		return cmp.Or(cmp.Compare(riskOf(b.Risk), riskOf(a.Risk)), cmp.Compare(b.HorizonMonths, a.HorizonMonths))
	})
	var list []backoffice.Record
	for _, p := range fit {
		list = append(list, backoffice.Record{
			"product": p.ID, "name": named(p.Name, p.NameZH, c.Language), "risk": p.Risk, "annual": p.Annual,
			"horizon_months": p.HorizonMonths, "any_time": p.HorizonMonths == 0,
		})
	}
	return backoffice.Record{"products": list, "risk_level": who.RiskLevel, "capped": wanted > level && wanted < anyRisk, "goal": c.Args["goal"]}, nil
}

// riskOf is the number of a level such as R2; 0 if it is none.
func riskOf(level string) int {
	digits, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(level)), "R")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil {
		return 0
	}
	return n
}

const anyRisk = 99

// toleranceOf is the highest level that somebody means who says how much risk they would take.
func toleranceOf(text string) int {
	switch text {
	case "low":
		return 2
	case "medium":
		return 3
	case "high":
		return 5
	}
	return anyRisk
}

var (
	atOnce  = regexp.MustCompile(`(?i)any ?time|at once|flexib|instant|on demand|whenever|随时|灵活|活期|马上要用`)
	soon    = regexp.MustCompile(`(?i)\bshort|短期|短线|不久|很快`)
	forLong = regexp.MustCompile(`(?i)\blong|for ?ever|retire|decade|长期|越久|养老|不急|无所谓`)
)

// monthsIn reads how long money can stay; limited is false where the text sets no end.
func monthsIn(text string) (months int, limited bool) {
	if all := entity.Durations(text); len(all) > 0 {
		return all[0].Months + all[0].Days/30, true
	}
	switch {
	case atOnce.MatchString(text):
		return 0, true
	case forLong.MatchString(text):
		return 0, false
	case soon.MatchString(text):
		return 6, true
	}
	return 0, false
}

func (s *bank) branchesFind(c backoffice.Call) (backoffice.Record, error) {
	asked := strings.TrimSpace(c.Args["city"])
	out := backoffice.Record{"city": asked, "found": false}
	var cities []string
	var list []backoffice.Record
	for _, b := range s.Branches {
		if name := named(b.City, b.CityZH, c.Language); !slices.Contains(cities, name) {
			cities = append(cities, name)
		}
		if b.isAt(asked) {
			out["city"] = named(b.City, b.CityZH, c.Language)
			list = append(list, backoffice.Record{"name": b.Name, "address": b.Address, "hours": b.Hours, "city": out["city"]})
		}
	}
	out["found"], out["branches"], out["cities"] = len(list) > 0, list, listed(cities, c.Language)
	return out, nil
}

// isAt tells whether the branch is in the city, or goes by the name that was asked for.
func (b *branch) isAt(asked string) bool {
	if asked == "" {
		return false
	}
	for _, city := range []string{b.City, b.CityZH} {
		if city != "" && (strings.EqualFold(city, asked) || strings.Contains(strings.ToLower(asked), strings.ToLower(city))) {
			return true
		}
	}
	return len([]rune(asked)) >= 2 && (strings.Contains(b.Name, asked) || strings.Contains(b.Address, asked))
}

func interestName(key, language string) string {
	m := interestKey.FindStringSubmatch(key)
	switch {
	case key == "savings":
		return word{"savings account", "活期储蓄"}.in(language)
	case m == nil:
		return strings.ReplaceAll(key, "_", " ")
	case language == "zh":
		return fmt.Sprintf("%s%s定期存款", m[1], map[string]string{"y": "年", "m": "个月"}[m[2]])
	}
	return fmt.Sprintf("%s-%s fixed deposit", m[1], map[string]string{"y": "year", "m": "month"}[m[2]])
}
