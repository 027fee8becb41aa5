// Package snooze is the menu and the dialog that put a conversation off.
package snooze

import (
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Until puts a conversation off.
func Until(d *panel.Desk, id assist.ConversationID, at time.Time) {
	d.Do(wire.AgentDo{Do: wire.DoSnooze, Conversation: id, Until: at.UTC().Truncate(time.Millisecond)}, func() {
		d.Tell(d.Lang.T("snooze.done", "time", d.Lang.Moment(at, d.State.HubNow())), false)
	})
}

// Items are the rows of the menu.
func Items(s *stage.Stage, id assist.ConversationID) []widget.MenuItem {
	now := s.State.HubNow()
	var out []widget.MenuItem
	for i, t := range panel.SnoozeTimes(now, s.Lang.Location()) {
		it := widget.MenuItem{Text: s.T(t.Key), Icon: "clock", OnTap: func() { Until(s.Desk, id, t.At) }}
		if i == 0 { // the others say their time in words
			it.Keys = s.Lang.Clock(t.At)
		}
		out = append(out, it)
	}
	return append(out, widget.MenuItem{Text: s.T("snooze.custom"), Icon: "calendar", OnTap: func() { ask(s, id) }})
}

// layouts are how a moment may be typed.
var layouts = [...]string{"2006-01-02 15:04", "2006-1-2 15:04", "01-02 15:04", "1-2 15:04", "15:04"}

// Parse reads a moment: date and time, or a time alone, which is the next such moment after now.
func Parse(s string, now time.Time, where *time.Location) (time.Time, bool) {
	s = strings.NewReplacer("/", "-", "：", ":", "T", " ").Replace(strings.TrimSpace(s))
	n := now.In(where)
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, s, where)
		if err != nil {
			continue
		}
		switch {
		case !strings.Contains(layout, "-"):
			t = time.Date(n.Year(), n.Month(), n.Day(), t.Hour(), t.Minute(), 0, 0, where)
			if !t.After(n) {
				t = t.AddDate(0, 0, 1)
			}
		case !strings.Contains(layout, "2006"):
			t = time.Date(n.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, where)
			if !t.After(n) {
				t = t.AddDate(1, 0, 0)
			}
		}
		return t, t.After(n) && t.Before(n.AddDate(1, 0, 0))
	}
	return time.Time{}, false
}

func ask(s *stage.Stage, id assist.ConversationID) {
	s = s.Passing()
	now := s.State.HubNow()
	var d *widget.Dialog
	fault := widget.Line("", text.Regular, theme.SizeSub, theme.Bad)
	var f *field.Field
	submit := func() {
		at, ok := Parse(f.Text(), s.State.HubNow(), s.Lang.Location())
		if !ok {
			fault.SetText(s.T("snooze.bad"))
			return
		}
		d.Close()
		Until(s.Desk, id, at)
	}
	f = s.Field("", field.Options{Framed: true, Limit: 40, Text: now.In(s.Lang.Location()).Add(3 * time.Hour).Format(layouts[0]), OnSubmit: func(string) { submit() }})
	body := widget.NewColumn(6, widget.Line(s.T("snooze.when"), text.Regular, theme.SizeSub, theme.Muted), f, fault)
	d = widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: s.T("action.snooze"), Body: body, KeepOpen: true, Focus: f, Width: 380,
		Buttons: []widget.ButtonOptions{{Text: s.T("dialog.cancel"), OnTap: func() { d.Close() }}, {Text: s.T("action.snooze"), Kind: widget.Primary, OnTap: submit}}})
}
