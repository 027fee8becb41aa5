package thread

import (
	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/panel/stage"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// headBar says who the conversation is with and offers what can be done with it.
type headBar struct {
	v        *View
	Content  *widget.Box
	avatar   *widget.Avatar
	name     *widget.Label
	number   *widget.Label
	chip     *widget.Chip
	transfer *widget.Button
	toBot    *widget.Button
	resolve  *widget.Button
	more     *widget.IconButton
}

func newHeadBar(v *View) *headBar {
	s := v.stage
	h := &headBar{v: v, avatar: widget.NewAvatar("", "", 30), chip: widget.NewChip(widget.Plain, "", "")}
	h.name = widget.Line("", text.Bold, theme.SizeText, theme.Text)
	h.number = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Faint}})
	command := func(action string) func() { return func() { v.opts.OnCommand(action) } }
	h.transfer = s.Button("action.transfer", "transfer", widget.ButtonOptions{OnTap: command("transfer")})
	h.toBot = s.Button("action.to_bot", "to_bot", widget.ButtonOptions{OnTap: command("to_bot")})
	h.resolve = s.Button("action.resolve", "resolve", widget.ButtonOptions{Kind: widget.Primary, OnTap: command("resolve")})
	h.more = s.IconButton("action.more", "", widget.IconButtonOptions{Icon: "ellipsis", OnTap: func() { v.opts.OnMore(h.more) }})
	h.Content = stage.Head(h.avatar, h.name, h.number, widget.Spacer(), h.chip, h.transfer, h.toBot, h.resolve, h.more)
	return h
}

func (h *headBar) show() {
	r, ok := h.v.stage.State.Row(h.v.p.ID())
	visible(ok, h.avatar, h.name, h.number, h.chip, h.more)
	if !ok {
		visible(false, h.transfer, h.toBot, h.resolve)
		h.Content.Relayout()
		return
	}
	s := h.v.stage
	name := s.CustomerName(r.CustomerName, r.Customer)
	h.avatar.Set(name, name)
	h.name.SetText(name)
	h.number.SetText("#" + itoa(int64(r.ID)))
	a := h.v.allowed()
	visible(a.Transfer, h.transfer)
	visible(a.ToBot, h.toBot)
	visible(a.Resolve, h.resolve)
	h.tick()
	h.Content.Relayout()
}

// tick renews the chip, which may show a running time.
func (h *headBar) tick() {
	r, ok := h.v.stage.State.Row(h.v.p.ID())
	if !ok {
		return
	}
	l := h.v.stage.Lang
	now := h.v.stage.State.HubNow()
	switch {
	case r.Status == assist.StatusSnoozed:
		h.chip.Set(widget.Plain, "◷", l.T("inbox.until", "time", l.Moment(r.SnoozedUntil, now)))
	case !r.WaitingSince.IsZero() && (r.Status == assist.StatusWaiting || r.Status == assist.StatusHuman):
		d := now.Sub(r.WaitingSince)
		tone := widget.Plain
		if d.Minutes() >= 3 {
			tone = widget.Danger
		} else if d.Minutes() >= 1 {
			tone = widget.Caution
		}
		wait := l.Wait(d)
		if d.Hours() >= 1 {
			wait = l.Ago(r.WaitingSince, now)
		}
		h.chip.Set(tone, "", l.T("thread.waits", "time", wait))
	case r.Status == assist.StatusHuman && r.Assignee != h.v.stage.State.You().ID:
		h.chip.Set(widget.Accent, "", h.v.stage.AgentName(r.Assignee))
	default:
		h.chip.Set(statusTone(r.Status), "", l.Status(r.Status))
	}
}

func statusTone(s assist.Status) widget.Tone {
	switch s {
	case assist.StatusBot:
		return widget.Machine
	case assist.StatusWaiting:
		return widget.Caution
	case assist.StatusHuman, assist.StatusWrapUp:
		return widget.Good
	}
	return widget.Plain
}

func visible(show bool, objects ...fyne.CanvasObject) {
	for _, o := range objects {
		switch {
		case show && !o.Visible():
			o.Show()
		case !show && o.Visible():
			o.Hide()
		}
	}
}

// Anchor is where menus about the conversation open.
func (v *View) Anchor() fyne.CanvasObject {
	if v.head.more.Visible() {
		return v.head.more
	}
	return v.head.Content
}
