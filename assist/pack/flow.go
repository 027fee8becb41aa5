package pack

import "deskhand/assist/verify"

// Do says what a step does.
type Do string

// The steps of a flow.
const (
	DoVerify  Do = "verify"
	DoCollect Do = "collect"
	DoRead    Do = "read"
	DoSay     Do = "say"
	DoIf      Do = "if"   // goes to Step.Jump unless the field is there
	DoJump    Do = "jump" // goes to Step.Jump
	DoChange  Do = "change"
	DoHandoff Do = "handoff"
	DoEnd     Do = "end"
)

// Step is one step of a flow. Branches are flattened: an if jumps over what it guards.
type Step struct {
	Do      Do
	Line    int
	Level   verify.Level      // of verify; empty: the intent's
	Collect []string          // of collect; empty: all slots of the intent
	Action  string            // of read and change
	As      string            // the name of a read's result
	Args    map[string]string // of read and change; nil: the intent's filled slots. "=path" takes a field of an earlier result
	Say     string            // reply key below the intent, of say; of change: what is said when it is done
	Back    string            // reply key of the read-back
	Field   string            // of if: path into the results
	Reason  string            // of handoff; empty: the intent's
	Jump    int
}

// usual is the flow of an intent that has none of its own.
func usual(i *Intent) []Step {
	steps := []Step{{Do: DoVerify}, {Do: DoCollect}}
	switch {
	case i.Kind == Action:
		return append(steps, Step{Do: DoChange, Action: i.Action, Say: "done", Back: "readback"})
	case i.Kind == Handoff:
		return append(steps, Step{Do: DoHandoff})
	case i.Action != "":
		steps = append(steps, Step{Do: DoRead, Action: i.Action, As: "result"})
	}
	return append(steps, Step{Do: DoSay, Say: "answer"})
}
