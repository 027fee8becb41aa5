// Package routing brings what waits to the people who are here: a pure choice of who gets what, and a worker
// that writes it down, wakes what was snoozed, and re-queues what lost its agent.
package routing

import (
	"cmp"
	"slices"

	"deskhand/assist"
	"deskhand/assist/access"
)

// Candidate is an agent who is not offline.
type Candidate struct {
	Agent assist.Agent
	State assist.AgentState
	Load  int // conversations in status human
}

// serves tells whether the candidate works on the queue of the conversation: also the busy
// and those away for a moment.
func (c Candidate) serves(w assist.Conversation) bool {
	return access.Can(c.Agent, access.ConversationAccept) && (w.Team == "" || c.Agent.InTeam(w.Team))
}

func (c Candidate) free() bool { return c.State == assist.StateAvailable && c.Load < c.Agent.Capacity }

// Assignment is one choice.
type Assignment struct {
	Conversation assist.Conversation
	Agent        assist.Agent
}

// Pick gives waiting conversations, which come in the order of service, to free agents: of the right team, who
// speak the customer's language, the least loaded (as a share of capacity) first. Only queues for which auto
// says so are assigned; in the others agents accept by hand.
func Pick(waiting []assist.Conversation, candidates []Candidate, auto func(assist.QueueID) bool) []Assignment {
	candidates = slices.Clone(candidates)
	var out []Assignment
	for _, w := range waiting {
		if !auto(w.Queue) {
			continue
		}
		best := -1
		for i, c := range candidates {
			if c.free() && c.serves(w) && c.Agent.Speaks(w.Language) && (best < 0 || lighter(c, candidates[best]) < 0) {
				best = i
			}
		}
		if best >= 0 {
			out = append(out, Assignment{Conversation: w, Agent: candidates[best].Agent})
			candidates[best].Load++
		}
	}
	return out
}

func lighter(a, b Candidate) int {
	return cmp.Or(
		cmp.Compare(a.Load*b.Agent.Capacity, b.Load*a.Agent.Capacity),
		cmp.Compare(len(a.Agent.Languages), len(b.Agent.Languages)), // keep those who speak more for what needs them
		cmp.Compare(a.Agent.ID, b.Agent.ID),
	)
}

// Served tells for each waiting conversation, which come in the order of service, whether the customer may wait:
// somebody is here who serves the queue, and the queue holds no more than most says (0: any number). Those asked
// to leave a message take part again when there is room.
func Served(waiting []assist.Conversation, candidates []Candidate, most func(assist.QueueID) int) map[assist.ConversationID]bool {
	out, inLine := make(map[assist.ConversationID]bool, len(waiting)), map[assist.QueueID]int{}
	for _, asked := range []bool{false, true} { // first those who were not asked to leave a message
		for _, c := range waiting {
			if c.LeftMessage != asked || !Staffed(c, candidates) {
				continue
			}
			if limit := most(c.Queue); limit == 0 || inLine[c.Queue] < limit {
				out[c.ID] = true
				inLine[c.Queue]++
			}
		}
	}
	return out
}

// Staffed tells whether anybody is here who serves the conversation's queue, free or not.
func Staffed(w assist.Conversation, candidates []Candidate) bool {
	return slices.ContainsFunc(candidates, func(c Candidate) bool { return c.serves(w) })
}
