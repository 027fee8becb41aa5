package action

import "slices"

// States lists all states, in the order of a command's life.
func States() []State {
	return []State{Draft, Verified, Confirmed, Waiting, Approved, Executing, Done, Failed, Unknown, Reconciled, Declined, Voided}
}

// next says which state may follow which; whatever isn't here is impossible. A state that follows itself is a note on
// the command (read back, asked again), not a change.
func next() map[State][]State {
	return map[State][]State{
		"":        {Draft, Verified},
		Draft:     {Draft, Verified, Voided},
		Verified:  {Verified, Confirmed, Executing, Voided}, // executing: duties only
		Confirmed: {Waiting, Executing, Voided},
		Waiting:   {Approved, Declined, Voided},
		Approved:  {Executing, Voided},
		Executing: {Executing, Done, Failed, Unknown, Reconciled},
		Unknown:   {Unknown, Reconciled},
		Done:      {Done}, Failed: {Failed}, Reconciled: {Reconciled}, Declined: {Declined}, Voided: {Voided},
	}
}

// May tells whether a command may go from one state to another.
func May(from, to State) bool { return slices.Contains(next()[from], to) }

// Ended tells whether no other state can follow.
func (s State) Ended() bool {
	return !slices.ContainsFunc(next()[s], func(to State) bool { return to != s })
}

// moved are the states in which a command has changed something or may have.
func moved() []State { return []State{Executing, Done, Unknown} }

// counted are the states that count towards limits: what was done, may have been done, or was agreed on.
func counted() []State { return append(moved(), Confirmed, Waiting, Approved) }

func names(states []State) []string {
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = string(s)
	}
	return out
}
