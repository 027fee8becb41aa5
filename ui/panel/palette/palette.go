// Package palette is what Ctrl+K finds: every action, conversation, customer and macro.
package palette

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/match"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Action is something that can be done now.
type Action struct {
	Text string
	Icon string
	Keys string
	Do   func()
}

// Options are what a palette offers and does.
type Options struct {
	Actions        []Action
	OnConversation func(assist.ConversationID)
	OnMacro        func(assist.Macro) // nil: macros can't be used now
	OnSearch       func(query string)
}

// Entry is one row with its score.
type Entry struct {
	Choice widget.Choice
	score  int
}

// entriesMost is how many rows a query gives.
const entriesMost = 40

// Find are the rows for a query, the best first: with an empty one the actions, then one's conversations.
func Find(d *panel.Desk, o Options, query string) []widget.Choice {
	var all []Entry
	add := func(c widget.Choice, bonus int) {
		if f, ok := match.Find(c.Text, query); ok {
			c.Matched = f.Ranges
			all = append(all, Entry{c, f.Score + bonus})
		}
	}
	for _, a := range o.Actions {
		add(widget.Choice{Icon: a.Icon, Text: a.Text, Kind: d.Lang.T("palette.action"), Keys: a.Keys, OnTake: a.Do}, 6)
	}
	for _, r := range d.State.List("all") {
		name := d.CustomerName(r.CustomerName, r.Customer)
		kind := d.Lang.Status(r.Status)
		if len(r.Tags) > 0 {
			kind += " · " + strings.Join(r.Tags, ", ")
		}
		add(widget.Choice{Icon: "users", Text: name + "  #" + itoa(int64(r.ID)), Kind: d.Lang.T("palette.conversation", "what", kind),
			OnTake: func() { o.OnConversation(r.ID) }}, 3)
	}
	if o.OnMacro != nil {
		for _, m := range d.State.Macros("") {
			add(widget.Choice{Icon: "zap", Text: "/" + m.Name + "  " + m.Title, Kind: d.Lang.T("palette.macro"), OnTake: func() { o.OnMacro(m) }}, 0)
		}
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Compare(b.score, a.score) })
	out := make([]widget.Choice, 0, min(len(all), entriesMost)+1)
	for _, e := range all[:min(len(all), entriesMost)] {
		out = append(out, e.Choice)
	}
	if q := strings.TrimSpace(query); q != "" && o.OnSearch != nil {
		out = append(out, widget.Choice{Icon: "search", Text: d.Lang.T("palette.search", "text", q), Kind: d.Lang.T("palette.action"),
			OnTake: func() { o.OnSearch(q) }})
	}
	return out
}

// Show opens the palette.
func Show(s *stage.Stage, o Options) {
	s = s.Passing()
	var p *widget.Palette
	f := s.Field("palette.hint", field.Options{Limit: 100, Size: 15, OnChanged: func(q string) { p.SetQuery(q) },
		OnKey: func(e *fyne.KeyEvent) bool { return p != nil && p.Key(e.Name) }, OnShortcut: func(fyne.Shortcut) bool { return false }})
	p = widget.ShowPalette(s.Canvas(), widget.PaletteOptions{Field: f, Query: func(q string) []widget.Choice { return Find(s.Desk, o, q) },
		Choose: s.T("palette.choose"), Run: s.T("palette.run"), Hint: s.T("palette.pinyin"), Nothing: s.T("palette.nothing")})
}
