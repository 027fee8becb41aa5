package bot_test

import (
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/nlu"
)

// reads is a classifier that reads some texts as they are told, and the rest as the toy's does.
type reads struct {
	*ear
	as map[string]nlu.Reading
}

func (r reads) Read(text string) nlu.Reading {
	if as, told := r.as[text]; told {
		as.Language = "en"
		return as
	}
	return r.ear.Read(text)
}

// A text that names what the errand is about isn't strange for its odd words, and an outburst is a complaint.
func TestDialogue_WeighsWhatATextNames(t *testing.T) {
	ranked := func(confidence float64, intents ...string) nlu.Reading {
		r := nlu.Reading{OutOfScope: true}
		for _, i := range intents {
			r.Ranked = append(r.Ranked, nlu.Candidate{Intent: i, Confidence: confidence})
			confidence /= 10
		}
		return r
	}
	for text, c := range map[string]struct {
		reading nlu.Reading
		want    string
	}{
		"gimme the lowdown on red":            {ranked(0.85, "room_info", "greet"), "room_info"},
		"gimme the lowdown on that":           {ranked(0.85, "room_info", "greet"), "out_of_scope"},
		"gimme the lowdown on red, or so":     {ranked(0.6, "room_info", "greet"), "out_of_scope"},
		"you useless lot, third time already": {ranked(0.4, "complaint", "greet"), "complaint"},
		"you lovely lot, third time already":  {ranked(0.4, "complaint", "greet"), "out_of_scope"},
	} {
		d := newDesk(t, studioPack(t))
		if _, err := d.Company(t.Context(), assist.Inbox{ID: "studio"}); err != nil {
			t.Fatal(err)
		}
		d.company.Reader = reads{newEar(d.pack.Phrases), map[string]nlu.Reading{text: c.reading}}
		d.says(text)
		if a := d.answers(); a.Turn.Intent != c.want {
			t.Errorf("%q was taken for %s, want %s: %s", text, a.Turn.Intent, c.want, a.Text)
		}
	}
}

// Who is named beside the people of the list is somebody else, and is not taken for one of them.
func TestDialogue_NamesAStranger(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("pay 100 for Emma Stone")
	d.answers()
	d.says("246810")
	if a := d.answers(); a.Turn.Awaiting != "payee" || !strings.Contains(a.Text, "Emma Stone") {
		t.Errorf("awaits %q: %s", a.Turn.Awaiting, a.Text)
	}
}

// A question after all that there is isn't about what was spoken of before.
func TestDialogue_AsksForAll(t *testing.T) {
	d := newDesk(t, studioPack(t))
	for _, turn := range []struct{ says, room, awaiting string }{
		{"tell me about the red room", "R-1", ""},
		{"and the price of a room, tell me about the room", "R-1", ""},
		{"tell me about what rooms do you have", "", "room"},
	} {
		d.says(turn.says)
		if a := d.answers(); a.Turn.Slots["room"] != turn.room || a.Turn.Awaiting != turn.awaiting {
			t.Errorf("%q: room %q, awaits %q: %s", turn.says, a.Turn.Slots["room"], a.Turn.Awaiting, a.Text)
		}
	}
}

// Whoever gives something up and wishes something else is heard out.
func TestDialogue_LeavesForSomethingElse(t *testing.T) {
	for _, text := range []string{"never mind, tell me your opening hours", "forget it, no need any more, what are your opening hours", "算了先不订了，还是说说你们几点开门吧"} {
		d := newDesk(t, studioPack(t))
		d.says("i want to cancel my booking")
		d.answers()
		d.says(text)
		if a := d.answers(); a.Turn.Awaiting != "" || !strings.Contains(a.Text, "23") {
			t.Errorf("%q: awaits %q: %s", text, a.Turn.Awaiting, a.Text)
		}
	}
}
