package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"deskhand/assist"
)

// Proof is what was proved in the generation of the conversation; assist.ErrNotFound if nothing was.
func (s *Store) Proof(ctx context.Context, conversation assist.ConversationID, generation int) (p assist.Proof, err error) {
	found := false
	err = s.query(ctx, "SELECT level, party, active_at FROM proofs WHERE conversation = ? AND generation = ?",
		[]any{int64(conversation), generation}, func(r scanner) error {
			var at int64
			found = true
			err := r.Scan(&p.Level, &p.Party, &at)
			p.ActiveAt = fromMillis(at)
			return err
		})
	if err == nil && !found {
		err = assist.ErrNotFound
	}
	p.Conversation, p.Generation = conversation, generation
	if err != nil {
		return p, fmt.Errorf("proof of conversation %d: %w", conversation, err)
	}
	return p, nil
}

// SaveProof stores what is proved now.
func (s *Store) SaveProof(ctx context.Context, p assist.Proof) error {
	return s.change(ctx, fmt.Sprintf("proof of conversation %d", p.Conversation), func(t *tx) error { return t.saveProof(p) })
}

func (t *tx) saveProof(p assist.Proof) error {
	_, err := t.w.exec(`INSERT INTO proofs (conversation, generation, level, party, active_at) VALUES (?,?,?,?,?)
		ON CONFLICT (conversation, generation) DO UPDATE SET level = excluded.level, party = excluded.party, active_at = excluded.active_at`,
		int64(p.Conversation), int64(p.Generation), p.Level, p.Party, millis(p.ActiveAt))
	return err
}

