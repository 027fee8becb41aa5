//go:build unix

package soak

import (
	"fmt"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// transcriptOf is a conversation of one customer in which the lines stand from seq 1 on.
func transcriptOf(lines ...string) map[conversationID][]wire.CustomerMessage {
	var all []wire.CustomerMessage
	for i, text := range lines {
		all = append(all, wire.CustomerMessage{Seq: assist.Seq(i + 1), From: assist.ActorCustomer, Kind: assist.KindText, Text: text})
	}
	return map[conversationID][]wire.CustomerMessage{1: all}
}

// toldOf is what clients saw of a conversation whose lines were sent and acknowledged one after the other.
func toldOf(lines ...string) *world {
	w := &world{log: newRecord()}
	for i, text := range lines {
		m := &said{text: text, called: int64(10 * i), acked: int64(10*i + 5), place: place{1, assist.Seq(i + 1)}}
		w.log.byID[assist.ClientID(fmt.Sprint(i))], w.log.byText[text] = m, m
	}
	return w
}

// The check must see what it is there for.
func TestCompare_NoticesFaults(t *testing.T) {
	for name, c := range map[string]struct {
		stored map[conversationID][]wire.CustomerMessage
		want   func(tally) bool
	}{
		"all well":         {transcriptOf("a", "b", "c"), func(n tally) bool { return n.lost+n.doubled+n.gaps+n.disorder+n.wrong == 0 && n.acked == 3 }},
		"one lost":         {transcriptOf("a", "b"), func(n tally) bool { return n.lost == 1 }},
		"one twice":        {transcriptOf("a", "b", "c", "b"), func(n tally) bool { return n.doubled == 1 }},
		"another order":    {transcriptOf("a", "c", "b"), func(n tally) bool { return n.disorder == 1 && n.wrong == 2 }},
		"another's number": {transcriptOf("x", "a", "b", "c"), func(n tally) bool { return n.wrong == 3 }},
	} {
		t.Run(name, func(t *testing.T) {
			w := toldOf("a", "b", "c")
			w.t = t
			if n := w.compare(c.stored); !c.want(n) {
				t.Errorf("got %+v", n)
			}
		})
	}
	gap := transcriptOf("a", "b", "c")
	gap[1][2].Seq = 4
	w := toldOf("a", "b", "c")
	w.t = t
	if n := w.compare(gap); n.gaps != 1 {
		t.Errorf("a gap: got %+v", n)
	}
}

func TestLinearizable_NoticesDisorder(t *testing.T) {
	w := toldOf("a", "b", "c")
	if bad := w.illegal(transcriptOf("a", "b", "c")); len(bad) != 0 {
		t.Errorf("a good log is called bad: %v", bad)
	}
	if bad := w.illegal(transcriptOf("b", "a", "c")); len(bad) != 1 {
		t.Error("a was acknowledged before b was sent, and stands behind it: not noticed")
	}
	w.log.first[place{1, 3}] = sight{"c", 12} // seen before it was sent
	if bad := w.illegal(transcriptOf("a", "b", "c")); len(bad) != 1 {
		t.Error("a message was seen before it was sent: not noticed")
	}
}
