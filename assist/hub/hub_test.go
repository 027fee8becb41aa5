package hub_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
)

// ear writes down what it hears, into a list that several share.
type ear struct {
	name string
	list *[]string
	then func()
}

func (e *ear) Changed(u hub.Update) {
	*e.list = append(*e.list, e.name)
	if e.then != nil {
		e.then()
	}
}

func (e *ear) Typed(t hub.Typing) { *e.list = append(*e.list, e.name+" types") }

func published(id assist.ConversationID) assist.Written {
	return assist.Written{Conversation: assist.Conversation{ID: id}}
}

func TestPublish_EachHearsOnceWatchersFirstInTheirOrder(t *testing.T) {
	for range 20 { // maps have no order
		var heard []string
		h := hub.New()
		var ears []*ear
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			ears = append(ears, &ear{name: name, list: &heard})
		}
		follower, stranger := &ear{name: "follower", list: &heard}, &ear{name: "stranger", list: &heard}
		h.Follow(7, follower)
		h.Follow(7, follower)
		h.Follow(8, stranger)
		h.Follow(7, ears[2]) // follows and watches
		for _, e := range ears {
			h.Watch(e)
			h.Watch(e)
		}
		h.Publish(published(7))
		h.Type(hub.Typing{Conversation: 7})
		if got, want := strings.Join(heard, " "), "a b c d e follower a types b types c types d types e types follower types"; got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}

func TestUnfollow_HearsNothingMore(t *testing.T) {
	var heard []string
	h, e := hub.New(), &ear{name: "a", list: &heard}
	h.Follow(7, e)
	h.Watch(e)
	h.Unfollow(7, e)
	h.Unwatch(e)
	h.Unwatch(e)
	h.Unfollow(9, e)
	h.Publish(published(7))
	if len(heard) != 0 || h.FollowedBy(7, func(hub.Sink) bool { return true }) != 0 {
		t.Errorf("got %v", heard)
	}
}

// A sink may follow, unfollow and publish while it is told: no lock is held.
func TestPublish_HoldsNoLockWhileItTells(t *testing.T) {
	var heard []string
	h := hub.New()
	other := &ear{name: "other", list: &heard}
	e := &ear{name: "a", list: &heard}
	e.then = func() {
		e.then = nil
		h.Unfollow(7, e)
		h.Follow(8, other)
		h.Watch(other)
		h.Publish(published(8))
	}
	h.Follow(7, e)
	h.Publish(published(7))
	if want := []string{"a", "other"}; !slices.Equal(heard, want) {
		t.Errorf("got %v, want %v", heard, want)
	}
}

func TestHub_ManyAtOnce(t *testing.T) {
	h := hub.New()
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			var heard []string
			e := &ear{list: &heard}
			for i := range 200 {
				id := assist.ConversationID(g*1000 + i%3)
				h.Follow(id, e)
				h.Publish(published(id))
				h.Unfollow(id, e)
			}
			if len(heard) != 200 {
				t.Errorf("got %d, want 200", len(heard))
			}
		})
	}
	wg.Wait()
}

// here is a presence with a clock that stands still and a list of what changed.
type here struct {
	*hub.Presence
	now     time.Time
	changes []string
}

func newHere() *here {
	h := &here{now: time.Unix(1000, 0)}
	h.Presence = hub.NewPresence(func() time.Time { return h.now }, func(s hub.AgentStatus) {
		h.changes = append(h.changes, string(s.State)+" by "+s.Cause)
	})
	return h
}

const (
	away  = 5 * time.Minute
	grace = 30 * time.Second
)

func (h *here) pass(d time.Duration) { h.now = h.now.Add(d); h.Sweep(away, grace) }

func TestPresence_Edges(t *testing.T) {
	for _, tc := range []struct {
		what  string
		steps func(*here)
		want  string
		state assist.AgentState
	}{
		{"comes", func(h *here) { h.Connect(1) }, "available by connected", assist.StateAvailable},
		{"a second desktop changes nothing", func(h *here) { h.Connect(1); h.Connect(1); h.Disconnect(1, false); h.pass(time.Minute) },
			"available by connected", assist.StateAvailable},
		{"a short loss changes nothing", func(h *here) { h.Connect(1); h.Disconnect(1, false); h.pass(grace - 1); h.Connect(1); h.pass(grace) },
			"available by connected", assist.StateAvailable},
		{"a short loss keeps the chosen state", func(h *here) { h.Connect(1); h.Set(1, assist.StateBusy, "agent"); h.Disconnect(1, false); h.Connect(1) },
			"available by connected, busy by agent", assist.StateBusy},
		{"lost for good", func(h *here) { h.Connect(1); h.Disconnect(1, false); h.pass(grace); h.pass(grace) },
			"available by connected, offline by lost", assist.StateOffline},
		{"signed out", func(h *here) { h.Connect(1); h.Disconnect(1, true); h.pass(0) }, "available by connected, offline by agent", assist.StateOffline},
		{"comes back after it", func(h *here) { h.Connect(1); h.Disconnect(1, true); h.Connect(1); h.pass(0) },
			"available by connected, offline by agent, available by connected", assist.StateAvailable},
		{"idle", func(h *here) { h.Connect(1); h.pass(away) }, "available by connected, away by idle", assist.StateAway},
		{"a sign of life in time", func(h *here) { h.Connect(1); h.pass(away - 1); h.Active(1); h.pass(away - 1) },
			"available by connected", assist.StateAvailable},
		{"back from idleness", func(h *here) { h.Connect(1); h.pass(away); h.Active(1); h.Active(1) },
			"available by connected, away by idle, available by agent", assist.StateAvailable},
		{"away by choice stays", func(h *here) { h.Connect(1); h.Set(1, assist.StateAway, "agent"); h.Active(1) },
			"available by connected, away by agent", assist.StateAway},
		{"busy never idles", func(h *here) { h.Connect(1); h.Set(1, assist.StateBusy, "agent"); h.pass(away) },
			"available by connected, busy by agent", assist.StateBusy},
		{"the same state again", func(h *here) { h.Connect(1); h.Set(1, assist.StateAvailable, "agent") }, "available by connected", assist.StateAvailable},
		{"set while nobody is here", func(h *here) { h.Set(1, assist.StateBusy, "supervisor") }, "", assist.StateOffline},
		{"gone without having come", func(h *here) { h.Disconnect(1, true); h.Active(1); h.pass(grace) }, "", assist.StateOffline},
		{"more goodbyes than connections", func(h *here) { h.Connect(1); h.Disconnect(1, true); h.Disconnect(1, true) },
			"available by connected, offline by agent", assist.StateOffline},
	} {
		h := newHere()
		tc.steps(h)
		if got := strings.Join(h.changes, ", "); got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.what, got, tc.want)
		}
		if got, _ := h.State(1); got != tc.state {
			t.Errorf("%s: got %s, want %s", tc.what, got, tc.state)
		}
		if _, in := h.Here()[1]; in != (tc.state != assist.StateOffline) {
			t.Errorf("%s: here is %v", tc.what, h.Here())
		}
	}
}

// The change is told without the lock: whoever hears it may ask.
func TestPresence_MayBeAskedWhileItTells(t *testing.T) {
	var p *hub.Presence
	var got assist.AgentState
	p = hub.NewPresence(time.Now, func(s hub.AgentStatus) { got, _ = p.State(s.Agent) })
	p.Connect(1)
	if got != assist.StateAvailable {
		t.Errorf("got %s, want %s", got, assist.StateAvailable)
	}
}
