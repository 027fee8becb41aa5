package storagetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"

	"github.com/google/go-cmp/cmp"
)

func commitTests() map[string]func(*testing.T, *desk) {
	return map[string]func(*testing.T, *desk){
		"a repeated message gets the first receipt":         testRepeat,
		"a repeat in the same batch too":                    testRepeatInBatch,
		"a repeat is answered even if it is refused by now": testRepeatRefused,
		"a decision sees earlier writes of its batch":       testDecisionSees,
		"a refused write hurts no other":                    testRefusal,
		"a write is stored whole or not at all":             testWhole,
		"a decision that panics stores nothing":             testPanic,
		"capacity is kept within a batch":                   testCapacity,
		"marks rise and never pass the last message":        testMarks,
		"notes have no seq":                                 testNotes,
		"events are filled in":                              testFilled,
		"facts without a conversation":                      testNoConversation,
		"tags and handoff survive":                          testDetails,
		"what cannot be stored is refused":                  testUnstorable,
		"hostile text comes back as it was":                 testHostileText,
	}
}

func testRepeat(t *testing.T, d *desk) {
	c, id := d.started("a"), d.id()
	first := d.must(say(c, id, "hello"))
	for _, restart := range []bool{false, true} {
		if restart {
			d.reopen()
		}
		again := d.must(say(c, id, "other words"))
		if !again.Duplicate || len(again.Events) > 0 {
			t.Fatalf("restart %v: repeat was stored again: %+v", restart, again)
		}
		if diff := cmp.Diff(first.Receipt, again.Receipt); diff != "" {
			t.Errorf("restart %v: other receipt (-first +again):\n%s", restart, diff)
		}
	}
	other := d.started("b")
	if w := d.must(say(other, id, "same id, other conversation")); w.Duplicate {
		t.Error("the id of another conversation was taken for a repeat")
	}
}

func testRepeatInBatch(t *testing.T, d *desk) {
	c, id := d.started("a"), d.id()
	out := d.commit(say(c, id, "one"), say(c, d.id(), "two"), say(c, id, "one"), say(c, d.id(), "three"))
	if !out[2].Duplicate || out[2].Receipt != out[0].Receipt {
		t.Errorf("repeat in the batch: %+v, want the receipt %+v", out[2], out[0].Receipt)
	}
	if out[3].Receipt.Seq != 3 {
		t.Errorf("seq %d after a repeat, want 3", out[3].Receipt.Seq)
	}
}

func testRepeatRefused(t *testing.T, d *desk) {
	c, id := d.started("a"), d.id()
	first := d.must(say(c, id, "one"))
	refuse := assist.Write{Conversation: c.ID, ClientID: id, Decide: func(assist.Conversation) ([]assist.Event, error) {
		return nil, assist.Errorf(assist.CodeWrongStatus, "not now")
	}}
	if again := d.must(refuse); !again.Duplicate || again.Receipt != first.Receipt {
		t.Errorf("got %+v, want the first receipt", again)
	}
	refuse.ClientID = d.id()
	wantCode(t, d.commit(refuse)[0].Err, assist.CodeWrongStatus)
}

func testDecisionSees(t *testing.T, d *desk) {
	c := d.started("a")
	var seen []assist.Seq
	look := func(c assist.Conversation) ([]assist.Event, error) {
		seen = append(seen, c.Seq)
		return []assist.Event{assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "x"})}, nil
	}
	out := d.commit(assist.Write{Conversation: c.ID, Decide: look}, assist.Write{Conversation: c.ID, Decide: look}, assist.Write{Conversation: c.ID, Decide: look})
	if diff := cmp.Diff([]assist.Seq{0, 1, 2}, seen); diff != "" {
		t.Errorf("seq seen (-want +got):\n%s", diff)
	}
	for i := 1; i < len(out); i++ {
		if out[i].Conversation.Rev <= out[i-1].Conversation.Rev {
			t.Errorf("rev %d after %d", out[i].Conversation.Rev, out[i-1].Conversation.Rev)
		}
	}
}

func testRefusal(t *testing.T, d *desk) {
	c := d.started("a")
	plain := errors.New("a plain error refuses as well")
	out := d.commit(say(c, d.id(), "one"),
		assist.Write{Conversation: c.ID, Decide: func(assist.Conversation) ([]assist.Event, error) { return nil, plain }},
		say(assist.Conversation{ID: 99}, d.id(), "nowhere"),
		say(c, d.id(), "two"))
	if !errors.Is(out[1].Err, plain) {
		t.Errorf("error %v, want %v", out[1].Err, plain)
	}
	wantCode(t, out[2].Err, assist.CodeNotFound)
	if out[0].Err != nil || out[3].Err != nil || out[3].Receipt.Seq != 2 {
		t.Errorf("neighbours of a refusal: %+v, %+v", out[0], out[3])
	}
}

