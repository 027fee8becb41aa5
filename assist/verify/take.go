package verify

import (
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist"
)

// The outcomes of a CodeVerdict.
const (
	outcomeNone    = "none"
	outcomeRight   = "right"
	outcomeWrong   = "wrong"
	outcomeExpired = "expired"
)

// Hidden stands where a code was typed.
const Hidden = "••••••"

// Take looks at what a customer sends before anything of it is stored or shown: if the conversation awaits a one-time
// code and the text holds one, the code is judged, once for each message, and the text comes back with it hidden.
// On an error the message must not be stored.
func (d *Desk) Take(ctx context.Context, conversation assist.ConversationID, message assist.ClientID, text string) (string, error) {
	if !d.concerns(conversation) {
		return text, nil
	}
	found := find(text)
	if len(found) == 0 {
		return text, nil
	}
	v, err := d.opts.Store.JudgeCode(ctx, conversation, message, d.opts.Now().Add(-d.opts.LockFor), d.judge(found))
	if err != nil {
		return "", fmt.Errorf("code typed in conversation %d: %w", conversation, err)
	}
	if v.Outcome == outcomeRight {
		d.mu.Lock()
		d.sent[conversation] = outstanding{d.sent[conversation].at, true}
		d.mu.Unlock()
	}
	if !v.Hide {
		return text, nil
	}
	return hide(text, found), nil
}

// concerns tells whether a code was sent in the conversation lately.
func (d *Desk) concerns(id assist.ConversationID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, sent := d.sent[id]
	return id != 0 && (sent || !d.loaded)
}

// Preview is what may be shown of a text while it is being typed: no digits while a code is out.
func (d *Desk) Preview(conversation assist.ConversationID, text string) string {
	d.mu.Lock()
	o, sent := d.sent[conversation]
	loaded := d.loaded
	d.mu.Unlock()
	if loaded && (!sent || o.used || d.opts.Now().Sub(o.at) > 2*d.opts.CodeLife) {
		return text
	}
	return withoutDigits(text)
}

// judge is the verdict on the codes found in a text. It is called in the storing transaction.
func (d *Desk) judge(found []typed) func(*assist.CodeCase) assist.CodeVerdict {
	return func(c *assist.CodeCase) assist.CodeVerdict {
		now := d.opts.Now()
		v := assist.CodeVerdict{Outcome: outcomeNone, At: now}
		switch {
		case c.Code == nil:
			return v
		case !awaited(c):
			// A person took over while a code was out: they must not see it. While the bot awaits something else, six
			// digits are that.
			v.Hide = c.Conversation.Status != assist.StatusBot && now.Before(c.Code.ExpiresAt)
			return v
		}
		v.Hide = true
		if c.Code.Used || !now.Before(c.Code.ExpiresAt) {
			v.Outcome, v.Left = outcomeExpired, max(0, d.opts.MostTries-c.Failed)
			return v
		}
		d.compare(c, &v, found, now)
		return v
	}
}

// compare tries the codes one after the other: several in one message are several tries.
func (d *Desk) compare(c *assist.CodeCase, v *assist.CodeVerdict, found []typed, now time.Time) {
	v.Outcome = outcomeWrong
	var tried []string
	for _, f := range found {
		if slices.Contains(tried, f.digits) || c.Failed+v.Tries >= d.opts.MostTries {
			continue
		}
		tried = append(tried, f.digits)
		if subtle.ConstantTimeCompare(d.hash(c.Code.Conversation, c.Code.Generation, c.Code.Party, f.digits), c.Code.Hash) == 1 {
			v.Outcome, v.Left, v.Tries, c.Code.Used = outcomeRight, d.opts.MostTries, 0, true
			v.Proof = &assist.Proof{Conversation: c.Conversation.ID, Generation: c.Code.Generation, Level: string(Strong), Party: c.Code.Party, ActiveAt: now}
			return
		}
		v.Tries++
		c.Code.Tries++
	}
	v.Left = max(0, d.opts.MostTries-c.Failed-v.Tries)
}

// awaited tells whether the bot has asked for the code, or is about to: it was sent and the question isn't stored yet.
func awaited(c *assist.CodeCase) bool {
	return c.Conversation.Status == assist.StatusBot && c.Code.Generation == c.Conversation.BotGeneration &&
		(c.Awaiting == Awaiting || c.Code.SentAt.After(c.AskedAt))
}

func hide(text string, found []typed) string {
	var b strings.Builder
	at := 0
	for _, f := range found {
		b.WriteString(text[at:f.start])
		b.WriteString(Hidden)
		at = f.end
	}
	b.WriteString(text[at:])
	return b.String()
}
