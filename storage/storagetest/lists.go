package storagetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"deskhand/assist"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// fill makes conversations in many states.
func fill(d *desk, n int) []assist.Conversation {
	d.t.Helper()
	for i := range n {
		c := d.started(fmt.Sprint("customer", i))
		team := assist.TeamID([]string{"", "support", "sales"}[i%3])
		var events []assist.Event
		if i%2 == 0 {
			events = append(events, by(assist.Queued{Queue: assist.QueueID("q" + string(team)), Team: team, Reason: "no_bot"}))
		}
		if i%4 == 0 {
			events = append(events, by(assist.Assigned{Agent: assist.AgentID(1 + i%5), Cause: "accept"}))
		}
		if i%8 == 0 {
			events = append(events, by(assist.WrapUp{}), by(assist.Resolved{Cause: "agent"}))
		}
		if i%5 == 0 {
			events = append(events, by(assist.Tagged{Added: []string{"vip"}}), by(assist.Prioritized{Priority: assist.Priority(i%3 - 1)}))
		}
		if len(events) > 0 {
			d.must(write(c.ID, "", events...))
		}
	}
	all, err := d.Conversations(context.Background(), assist.ConversationFilter{Oldest: true, Limit: 1000})
	noError(d.t, err)
	if len(all) != n {
		d.t.Fatalf("%d conversations, want %d", len(all), n)
	}
	return all
}

func testLists(t *testing.T, d *desk) {
	ctx := context.Background()
	all := fill(d, 60)
	rapid.Check(t, func(t *rapid.T) {
		f := assist.ConversationFilter{Limit: rapid.IntRange(1, 70).Draw(t, "limit"), Oldest: rapid.Bool().Draw(t, "oldest"),
			Statuses: rapid.SliceOfNDistinct(rapid.SampledFrom(assist.Statuses()), 0, 3, rapid.ID).Draw(t, "statuses"),
			Assignee: assist.AgentID(rapid.SampledFrom([]int64{0, 0, 1, 3, 9}).Draw(t, "assignee")),
			Queue:    assist.QueueID(rapid.SampledFrom([]string{"", "", "qsupport"}).Draw(t, "queue")),
			Tag:      rapid.SampledFrom([]string{"", "", "vip", "none"}).Draw(t, "tag"),
			RevAfter: assist.Rev(rapid.Int64Range(0, int64(all[59].Rev)).Draw(t, "after")),
			Before:   assist.Rev(rapid.SampledFrom([]int64{0, int64(all[40].Rev)}).Draw(t, "before"))}
		var want []assist.ConversationID
		for _, c := range all {
			if (len(f.Statuses) == 0 || slices.Contains(f.Statuses, c.Status)) && (f.Assignee == 0 || c.Assignee == f.Assignee) &&
				(f.Queue == "" || c.Queue == f.Queue) && (f.Tag == "" || slices.Contains(c.Tags, f.Tag)) &&
				c.Rev > f.RevAfter && (f.Before == 0 || c.Rev < f.Before) {
				want = append(want, c.ID)
			}
		}
		if !f.Oldest {
			slices.Reverse(want)
		}
		got, err := d.Conversations(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[:min(len(want), f.Limit)], idsOf(got)); diff != "" {
			t.Fatalf("%+v (-want +got):\n%s", f, diff)
		}
	})
}

func idsOf(list []assist.Conversation) (out []assist.ConversationID) {
	for _, c := range list {
		out = append(out, c.ID)
	}
	return out
}

func testVisible(t *testing.T, d *desk) {
	ctx := context.Background()
	all := fill(d, 60)
	rapid.Check(t, func(t *rapid.T) {
		v := assist.Visibility{All: rapid.IntRange(0, 9).Draw(t, "all") == 0, Agent: assist.AgentID(rapid.Int64Range(0, 5).Draw(t, "agent")),
			Teams:   rapid.SliceOfN(rapid.SampledFrom([]assist.TeamID{"", "support", "sales", "none"}), 0, 3).Draw(t, "teams"),
			Waiting: rapid.Bool().Draw(t, "waiting"), Unassigned: rapid.Bool().Draw(t, "unassigned")}
		var want []assist.ConversationID
		var counts assist.Counts
		for _, c := range all {
			if !v.Sees(c) {
				continue
			}
			want = append(want, c.ID)
			count(&counts, c, v.Agent)
		}
		got, err := d.Conversations(ctx, assist.ConversationFilter{Visible: &v, Oldest: true, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, idsOf(got)); diff != "" {
			t.Fatalf("%+v (-want +got):\n%s", v, diff)
		}
		if n, err := d.Counts(ctx, v); err != nil || n != counts {
			t.Fatalf("%+v: counts %+v (%v), want %+v", v, n, err, counts)
		}
	})
}

func count(n *assist.Counts, c assist.Conversation, agent assist.AgentID) {
	if !c.Status.Open() {
		return
	}
	n.All++
	if agent != 0 && c.Assignee == agent {
		n.Mine++
	}
	switch c.Status {
	case assist.StatusWaiting:
		n.Queue++
	case assist.StatusBot:
		n.Bot++
	}
}

func testWaiting(t *testing.T, d *desk) {
	var want []assist.ConversationID
	for i, p := range []assist.Priority{0, 2, 0, 1} {
		c := d.started(fmt.Sprint(i))
		d.must(write(c.ID, "", by(assist.Queued{Queue: "q", Reason: "no_bot"}), by(assist.Prioritized{Priority: p})))
		want = append(want, c.ID)
	}
	want = []assist.ConversationID{want[1], want[3], want[0], want[2]}
	d.must(write(d.started("elsewhere").ID, "", by(assist.Assigned{Agent: 7})))
	got, err := d.Waiting(context.Background())
	noError(t, err)
	if diff := cmp.Diff(want, idsOf(got)); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}
