package shell

import (
	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/snooze"
	"deskhand/ui/panel/tag"
	"deskhand/ui/widget"
)

// stateMenu offers the agent's own states.
func (d *desk) stateMenu(anchor fyne.CanvasObject) {
	if !d.state.Can("agent.state_own") {
		return
	}
	var items []widget.MenuItem
	for _, s := range []assist.AgentState{assist.StateAvailable, assist.StateBusy, assist.StateAway} {
		items = append(items, widget.MenuItem{Text: d.stage.Lang.State(s), Checked: d.state.MyState() == s,
			OnTap: func() { d.stage.Call(wire.AgentState{State: s}, nil) }})
	}
	widget.ShowMenu(anchor, items, nil)
}

// moreMenu offers what has no button in the head of the conversation.
func (d *desk) moreMenu(anchor fyne.CanvasObject) {
	if r, ok := d.row(); ok {
		widget.ShowMenu(anchor, d.moreItems(r), nil)
	}
}

func (d *desk) rowMenu(id assist.ConversationID, at fyne.Position) {
	d.show(id)
	r, ok := d.row()
	if !ok {
		return
	}
	a := d.stage.Allowed(r)
	var items []widget.MenuItem
	add := func(allowed bool, id string) {
		if allowed {
			items = append(items, d.item(id, id))
		}
	}
	add(a.Transfer, "transfer")
	add(a.ToBot, "to_bot")
	add(a.Resolve, "resolve")
	if len(items) > 0 {
		items = append(items, widget.MenuItem{})
	}
	widget.ShowMenuAt(d.shell.win.Canvas(), at, append(items, d.moreItems(r)...), nil)
}

func (d *desk) item(id, key string) widget.MenuItem {
	return widget.MenuItem{Text: d.stage.T("action." + id), Icon: icons[id], Keys: d.shell.keys.Shown(key), OnTap: func() { d.act(id) }}
}

func (d *desk) moreItems(r wire.Row) []widget.MenuItem {
	a := d.stage.Allowed(r)
	var items []widget.MenuItem
	add := func(allowed bool, id string) {
		if allowed {
			items = append(items, d.item(id, id))
		}
	}
	for _, up := range []struct {
		allowed bool
		id      string
	}{{a.Accept, "accept"}, {a.Take, "take"}, {a.Reopen, "reopen"}} {
		if up.allowed {
			it := d.item(up.id, "take_up")
			it.Icon = icons["take_up"]
			items = append(items, it)
		}
	}
	add(a.Snooze, "snooze")
	if a.Wake {
		it := d.item("wake", "")
		it.Icon = "bell"
		items = append(items, it)
	}
	add(a.Tag, "tag")
	add(a.Priority, "priority")
	items = append(items, d.languageItem(r, a.Tag)...)
	show := d.item("understanding", "understanding")
	show.Checked = d.explains()
	return append(items, show)
}

// languageItem corrects which language the customer speaks: macros and routing follow it.
func (d *desk) languageItem(r wire.Row, allowed bool) []widget.MenuItem {
	if !allowed {
		return nil
	}
	other := "zh"
	if r.Language == "zh" {
		other = "en"
	}
	return []widget.MenuItem{{Text: d.stage.T("action.language", "language", d.stage.Lang.Language(other)), Icon: "languages",
		OnTap: func() {
			d.stage.Do(wire.AgentDo{Do: wire.DoLanguage, Conversation: r.ID, Language: other}, nil)
		}}}
}

func (d *desk) snoozeMenu(r wire.Row, allowed bool) {
	if allowed {
		widget.ShowMenu(d.thread.Anchor(), snooze.Items(d.stage, r.ID), nil)
	}
}

func (d *desk) tagMenu(r wire.Row, allowed bool) {
	if allowed {
		widget.ShowMenu(d.thread.Anchor(), tag.Items(d.stage, r), nil)
	}
}

func (d *desk) priorityMenu(r wire.Row, allowed bool) {
	if !allowed {
		return
	}
	var items []widget.MenuItem
	for p := assist.PriorityUrgent; p >= assist.PriorityLow; p-- {
		items = append(items, widget.MenuItem{Text: d.stage.Lang.Priority(p), Checked: r.Priority == p,
			OnTap: func() {
				d.stage.Do(wire.AgentDo{Do: wire.DoPriority, Conversation: r.ID, Priority: p}, nil)
			}})
	}
	widget.ShowMenu(d.thread.Anchor(), items, nil)
}
