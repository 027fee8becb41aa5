// Package resolve is the dialog that settles a conversation: its outcome, and a tag.
package resolve

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// silentAfter is how long after the agent's last words a customer counts as silent.
const silentAfter = 30 * time.Minute

// Suggested is the outcome that is chosen at first: the usual one, unless the customer has long not answered.
func Suggested(messages []assist.Message, now time.Time) string {
	for _, m := range slices.Backward(messages) {
		if m.Kind != assist.KindText {
			continue
		}
		if m.From.Kind == assist.ActorAgent && now.Sub(m.At) > silentAfter {
			return "no_answer"
		}
		break
	}
	return "solved"
}

// Settle resolves the conversation with an outcome, after adding the tags, and calls done once the hub has it.
func Settle(d *panel.Desk, id assist.ConversationID, disposition string, tags []string, done func()) {
	finish := func() {
		d.Do(wire.AgentDo{Do: wire.DoResolve, Conversation: id, Disposition: disposition}, done)
	}
	if len(tags) == 0 {
		finish()
		return
	}
	d.Do(wire.AgentDo{Do: wire.DoTag, Conversation: id, Add: tags}, finish)
}

// Show opens the dialog for a conversation. done is called once it is resolved.
func Show(s *stage.Stage, r wire.Row, done func()) {
	s = s.Passing()
	chosen := "solved"
	if c := s.State.Conversation(r.ID); c != nil {
		chosen = Suggested(c.Messages, s.State.HubNow())
	}
	if r.Disposition != "" {
		chosen = r.Disposition
	}
	outcomes := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Wrap: true})
	var buttons []*widget.Button
	codes := lang.Dispositions()
	for i, code := range codes {
		kind := widget.Quiet
		if code == chosen {
			kind = widget.Primary
		}
		b := widget.NewButton(widget.ButtonOptions{Text: s.Lang.Disposition(code), Kind: kind, Small: true, OnTap: func() {
			chosen = codes[i]
			for j, other := range buttons {
				k := widget.Quiet
				if j == i {
					k = widget.Primary
				}
				other.SetKind(k)
			}
		}})
		buttons = append(buttons, b)
		outcomes.Add(b)
	}
	add := map[string]bool{}
	body := widget.NewColumn(8, words(s.T("resolve.outcome")), outcomes)
	if tags := tagToggles(s, r, add); tags != nil {
		body.Add(words(s.T("resolve.tags")), tags)
	}
	var d *widget.Dialog
	settle := func() {
		var tags []string
		for t := range add {
			tags = append(tags, t)
		}
		Settle(s.Desk, r.ID, chosen, tags, func() { d.Close(); done() })
	}
	title := s.T("resolve.title", "name", strings.TrimSpace(s.CustomerName(r.CustomerName, r.Customer)))
	d = widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: title, Body: body, Width: 480, KeepOpen: true,
		Buttons: []widget.ButtonOptions{{Text: s.T("dialog.cancel"), OnTap: func() { d.Close() }},
			{Text: s.T("action.resolve"), Kind: widget.Primary, OnTap: settle}}})
}

func words(t string) fyne.CanvasObject {
	return widget.Line(t, text.Regular, theme.SizeSub, theme.Muted)
}

// tagToggles are the company's tags that the conversation doesn't have; nil if there are none.
func tagToggles(s *stage.Stage, r wire.Row, add map[string]bool) fyne.CanvasObject {
	box := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 12, Wrap: true})
	any := false
	for _, t := range s.State.Tags() {
		if slices.Contains(r.Tags, t.Name) || !s.Allowed(r).Tag {
			continue
		}
		any = true
		box.Add(widget.NewToggle(widget.ToggleOptions{Text: t.Name, OnChange: func(on bool) {
			if on {
				add[t.Name] = true
			} else {
				delete(add, t.Name)
			}
		}}))
	}
	if !any {
		return nil
	}
	return box
}
