package thread

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	bubbles "deskhand/ui/widget/thread"
)

// Options are what a View needs of its surroundings.
type Options struct {
	// OnCommand is a button of the head: transfer, to_bot, resolve; OnMore opens the menu of the rest at the anchor.
	OnCommand func(action string)
	OnMore    func(anchor fyne.CanvasObject)
	OnFile    func(a assist.Attachment) // wants to be saved or opened
	OnQuote   func(text string)         // put into the composer
}

// View is the conversation's column but for the composer.
type View struct {
	stage *stage.Stage
	opts  Options
	p     *Presenter

	Content fyne.CanvasObject

	head     *headBar
	card     *handoffCard
	thread   *bubbles.Thread
	entries  map[string]Entry // by ID, as shown
	unsent   map[string]bool  // those of messages that the hub hasn't shown back
	viewers  *widget.Label
	band     *widget.Box     // holds viewers
	middle   *fyne.Container // the thread, or what is shown instead
	shown    string          // what middle shows
	pictures map[assist.AttachmentID]*picture
	atEnd    bool
	sought   *seek
	settled  settled
	commands []wire.CommandView // as shown
	active   func() bool        // the window has the person's attention
	explains bool               // what the bot understood stands under what customers said
	unfolded map[string]bool    // by ID: where all of it does
}

// New returns the column. active tells whether the person is looking.
func New(s *stage.Stage, o Options, active func() bool) *View {
	v := &View{stage: s, opts: o, p: NewPresenter(s.Desk), atEnd: true, active: active, pictures: map[assist.AttachmentID]*picture{}, unsent: map[string]bool{},
		explains: true, unfolded: map[string]bool{}}
	v.thread = bubbles.New(bubbles.Options{OnOlder: v.older, OnTap: v.tapped, OnMenu: v.menu, OnCopy: v.copy,
		OnEnd: func(shown bool) { v.atEnd = shown; v.markRead() }})
	v.head = newHeadBar(v)
	v.card = newHandoffCard(v)
	v.viewers = widget.Line("", text.Italic, theme.SizeTiny, theme.Muted)
	v.band = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, Padding: widget.Pad(2, 20, 6, 20)},
		widget.NewIcon("eye", theme.Muted, 14), widget.Grow(v.viewers, 1))
	v.band.Hide()
	v.middle = container.NewStack()
	v.Content = widget.NewColumn(0, v.head.Content, widget.Hairline(), v.card.Content, widget.Grow(v.middle, 1), v.band)
	s.Bind(v.speak)
	return v
}

func (v *View) speak() {
	v.shown = ""
	v.rebuild()
}

// Show turns to another conversation; 0 shows none.
func (v *View) Show(id assist.ConversationID) {
	v.p.Show(id)
	v.atEnd = true
	v.card.open = false
	clear(v.unfolded)
	v.rebuild()
	if c := v.stage.State.Conversation(id); c != nil && c.Loaded { // else when the hub has opened it
		v.p.LoadCommands()
	}
}

// ID is the conversation shown.
func (v *View) ID() assist.ConversationID { return v.p.ID() }

// rebuild shows everything anew.
func (v *View) rebuild() {
	v.head.show()
	v.card.show()
	v.showViewers()
	entries := v.p.Entries()
	v.entries = make(map[string]Entry, len(entries))
	items := make([]bubbles.Item, len(entries))
	clear(v.unsent)
	for i, e := range entries {
		v.entries[e.ID] = e
		items[i] = v.item(e)
		if e.Message != "" {
			v.unsent[e.ID] = true
		}
	}
	v.thread.SetItems(items)
	v.settled = settled{}
	v.settled = v.settledNow()
	v.bounds()
	v.showTyping()
	v.showMiddle()
	v.markRead()
}

// bounds tells the thread whether there is anything before its first item.
func (v *View) bounds() {
	if v.p.Older() == 0 {
		v.thread.NoOlder()
	}
}

// showMiddle shows the thread, or what is to be said while there is none.
func (v *View) showMiddle() {
	c := v.stage.State.Conversation(v.p.ID())
	key := "thread"
	switch {
	case v.p.ID() == 0:
		key = "thread.none"
	case c != nil && c.Gone:
		key = "thread.gone"
	case c == nil || !c.Loaded:
		key = "thread.loading"
	}
	if key == v.shown {
		return
	}
	v.shown = key
	var o fyne.CanvasObject = v.thread
	if key != "thread" {
		o = widget.Empty(widget.EmptyOptions{Icon: "message-square", Title: v.stage.T(key), Next: v.stage.T(key+".next", "keys", v.stage.Keys("palette"))})
	}
	v.middle.Objects = []fyne.CanvasObject{o}
	v.middle.Refresh()
}

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	id := v.p.ID()
	if id == 0 {
		return
	}
	if ch.Moved[id] {
		v.p.LoadCommands()
	}
	if ch.Gaps[id] {
		v.p.MendGap()
	}
	if ch.Threads[id] || ch.Details[id] {
		v.renewCommands()
		v.update()
		v.card.show()
		v.showMiddle()
		v.goOn()
	}
	if ch.Threads[id] || ch.Details[id] || ch.Rows[id] || ch.Me {
		v.head.show()
	}
	if ch.Details[id] || ch.Directory {
		v.showViewers()
	}
	if ch.Typings[id] || ch.Threads[id] {
		v.showTyping()
	}
}

// Tick renews the running times in the head and on the card.
func (v *View) Tick() {
	v.head.tick()
	v.card.show()
}

// Attended tells the view that the person looks at the window again.
func (v *View) Attended() { v.markRead() }

func (v *View) markRead() {
	if v.atEnd && v.active() && v.shown == "thread" {
		v.p.MarkRead()
	}
}

func (v *View) showTyping() {
	if e := v.p.Typing(); e != nil {
		v.thread.SetTail(v.item(*e))
		return
	}
	v.thread.SetTail()
}

func (v *View) showViewers() {
	words := v.p.Viewers()
	v.viewers.SetText(words)
	if (words != "") == v.band.Visible() {
		return
	}
	if words != "" {
		v.band.Show()
	} else {
		v.band.Hide()
	}
	v.Content.Refresh()
}

func (v *View) older() {
	if v.p.Older() == 0 {
		v.thread.NoOlder()
		return
	}
	v.p.LoadOlder()
}

// ToEnd shows the newest message.
func (v *View) ToEnd() { v.thread.ToEnd() }

// JumpTo shows the message of that Rev if it is loaded.
func (v *View) JumpTo(m assist.Message) bool {
	if m.ClientID != "" && v.thread.JumpTo("c"+string(m.ClientID)) {
		return true
	}
	return v.thread.JumpTo("r" + itoa(int64(m.Rev)))
}

// Allowed tells what may be done with the conversation shown.
func (v *View) allowed() panel.Allowed {
	r, ok := v.stage.State.Row(v.p.ID())
	if !ok {
		return panel.Allowed{}
	}
	return v.stage.Allowed(r)
}
