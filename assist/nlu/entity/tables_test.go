package entity_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist/nlu/entity"
)

// at is the context of the tables: a Monday morning in China.
func at(t testing.TB) entity.Context {
	t.Helper()
	shanghai := time.FixedZone("Asia/Shanghai", 8*3600)
	return entity.Context{Now: time.Date(2026, 3, 2, 10, 0, 0, 0, shanghai), Language: "en", Currency: "CNY", Country: "CN"}
}

// table runs every line of a file of testdata: a text and what is wanted, with a tab between.
func table(t *testing.T, name string, read func(text string) string) {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		text, want, _ := strings.Cut(line, "\t")
		if got := read(text); got != strings.TrimSpace(want) {
			t.Errorf("%s:%d: %q: got %q, want %q", name, n+1, text, got, want)
		}
	}
}

func TestAmounts(t *testing.T) {
	c := at(t)
	table(t, "amounts.tsv", func(text string) string {
		var list []string
		for _, m := range entity.Amounts(text, c) {
			s := m.String()
			if m.Problem != "" {
				list = append(list, "!"+string(m.Problem))
				continue
			}
			if m.Approximate {
				s = "~" + s
			}
			list = append(list, strings.TrimSpace(s+" "+m.Currency))
		}
		return strings.Join(list, " | ")
	})
}

func TestDates(t *testing.T) {
	c := at(t)
	table(t, "dates.tsv", func(text string) string {
		var list []string
		for _, d := range entity.Dates(text, c) {
			list = append(list, dateText(d))
		}
		return strings.Join(list, " | ")
	})
}

func dateText(d entity.Date) string {
	var s string
	switch {
	case d.Invalid:
		return "invalid"
	case d.Vague:
		return "vague"
	case d.HasTime():
		s = d.Minute()
	case d.OneDay():
		s = d.Day()
	default:
		s = d.Day() + ".." + d.To.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	if d.Ambiguous {
		s += " ?"
	}
	if d.Past {
		s += " <"
	}
	return s
}

func TestYesNo(t *testing.T) {
	names := map[entity.Verdict]string{entity.Yes: "yes", entity.No: "no", entity.Unclear: "unclear"}
	table(t, "yesno.tsv", func(text string) string {
		a := entity.YesNo(text, "en", "cancel", "取消")
		return strings.TrimSpace(names[a.Verdict] + " " + a.Reason)
	})
}

func TestMatch(t *testing.T) {
	c := at(t)
	s := shop(c.Now)
	lists := map[string][]entity.Item{
		"products": s.products, "orders": s.orders, "cards": s.cards, "accounts": s.accounts, "payees": s.payees, "plans": s.plans,
		"courses": s.courses, "classes": s.classes,
	}
	table(t, "match.tsv", func(line string) string {
		f := strings.SplitN(line, "|", 3)
		items, ok := lists[f[0]]
		if !ok {
			return "no such list"
		}
		var mentioned []string
		if f[1] != "-" {
			mentioned = []string{f[1]}
		}
		var ids []string
		hits := entity.Match(f[2], items, c, mentioned)
		for _, h := range hits {
			if h.Score >= 0.3 && h.Score > hits[0].Score-0.12 {
				ids = append(ids, h.Item.ID)
			}
		}
		return strings.Join(inOrder(ids, items), " ")
	})
}

// inOrder sorts ids as the items are.
func inOrder(ids []string, items []entity.Item) []string {
	var list []string
	for _, x := range items {
		if slices.Contains(ids, x.ID) {
			list = append(list, x.ID)
		}
	}
	return list
}

func TestIdentifiers(t *testing.T) {
	patterns := []entity.Pattern{{Kind: "order", Shape: "NW-9999999"}, {Kind: "transfer", Shape: "TR-99999"}, {Kind: "account", Shape: "6222-9999"}}
	table(t, "identifiers.tsv", func(text string) string {
		var list []string
		for _, id := range entity.Identifiers(text, patterns) {
			s := id.Value
			if id.Partial {
				s = "~" + s
			}
			if id.Problem != "" {
				s = "!" + s
			}
			list = append(list, s)
		}
		return strings.Join(list, " ")
	})
}

func TestMask(t *testing.T) {
	table(t, "secrets.tsv", entity.Mask)
}

func TestPhonesAndEmails(t *testing.T) {
	c := at(t)
	table(t, "contacts.tsv", func(text string) string {
		var list []string
		for _, p := range entity.Phones(text, c) {
			if p.E164 == "" {
				list = append(list, p.Digits)
			} else {
				list = append(list, p.E164)
			}
		}
		for _, e := range entity.Emails(text) {
			list = append(list, e.Text)
		}
		return strings.Join(list, " ")
	})
}

func TestAddresses(t *testing.T) {
	table(t, "addresses.tsv", func(text string) string { return joined(entity.Addresses(text, "en")) })
}

func joined(spans []entity.Span) string {
	var list []string
	for _, s := range spans {
		list = append(list, s.Text)
	}
	return strings.Join(list, " | ")
}

func TestPlaces(t *testing.T) {
	table(t, "places.tsv", func(text string) string {
		var list []string
		for _, p := range entity.Countries(text) {
			list = append(list, p.Code)
		}
		for _, p := range entity.Cities(text) {
			list = append(list, p.English)
		}
		return strings.Join(list, " ")
	})
}

func TestOrdinals(t *testing.T) {
	table(t, "ordinals.tsv", func(text string) string {
		var list []string
		for _, o := range entity.Ordinals(text) {
			switch {
			case o.Both:
				list = append(list, "both")
			case o.All:
				list = append(list, "all")
			case o.None:
				list = append(list, "none")
			case o.By != "":
				list = append(list, string(o.By))
			default:
				list = append(list, fmt.Sprint(o.Index))
			}
		}
		return strings.Join(list, " ")
	})
}

func TestDurations(t *testing.T) {
	table(t, "durations.tsv", func(text string) string {
		var list []string
		for _, d := range entity.Durations(text) {
			s := ""
			if d.Months != 0 {
				s += fmt.Sprintf("%dm", d.Months)
			}
			if d.Days != 0 {
				s += fmt.Sprintf("%dd", d.Days)
			}
			if d.Clock != 0 {
				s += d.Clock.String()
			}
			list = append(list, s)
		}
		return strings.Join(list, " ")
	})
}
