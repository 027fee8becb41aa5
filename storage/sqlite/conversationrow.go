package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"deskhand/assist"
)

const conversationColumns = `id, rev, seq, customer_delivered, customer_read, agent_read, waiting_since,
	last_at, last_from, last_kind, last_activity, last_text,
	status, inbox, customer, assignee, team, queue, priority, language, disposition, csat,
	created_at, snoozed_until, resolved_at, bot_generation, left_message, extra`

const (
	insertConversation = `INSERT INTO conversations (` + conversationColumns + `)
		VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?28)`
	// updateHot writes what every message changes. Columns that stand in other indexes are left out, so
	// that only the index over rev is touched.
	updateHot = `UPDATE conversations SET rev=?2, seq=?3, customer_delivered=?4, customer_read=?5, agent_read=?6,
		waiting_since=?7, last_at=?8, last_from=?9, last_kind=?10, last_activity=?11, last_text=?12 WHERE id=?1`
	updateWhole = `UPDATE conversations SET rev=?2, seq=?3, customer_delivered=?4, customer_read=?5, agent_read=?6,
		waiting_since=?7, last_at=?8, last_from=?9, last_kind=?10, last_activity=?11, last_text=?12,
		status=?13, inbox=?14, customer=?15, assignee=?16, team=?17, queue=?18, priority=?19, language=?20,
		disposition=?21, csat=?22, created_at=?23, snoozed_until=?24, resolved_at=?25, bot_generation=?26,
		left_message=?27, extra=?28 WHERE id=?1`
	hotColumns = 12
)

// conversationExtra holds what no query asks for.
type conversationExtra struct {
	Tags    []string        `json:"tags,omitzero"`
	Handoff *assist.Handoff `json:"handoff,omitzero"`
}

// normal is the conversation as it would read back from its row.
func normal(c assist.Conversation) assist.Conversation {
	c.CreatedAt, c.WaitingSince = stored(c.CreatedAt), stored(c.WaitingSince)
	c.SnoozedUntil, c.ResolvedAt, c.Last.At = stored(c.SnoozedUntil), stored(c.ResolvedAt), stored(c.Last.At)
	return c
}

// hotArgs are the arguments of updateHot and the first ones of the two other statements.
func hotArgs(args []driver.Value, c *assist.Conversation) ([]driver.Value, error) {
	var from, kind int64
	if c.Last.Kind != "" {
		var err error
		if from, err = encodeActor(c.Last.From); err != nil {
			return nil, err
		}
		if kind, err = encodeKind(c.Last.Kind); err != nil {
			return nil, err
		}
	}
	return append(args, int64(c.ID), int64(c.Rev), int64(c.Seq), int64(c.CustomerDelivered), int64(c.CustomerRead),
		int64(c.AgentRead), millis(c.WaitingSince), millis(c.Last.At), from, kind, c.Last.Activity, c.Last.Text), nil
}

func coldArgs(args []driver.Value, c *assist.Conversation) ([]driver.Value, error) {
	status, err := encodeStatus(c.Status)
	if err != nil {
		return nil, err
	}
	extra := ""
	if len(c.Tags) > 0 || c.Handoff != nil {
		b, err := json.Marshal(conversationExtra{Tags: c.Tags, Handoff: c.Handoff})
		if err != nil {
			return nil, err
		}
		extra = string(b)
	}
	left := int64(0)
	if c.LeftMessage {
		left = 1
	}
	return append(args, status, string(c.Inbox), int64(c.Customer), int64(c.Assignee), string(c.Team), string(c.Queue),
		int64(c.Priority), c.Language, c.Disposition, int64(c.CSAT), millis(c.CreatedAt), millis(c.SnoozedUntil),
		millis(c.ResolvedAt), int64(c.BotGeneration), left, extra), nil
}

// coldChanged tells whether the row needs more than updateHot.
func coldChanged(a, b *assist.Conversation) bool {
	return a.Status != b.Status || a.Inbox != b.Inbox || a.Customer != b.Customer || a.Assignee != b.Assignee ||
		a.Team != b.Team || a.Queue != b.Queue || a.Priority != b.Priority || a.Language != b.Language ||
		a.Disposition != b.Disposition || a.CSAT != b.CSAT || !a.CreatedAt.Equal(b.CreatedAt) ||
		!a.SnoozedUntil.Equal(b.SnoozedUntil) || !a.ResolvedAt.Equal(b.ResolvedAt) ||
		a.BotGeneration != b.BotGeneration || a.LeftMessage != b.LeftMessage ||
		!slices.Equal(a.Tags, b.Tags) || (a.Handoff != b.Handoff && !reflect.DeepEqual(a.Handoff, b.Handoff))
}

type scanner interface{ Scan(dest ...any) error }

func scanConversation(r scanner) (assist.Conversation, error) {
	var c assist.Conversation
	var n [20]int64
	var inbox, team, queue, extra string
	err := r.Scan(&n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8], &n[9], &c.Last.Activity, &c.Last.Text,
		&n[10], &inbox, &n[11], &n[12], &team, &queue, &n[13], &c.Language, &c.Disposition, &n[14],
		&n[15], &n[16], &n[17], &n[18], &n[19], &extra)
	if err != nil {
		return c, err
	}
	c.ID, c.Rev, c.Seq = assist.ConversationID(n[0]), assist.Rev(n[1]), assist.Seq(n[2])
	c.Marks = assist.Marks{CustomerDelivered: assist.Seq(n[3]), CustomerRead: assist.Seq(n[4]), AgentRead: assist.Seq(n[5])}
	c.WaitingSince, c.Last.At = fromMillis(n[6]), fromMillis(n[7])
	c.Inbox, c.Team, c.Queue = assist.InboxID(inbox), assist.TeamID(team), assist.QueueID(queue)
	c.Customer, c.Assignee, c.Priority = assist.CustomerID(n[11]), assist.AgentID(n[12]), assist.Priority(n[13])
	c.CSAT, c.CreatedAt, c.SnoozedUntil = int(n[14]), fromMillis(n[15]), fromMillis(n[16])
	c.ResolvedAt, c.BotGeneration, c.LeftMessage = fromMillis(n[17]), int(n[18]), n[19] != 0
	if err := decodeConversation(&c, n[8], n[9], n[10], extra); err != nil {
		return c, fmt.Errorf("conversation %d: %w", c.ID, err)
	}
	return c, nil
}

func decodeConversation(c *assist.Conversation, from, kind, status int64, extra string) (err error) {
	if kind != 0 {
		if c.Last.From, err = decodeActor(from); err != nil {
			return err
		}
		if c.Last.Kind, err = decodeKind(kind); err != nil {
			return err
		}
	}
	if c.Status, err = decodeStatus(status); err != nil {
		return err
	}
	if extra != "" {
		var x conversationExtra
		if err := json.Unmarshal([]byte(extra), &x); err != nil {
			return err
		}
		c.Tags, c.Handoff = x.Tags, x.Handoff
	}
	return nil
}
