package panel

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/assist/spell"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
)

// Fact is a name with its value, in words.
type Fact struct{ Name, Value string }

// Sheet is a command of the back office in full, in words.
type Sheet struct {
	Title    string // "Refund · $49.00"
	State    string
	ReadBack string // what the customer said yes to
	Facts    []Fact // what is sent
	About    []Fact // who asked, when, how sure it is who the customer is, why it needs an approval
}

// Sheet says in words what a command is.
func (d *Desk) Sheet(c wire.CommandView) Sheet {
	s := Sheet{Title: d.CommandTitle(c), State: d.CommandState(c), ReadBack: strings.TrimSpace(c.ReadBack)}
	if c.Amount != 0 {
		amount := d.Lang.Money(c.Amount, c.Currency)
		if words := spell.Amount(c.Amount, c.Currency, lang.Short(d.Lang.Tag())); words != "" {
			amount += d.Lang.T("command.words", "words", words)
		}
		s.Facts = append(s.Facts, Fact{capital(d.Lang.Arg("amount")), amount})
	}
	for _, k := range inOrder(c.Args) {
		if k != "amount" || c.Amount == 0 {
			s.Facts = append(s.Facts, Fact{capital(d.Lang.Arg(k)), d.amount(k, d.Value(c.Args[k], c.Words[k]), c.Currency)})
		}
	}
	for _, k := range inOrder(c.Terms) {
		v := d.plain(c.Terms[k])
		if v == "" || c.Args[k] == v || k == "amount" && c.Amount != 0 || (k == "name" || k == "summary") && s.tells(v) {
			continue // it stands there already
		}
		s.Facts = append(s.Facts, Fact{capital(d.Lang.Arg(k)), d.amount(k, v, c.Currency)})
	}
	s.About = d.about(c)
	return s
}

// capital is a name as it begins a line.
func capital(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[size:]
}

// tells whether a value is part of one that is there.
func (s Sheet) tells(v string) bool {
	return slices.ContainsFunc(s.Facts, func(f Fact) bool { return strings.Contains(f.Value, v) })
}

// inOrder are the names of values as people want to know them: to whom, from where, what it costs, then the rest.
func inOrder[V any](values map[string]V) []string {
	first := []string{"payee", "payee_account", "account", "order_id", "item", "items", "refund", "fee", "price", "total", "at", "date"}
	rank := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	return slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
}

// amount writes what is money by its name as money.
func (d *Desk) amount(name, value, currency string) string {
	if !slices.Contains([]string{"amount", "balance", "fee", "price", "refund", "total"}, name) {
		return value
	}
	whole, part, _ := strings.Cut(value, ".")
	if len(part) != 2 {
		return value
	}
	cents, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil {
		return value
	}
	return d.Lang.Money(cents, currency)
}

// CommandTitle is what a command does, with the amount.
func (d *Desk) CommandTitle(c wire.CommandView) string {
	title := d.Lang.Did(c.Action)
	if c.Amount != 0 {
		title += " · " + d.Lang.Money(c.Amount, c.Currency)
	}
	return title
}

// CommandState says how far a command has come.
func (d *Desk) CommandState(c wire.CommandView) string { return d.Lang.CommandState(StateOf(c)) }

// StateOf is the state to show: of what was found out about later, what was found out.
func StateOf(c wire.CommandView) string {
	if c.State == "reconciled" && c.Outcome != "" {
		return c.Outcome
	}
	return c.State
}

func (d *Desk) about(c wire.CommandView) []Fact {
	l, now := d.Lang, d.State.HubNow()
	out := []Fact{{l.T("command.customer"), d.CustomerName(c.CustomerName, c.Customer)}}
	add := func(name, value string) {
		if value != "" {
			out = append(out, Fact{name, value})
		}
	}
	add(l.T("command.party"), c.Party)
	add(l.T("command.by"), d.ActorName(c.By))
	add(l.T("command.since"), l.Moment(c.CreatedAt, now))
	add(l.T("command.verified"), l.Verified(cmp.Or(c.Had, c.Needs)))
	if c.YesAt != 0 {
		add(l.T("command.yes"), l.T("command.yes_at", "yes", int64(c.YesAt), "read", int64(c.ReadAt)))
	} else if c.Duty {
		add(l.T("command.yes"), l.T("command.duty"))
	}
	add(l.T("command.approval"), l.ApprovalWhy(c.Approval))
	if c.Approver != 0 {
		add(l.T("command.approver"), d.AgentName(c.Approver))
	}
	if c.State == "waiting" && !c.DueAt.IsZero() {
		add(l.T("command.due"), l.T("command.due.at", "time", l.Moment(c.DueAt, now), "left", l.Left(c.DueAt.Sub(now))))
	}
	add(l.T("command.why"), l.Why(c.Why))
	return out
}

// ActorName is how whoever did something is called on screen.
func (d *Desk) ActorName(a assist.Actor) string {
	switch {
	case a.Name != "":
		return a.Name
	case a.Kind == assist.ActorBot:
		return d.Lang.T("bot.name")
	case a.Kind == assist.ActorAgent:
		return d.AgentName(assist.AgentID(a.ID))
	}
	return ""
}

// Value is a slot's value as people read it: in the words there are for it, days and times as elsewhere on screen.
func (d *Desk) Value(value string, words assist.Wording) string {
	if w := words.In(lang.Short(d.Lang.Tag())); w != "" {
		value = w
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, value, d.Lang.Location()); err == nil {
			return d.Lang.Day(at, d.State.HubNow()) + " " + d.Lang.Clock(at)
		}
	}
	if day, err := time.ParseInLocation(time.DateOnly, value, d.Lang.Location()); err == nil {
		return d.Lang.Day(day, d.State.HubNow())
	}
	return strings.Join(strings.Fields(value), " ")
}

// plain is a value of the back office as text; lists and objects in one line.
func (d *Desk) plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return d.Value(v, assist.Wording{})
	case bool:
		if v {
			return d.Lang.T("word.yes")
		}
		return d.Lang.T("word.no")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = d.plain(x)
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if x := d.plain(v[k]); x != "" {
				parts = append(parts, d.Lang.Arg(k)+" "+x)
			}
		}
		return strings.Join(parts, d.Lang.T("list.comma"))
	}
	return fmt.Sprint(v)
}
