// Package tag is the menu that puts tags on a conversation and takes them off.
package tag

import (
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Toggle puts a tag on, or takes it off.
func Toggle(d *panel.Desk, r wire.Row, name string) {
	c := wire.AgentDo{Do: wire.DoTag, Conversation: r.ID}
	if slices.Contains(r.Tags, name) {
		c.Remove = []string{name}
	} else {
		c.Add = []string{name}
	}
	d.Do(c, nil)
}

// Names are the company's tags and those the conversation has besides, in alphabetical order.
func Names(d *panel.Desk, r wire.Row) []string {
	names := slices.Clone(r.Tags)
	for _, t := range d.State.Tags() {
		if !slices.Contains(names, t.Name) {
			names = append(names, t.Name)
		}
	}
	slices.Sort(names)
	return names
}

// Items are the rows of the menu.
func Items(s *stage.Stage, r wire.Row) []widget.MenuItem {
	var out []widget.MenuItem
	for _, n := range Names(s.Desk, r) {
		out = append(out, widget.MenuItem{Text: n, Checked: slices.Contains(r.Tags, n), OnTap: func() { Toggle(s.Desk, r, n) }})
	}
	return append(out, widget.MenuItem{}, widget.MenuItem{Text: s.T("tag.new"), Icon: "plus", OnTap: func() { ask(s, r.ID) }})
}

func ask(s *stage.Stage, id assist.ConversationID) {
	s = s.Passing()
	var d *widget.Dialog
	var f *field.Field
	add := func() {
		name := strings.TrimSpace(f.Text())
		if name == "" {
			return
		}
		s.Do(wire.AgentDo{Do: wire.DoTag, Conversation: id, Add: []string{name}}, func() { d.Close() })
	}
	f = s.Field("tag.hint", field.Options{Framed: true, Limit: 40, OnSubmit: func(string) { add() }})
	d = widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: s.T("tag.new"), Body: f, KeepOpen: true, Focus: f, Width: 360,
		Buttons: []widget.ButtonOptions{{Text: s.T("dialog.cancel"), OnTap: func() { d.Close() }}, {Text: s.T("tag.add"), Kind: widget.Primary, OnTap: add}}})
}