func testWhole(t *testing.T, d *desk) {
	c, id := d.started("a"), d.id()
	d.must(say(c, id, "one"))
	before, err := d.Rev(context.Background())
	noError(t, err)
	w := write(c.ID, d.id(), by(assist.Tagged{Added: []string{"vip"}}),
		assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "new"}),
		assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "its id is taken", ClientID: id}))
	wantCode(t, d.commit(w)[0].Err, assist.CodeExists)
	after, err := d.Conversation(context.Background(), c.ID)
	noError(t, err)
	if after.Seq != 1 || len(after.Tags) > 0 {
		t.Errorf("a part was stored: %+v", after)
	}
	if rev, err := d.Rev(context.Background()); err != nil || rev != before {
		t.Errorf("rev %d, %v after a refused write, want %d", rev, err, before)
	}
}

func testCapacity(t *testing.T, d *desk) {
	const agent = 7
	accept := func(c assist.Conversation) assist.Write {
		w := write(c.ID, "", by(assist.Assigned{Agent: agent, Cause: "accept"}))
		w.Capacity = &assist.Capacity{Agent: agent, Max: 2}
		return w
	}
	var list []assist.Conversation
	for i := range 4 {
		list = append(list, d.started(fmt.Sprint(i)))
	}
	out := d.commit(accept(list[0]), accept(list[1]), accept(list[2]))
	if out[0].Err != nil || out[1].Err != nil {
		t.Fatalf("refused with room left: %v, %v", out[0].Err, out[1].Err)
	}
	wantCode(t, out[2].Err, assist.CodeFull)
	d.reopen()
	wantCode(t, d.commit(accept(list[3]))[0].Err, assist.CodeFull)
	d.must(accept(list[0])) // has it already
	out = d.commit(write(list[0].ID, "", by(assist.WrapUp{})), accept(list[2]), accept(list[3]))
	if out[1].Err != nil {
		t.Errorf("no room after one was settled: %v", out[1].Err)
	}
	wantCode(t, out[2].Err, assist.CodeFull)
	load, err := d.Load(context.Background())
	noError(t, err)
	if diff := cmp.Diff(map[assist.AgentID]int{agent: 2}, load); diff != "" {
		t.Errorf("load (-want +got):\n%s", diff)
	}
}

func testMarks(t *testing.T, d *desk) {
	c := d.started("a")
	d.must(write(c.ID, "", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "x"})))
	before := d.must(write(c.ID, "", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "y"}))).Conversation
	up := d.must(assist.Write{Conversation: c.ID, Marks: &assist.Marks{CustomerDelivered: 99, CustomerRead: 1}})
	want := assist.Marks{CustomerDelivered: 2, CustomerRead: 1, AgentRead: 2}
	if !up.MarksMoved || up.Conversation.Marks != want || up.Conversation.Rev <= before.Rev || len(up.Events) != 0 {
		t.Errorf("after raising: %+v", up)
	}
	down := d.must(assist.Write{Conversation: c.ID, Marks: &assist.Marks{CustomerDelivered: 1, CustomerRead: 1}})
	if down.MarksMoved || down.Conversation.Rev != up.Conversation.Rev {
		t.Errorf("lower marks moved something: %+v", down)
	}
	d.reopen()
	got, err := d.Conversation(context.Background(), c.ID)
	noError(t, err)
	if diff := cmp.Diff(up.Conversation, got); diff != "" {
		t.Errorf("after a restart (-want +got):\n%s", diff)
	}
	if next := d.must(say(c, d.id(), "z")); next.Conversation.Rev <= up.Conversation.Rev {
		t.Errorf("rev %d was given twice", next.Conversation.Rev)
	}
}

func testNotes(t *testing.T, d *desk) {
	c := d.started("a")
	note := func(id assist.ClientID) assist.Write {
		return write(c.ID, id, assist.Say(assist.ByAgent(assist.Agent{ID: 7, Name: "Li"}), assist.Message{Kind: assist.KindNote, Text: "private"}))
	}
	id := d.id()
	out := d.commit(say(c, d.id(), "one"), note(id), say(c, d.id(), "two"), note(id))
	if out[1].Receipt.Seq != 0 || out[1].Receipt.Rev == 0 || out[2].Receipt.Seq != 2 || !out[3].Duplicate {
		t.Errorf("receipts: %+v %+v %+v", out[1].Receipt, out[2].Receipt, out[3])
	}
	all, err := d.Messages(context.Background(), assist.MessageFilter{Conversation: c.ID})
	noError(t, err)
	public, err := d.Messages(context.Background(), assist.MessageFilter{Conversation: c.ID, Public: true})
	noError(t, err)
	if len(all) != 3 || len(public) != 2 || all[1].From.Name != "Li" {
		t.Errorf("%d messages, %d public: %+v", len(all), len(public), all)
	}
}

