//go:build unix

package soak

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	"deskhand/storage/sqlite"

	"github.com/anishathalye/porcupine"
)

// tally is what was looked for.
type tally struct {
	sent, acked, unacked, refused        int
	lost, doubled, gaps, disorder, wrong int
}

// check reads every conversation through its customer's own socket, and the facts from the database, and compares
// them with what clients were told.
func (w *world) check(ctx context.Context, rounds int) {
	w.t.Helper()
	transcripts := map[conversationID][]wire.CustomerMessage{}
	for _, c := range w.writing {
		id, all := w.transcript(ctx, c)
		transcripts[id] = all
	}
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	for _, f := range w.log.faults {
		w.t.Error(f)
	}
	n := w.compare(transcripts)
	if bad := w.illegal(transcripts); len(bad) > 0 {
		w.t.Errorf("no linearizable log, or not known within a minute: conversations %v", bad)
	}
	w.facts(ctx)
	w.t.Logf("%d rounds, %d conversations: %d messages sent, %d acked, %d unacked, %d refused; acked lost %d, doubled %d, gaps %d, out of order %d",
		rounds, len(transcripts), n.sent, n.acked, n.unacked, n.refused, n.lost, n.doubled, n.gaps, n.disorder)
	if n.lost+n.doubled+n.gaps+n.disorder+n.wrong > 0 {
		w.t.Errorf("%+v", n)
	}
	if n.acked == 0 || len(w.log.owners) == 0 {
		w.t.Errorf("nothing happened: %d acked, %d conversations accepted", n.acked, len(w.log.owners))
	}
}

// transcript reads a customer's whole conversation, as the page would.
func (w *world) transcript(ctx context.Context, c *writer) (conversationID, []wire.CustomerMessage) {
	w.t.Helper()
	r := c.customer.Resume()
	if r == nil {
		w.t.Fatalf("%s has no conversation", c.name)
	}
	var all []wire.CustomerMessage
	for before := assist.Seq(math.MaxInt32); ; {
		page, more := w.page(ctx, c, before)
		all = append(slices.Clone(page), all...)
		if !more {
			return r.Conversation, all
		}
		before = page[0].Seq
	}
}

// page reads one page; a customer who has just lost the connection, as idle ones do here, gets it when it is back.
func (w *world) page(ctx context.Context, c *writer, before assist.Seq) ([]wire.CustomerMessage, bool) {
	w.t.Helper()
	late := time.Now().Add(60 * time.Second)
	for {
		page, more, err := c.customer.History(ctx, before, wire.HistoryMax)
		if err == nil {
			return page, more
		}
		if !errors.Is(err, client.ErrOffline) || time.Now().After(late) {
			w.t.Fatalf("history of %s before %d: %v", c.name, before, err)
		}
		wait(ctx, 20*time.Millisecond)
	}
}

func (w *world) compare(transcripts map[conversationID][]wire.CustomerMessage) (n tally) {
	stored := map[string]place{}
	for id, all := range transcripts {
		bot := 0 // messages of the bot since the customer's last
		for i, m := range all {
			if m.Seq != assist.Seq(i+1) {
				n.gaps++
			}
			p := place{id, m.Seq}
			if _, twice := stored[m.Text]; twice && w.log.byText[m.Text] != nil {
				n.doubled++
			}
			stored[m.Text] = p
			if s := w.log.byText[m.Text]; s != nil && s.acked != 0 && s.place != p {
				n.wrong++
			}
			for _, mine := range w.log.seen {
				if text, ok := mine[p]; ok && text != m.Text {
					n.wrong++
				}
			}
			switch m.From {
			case assist.ActorCustomer:
				bot = 0
			case assist.ActorBot:
				if bot++; bot > 1 {
					w.t.Errorf("conversation %d: the bot answered twice to one turn (seq %d)", id, m.Seq)
				}
			}
		}
		n.disorder += w.disorder(all)
	}
	for _, s := range w.log.byID {
		n.sent++
		_, there := stored[s.text]
		switch {
		case s.acked != 0:
			n.acked++
			if !there {
				n.lost++
			}
		case s.refused:
			n.refused++
			if there {
				n.wrong++
			}
		default:
			n.unacked++
		}
	}
	return n
}

