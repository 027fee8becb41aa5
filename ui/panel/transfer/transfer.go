// Package transfer is the dialog that passes a conversation on, to a colleague or a queue, with a word to the next.
package transfer

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/match"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
	"deskhand/ui/widget/list"
)

// Target is where a conversation can go.
type Target struct {
	Agent assist.AgentID
	Queue assist.QueueID
	Name  string
	State assist.AgentState // of an agent
	Words string            // "Available · 2 of 6"
	Free  bool              // can take one more now
}

// Targets are the colleagues and queues that hold query in their names: who is free first, then who is there, then the
// queues, then the others.
func Targets(d *panel.Desk, r wire.Row, query string) []Target {
	var out []Target
	for _, a := range d.State.Agents() {
		if a.Agent.Disabled || a.Agent.ID == r.Assignee || a.Agent.Role == assist.RoleTrainer || !match.Holds(a.Agent.Name+" "+a.Agent.Login, query) {
			continue
		}
		words := d.Lang.State(a.State) + " · " + d.Lang.T("transfer.load", "n", a.Load, "most", a.Agent.Capacity)
		if !a.Agent.Speaks(r.Language) {
			words += " · " + d.Lang.T("transfer.language", "language", d.Lang.Language(r.Language))
		}
		out = append(out, Target{Agent: a.Agent.ID, Name: a.Agent.Name, State: a.State, Words: words,
			Free: a.State == assist.StateAvailable && a.Load < a.Agent.Capacity})
	}
	for _, q := range d.State.Queues() {
		if q.ID == r.Queue && r.Status == assist.StatusWaiting || !match.Holds(q.Name, query) {
			continue
		}
		waiting := 0
		for _, w := range d.State.List("queue") {
			if w.Queue == q.ID {
				waiting++
			}
		}
		out = append(out, Target{Queue: q.ID, Name: q.Name, Words: d.Lang.N("transfer.waiting", waiting)})
	}
	rank := func(t Target) int {
		switch {
		case t.Free:
			return 0
		case t.State == assist.StateAvailable || t.State == assist.StateBusy:
			return 1
		case t.Queue != "":
			return 2
		}
		return 3
	}
	slices.SortStableFunc(out, func(a, b Target) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

// Pass passes the conversation on and calls done once the hub has it.
func Pass(d *panel.Desk, id assist.ConversationID, to Target, note string, done func()) {
	d.Do(wire.AgentDo{Do: wire.DoTransfer, Conversation: id, Agent: to.Agent, Queue: to.Queue, Note: strings.TrimSpace(note)}, done)
}

type row struct {
	*widget.Box
	avatar *widget.Avatar
	icon   *widget.Icon
	name   *widget.Label
	words  *widget.Label
}

func newRow() *row {
	r := &row{avatar: widget.NewAvatar("", "", 26), icon: widget.NewIcon("inbox", theme.Muted, 18)}
	r.name = widget.Line("", text.Medium, theme.SizeSub, theme.Text)
	r.words = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Muted}})
	r.Box = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Align: widget.Center, Padding: widget.Pad(0, 10)},
		r.avatar, r.icon, widget.Grow(r.name, 1), r.words)
	return r
}

func (r *row) show(t Target) {
	r.name.SetText(t.Name)
	r.words.SetText(t.Words)
	if t.Queue != "" {
		r.avatar.Hide()
		r.icon.Show()
		return
	}
	r.icon.Hide()
	r.avatar.Show()
	r.avatar.Set(t.Name, t.Name)
	r.avatar.SetRing(map[assist.AgentState]widget.Tone{assist.StateAvailable: widget.Good, assist.StateBusy: widget.Caution}[t.State])
}

func keyOf(t Target) string {
	if t.Queue != "" {
		return "q/" + string(t.Queue)
	}
	return "a/" + t.Name
}

// Show opens the dialog for a conversation.
func Show(s *stage.Stage, r wire.Row) {
	s = s.Passing()
	var d *widget.Dialog
	note := s.Field("transfer.note", field.Options{Framed: true, Multiline: true, MinLines: 2, MaxLines: 4, Limit: 1000, Size: theme.SizeSub})
	var people *list.List[Target, *row]
	pass := func() {
		for _, t := range people.Items() {
			if keyOf(t) == people.Selected() {
				Pass(s.Desk, r.ID, t, note.Text(), func() {
					d.Close()
					s.Tell(s.T("transfer.done", "name", t.Name), false)
				})
			}
		}
	}
	people = list.New(list.Options[Target, *row]{RowHeight: 38, Inset: 4, NewRow: newRow, Key: keyOf,
		Bind:       func(v *row, t Target, _ list.State) { v.show(t) },
		OnSelect:   func(Target) { d.Button(1).SetDisabled(false) },
		OnActivate: func(Target) { pass() }}, Targets(s.Desk, r, "")...)
	find := s.Field("transfer.find", field.Options{Framed: true, Size: theme.SizeSub, Limit: 100,
		OnChanged: func(q string) { people.Set(Targets(s.Desk, r, q)) }, OnSubmit: func(string) { pass() },
		OnKey: func(e *fyne.KeyEvent) bool {
			if e.Name == fyne.KeyDown || e.Name == fyne.KeyUp {
				people.TypedKey(e)
				return true
			}
			return false
		}})
	body := widget.NewColumn(8, find, tall(people, 230), note)
	d = widget.ShowDialog(s.Canvas(), widget.DialogOptions{Title: s.T("transfer.title", "id", int64(r.ID)), Body: body, Width: 480, KeepOpen: true, Focus: find,
		Buttons: []widget.ButtonOptions{{Text: s.T("dialog.cancel"), OnTap: func() { d.Close() }},
			{Text: s.T("action.transfer"), Kind: widget.Primary, Disabled: true, OnTap: pass}}})
}

// tall gives o at least that height.
func tall(o fyne.CanvasObject, height float32) fyne.CanvasObject {
	return widget.NewBox(widget.BoxOptions{MinTall: height}, widget.Grow(o, 1))
}
