package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/keymap"
	"deskhand/ui/panel/composer"
	"deskhand/ui/panel/giveback"
	"deskhand/ui/panel/palette"
	"deskhand/ui/panel/resolve"
	"deskhand/ui/panel/settings"
	"deskhand/ui/panel/transfer"
	"deskhand/ui/state"
)

// act does an action by its id: a button, a key or a row of the palette asked for it. What is not allowed now does
// nothing; the hub would refuse it too.
func (d *desk) act(id string) {
	if d.shell.win.Canvas().Overlays().Top() != nil && id != "palette" {
		return // a dialog or menu has the keyboard
	}
	if do, ok := d.moves()[id]; ok {
		do()
		return
	}
	r, ok := d.row()
	if !ok {
		return
	}
	a := d.stage.Allowed(r)
	simple := func(allowed bool, do string) {
		if allowed {
			d.stage.Do(wire.AgentDo{Do: do, Conversation: r.ID}, func() { d.took(r.ID) })
		}
	}
	switch id {
	case "accept":
		simple(a.Accept, wire.DoAccept)
	case "take":
		simple(a.Take, wire.DoTake)
	case "reopen":
		simple(a.Reopen, wire.DoReopen)
	case "take_up":
		d.takeUp(a.Accept, a.Take, a.Reopen)
	case "wake":
		simple(a.Wake, wire.DoWake)
	case "to_bot":
		if a.ToBot {
			giveback.Show(d.stage, r)
		}
	case "transfer":
		if a.Transfer {
			transfer.Show(d.stage, r)
		}
	case "resolve":
		d.resolve(r, a.Resolve, false)
	case "resolve_next":
		d.resolve(r, a.Resolve, true)
	case "snooze":
		d.snoozeMenu(r, a.Snooze)
	case "tag":
		d.tagMenu(r, a.Tag)
	case "priority":
		d.priorityMenu(r, a.Priority)
	case "send_wait":
		d.sendAndWait(r, a.Snooze)
	}
}

// moves are the actions that need no conversation.
func (d *desk) moves() map[string]func() {
	list := func(l state.List) func() {
		return func() { d.goTo(pageInbox); d.inbox.Show(l) }
	}
	side := func(id string) func() { return func() { d.goTo(pageInbox); d.chooseSide(id) } }
	return map[string]func(){
		"next": func() { d.step(1) }, "previous": func() { d.step(-1) },
		"list_mine": list(state.Mine), "list_queue": list(state.Queue), "list_bot": list(state.Bot), "list_all": list(state.All),
		"filter":  func() { d.goTo(pageInbox); d.inbox.ToggleFilter() },
		"assist":  side("assist"),
		"history": side("history"), "customer": side("customer"),
		"reply":         func() { d.goTo(pageInbox); d.composer.Choose(composer.Reply) },
		"note":          func() { d.goTo(pageInbox); d.composer.Choose(composer.Note) },
		"attach":        d.pickFiles,
		"palette":       d.palette,
		"search":        func() { d.goTo(pageCustomers) },
		"state":         func() { d.stateMenu(d.rail.me) },
		"settings":      func() { d.goTo(pageSettings) },
		"keys":          func() { settings.ShowKeys(d.stage, d.shell.keys, func() { d.goTo(pageSettings) }) },
		"inbox":         func() { d.goTo(pageInbox) },
		"understanding": func() { d.explain(!d.explains()) },
		"approvals": func() {
			if d.mayApprove() {
				d.goTo(pageApprovals)
			}
		},
	}
}

// took goes on with a conversation that has become one's own: it is shown among one's own, ready to write.
func (d *desk) took(id assist.ConversationID) {
	if d.selected == id {
		d.inbox.Show(state.Mine)
		d.composer.Focus()
	}
}

func (d *desk) takeUp(accept, take, reopen bool) {
	switch {
	case accept:
		d.act("accept")
	case take:
		d.act("take")
	case reopen:
		d.act("reopen")
	}
}

