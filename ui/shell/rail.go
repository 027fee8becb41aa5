package shell

import (
	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/state"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// rail is the dark strip at the left: where to go, and who one is.
type rail struct {
	buttons map[string]*widget.IconButton
	me      *widget.Avatar
	tap     *widget.Tap
}

func (d *desk) buildRail() fyne.CanvasObject {
	r := &d.rail
	r.buttons = map[string]*widget.IconButton{}
	add := func(page, icon, key, action string) *widget.IconButton {
		b := d.stage.IconButton(key, action, widget.IconButtonOptions{Icon: icon, Side: 40, IconSide: 20, Rail: true, OnTap: func() { d.goTo(page) }})
		r.buttons[page] = b
		return b
	}
	r.me = widget.NewAvatar("", "", 36)
	r.tap = widget.NewTap(r.me, 18, widget.Tip{}, func() { d.stateMenu(r.me) })
	d.stage.Bind(func() { r.tap.SetTip(d.stage.Tip("state.tip", "state")) })
	return widget.NewBox(widget.BoxOptions{Gap: 6, Padding: widget.Pad(12, 8), Align: widget.Center, Fill: theme.Rail, MinWidth: 56},
		add(pageInbox, "inbox", "rail.inbox", ""), add(pageCustomers, "users", "rail.customers", "search"), add(pageApprovals, "shield-check", "rail.approvals", "approvals"),
		widget.Spacer(),
		add(pageSettings, "settings", "rail.settings", "settings"), r.tap)
}

func (r *rail) mark(page string) {
	for name, b := range r.buttons {
		b.SetOn(name == page)
	}
}

func (d *desk) applyRail(ch *state.Change) {
	if ch.Lists || ch.Me || len(ch.Rows) > 0 {
		n := d.state.Waiting()
		d.rail.buttons[pageInbox].SetCount(n)
		d.alerts.count(n)
	}
	if ch.Me {
		you := d.state.You()
		d.rail.me.Set(you.Name, you.Login)
		tone := map[assist.AgentState]widget.Tone{assist.StateAvailable: widget.Good, assist.StateBusy: widget.Caution}[d.state.MyState()]
		d.rail.me.SetRing(tone)
		d.rail.offer(pageCustomers, d.state.Can("search"))
		d.rail.offer(pageApprovals, d.mayApprove())
		if d.place == pageApprovals && !d.mayApprove() {
			d.goTo(pageInbox)
		}
	}
	if ch.Approvals || ch.Me {
		d.rail.buttons[pageApprovals].SetCount(len(d.state.Approvals()))
	}
}

// offer shows the way to a page to those who may go there.
func (r *rail) offer(page string, may bool) {
	if may {
		r.buttons[page].Show()
	} else {
		r.buttons[page].Hide()
	}
}

func (d *desk) mayApprove() bool { return d.state.Can("command.approve") }
