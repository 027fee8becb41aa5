package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/bot"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu"
)

// oracle is an adviser that says the same of everything that it is asked about, when it is ready.
type oracle struct {
	intent string
	ready  bool
	asked  []nlu.Question
}

func (o *oracle) Advise(q nlu.Question) (nlu.Reading, bool) {
	if o.asked = append(o.asked, q); !o.ready {
		return q.Reading, false
	}
	r := q.Reading
	r.Advised, r.OutOfScope = true, false
	r.Ranked = append([]nlu.Candidate{{Intent: o.intent, Confidence: .7}}, r.Ranked...)
	return r, true
}

func advisedDesk(t *testing.T, o *oracle) *desk {
	t.Helper()
	d := newDesk(t, studioPack(t))
	engine, err := flow.New(d.drawer, d.proofs)
	if err != nil {
		t.Fatal(err)
	}
	d.dialogue, err = bot.NewDialogue(bot.DialogueOptions{Engine: engine, Memory: d, Companies: d, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return today }, Split: split, Adviser: o})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDialogue_WaitsForASecondOpinionWithoutBlocking(t *testing.T) {
	o := &oracle{intent: "book_room"}
	d := advisedDesk(t, o)
	d.says("hm the thing with the red one")
	again := false
	turn := bot.Turn{ID: d.turn(), Conversation: d.c, Inbox: assist.Inbox{ID: "studio"}, Transcript: slices.Clone(d.said), Party: d.party,
		Again: func() { again = true }}
	if _, err := d.dialogue.Respond(context.Background(), turn); !errors.Is(err, bot.ErrLater) {
		t.Fatalf("got %v, want ErrLater", err)
	}
	if len(o.asked) != 1 || len(o.asked[0].Among) < 10 || len(o.asked[0].Names) != 1 || o.asked[0].Names[0] != "Mia" {
		t.Fatalf("asked %+v", o.asked)
	}
	for _, c := range o.asked[0].Among {
		if c.Title == "" || nlu.IsOutOfScope(c.Intent) {
			t.Errorf("offered %+v", c)
		}
	}
	o.ready = true
	if o.asked[0].Ready(); !again {
		t.Error("the turn is not computed again")
	}
	a, err := d.dialogue.Respond(context.Background(), turn)
	if err != nil || a.Turn.Intent != "book_room" || a.Turn.Confidence != .7 {
		t.Errorf("got %+v %v", a.Turn, err)
	}
}

// What nobody plainly said is not done at once, and never on the word of somebody outside.
func TestDialogue_ADutyThatAnAdviserReadsWantsAYes(t *testing.T) {
	d := advisedDesk(t, &oracle{intent: "lost_card", ready: true})
	d.says("what a day it was")
	a := d.answers()
	if len(d.office.changes) != 0 || a.Turn.Awaiting != "confirm" {
		t.Errorf("changed %v, awaits %q after %q", d.office.changes, a.Turn.Awaiting, a.Text)
	}
}

func TestDialogue_NobodyIsAskedAboutAnswersAndWhatIsUrgent(t *testing.T) {
	o := &oracle{intent: "lost_card", ready: true}
	d := advisedDesk(t, o)
	d.says("i want to kill myself")
	if a := d.answers(); a.Handoff == nil || a.Handoff.Reason != "safety" || len(o.asked) != 0 {
		t.Errorf("asked %d times before %+v", len(o.asked), a.Handoff)
	}
	o = &oracle{intent: "book_room", ready: true}
	d = advisedDesk(t, o)
	d.says("book a room")
	d.answers()
	before := len(o.asked)
	d.says("the red one")
	if a := d.answers(); len(o.asked) != before || a.Turn.Slots["room"] != "R-1" {
		t.Errorf("asked %d times about an answer; slots %v", len(o.asked)-before, a.Turn.Slots)
	}
}
