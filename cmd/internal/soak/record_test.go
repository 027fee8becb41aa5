//go:build unix

package soak

import (
	"fmt"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// record is what all clients did and saw, on one clock.
type record struct {
	began time.Time

	mu     sync.Mutex // guards the fields below
	byID   map[assist.ClientID]*said
	byText map[string]*said
	first  map[place]sight             // who saw a message first, and when
	seen   map[string]map[place]string // by whom: what stands where
	owners map[conversationID]map[assist.AgentID]bool
	faults []string
}

type place struct {
	conversation conversationID
	seq          assist.Seq
}

type sight struct {
	text string
	at   int64
}

// said is one message of a client.
type said struct {
	text    string
	called  int64
	acked   int64 // 0: never
	refused bool
	place   place
}

func newRecord() *record {
	return &record{began: time.Now(), byID: map[assist.ClientID]*said{}, byText: map[string]*said{}, first: map[place]sight{},
		seen: map[string]map[place]string{}, owners: map[conversationID]map[assist.AgentID]bool{}}
}

func (r *record) now() int64 { return int64(time.Since(r.began)) }

// send notes a message before it can be acknowledged: the lock is held while it is handed over, and acked waits.
func (r *record) send(text string, f func() (assist.ClientID, error)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := &said{text: text, called: r.now()}
	id, err := f()
	if err != nil {
		return // the test is ending
	}
	r.byID[id], r.byText[text] = m, m
}

func (r *record) acked(a wire.Ack) {
	if a.ClientID == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.byID[a.ClientID]
	if m == nil {
		r.faults = append(r.faults, fmt.Sprintf("ack for %s, which nobody sent", a.ClientID))
		return
	}
	p := place{a.Conversation, a.Seq}
	if m.acked != 0 {
		if m.place != p {
			r.faults = append(r.faults, fmt.Sprintf("%q acknowledged as %v and as %v", m.text, m.place, p))
		}
		return
	}
	m.acked, m.place = r.now(), p
}

func (r *record) failed(f wire.Failure) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if m := r.byID[f.ClientID]; m != nil && f.Code < 500 {
		m.refused = true
	}
}

// saw notes that somebody was shown a message.
func (r *record) saw(who string, c conversationID, seq assist.Seq, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := place{c, seq}
	if _, there := r.first[p]; !there {
		r.first[p] = sight{text, r.now()}
	}
	mine := r.seen[who]
	if mine == nil {
		mine = map[place]string{}
		r.seen[who] = mine
	}
	if before, there := mine[p]; there && before != text {
		r.faults = append(r.faults, fmt.Sprintf("%s saw %q and %q at %v", who, before, text, p))
	}
	mine[p] = text
}

func (r *record) accepted(c conversationID, a assist.AgentID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.owners[c] == nil {
		r.owners[c] = map[assist.AgentID]bool{}
	}
	r.owners[c][a] = true
}
