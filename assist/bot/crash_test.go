package bot_test

import (
	"strings"
	"testing"

	"deskhand/assist/action"
)

// A hub may be killed between carrying out a change and storing the answer; then the turn is computed again.
func TestDialogue_ComputedAgainDoesNothingTwice(t *testing.T) {
	p := studioPack(t)
	for _, script := range [][]string{
		{"book the red room tomorrow at 3 pm", "yes"},
		{"i lost my key card"},
		{"pay Tom 100", "246810", "make it 200", "yes"},
		{"cancel my booking because i am ill", "the second one", "no", "cancel booking BK-1003", "yes"},
	} {
		once, again := newDesk(t, p), newDesk(t, p)
		for _, text := range script {
			once.says(text)
			again.says(text)
			again.computes()
			want, got := once.answers(), again.answers()
			if got.Text != want.Text || got.Turn.Awaiting != want.Turn.Awaiting {
				t.Errorf("%q computed again: got %q, want %q", text, got.Text, want.Text)
			}
		}
		if got, want := strings.Join(again.office.changes, ";"), strings.Join(once.office.changes, ";"); got != want || got == "" {
			t.Errorf("%q: changed %q, want %q", script, got, want)
		}
	}
}

// What the customer writes while the answer is computed makes it stale: it is never stored, but what was done is done.
func TestDialogue_StaleTurnTellsWhatItDid(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("book the red room tomorrow at 3 pm")
	d.answers()
	d.says("yes")
	d.computes()
	d.says("no wait, don't")
	if a := d.answers(); !strings.Contains(a.Text, "BK-1004") || len(d.office.changes) != 1 {
		t.Errorf("got %q and changes %q", a.Text, d.office.changes)
	}

	d = newDesk(t, d.pack)
	d.says("i lost my key card")
	d.computes()
	d.says("please hurry")
	if a := d.answers(); !strings.Contains(a.Text, "7788 is blocked") || len(d.office.changes) != 1 {
		t.Errorf("got %q and changes %q", a.Text, d.office.changes)
	}
}

// A read-back that was never shown can't be said yes to, whatever the store holds of it.
func TestDialogue_YesToAnUnseenReadBack(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("book the red room tomorrow at 3 pm")
	d.computes()
	d.says("yes")
	if a := d.answers(); a.Turn.Awaiting != "confirm" || len(d.office.changes) != 0 {
		t.Errorf("awaits %q after changes %q", a.Turn.Awaiting, d.office.changes)
	}
	open := 0
	for _, c := range d.drawer.all {
		if c.State == action.Verified {
			open++
		}
	}
	if open != 1 {
		t.Errorf("%d commands are open, want the one that was read back", open)
	}
}

// What customers type is shown as text: never a template, never with what can't be seen.
func TestDialogue_RepeatsNothingThatWorks(t *testing.T) {
	d := newDesk(t, studioPack(t))
	d.says("send me the key")
	d.answers()
	d.says("12 {{.customer.name}} Street\u202e, Spring\u200bfield 4111 1111 1111 1111")
	a := d.answers()
	if !strings.Contains(a.Text, "{{.customer.name}} Street, Springfield") || strings.Contains(a.Text, "4111 1111 1111") {
		t.Errorf("got %q", a.Text)
	}
}
