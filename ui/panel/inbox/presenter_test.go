package inbox_test

import (
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/inbox"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/state"
)

func rows(f *paneltest.Fixture, rs ...wire.Row) { f.Apply(wire.AgentRows{Rows: rs}) }

func row(id assist.ConversationID, name string, change func(*wire.Row)) wire.Row {
	r := wire.Row{CustomerName: name, Conversation: assist.Conversation{ID: id, Inbox: "nw", Customer: assist.CustomerID(id), Status: assist.StatusWaiting,
		Rev: assist.Rev(id), Seq: 1, Last: assist.Preview{Text: "hi there", From: assist.ActorCustomer, At: time.Date(2026, 3, 2, 9, 58, 0, 0, time.UTC)}}}
	if change != nil {
		change(&r)
	}
	return r
}

func TestItem_WaitingTimesAndPreviews(t *testing.T) {
	f := paneltest.New(t)
	p := inbox.NewPresenter(f.Desk)
	since := func(d time.Duration) func(*wire.Row) {
		return func(r *wire.Row) { r.WaitingSince = f.Clock.Add(-d) }
	}
	for _, v := range []struct {
		name    string
		row     wire.Row
		when    string
		urgency int
		preview string
		unread  int
	}{
		{"just came", row(1, "Ann", since(48*time.Second)), "0:48", 0, "hi there", 1},
		{"waits", row(2, "Ann", since(90*time.Second)), "1:30", 1, "hi there", 1},
		{"waits long", row(3, "Ann", since(5*time.Minute)), "5:00", 2, "hi there", 1},
		{"waits for hours", row(4, "Ann", since(2*time.Hour)), "2h", 2, "hi there", 1},
		{"of the bot", row(5, "Ann", func(r *wire.Row) { r.Status = assist.StatusBot }), "2m", 0, "hi there", 0},
		{"answered by me", row(6, "Ann", func(r *wire.Row) {
			r.Status, r.Assignee, r.Last.From, r.AgentRead = assist.StatusHuman, paneltest.Me, assist.ActorAgent, 1
		}), "2m", 0, "You: hi there", 0},
		{"a file", row(7, "Ann", func(r *wire.Row) { r.Last.Text = " " }), "2m", 0, "File", 1},
		{"a system line", row(8, "Ann", func(r *wire.Row) { r.Last.Text, r.Last.Activity = "", "waiting" }), "2m", 0, "waits for a person", 1},
	} {
		t.Run(v.name, func(t *testing.T) {
			it := p.Item(v.row)
			if it.When != v.when || it.Urgency != v.urgency || it.Preview != v.preview || it.Unread != v.unread {
				t.Errorf("got %q (%d) %q %d, want %q (%d) %q %d", it.When, it.Urgency, it.Preview, it.Unread, v.when, v.urgency, v.preview, v.unread)
			}
		})
	}
}

func TestItem_TypingShowsThePreview(t *testing.T) {
	f := paneltest.New(t)
	p := inbox.NewPresenter(f.Desk)
	r := row(1, "Ann", nil)
	rows(f, r)
	f.Apply(wire.AgentPeerTyping{Conversation: 1, From: assist.ByCustomer(1), Text: "could I"})
	if it := p.Item(r); it.Preview != "typing… “could I”" || !it.Typing {
		t.Errorf("got %+v", it)
	}
	f.Clock = f.Clock.Add(time.Minute)
	if it := p.Item(r); it.Typing {
		t.Error("types for ever")
	}
}

func TestItem_Chips(t *testing.T) {
	f := paneltest.New(t)
	p := inbox.NewPresenter(f.Desk)
	it := p.Item(row(1, "", func(r *wire.Row) {
		r.Priority, r.Tags, r.Handoff = assist.PriorityUrgent, []string{"refund", "own"}, &assist.Handoff{Intent: "refund_status"}
	}))
	want := []inbox.Chip{{Color: "bad", Mark: "▲", Text: "Urgent"}, {Text: "refund status"}, {Color: "warn", Text: "refund"}, {Text: "own"}, {Text: "Northwind"}}
	if !slices.Equal(it.Chips, want) || it.Name != "Visitor 1" {
		t.Errorf("got %+v", it)
	}
}

func TestRows_FilterByNamePinyinTagAndNumber(t *testing.T) {
	f := paneltest.New(t)
	rows(f, row(1, "王晓明", nil), row(2, "Maria Gomez", func(r *wire.Row) { r.Tags = []string{"refund"} }), row(48213, "Ann", nil))
	p := inbox.NewPresenter(f.Desk)
	p.Choose(state.Queue)
	for filter, want := range map[string][]assist.ConversationID{"": {1, 2, 48213}, "wxm": {1}, "gomez": {2}, "refund": {2}, "#482": {48213}, "hi there": {1, 2, 48213}, "zzz": nil} {
		p.Filter(filter)
		var got []assist.ConversationID
		for _, r := range p.Rows() {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", filter, got, want)
		}
	}
}

func TestLine_TellsTheTruth(t *testing.T) {
	f := paneltest.New(t)
	p := inbox.NewPresenter(f.Desk)
	var ch state.Change
	at := f.Clock
	for _, v := range []struct {
		link state.Link
		want string
		bad  bool
	}{
		{state.Link{Live: true, Since: at}, "Live", false},
		{state.Link{Live: true, Queued: 1}, "Sending 1 message…", false},
		{state.Link{Since: at.Add(time.Minute), Queued: 2}, "Reconnecting since 10:01 · 2 messages wait", true},
		{state.Link{Since: at.Add(time.Hour), Trying: true}, "Reconnecting since 10:01", true},
		{state.Link{Ended: true}, "Offline", true},
	} {
		f.State.SetLink(v.link, &ch)
		if got, bad := p.Line(); got != v.want || bad != v.bad {
			t.Errorf("got %q %t, want %q %t", got, bad, v.want, v.bad)
		}
	}
}
