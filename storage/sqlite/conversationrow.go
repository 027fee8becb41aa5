package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"deskhand/assist"
)

// selectConversations reads rows for scanConversation. The preview is not kept twice: it is read from the
// message that lists show.
const selectConversations = `SELECT c.id, c.rev, c.seq, c.customer_delivered, c.customer_read, c.agent_read, c.waiting_since,
	c.last_message, c.status, c.inbox, c.customer, c.assignee, c.team, c.queue, c.priority, c.language, c.disposition, c.csat,
	c.created_at, c.snoozed_until, c.resolved_at, c.bot_generation, c.left_message, c.extra,
	m.at, m.actor, m.kind, m.text, m.extra ->> '$.activity.code'
	FROM conversations AS c LEFT JOIN messages AS m ON m.rev = c.last_message`

// Parameters without numbers on purpose: the driver asks for the name of each, and "?1" is a name.
const (
	insertConversation = `INSERT INTO conversations (rev, seq, customer_delivered, customer_read, agent_read, waiting_since,
		last_message, status, inbox, customer, assignee, team, queue, priority, language, disposition, csat,
		created_at, snoozed_until, resolved_at, bot_generation, left_message, extra, id)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	// updateHot writes what every message changes. Columns that stand in other indexes are left out, so
	// that only the index over rev is touched.
	updateHot = `UPDATE conversations SET rev=?, seq=?, customer_delivered=?, customer_read=?, agent_read=?,
		waiting_since=?, last_message=? WHERE id=?`
	updateWhole = `UPDATE conversations SET rev=?, seq=?, customer_delivered=?, customer_read=?, agent_read=?,
		waiting_since=?, last_message=?, status=?, inbox=?, customer=?, assignee=?, team=?, queue=?,
		priority=?, language=?, disposition=?, csat=?, created_at=?, snoozed_until=?, resolved_at=?,
		bot_generation=?, left_message=?, extra=? WHERE id=?`
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

// hotArgs are the arguments of updateHot without the id, and the first ones of the two other statements.
func hotArgs(args []driver.Value, t *touched) []driver.Value {
	c := &t.now
	return append(args, int64(c.Rev), int64(c.Seq), int64(c.CustomerDelivered), int64(c.CustomerRead),
		int64(c.AgentRead), millis(c.WaitingSince), int64(t.last))
}

// coldArgs are the remaining arguments of insertConversation and updateWhole, the id last.
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
		millis(c.ResolvedAt), int64(c.BotGeneration), left, extra, int64(c.ID)), nil
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
	c, _, err := scanConversationRow(r)
	return c, err
}

// scanConversationRow reads a row of selectConversations, and the Rev of the message that lists show with it.
func scanConversationRow(r scanner) (c assist.Conversation, last assist.Rev, err error) {
	var n [18]int64
	var inbox, team, queue, extra string
	var p preview
	err = r.Scan(&n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7], &n[8], &inbox, &n[9], &n[10], &team, &queue, &n[11],
		&c.Language, &c.Disposition, &n[12], &n[13], &n[14], &n[15], &n[16], &n[17], &extra,
		&p.at, &p.actor, &p.kind, &p.text, &p.activity)
	if err != nil {
		return c, 0, err
	}
	c.ID, c.Rev, c.Seq = assist.ConversationID(n[0]), assist.Rev(n[1]), assist.Seq(n[2])
	c.Marks = assist.Marks{CustomerDelivered: assist.Seq(n[3]), CustomerRead: assist.Seq(n[4]), AgentRead: assist.Seq(n[5])}
	c.WaitingSince = fromMillis(n[6])
	c.Inbox, c.Team, c.Queue = assist.InboxID(inbox), assist.TeamID(team), assist.QueueID(queue)
	c.Customer, c.Assignee, c.Priority = assist.CustomerID(n[9]), assist.AgentID(n[10]), assist.Priority(n[11])
	c.CSAT, c.CreatedAt, c.SnoozedUntil = int(n[12]), fromMillis(n[13]), fromMillis(n[14])
	c.ResolvedAt, c.BotGeneration, c.LeftMessage = fromMillis(n[15]), int(n[16]), n[17] != 0
	if c.Status, err = decodeStatus(n[8]); err == nil {
		err = p.decode(&c.Last)
	}
	if err == nil && extra != "" {
		var x conversationExtra
		err = json.Unmarshal([]byte(extra), &x)
		c.Tags, c.Handoff = x.Tags, x.Handoff
	}
	if err != nil {
		return c, 0, fmt.Errorf("conversation %d: %w", c.ID, err)
	}
	return c, assist.Rev(n[7]), nil
}

// preview is the part of a row that comes from the message that lists show; all nil if nothing was said.
type preview struct {
	at, actor, kind *int64
	text, activity  *string
}

func (p *preview) decode(to *assist.Preview) (err error) {
	if p.at == nil || p.actor == nil || p.kind == nil || p.text == nil {
		return nil
	}
	if to.From, err = decodeActor(*p.actor); err != nil {
		return err
	}
	if to.Kind, err = decodeKind(*p.kind); err != nil {
		return err
	}
	to.At, to.Text = fromMillis(*p.at), firstRunes(*p.text, assist.PreviewRunes)
	if p.activity != nil {
		to.Activity = *p.activity
	}
	return nil
}

// firstRunes cuts as assist.Conversation.Apply does for previews.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