// SaveCode notes that a code was sent, if fewer than most went to the party since the moment: assist.CodeRateLimited
// otherwise. It takes the place of the conversation's last one,
// of whose hash nothing is left.
func (s *Store) SaveCode(ctx context.Context, c assist.SentCode, since time.Time, most int) error {
	return s.change(ctx, fmt.Sprintf("code for conversation %d", c.Conversation), func(t *tx) error {
		n, err := t.w.int64("SELECT count(*) FROM codes WHERE party = ? AND inbox = ? AND sent_at >= ?", c.Party, string(c.Inbox), millis(since))
		if err != nil {
			return err
		}
		if int(n) >= most {
			return assist.Errorf(assist.CodeRateLimited, "%d codes were sent to this customer lately", n)
		}
		if _, err := t.w.exec("UPDATE codes SET hash = x'' WHERE conversation = ? AND hash <> x''", int64(c.Conversation)); err != nil {
			return err
		}
		_, err = t.w.exec("INSERT INTO codes (conversation, generation, inbox, party, hash, sent_at, expires_at, tries, used) VALUES (?,?,?,?,?,?,?,?,?)",
			int64(c.Conversation), int64(c.Generation), string(c.Inbox), c.Party, c.Hash, millis(c.SentAt), millis(c.ExpiresAt), int64(c.Tries), flag(c.Used))
		return err
	})
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

const lastCode = "SELECT id, conversation, generation, inbox, party, hash, sent_at, expires_at, tries, used FROM codes WHERE conversation = ? ORDER BY id DESC LIMIT 1"

func scanCode(r scanner) (id int64, c assist.SentCode, err error) {
	var conversation, sent, expires, used int64
	var inbox string
	err = r.Scan(&id, &conversation, &c.Generation, &inbox, &c.Party, &c.Hash, &sent, &expires, &c.Tries, &used)
	c.Conversation, c.Inbox, c.Used = assist.ConversationID(conversation), assist.InboxID(inbox), used != 0
	c.SentAt, c.ExpiresAt = fromMillis(sent), fromMillis(expires)
	return id, c, err
}

// JudgeCode has what a customer typed judged, once for each message: the verdict of the first time is given again. judge
// may change the code's Tries and Used; what it decides is stored with them, in one transaction. since is from when on
// wrong tries count.
func (s *Store) JudgeCode(ctx context.Context, conversation assist.ConversationID, message assist.ClientID, since time.Time,
	judge func(*assist.CodeCase) assist.CodeVerdict) (v assist.CodeVerdict, err error) {
	if _, err := assist.ParseClientID(string(message)); err != nil {
		return v, assist.Errorf(assist.CodeBadValue, "message: %v", err)
	}
	err = s.change(ctx, fmt.Sprintf("code typed in conversation %d", conversation), func(t *tx) error {
		found, err := t.verdict(conversation, message, &v)
		if found || err != nil {
			return err
		}
		id, c, err := t.codeCase(s, conversation, since)
		if err != nil {
			return err
		}
		v = judge(&c)
		return t.saveVerdict(id, c, conversation, message, v)
	})
	return v, err
}

func (t *tx) verdict(conversation assist.ConversationID, message assist.ClientID, v *assist.CodeVerdict) (bool, error) {
	var at, hide int64
	found, err := t.w.one("SELECT outcome, tries, tries_left, hide, at FROM code_attempts WHERE conversation = ? AND client_id = ?",
		[]sqlValue{int64(conversation), message.Bytes()}, &v.Outcome, &v.Tries, &v.Left, &hide, &at)
	v.At, v.Hide = fromMillis(at), hide != 0
	return found, err
}

func (t *tx) codeCase(s *Store, conversation assist.ConversationID, since time.Time) (id int64, c assist.CodeCase, err error) {
	known, found, err := s.readConversation(conversation)
	if err == nil && !found {
		err = assist.ErrNotFound
	}
	if err != nil {
		return 0, c, err
	}
	c.Conversation = known.Conversation
	err = t.w.each(lastCode, []sqlValue{int64(conversation)}, func(r row) error {
		n, code, err := scanCode(r)
		id, c.Code = n, &code
		return err
	})
	if err != nil {
		return 0, c, err
	}
	if c.Failed, err = t.failed(conversation, since); err != nil {
		return 0, c, err
	}
	c.Proof = assist.Proof{Conversation: conversation, Generation: c.Conversation.BotGeneration}
	var active int64
	if _, err = t.w.one("SELECT level, party, active_at FROM proofs WHERE conversation = ? AND generation = ?",
		[]sqlValue{int64(conversation), int64(c.Conversation.BotGeneration)}, &c.Proof.Level, &c.Proof.Party, &active); err != nil {
		return 0, c, err
	}
	c.Proof.ActiveAt = fromMillis(active)
	return id, c, t.awaited(conversation, &c)
}

// awaited reads what the bot's last message awaits.
func (t *tx) awaited(conversation assist.ConversationID, c *assist.CodeCase) error {
	var extra *string
	var at int64
	actor, err := encodeActor(assist.ActorBot)
	if err != nil {
		return err
	}
	found, err := t.w.one("SELECT extra, at FROM messages WHERE conversation = ? AND actor = ? ORDER BY rev DESC LIMIT 1",
		[]sqlValue{int64(conversation), actor}, &extra, &at)
	if err != nil || !found || extra == nil {
		return err
	}
	var x messageExtra
	if err := json.Unmarshal([]byte(*extra), &x); err != nil {
		return err
	}
	c.AskedAt = fromMillis(at)
	if x.Bot != nil {
		c.Awaiting = x.Bot.Awaiting
	}
	return nil
}

const countFailed = `SELECT coalesce(sum(tries), 0) FROM code_attempts WHERE conversation = ?1 AND outcome = 'wrong' AND at >= ?2
	AND at >= coalesce((SELECT max(at) FROM code_attempts WHERE conversation = ?1 AND outcome = 'right'), 0)`

func (t *tx) failed(conversation assist.ConversationID, since time.Time) (int, error) {
	n, err := t.w.int64(countFailed, int64(conversation), millis(since))
	return int(n), err
}

func (t *tx) saveVerdict(code int64, c assist.CodeCase, conversation assist.ConversationID, message assist.ClientID, v assist.CodeVerdict) error {
	if c.Code != nil {
		if c.Code.Used {
			c.Code.Hash = []byte{} // worth nothing any more, and nobody's business
		}
		if _, err := t.w.exec("UPDATE codes SET tries = ?, used = ?, hash = ? WHERE id = ?", int64(c.Code.Tries), flag(c.Code.Used), c.Code.Hash, code); err != nil {
			return err
		}
	}
	if v.Proof != nil {
		if err := t.saveProof(*v.Proof); err != nil {
			return err
		}
	}
	_, err := t.w.exec("INSERT INTO code_attempts (conversation, client_id, outcome, tries, tries_left, hide, at) VALUES (?,?,?,?,?,?,?)",
		int64(conversation), message.Bytes(), v.Outcome, int64(v.Tries), int64(v.Left), flag(v.Hide), millis(v.At))
	return err
}

// CodeVerdict is what became of the code in the message; assist.ErrNotFound if it held none.
func (s *Store) CodeVerdict(ctx context.Context, conversation assist.ConversationID, message assist.ClientID) (v assist.CodeVerdict, err error) {
	id, err := assist.ParseClientID(string(message))
	found := false
	if err == nil {
		err = s.query(ctx, "SELECT outcome, tries, tries_left, hide, at FROM code_attempts WHERE conversation = ? AND client_id = ?",
			[]any{int64(conversation), id.Bytes()}, func(r scanner) error {
				var at, hide int64
				found = true
				err := r.Scan(&v.Outcome, &v.Tries, &v.Left, &hide, &at)
				v.At, v.Hide = fromMillis(at), hide != 0
				return err
			})
	}
	if err == nil && !found {
		err = assist.ErrNotFound
	}
	if err != nil {
		return v, fmt.Errorf("code in message %s: %w", message, err)
	}
	return v, nil
}

// FailedCodes counts the wrong tries in the conversation since the moment, and since the last right one.
func (s *Store) FailedCodes(ctx context.Context, conversation assist.ConversationID, since time.Time) (n int, err error) {
	err = s.query(ctx, countFailed, []any{int64(conversation), millis(since)}, func(r scanner) error { return r.Scan(&n) })
	if err != nil {
		return 0, fmt.Errorf("failed codes of conversation %d: %w", conversation, err)
	}
	return n, nil
}

// RecentCodes are the codes that were sent since the moment, oldest first; of a conversation all of them.
func (s *Store) RecentCodes(ctx context.Context, since time.Time) (out []assist.SentCode, err error) {
	text := "SELECT id, conversation, generation, inbox, party, hash, sent_at, expires_at, tries, used FROM codes WHERE sent_at >= ? ORDER BY id"
	err = s.query(ctx, text, []any{millis(since)}, func(r scanner) error {
		_, c, err := scanCode(r)
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("codes since %s: %w", since, err)
	}
	return out, nil
}
