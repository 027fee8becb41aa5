package bot_test

import "testing"

// What agents see under each turn: what the flow did, and which other errand was weighed.
func TestDialogue_TellsStepAndRunnerUp(t *testing.T) {
	d := newDesk(t, studioPack(t))
	for _, turn := range []struct {
		says, step, intent string
		weighed            bool
	}{
		{"i want to cancel my booking", "collect", "cancel_booking", true},
		{"BK-1002", "confirm", "cancel_booking", false},
		{"no", "declined", "cancel_booking", false},
		{"what are your opening hours", "answered", "opening_hours", true},
		{"i want to cancel my booking", "collect", "cancel_booking", true},
		{"BK-1003", "confirm", "cancel_booking", false},
		{"yes", "done", "cancel_booking", false},
		{"hello", "", "greet", true},
		{"pay Tom 100", "verify", "pay_musician", true},
	} {
		d.says(turn.says)
		a := d.answers().Turn
		if a.Step != turn.step || a.Intent != turn.intent {
			t.Errorf("%q: step %q of %s, want %q of %s", turn.says, a.Step, a.Intent, turn.step, turn.intent)
		}
		if got := a.RunnerUp != ""; got != turn.weighed || got && (a.Margin <= 0 || a.RunnerUp == a.Intent) {
			t.Errorf("%q: runner-up %q by %.2f, want one: %t", turn.says, a.RunnerUp, a.Margin, turn.weighed)
		}
	}
}
