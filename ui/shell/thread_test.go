package shell

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/state"
	bubbles "deskhand/ui/widget/thread"
)

func TestDesk_HostileTextIsText(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	hostile := "<script>alert(1)</script> {{customer.name}} \u202Egnp.exe\u0000 \x1b[31m"
	o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: 60, Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: assist.ByCustomer(1),
		Data: assist.Appended{Message: assist.Message{Seq: 3, Kind: assist.KindText, From: assist.ByCustomer(1), Text: hostile}}}}}, nil)
	o.shows("<script>alert(1)</script>", "{{customer.name}}")
	for _, s := range o.texts() {
		if strings.ContainsAny(s, "\u202E\u0000\x1b") {
			t.Errorf("%q is drawn with control characters", s)
		}
	}
}

// TestDesk_ThreadUpdatedInPlaceIsTheThreadBuiltAnew lets a conversation live by updates and compares it with one that
// is built from the same state.
func TestDesk_ThreadUpdatedInPlaceIsTheThreadBuiltAnew(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	seq := assist.Seq(2)
	say := func(from assist.Actor, id assist.ClientID, text string) {
		seq++
		o.now = o.now.Add(time.Duration(seq) * 20 * time.Second)
		rev := assist.Rev(100 + seq)
		o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: rev, Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: from,
			Data: assist.Appended{Message: assist.Message{Seq: seq, ClientID: id, Kind: assist.KindText, From: from, Text: text}}}}}, nil)
	}
	for i := range 12 {
		say(assist.ByCustomer(1), "", "question")
		o.press(fyne.KeyL, fyne.KeyModifierAlt)
		o.field().TypedRune('a')
		o.field().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		id := paneltest.ClientID(i + 1)
		switch i % 4 {
		case 3: // refused, and given up
			o.paint([]wire.Frame{wire.Failure{ClientID: id, Conversation: 1, Code: assist.CodeNotOwner}}, nil)
			var ch state.Change
			o.state.Discard(1, id, &ch)
			o.apply(&ch)
		default:
			o.paint([]wire.Frame{wire.Ack{ClientID: id, Conversation: 1, Seq: seq + 1, Rev: assist.Rev(101 + seq), At: o.now}}, nil)
			say(assist.ByAgent(o.state.You()), id, "a")
		}
		if i%2 == 1 {
			o.paint([]wire.Frame{wire.AgentMarks{Conversation: 1, Marks: assist.Marks{CustomerDelivered: seq, CustomerRead: seq - 1}}}, nil)
		}
		if diff := o.thread.Stale(); diff != "" {
			t.Fatalf("after step %d the view shows something else than the state: %s", i, diff)
		}
	}
	if n := len(o.state.Conversation(1).Messages); n != 23 {
		t.Errorf("%d messages, want 23", n)
	}
}

func TestDesk_WhatTheBotUnderstoodByKeyboard(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: 40, Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: assist.ByBot(),
		Data: assist.Appended{Message: assist.Message{Seq: 3, Kind: assist.KindText, From: assist.ByBot(), At: o.now, Text: "Which one?",
			Bot: &assist.BotTurn{Intent: "refund_status", Confidence: 0.9, RunnerUp: "return_item", Margin: 0.7, Step: "collect", Awaiting: "order_id"}}}}}}, nil)
	line := "Understood refund status 0.90 · return item 0.20 · asks for order"
	shown := func() bool { return strings.Contains(strings.Join(o.texts(), ""), line) }
	if !shown() {
		t.Fatalf("%q is not shown; what is: %q", line, o.texts())
	}
	o.press(fyne.KeyU, fyne.KeyModifierAlt)
	if shown() || o.explains() {
		t.Error("Alt+U leaves it there")
	}
	c := o.shell.win.Canvas()
	for range 60 {
		if _, ok := c.Focused().(*bubbles.Thread); ok {
			break
		}
		c.FocusNext()
	}
	key := func(name fyne.KeyName) { c.Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	key(fyne.KeyUp) // from the bot's message to the customer's
	key(fyne.KeyReturn)
	o.shows("Copy", "What the bot understood")
	key(fyne.KeyUp) // the last row of the menu
	key(fyne.KeyReturn)
	o.shows("Intent", "refund status", "Confidence", "0.90", "Runner-up", "return item, 0.70 behind", "asks for order")
	o.act("understanding")
	if !shown() || !o.explains() {
		t.Errorf("it does not come back: %q", o.texts())
	}
}

func TestDesk_CommandsInTheThread(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	state := "waiting"
	o.hub.Answer = func(c any) (wire.Frame, error) {
		if ask, ok := c.(wire.AgentCommands); ok {
			return wire.AgentCommandList{Conversation: ask.Conversation, Commands: []wire.CommandView{{ID: "a", Conversation: 1, Action: "orders.cancel", State: state,
				Args: map[string]string{"order_id": "7731-204"}, By: assist.ByBot(), CreatedAt: o.now.Add(-90 * time.Second)}}}, nil
		}
		return wire.Ack{}, nil
	}
	moved := func(rev assist.Rev, to string) {
		state = to
		o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: rev, Conversation: 1, Type: assist.CommandChanged, At: o.now, Actor: assist.ByBot(),
			Data: assist.CommandMoved{ID: "a", Action: "orders.cancel", State: to}}}}, nil)
		if stale := o.thread.Stale(); stale != "" {
			t.Error(stale)
		}
	}
	moved(50, "waiting")
	o.shows("Cancel order · waits for approval")
	for i := range 8 { // the line comes among what can't change any more
		o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: assist.Rev(60 + i), Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: assist.ByCustomer(1),
			Data: assist.Appended{Message: assist.Message{Seq: assist.Seq(3 + i), Kind: assist.KindText, From: assist.ByCustomer(1), Text: "well"}}}}}, nil)
	}
	moved(90, "done")
	o.shows("Cancel order · done")
	c := o.shell.win.Canvas()
	for range 60 {
		if _, ok := c.Focused().(*bubbles.Thread); ok {
			break
		}
		c.FocusNext()
	}
	key := func(name fyne.KeyName) { c.Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	for range 9 {
		key(fyne.KeyUp)
	}
	key(fyne.KeyReturn)
	o.shows("The change in full")
	key(fyne.KeyReturn)
	o.shows("7731-204", "Asked for by")
}

func TestDesk_HandToTheBotWithANote(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.hub.Calls = nil
	o.press(fyne.KeyB, fyne.KeyModifierAlt)
	o.shows("Hand Maria Gomez to the bot", "The customer never sees it.")
	f := o.field()
	f.SetText("checked, all right")
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(o.hub.Calls) != 1 {
		t.Fatalf("calls %+v", o.hub.Calls)
	}
	if c := o.hub.Calls[0].(wire.AgentDo); c.Do != wire.DoToBot || c.Conversation != 1 || c.Note != "checked, all right" {
		t.Errorf("the hub heard %+v", c)
	}
	if o.shell.win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays open")
	}
	o.shows("Maria Gomez is with the bot.")
}
