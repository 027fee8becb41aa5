package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	"deskhand/ui/panel/settings"
	"deskhand/ui/state"
)

// alerts tells of what needs the person: by the system's notifications, a sound, and the count in the tray and title.
type alerts struct {
	d       *desk
	waiting int                           // in tray and title
	unread  map[assist.ConversationID]int // of one's own, as told
	primed  bool                          // the first lists are there: what was unread before is no news
}

func newAlerts(d *desk) alerts { return alerts{d: d, unread: map[assist.ConversationID]int{}} }

// take looks at what has changed.
func (a *alerts) take(ch *state.Change) {
	for _, w := range ch.Alerts {
		a.tell(w)
	}
	for _, o := range ch.Failed {
		a.d.stage.Tell(a.d.stage.T("alert.failed", "reason", a.d.stage.Lang.Refusal(o.Code)), true)
	}
	for id := range ch.Rows {
		a.row(id)
	}
	if a.d.state.Loaded() {
		a.primed = true
	}
}

// undone tells that the hub refused what a macro does behind its words.
func (a *alerts) undone(u client.Undone) {
	what := a.d.composer.Presenter().Action(u.Action)
	a.d.stage.Tell(a.d.stage.T("macro.undone", "action", what, "reason", a.d.stage.Lang.Refusal(u.Code)), true)
}

// row tells of a new message of a customer in one's own conversation.
func (a *alerts) row(id assist.ConversationID) {
	r, ok := a.d.state.Row(id)
	n := r.Unread()
	before := a.unread[id]
	a.unread[id] = n
	if !ok || !a.primed || n <= before || r.Assignee != a.d.state.You().ID || r.Last.From != assist.ActorCustomer {
		return
	}
	if a.d.attended() && a.d.selected == id {
		return // it is read as it comes
	}
	name := a.d.stage.CustomerName(r.CustomerName, r.Customer)
	volume, urgent := 0.5, r.Priority >= assist.PriorityHigh
	if urgent {
		volume = 0.8
	}
	a.alert(notice{sound: "message", volume: volume, urgent: urgent, title: name, body: r.Last.Text})
}

// tell passes an alert of the hub on.
func (a *alerts) tell(w wire.AgentAlert) {
	l := a.d.stage.Lang
	r, _ := a.d.state.Row(w.Conversation)
	customer := a.d.stage.CustomerName(r.CustomerName, r.Customer)
	title := l.Try("alert."+w.Kind, "", "name", w.Name, "customer", customer)
	if title == "" {
		return
	}
	body := w.Note
	if body == "" {
		body = r.Last.Text
	}
	sound, volume := "waiting", 0.5
	if w.Kind == "assigned" || w.Kind == "requeued" || r.Priority >= assist.PriorityHigh {
		volume = 0.8
	}
	if r.Priority == assist.PriorityUrgent {
		sound, volume = "urgent", 1
	}
	personal := w.Kind == "assigned" || w.Kind == "lost" || w.Kind == "mention" || w.Kind == "approval"
	a.alert(notice{sound: sound, volume: volume, urgent: w.Kind == "assigned" || r.Priority == assist.PriorityUrgent, shown: personal, title: title, body: body})
}

// notice is one thing to be told.
type notice struct {
	sound       string
	volume      float64
	urgent      bool // is heard while the person types
	shown       bool // is said in the window too; what the lists show anyway is not
	title, body string
}

// alert makes itself heard, unless the person is typing to somebody: then only what is urgent does.
func (a *alerts) alert(n notice) {
	s := a.d.shell
	busy := a.d.composer.Presenter().Busy() != 0
	if s.opts.Settings.Value(settings.KeyAlerts) != "off" && s.opts.Notify && !s.active {
		s.opts.App.SendNotification(fyne.NewNotification(n.title, n.body))
	}
	if s.active && n.shown {
		a.d.stage.Tell(n.title, false)
	}
	if s.opts.Sound != nil && s.opts.Settings.Value(settings.KeySound) != "off" && (!busy || n.urgent) {
		s.opts.Sound.Play(n.sound, n.volume)
	}
}

// count shows how many conversations wait in the window's title and the tray.
func (a *alerts) count(n int) {
	if n == a.waiting {
		return
	}
	a.waiting = n
	a.d.shell.showCount(n)
}

func (a *alerts) close() { a.d.shell.showCount(0) }

// showCount writes the number of waiting conversations where it is seen while the window isn't.
func (s *Shell) showCount(n int) {
	title := "Deskhand"
	if n > 0 {
		title = s.opts.Lang.N("shell.title", n)
	}
	s.win.SetTitle(title)
	s.tray(title)
}

// tray renews the menu in the system's tray, where there is one.
func (s *Shell) tray(title string) {
	app, ok := s.opts.App.(desktop.App)
	if !ok || !s.opts.Tray {
		return
	}
	count := fyne.NewMenuItem(title, s.raise)
	show := fyne.NewMenuItem(s.opts.Lang.T("shell.show"), s.raise)
	quit := fyne.NewMenuItem(s.opts.Lang.T("shell.quit"), s.quit)
	quit.IsQuit = true
	app.SetSystemTrayMenu(fyne.NewMenu("Deskhand", count, fyne.NewMenuItemSeparator(), show, quit))
}

func (s *Shell) raise() {
	s.win.Show()
	s.win.RequestFocus()
}