func testFilled(t *testing.T, d *desk) {
	c := d.started("a")
	at := d.at.Add(time.Second)
	got := d.must(write(c.ID, "", by(assist.Prioritized{Priority: assist.PriorityHigh}),
		assist.Line(assist.ActivityJoined, map[string]string{"name": "Li"})))
	want := []assist.Event{
		{Rev: c.Rev + 1, Conversation: c.ID, Type: assist.PriorityChanged, At: at, Actor: assist.BySystem(), Data: assist.Prioritized{Priority: 1}},
		{Rev: c.Rev + 2, Conversation: c.ID, Type: assist.MessageAppended, At: at, Actor: assist.BySystem(), Data: assist.Appended{Message: assist.Message{
			Conversation: c.ID, Rev: c.Rev + 2, Seq: 1, Kind: assist.KindActivity, From: assist.BySystem(), At: at,
			Activity: &assist.Activity{Code: assist.ActivityJoined, Args: map[string]string{"name": "Li"}}}}},
	}
	if diff := cmp.Diff(want, got.Events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	stored, err := d.Events(context.Background(), assist.EventFilter{AfterRev: c.Rev})
	noError(t, err)
	if diff := cmp.Diff(want, stored); diff != "" {
		t.Errorf("stored events (-want +got):\n%s", diff)
	}
}

func testNoConversation(t *testing.T, d *desk) {
	c := d.started("a")
	who, err := d.Customer(context.Background(), c.Customer)
	noError(t, err)
	who.Name, who.Fields = "Zhang Wei", map[string]string{"page": "/cart"}
	out := d.commit(write(0, "", by(assist.CustomerChanged{Customer: who})),
		write(0, "", by(assist.CustomerChanged{Customer: assist.Customer{ID: 99}})),
		write(0, "", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "to nobody"})))
	noError(t, out[0].Err)
	wantCode(t, out[1].Err, assist.CodeNotFound)
	wantCode(t, out[2].Err, assist.CodeBadValue)
	got, err := d.Customer(context.Background(), c.Customer)
	noError(t, err)
	if diff := cmp.Diff(who, got); diff != "" {
		t.Errorf("customer (-want +got):\n%s", diff)
	}
}

func testDetails(t *testing.T, d *desk) {
	c := d.started("a")
	h := assist.Handoff{Reason: "customer_asked", Intent: "refund", Slots: map[string]string{"order": "1"}, Tried: []string{"faq"}, Turns: 3}
	d.must(write(c.ID, "", by(assist.Tagged{Added: []string{"vip", "refund"}}), by(assist.HandedOff{Handoff: h, Queue: "support", Team: "support"})))
	last := d.must(write(c.ID, "", by(assist.Tagged{Removed: []string{"vip"}}), by(assist.Assigned{Agent: 7, Cause: "accept"}),
		by(assist.Snoozed{Until: d.at.Add(time.Hour + 123456*time.Nanosecond)}), by(assist.Rated{Score: 4})))
	d.reopen()
	got, err := d.Conversation(context.Background(), c.ID)
	noError(t, err)
	if diff := cmp.Diff(last.Conversation, got); diff != "" {
		t.Errorf("conversation (-before +after the restart):\n%s", diff)
	}
	for tag, want := range map[string]int{"vip": 0, "refund": 1} {
		list, err := d.Conversations(context.Background(), assist.ConversationFilter{Tag: tag})
		if err != nil || len(list) != want {
			t.Errorf("%d conversations tagged %s (%v), want %d", len(list), tag, err, want)
		}
	}
}

func testPanic(t *testing.T, d *desk) {
	c := d.started("a")
	id := d.id()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = d.Commit(context.Background(), d.at, []assist.Write{say(c, id, "in the same batch"),
			{Conversation: c.ID, Decide: func(assist.Conversation) ([]assist.Event, error) { panic("broken") }}})
	}()
	if w := d.must(say(c, id, "in the same batch")); w.Duplicate || w.Receipt.Seq != 1 {
		t.Errorf("after a panic: %+v", w)
	}
}