// disorder counts messages of one writer that stand above an earlier one of the same writer.
func (w *world) disorder(all []wire.CustomerMessage) (n int) {
	last := map[assist.ActorKind]int64{}
	for _, m := range all {
		if s := w.log.byText[m.Text]; s != nil {
			if s.called < last[m.From] {
				n++
			}
			last[m.From] = s.called
		}
	}
	return n
}

// illegal lists the conversations that are no linearizable log: seq s is given at one moment between call and answer,
// in the order of those moments; who is shown s knows that it was given (Herlihy and Wing, "Linearizability", 1990).
func (w *world) illegal(transcripts map[conversationID][]wire.CustomerMessage) (bad []conversationID) {
	model := porcupine.Model{
		Init: func() any { return assist.Seq(0) },
		Step: func(state, input, _ any) (bool, any) {
			length, op := state.(assist.Seq), input.(operation)
			if op.read {
				return length >= op.seq, length
			}
			return op.seq == length+1, op.seq
		},
	}
	for id, all := range transcripts {
		var history []porcupine.Operation
		for _, m := range all {
			history = append(history, w.operations(place{id, m.Seq}, m)...)
		}
		if porcupine.CheckOperationsTimeout(model, history, time.Minute) != porcupine.Ok {
			bad = append(bad, id)
		}
	}
	return bad
}

type operation struct {
	seq  assist.Seq
	read bool
}

func (w *world) operations(p place, m wire.CustomerMessage) []porcupine.Operation {
	end := w.log.now()
	stored := porcupine.Operation{Input: operation{seq: p.seq}, Call: 0, Return: end}
	s, shown := w.log.byText[m.Text], w.log.first[p]
	if s != nil {
		stored.Call = s.called
		if s.acked != 0 {
			stored.Return = s.acked
		}
	} else if shown.at != 0 {
		stored.Return = shown.at // said by bot or system, and seen
	}
	ops := []porcupine.Operation{stored}
	if s != nil && shown.at != 0 {
		ops = append(ops, porcupine.Operation{Input: operation{seq: p.seq, read: true}, Call: shown.at, Return: shown.at})
	}
	return ops
}

// facts stops the hub and reads its database: of two who accept, one gets it.
func (w *world) facts(ctx context.Context) {
	w.t.Helper()
	must(w.t, w.hub.Stop())
	assigned := map[conversationID][]assist.AgentID{}
	queued := map[conversationID]int{}
	readFacts(ctx, w.t, w.data, func(e assist.Event) {
		switch d := e.Data.(type) {
		case assist.Assigned:
			assigned[e.Conversation] = append(assigned[e.Conversation], d.Agent)
		case assist.Queued:
			queued[e.Conversation]++
		}
	})
	for id, all := range assigned {
		if len(all) > 1+queued[id] {
			w.t.Errorf("conversation %d was given to %v, and queued again %d times only", id, all, queued[id])
		}
	}
	for id, winners := range w.log.owners {
		for a := range winners {
			if !slices.Contains(assigned[id], a) {
				w.t.Errorf("agent %d was told to have conversation %d, stored is %v", a, id, assigned[id])
			}
		}
	}
	w.start(w.address) // for end, and to see that it starts
}

func readFacts(ctx context.Context, t *testing.T, dir string, take func(assist.Event)) {
	t.Helper()
	store, err := sqlite.Open(ctx, sqlite.Options{Dir: dir})
	must(t, err)
	defer func() { must(t, store.Close()) }()
	for after := assist.Rev(0); ; {
		page, err := store.Events(ctx, assist.EventFilter{AfterRev: after, Limit: 5000})
		must(t, err)
		for _, e := range page {
			take(e)
			after = e.Rev
		}
		if len(page) == 0 {
			return
		}
	}
}