func (d *desk) resolve(r wire.Row, allowed, next bool) {
	if !allowed {
		return
	}
	resolve.Show(d.stage, r, func() {
		d.stage.Tell(d.stage.T("resolve.done", "name", d.stage.CustomerName(r.CustomerName, r.Customer)), false)
		if next {
			d.step(1)
		}
	})
}

// sendAndWait sends and puts the conversation off until the customer answers, or a day has passed.
func (d *desk) sendAndWait(r wire.Row, allowed bool) {
	d.composer.Send()
	if allowed {
		d.composer.Presenter().After(r.ID, func() {
			d.stage.Do(wire.AgentDo{Do: wire.DoSnooze, Conversation: r.ID, Until: d.state.HubNow().Add(24 * time.Hour).UTC().Truncate(time.Millisecond)}, nil)
		})
	}
}

// palette opens the box of everything.
func (d *desk) palette() {
	o := palette.Options{OnConversation: d.write, OnSearch: func(q string) { d.goTo(pageCustomers); d.search.Find(q) }}
	r, ok := d.row()
	if ok && d.stage.Allowed(r).Reply {
		o.OnMacro = d.composer.TakeMacro
	}
	for _, a := range keymap.Actions() {
		if a.ID == "palette" || !d.available(a.ID, r, ok) {
			continue
		}
		o.Actions = append(o.Actions, palette.Action{Text: d.stage.T("action." + a.ID), Icon: icons[a.ID], Keys: d.shell.keys.Shown(a.ID),
			Do: func() { d.act(a.ID) }})
	}
	palette.Show(d.stage, o)
}

// icons of actions in the palette.
var icons = map[string]string{
	"next": "arrow-down", "previous": "arrow-up", "list_mine": "inbox", "list_queue": "clock", "list_bot": "bot", "list_all": "list",
	"filter": "list-filter", "assist": "lightbulb", "customer": "user", "history": "history", "take_up": "hand", "resolve": "check",
	"resolve_next": "check-check", "transfer": "arrow-right-left", "to_bot": "bot", "snooze": "alarm-clock", "tag": "tag", "priority": "flag",
	"reply": "reply", "note": "sticky-note", "send_wait": "send", "attach": "paperclip", "search": "search", "state": "user-check",
	"settings": "settings", "keys": "keyboard", "approvals": "shield-check", "understanding": "eye",
}

// available tells whether an action would do something now.
func (d *desk) available(id string, r wire.Row, shown bool) bool {
	a := d.stage.Allowed(r)
	allowed, conditional := map[string]bool{"take_up": a.Accept || a.Take || a.Reopen, "resolve": a.Resolve, "resolve_next": a.Resolve,
		"transfer": a.Transfer, "to_bot": a.ToBot, "snooze": a.Snooze, "tag": a.Tag, "priority": a.Priority, "send_wait": a.Reply,
		"attach": a.Reply || a.Note, "reply": a.Reply, "note": a.Note}[id]
	if id == "approvals" {
		return d.mayApprove()
	}
	if conditional {
		return shown && allowed
	}
	return true
}

// shortcuts makes the canvas listen for the keys in use.
func (d *desk) shortcuts() {
	c := d.shell.win.Canvas()
	for id, s := range d.shell.keys.Shortcuts() {
		c.AddShortcut(s, func(fyne.Shortcut) { d.act(id) })
		d.bound = append(d.bound, s)
	}
	c.SetOnTypedRune(func(r rune) {
		if r == '?' || r == '？' {
			d.act("keys")
		}
	})
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape && d.files != nil {
			d.files.Dismiss()
			return
		}
		if id := d.shell.keys.Of(string(e.Name)); id != "" {
			d.act(id)
		}
	})
}

func (d *desk) unshortcut() {
	c := d.shell.win.Canvas()
	for _, s := range d.bound {
		c.RemoveShortcut(s)
	}
	d.bound = nil
	c.SetOnTypedRune(nil)
	c.SetOnTypedKey(nil)
}

// shortcut takes what a field leaves: true if it is one of ours.
func (d *desk) shortcut(s fyne.Shortcut) bool {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return false
	}
	id := d.shell.keys.Of(keymap.Write(k.Key(), k.Mod()))
	if id == "" {
		return false
	}
	d.act(id)
	return true
}
