package flow

import (
	"slices"

	"deskhand/assist/pack"
)

// GivenBack is the state in which the bot goes on when an agent has given the conversation back: it knows what it knew. No
// read-back, no proof and no code outlives that: they belong to the time before, and are asked for anew. With goOn the errand
// under way is taken up where a value is missing; without, its values are only known to the next one.
func (s *State) GivenBack(p *pack.Pack, note string, goOn bool) *State {
	out := NewState()
	out.Language, out.Turns, out.Begun, out.Note = s.Language, s.Turns, s.Begun, note
	out.Mentioned, out.Lists, out.Known, out.Said, out.Done = s.Mentioned, s.Lists, s.Known, s.Said, s.Done
	out.Intent, out.Sure, out.Slots = s.Intent, s.Sure, s.Slots
	if r := s.Errand; r != nil {
		for name, v := range r.Slots {
			out.Known[name] = v
		}
		if goOn {
			out.Begun++
			out.Errand = &Errand{Number: out.Begun, Intent: r.Intent, Confidence: r.Confidence, Pack: r.Pack, Slots: r.Slots,
				Skipped: r.Skipped, Heard: r.Heard, Doubt: true}
			out.Await = missing(p.Intents[r.Intent], out.Errand)
		}
	}
	return out.filled()
}

// missing is the first value that the errand still needs; empty if it has all.
func missing(i *pack.Intent, r *Errand) string {
	if i == nil {
		return ""
	}
	for _, ref := range i.Slots {
		if _, known := r.Slots[ref.Name]; !known && !ref.Optional && !slices.Contains(r.Skipped, ref.Name) {
			return ref.Name
		}
	}
	return ""
}
