package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"deskhand/assist"
	"deskhand/storage/sqlite"
)

const (
	fillGroup = 400 // conversations that grow side by side
	fillBatch = 400 // writes of one transaction: one message of each
)

// fill stores invented conversations of each messages through the same Commit as the hub does. Customer and bot
// take turns; the conversations are settled in the end.
func fill(ctx context.Context, s *sqlite.Store, messages, each int) error {
	c, err := newCorpus(1)
	if err != nil {
		return err
	}
	at := time.Now().UTC().Truncate(time.Millisecond).Add(-time.Duration(messages) * time.Second)
	for stored := 0; stored < messages; {
		if err := ctx.Err(); err != nil {
			return err
		}
		group := min(fillGroup, max(1, (messages-stored)/each))
		ids := make([]assist.ConversationID, group)
		for turn := range each {
			writes := make([]assist.Write, group)
			for i := range writes {
				writes[i] = utterance(ids[i], stored+i, turn, c.sentence())
			}
			written, err := commit(ctx, s, at.Add(time.Duration(stored)*time.Second), writes)
			if err != nil {
				return err
			}
			for i, w := range written {
				ids[i] = w.Conversation.ID
			}
			stored += group
		}
		if err := settleAll(ctx, s, at.Add(time.Duration(stored)*time.Second), ids); err != nil {
			return err
		}
	}
	return nil
}

func commit(ctx context.Context, s *sqlite.Store, at time.Time, writes []assist.Write) ([]assist.Written, error) {
	written, err := s.Commit(ctx, at, writes)
	if err != nil {
		return nil, fmt.Errorf("fill: %w", err)
	}
	for _, w := range written {
		if w.Err != nil || w.Duplicate {
			return nil, fmt.Errorf("fill: conversation %d: duplicate %t: %w", w.Conversation.ID, w.Duplicate, w.Err)
		}
	}
	return written, nil
}

// utterance is message number n, the turn-th of its conversation; the first one opens it.
func utterance(id assist.ConversationID, n, turn int, text string) assist.Write {
	w := assist.Write{Conversation: id, ClientID: numbered(n)}
	m := assist.Message{Kind: assist.KindText, ClientID: w.ClientID, Text: text}
	if turn == 0 {
		w.Conversation = 0
		w.Start = &assist.Start{Inbox: inbox, Identity: assist.Identity{Inbox: inbox, Kind: assist.IdentityVisitor, Source: fmt.Sprintf("bench-%d", n)}}
	}
	w.Decide = func(c assist.Conversation) ([]assist.Event, error) {
		by := assist.ByCustomer(c.Customer)
		if turn%2 == 1 {
			return []assist.Event{assist.Say(assist.ByBot(), m)}, nil
		}
		said := assist.Say(by, m)
		if turn == 0 {
			return []assist.Event{{Actor: by, Data: assist.Started{Inbox: inbox, Customer: c.Customer, Language: "en"}}, said}, nil
		}
		return []assist.Event{said}, nil
	}
	return w
}

// settleAll resolves the conversations, in batches.
func settleAll(ctx context.Context, s *sqlite.Store, at time.Time, ids []assist.ConversationID) error {
	for len(ids) > 0 {
		n := min(fillBatch, len(ids))
		writes := make([]assist.Write, n)
		for i, id := range ids[:n] {
			writes[i] = assist.Write{Conversation: id, Decide: func(assist.Conversation) ([]assist.Event, error) {
				return []assist.Event{{Actor: assist.ByBot(), Data: assist.Resolved{Cause: "bot"}}}, nil
			}}
		}
		if _, err := commit(ctx, s, at, writes); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// numbered is a UUID of version 8 (RFC 9562: free for own use) that holds n.
func numbered(n int) assist.ClientID {
	var b [16]byte
	b[6], b[8] = 0x80, 0x80
	binary.BigEndian.PutUint32(b[12:], uint32(n))
	return assist.ClientIDFromBytes(b[:])
}
