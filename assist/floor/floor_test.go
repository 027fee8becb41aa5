package floor_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/floor"
	"deskhand/assist/hub"

	"pgregory.net/rapid"
)

// desk is a store with what a floor is built from.
type desk struct {
	conversations []assist.Conversation
	agents        []assist.Agent
}

func (d desk) Conversations(_ context.Context, f assist.ConversationFilter) ([]assist.Conversation, error) {
	out := slices.DeleteFunc(slices.Clone(d.conversations), func(c assist.Conversation) bool {
		return !slices.Contains(f.Statuses, c.Status) || (f.Before > 0 && c.Rev >= f.Before)
	})
	slices.SortFunc(out, func(a, b assist.Conversation) int { return int(b.Rev - a.Rev) })
	return out[:min(len(out), f.Limit)], nil
}
func (d desk) Agents(context.Context) ([]assist.Agent, error) { return d.agents, nil }
func (d desk) Teams(context.Context) ([]assist.Team, error) {
	return []assist.Team{{ID: "support"}, {ID: "claims"}}, nil
}
func (d desk) Queues(context.Context) ([]assist.Queue, error) {
	return []assist.Queue{{ID: "a", Team: "support"}, {ID: "b", Team: "claims"}}, nil
}

func drawConversation(t *rapid.T, rev assist.Rev) assist.Conversation {
	c := assist.Conversation{
		ID: assist.ConversationID(rapid.IntRange(1, 8).Draw(t, "id")), Rev: rev, Status: rapid.SampledFrom(assist.Statuses()).Draw(t, "status"),
		Queue:    rapid.SampledFrom([]assist.QueueID{"a", "b"}).Draw(t, "queue"),
		Priority: assist.Priority(rapid.IntRange(-1, 2).Draw(t, "priority")), WaitingSince: time.Unix(int64(rapid.IntRange(0, 4).Draw(t, "since")), 0),
	}
	if c.Status != assist.StatusWaiting && c.Status != assist.StatusBot {
		c.Assignee = assist.AgentID(rapid.IntRange(1, 3).Draw(t, "agent"))
	}
	return c
}

// After any changes the picture is what a recount of the last values gives, however it was told.
func TestFloor_EqualsARecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := floor.New(desk{}, nil, time.Now)
		last := map[assist.ConversationID]assist.Conversation{}
		for rev := range assist.Rev(rapid.IntRange(1, 60).Draw(t, "changes")) {
			c := drawConversation(t, rev+1)
			last[c.ID] = c
			f.Changed(hub.Update{Conversation: c})
		}
		load := map[assist.AgentID]int{}
		var waiting []assist.Conversation
		held := 0
		for _, c := range last {
			switch c.Status {
			case assist.StatusHuman:
				load[c.Assignee]++
				held++
			case assist.StatusWaiting:
				waiting = append(waiting, c)
			case assist.StatusSnoozed, assist.StatusWrapUp:
				held++
			}
		}
		for a := range assist.AgentID(4) {
			if got := f.LoadOf(a); got != load[a] {
				t.Fatalf("load of %d: got %d, want %d", a, got, load[a])
			}
		}
		if got := len(f.Held()); got != held {
			t.Fatalf("held: got %d, want %d", got, held)
		}
		slices.SortFunc(waiting, floor.Before)
		got := f.Waiting()
		if len(got) != len(waiting) {
			t.Fatalf("waiting: got %d, want %d", len(got), len(waiting))
		}
		position := map[assist.QueueID]int{}
		for i, c := range waiting {
			if position[c.Queue]++; got[i].ID != c.ID {
				t.Fatalf("waiting at %d: got %d, want %d", i, got[i].ID, c.ID)
			}
			if p, _ := f.Place(c); p != position[c.Queue] {
				t.Fatalf("place of %d: got %d, want %d", c.ID, p, position[c.Queue])
			}
		}
	})
}

func TestFloor_LoadsAllPages(t *testing.T) {
	var d desk
	for i := range 2500 {
		d.conversations = append(d.conversations, assist.Conversation{ID: assist.ConversationID(i + 1), Rev: assist.Rev(i + 1), Status: assist.StatusHuman, Assignee: 1})
	}
	f := floor.New(d, nil, time.Now)
	if err := f.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := f.LoadOf(1); got != 2500 {
		t.Errorf("got %d, want 2500", got)
	}
}

func TestPlace_EstimatesByTheQueuesPace(t *testing.T) {
	now := time.Unix(1000, 0)
	f := floor.New(desk{}, nil, func() time.Time { return now })
	waiting := func(id assist.ConversationID) assist.Conversation {
		return assist.Conversation{ID: id, Rev: assist.Rev(id), Status: assist.StatusWaiting, Queue: "a", WaitingSince: time.Unix(int64(id), 0)}
	}
	for id := range assist.ConversationID(6) {
		f.Changed(hub.Update{Conversation: waiting(id + 1)})
	}
	if _, wait := f.Place(waiting(6)); wait != 0 {
		t.Errorf("before anybody was served: got %s, want unknown", wait)
	}
	for id := range assist.ConversationID(3) { // one a minute
		c := waiting(id + 1)
		c.Rev, c.Status, c.Assignee = c.Rev+100, assist.StatusHuman, 1
		f.Changed(hub.Update{Conversation: c})
		now = now.Add(time.Minute)
	}
	if position, wait := f.Place(waiting(6)); position != 3 || wait != 3*time.Minute {
		t.Errorf("got %d and %s, want 3 and 3m", position, wait)
	}
}

func TestFloor_WhoIsInNoTeamWorksForAll(t *testing.T) {
	f := floor.New(desk{agents: []assist.Agent{{ID: 1, Name: "b"}, {ID: 2, Name: "a", Teams: []assist.TeamID{"claims"}}, {ID: 3, Disabled: true}}}, nil, time.Now)
	if err := f.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	one, _ := f.Agent(1)
	two, _ := f.Agent(2)
	if !one.InTeam("support") || !one.InTeam("claims") || two.InTeam("support") {
		t.Errorf("teams of one: %v, of two: %v", one.Teams, two.Teams)
	}
	if got := f.Agents(); len(got) != 2 || got[0].ID != 2 {
		t.Errorf("got %v, want those who aren't disabled, by name", got)
	}
	if f.TeamOf("b") != "claims" || f.TeamOf("nope") != "" || f.AgentName(9) != "" {
		t.Error("queues or names are wrong")
	}
}
