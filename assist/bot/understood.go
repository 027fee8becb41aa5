package bot

import (
	"deskhand/assist/bot/flow"
	"deskhand/assist/pack"
)

// step is what the flow does when the turn ends, for the agents who read along: verify (the customer proves who they are),
// choose (which of two errands was meant), collect, confirm (a read-back awaits the yes), approval (a person's yes is
// awaited), done (a change was made), answered, refused, declined (a no to the read-back), left, voided, handoff; empty for a
// line of conversation.
func (x *exchange) step() string {
	s := x.State
	switch {
	case x.Handoff() != nil:
		return "handoff"
	case s.Await == flow.AwaitIntent:
		return "choose"
	case s.Await != "" && s.Proof.Asking:
		return "verify"
	case s.Await == flow.Confirm:
		return "confirm"
	case s.Await != "":
		return "collect"
	case x.Ended() == "waiting":
		return "approval"
	case x.Ended() == "done":
		if i := x.Pack.Intents[s.Intent]; i != nil && i.Kind == pack.Answer {
			return "answered"
		}
	}
	return x.Ended()
}

// runnerUp is the second best reading of the text that the turn's intent was read from, and how far behind it is. Where the
// text was out of scope it is the best guess, and where it answered a question, so that nothing was chosen, there is none.
func (x *exchange) runnerUp(intent string) (name string, margin float64) {
	for _, r := range x.read {
		switch {
		case intent == outOfScope && r.OutOfScope && len(r.Ranked) > 0:
			return r.Ranked[0].Intent, 0
		case len(r.Ranked) > 1 && r.Ranked[0].Intent == intent && !r.OutOfScope:
			return r.Ranked[1].Intent, r.Margin
		}
	}
	return "", 0
}
