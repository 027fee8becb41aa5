package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	"deskhand/ui/panel/composer"
	"deskhand/ui/panel/paneltest"
)

func TestDesk_FirstListsOpenOnesOwn(t *testing.T) {
	o := openOffice(t)
	if o.selected != 1 {
		t.Fatalf("conversation %d is open, want one's own", o.selected)
	}
	o.opened(1, nil)
	o.shows("Available", "Maria Gomez", "where is my refund", "Mine 1", "Queue 2", "Live", "1 of 6 chats", "Anna Schmidt also looks at this", "History 1", "waits 1:00")
	if o.hub.Marked[1] != 2 {
		t.Errorf("marked %v, want everything read", o.hub.Marked)
	}
}

func TestDesk_AcceptByKeyGoesToTheComposer(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.show(2)
	o.opened(2, nil)
	o.shows("This customer waits for a person.", "Accept")
	o.press(fyne.KeyG, fyne.KeyModifierAlt)
	c, ok := o.hub.Calls[len(o.hub.Calls)-1].(wire.AgentDo)
	if !ok || c.Do != wire.DoAccept || c.Conversation != 2 {
		t.Fatalf("the hub heard %+v", o.hub.Calls)
	}
	o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: 50, Conversation: 2, Type: assist.ConversationAssigned, At: o.now,
		Actor: assist.ByAgent(o.state.You()), Data: assist.Assigned{Agent: paneltest.Me, Cause: "accept"}}}}, nil)
	f := o.field()
	for _, r := range "您好" {
		f.TypedRune(r)
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(o.hub.Posts) != 1 || o.hub.Posts[0].Text != "您好" || o.hub.Posts[0].Conversation != 2 {
		t.Fatalf("posted %+v", o.hub.Posts)
	}
	o.shows("您好", "waits to be sent")
	o.paint([]wire.Frame{wire.Ack{ClientID: paneltest.ClientID(1), Conversation: 2, Seq: 3, Rev: 51, At: o.now}}, nil)
	o.shows("10:00 · sent")
}

func TestDesk_NoteAndReplyKeepTheirOwnDrafts(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	o.field().TypedRune('r')
	o.press(fyne.KeyP, fyne.KeyModifierAlt)
	if o.field().Text() != "" || o.composer.Presenter().Mode() != composer.Note {
		t.Errorf("note begins with %q", o.field().Text())
	}
	o.field().TypedRune('n')
	o.show(2)
	o.opened(2, nil)
	o.show(1)
	o.press(fyne.KeyL, fyne.KeyModifierAlt)
	if got := o.field().Text(); got != "r" {
		t.Errorf("reply is %q, want r", got)
	}
}

func TestDesk_LostConnectionIsSaid(t *testing.T) {
	o := openOffice(t)
	o.opened(1, nil)
	o.paint(nil, &client.Connection{State: client.Offline, Since: o.now.Add(time.Minute), Queued: 2})
	o.shows("Reconnecting since 10:01", "messages wait", "Try now")
	o.paint(nil, &client.Connection{State: client.Live, Since: o.now.Add(2 * time.Minute)})
	o.shows("Live")
}
