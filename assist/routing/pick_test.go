package routing_test

import (
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/floor"
	"deskhand/assist/routing"

	"pgregory.net/rapid"
)

var (
	teams     = []assist.TeamID{"support", "claims"}
	languages = []string{"en", "zh"}
)

func drawCandidate(t *rapid.T, id int) routing.Candidate {
	return routing.Candidate{
		Agent: assist.Agent{
			ID: assist.AgentID(id), Role: rapid.SampledFrom(assist.Roles()).Draw(t, "role"), Capacity: rapid.IntRange(0, 4).Draw(t, "capacity"),
			Teams:     rapid.SliceOfDistinct(rapid.SampledFrom(teams), rapid.ID).Draw(t, "teams"),
			Languages: rapid.SliceOfDistinct(rapid.SampledFrom(languages), rapid.ID).Draw(t, "languages"),
			Disabled:  rapid.IntRange(0, 9).Draw(t, "disabled") == 0,
		},
		State: rapid.SampledFrom([]assist.AgentState{assist.StateAvailable, assist.StateBusy, assist.StateAway}).Draw(t, "state"),
		Load:  rapid.IntRange(0, 4).Draw(t, "load"),
	}
}

func drawWaiting(t *rapid.T, id int) assist.Conversation {
	team := rapid.SampledFrom(append([]assist.TeamID{""}, teams...)).Draw(t, "team")
	return assist.Conversation{
		ID: assist.ConversationID(id), Status: assist.StatusWaiting, Team: team, Queue: assist.QueueID(team),
		Priority: assist.Priority(rapid.IntRange(-1, 2).Draw(t, "priority")), Language: rapid.SampledFrom([]string{"", "en", "zh"}).Draw(t, "language"),
		WaitingSince: time.Unix(int64(rapid.IntRange(0, 5).Draw(t, "since")), 0), LeftMessage: rapid.Bool().Draw(t, "left message"),
	}
}

func draw(t *rapid.T) (waiting []assist.Conversation, candidates []routing.Candidate) {
	for id := range rapid.IntRange(0, 8).Draw(t, "waiting") {
		waiting = append(waiting, drawWaiting(t, id+1))
	}
	slices.SortFunc(waiting, floor.Before)
	for id := range rapid.IntRange(0, 5).Draw(t, "agents") {
		candidates = append(candidates, drawCandidate(t, id+1))
	}
	return waiting, candidates
}

// fits tells whether the agent could take the conversation with that load: the rules said a second time.
func fits(c routing.Candidate, load int, w assist.Conversation) bool {
	serves := c.Agent.Role != assist.RoleTrainer && !c.Agent.Disabled && (w.Team == "" || slices.Contains(c.Agent.Teams, w.Team))
	speaks := w.Language == "" || len(c.Agent.Languages) == 0 || slices.Contains(c.Agent.Languages, w.Language)
	return serves && speaks && c.State == assist.StateAvailable && load < c.Agent.Capacity
}

// Nobody gets more than their capacity, what is not of their team or not in their language; nothing is given
// twice; and whoever is passed over could not have been served when their turn came.
func TestPick_IsFairAndFitting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waiting, candidates := draw(t)
		auto := func(q assist.QueueID) bool { return q != "claims" }
		got := routing.Pick(waiting, candidates, auto)
		load := map[assist.AgentID]int{}
		for _, c := range candidates {
			load[c.Agent.ID] = c.Load
		}
		i := 0
		for _, w := range waiting {
			if i < len(got) && got[i].Conversation.ID == w.ID {
				a := candidates[slices.IndexFunc(candidates, func(c routing.Candidate) bool { return c.Agent.ID == got[i].Agent.ID })]
				if !auto(w.Queue) || !fits(a, load[a.Agent.ID], w) {
					t.Fatalf("%+v went to %+v with load %d", w, a, load[a.Agent.ID])
				}
				for _, c := range candidates {
					if fits(c, load[c.Agent.ID], w) && load[c.Agent.ID]*a.Agent.Capacity < load[a.Agent.ID]*c.Agent.Capacity {
						t.Fatalf("%d went to agent %d although %d has less to do", w.ID, a.Agent.ID, c.Agent.ID)
					}
				}
				load[a.Agent.ID]++
				i++
				continue
			}
			for _, c := range candidates {
				if auto(w.Queue) && fits(c, load[c.Agent.ID], w) {
					t.Fatalf("%+v was passed over although %+v is free", w, c)
				}
			}
		}
		if i != len(got) {
			t.Fatalf("%d choices in another order than the service's: %v", len(got), got)
		}
	})
}

// No queue holds more than its limit, nobody waits for nobody, and no room is left while somebody could have it.
func TestServed_KeepsTheLimitOfTheQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waiting, candidates := draw(t)
		limit := rapid.IntRange(0, 3).Draw(t, "limit")
		served := routing.Served(waiting, candidates, func(assist.QueueID) int { return limit })
		in, out := map[assist.QueueID]int{}, map[assist.QueueID]int{}
		for _, c := range waiting {
			switch {
			case served[c.ID] && !routing.Staffed(c, candidates):
				t.Fatalf("%+v waits for nobody", c)
			case served[c.ID]:
				in[c.Queue]++
			case routing.Staffed(c, candidates):
				out[c.Queue]++
			}
		}
		for q := range out {
			if limit == 0 || in[q] < limit {
				t.Fatalf("queue %q holds %d of %d and sends %d away", q, in[q], limit, out[q])
			}
		}
		for q, n := range in {
			if limit > 0 && n > limit {
				t.Fatalf("queue %q holds %d of %d", q, n, limit)
			}
		}
	})
}
