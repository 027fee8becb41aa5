// Package giveback is the dialog that gives a conversation to the bot, with a note that it keeps for whoever takes over next.
package giveback

import (
	"strings"

	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// noteMost is how many characters a note may have: of four bytes each it is what the hub takes.
const noteMost = 1000

// Give gives the conversation to the bot and calls done once the hub has it.
func Give(d *panel.Desk, r wire.Row, note string, done func()) {
	d.Do(wire.AgentDo{Do: wire.DoToBot, Conversation: r.ID, Note: strings.TrimSpace(note)}, done)
}

// Words say what the bot goes on with.
func Words(d *panel.Desk, r wire.Row) string {
	if h := r.Handoff; h != nil && h.Intent != "" {
		return d.Lang.T("giveback.with", "intent", d.Lang.Intent(h.Intent))
	}
	return d.Lang.T("giveback.words")
}

// Show opens the dialog for a conversation. Enter gives it back.
func Show(s *stage.Stage, r wire.Row) {
	s = s.Passing()
	name := s.CustomerName(r.CustomerName, r.Customer)
	var d *widget.Dialog
	var note *field.Field
	give := func() {
		Give(s.Desk, r, note.Text(), func() {
			d.Close()
			s.Tell(s.T("giveback.done", "name", name), false)
		})
	}
	note = s.Field("giveback.note", field.Options{Framed: true, Multiline: true, MinLines: 2, MaxLines: 5, Limit: noteMost, Size: theme.SizeSub,
		EnterSubmits: true, OnSubmit: func(string) { give() }})
	body := widget.NewColumn(8, widget.Prose(Words(s.Desk, r), widget.TextStyle{Size: theme.SizeSub, Ink: theme.Muted}), note,
		widget.Line(s.T("giveback.private"), text.Regular, theme.SizeSmall, theme.Muted))
	d = widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: s.T("giveback.title", "name", name), Body: body, Width: 480, KeepOpen: true, Focus: note,
		Buttons: []widget.ButtonOptions{{Text: s.T("dialog.cancel"), OnTap: func() { d.Close() }},
			{Text: s.T("action.to_bot"), Kind: widget.Primary, OnTap: give}}})
}
