package webchat

import (
	"context"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/hub"
	"deskhand/assist/intake"
	"deskhand/assist/quota"
	"deskhand/assist/verify"
	"deskhand/assist/wire"
)

// mayWrite bounds what a customer puts into the database for good, whatever it is. Who isn't signed in can be
// another visitor with the next connection, so all of those at one address share a bound besides.
func (c *session) mayWrite() error {
	person := c.person()
	wait, ok := c.server.words.Take(person, 1)
	if ok && c.signed == nil {
		if wait, ok = c.server.crowds.Take(c.network, 1); !ok {
			c.server.words.Give(person, 1)
		}
	}
	if ok {
		return nil
	}
	return quota.Refused(assist.CodeRateLimited, "too many messages", wait)
}

// send stores a message of the customer.
func (c *session) send(f wire.CustomerSend) error {
	id, err := assist.ParseClientID(string(f.ClientID))
	if err != nil {
		return assist.Errorf(assist.CodeBadField, `"client_id" is no UUID`)
	}
	if err := c.mayWrite(); err != nil {
		c.refuse(f.Head, id, err)
		return nil
	}
	files, err := c.claim(f)
	if err == nil {
		err = intake.Check(f.Text, len(files))
	}
	text := f.Text
	if err == nil {
		text, err = c.withoutCode(id, text)
	}
	if err != nil {
		c.refuse(f.Head, id, err)
		return nil
	}
	c.submit(id, intake.Receive(c.context(), intake.Message{ClientID: id, Text: text, Attachments: files}),
		func(w assist.Written) {
			if w.Err != nil {
				c.refuse(f.Head, id, w.Err)
				return
			}
			c.conn.Send(wire.MustEncode(wire.Ack{
				Ref: f.Ref, ClientID: id, Conversation: w.Receipt.Conversation, Seq: w.Receipt.Seq,
				At: w.Receipt.At, Delivered: c.own(id, w), Duplicate: w.Duplicate,
			}))
		})
	return nil
}

// withoutCode judges and hides a one-time code in what the customer sends, before anybody else sees it.
func (c *session) withoutCode(id assist.ClientID, text string) (string, error) {
	conversation := c.current()
	if c.server.opts.Codes == nil || conversation == 0 {
		return text, nil
	}
	ctx, cancel := c.query()
	defer cancel()
	return c.server.opts.Codes.Take(ctx, conversation, id, text)
}

func (c *session) claim(f wire.CustomerSend) ([]assist.Attachment, error) {
	if len(f.Attachments) == 0 || len(f.Attachments) > assist.MaxAttachments {
		return make([]assist.Attachment, len(f.Attachments)), nil // too many: Check says so
	}
	ctx, cancel := c.query()
	defer cancel()
	return c.server.opts.Files.Claim(ctx, f.Attachments, c.visitor.Source)
}

// own remembers which message of the update that follows at once is this page's own, and returns up to where
// messages are delivered, which the ack says so that no frame of its own need.
func (c *session) own(id assist.ClientID, w assist.Written) assist.Seq {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.skip = id
	c.marks.Delivered = max(c.marks.Delivered, c.delivered(w.Conversation))
	return c.marks.Delivered
}

// refuse answers a message that was not stored, naming it.
func (c *session) refuse(h wire.Head, id assist.ClientID, err error) {
	if assist.CodeOf(err) == assist.CodeInternal {
		c.server.opts.Log.Error("message of a customer not stored", "inbox", c.inbox.ID, "err", err)
	}
	f := wire.Fail(h, err)
	f.ClientID = id
	c.conn.Send(wire.MustEncode(f))
}

// answer gives the ack or the error of a command that is no message.
func (c *session) answer(h wire.Head) func(assist.Written) {
	return func(w assist.Written) {
		if w.Err != nil {
			c.gate.Fail(h, w.Err)
			return
		}
		c.conn.Send(wire.MustEncode(wire.Ack{Ref: h.Ref, Conversation: w.Conversation.ID}))
	}
}

// human asks for a person.
func (c *session) human(f wire.CustomerHuman) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	h, err := c.brief()
	if err != nil {
		return err
	}
	c.submit("", intake.AskHuman(c.context(), h), c.answer(f.Head))
	return nil
}

const customerAsked = "customer_asked"

// brief is what is known so far, for whoever takes over.
func (c *session) brief() (assist.Handoff, error) {
	id := c.current()
	ctx, cancel := c.query()
	defer cancel()
	if id != 0 && c.server.opts.Brief != nil {
		h, err := c.server.opts.Brief(ctx, id, customerAsked)
		if err != nil { // nobody waits longer for a person because of it
			c.server.opts.Log.Warn("handoff without all that the bot knows", "conversation_id", id, "err", err)
		}
		return c.vouched(h), nil
	}
	transcript, err := c.transcript(ctx, id)
	return c.vouched(intake.Handoff(customerAsked, transcript)), err
}

// vouched adds what the company's page says of the customer.
func (c *session) vouched(h assist.Handoff) assist.Handoff {
	if c.signed != nil && h.Verified == string(verify.None) {
		h.Verified = string(verify.Identified)
	}
	return h
}

// transcript is the newest of what was said.
func (c *session) transcript(ctx context.Context, id assist.ConversationID) ([]assist.Message, error) {
	if id == 0 {
		return nil, nil
	}
	messages, err := c.server.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: id, Public: true, Limit: wire.HistoryPage})
	if err != nil {
		return nil, fmt.Errorf("transcript of conversation %d: %w", id, err)
	}
	return messages, nil
}

// rating rates the conversation.
func (c *session) rating(f wire.CustomerRate) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	id := c.current()
	if id == 0 {
		return assist.Errorf(assist.CodeWrongStatus, "there is no conversation to rate")
	}
	c.server.opts.Ledger.Submit(assist.Write{Conversation: id, Decide: intake.Rate(f.Score, f.Comment)}, c.answer(f.Head))
	return nil
}

// speak switches the language.
func (c *session) speak(f wire.CustomerLanguage) error {
	if err := c.mayWrite(); err != nil {
		return err
	}
	if f.Language != "en" && f.Language != "zh" {
		return assist.Errorf(assist.CodeBadValue, "language must be en or zh")
	}
	c.language = f.Language
	id := c.current()
	if id == 0 {
		c.conn.Send(wire.MustEncode(wire.Ack{Ref: f.Ref}))
		return nil
	}
	c.server.opts.Ledger.Submit(assist.Write{Conversation: id, Decide: intake.Language(f.Language)}, c.answer(f.Head))
	return nil
}

func (c *session) current() assist.ConversationID {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.conversation.ID
}

// mark raises what has reached the page and what was seen there.
func (c *session) mark(f wire.CustomerMark) error {
	id := c.current()
	if id == 0 {
		return nil
	}
	c.mu.Lock()
	now := c.conversation.Marks
	c.mu.Unlock()
	marks := assist.Marks{CustomerDelivered: max(f.Delivered, f.Read), CustomerRead: f.Read}
	if now.Raise(marks) == now {
		return nil
	}
	c.server.opts.Ledger.Submit(assist.Write{Conversation: id, Marks: &marks}, func(w assist.Written) {
		if w.Err != nil && assist.CodeOf(w.Err) == assist.CodeInternal {
			c.server.opts.Log.Error("marks of a customer", "conversation_id", id, "err", w.Err)
		}
	})
	return nil
}

// typing shows agents that the customer types; the words only where the inbox says so.
func (c *session) typing(f wire.CustomerTyping) error {
	id := c.current()
	if id == 0 {
		return nil
	}
	t := hub.Typing{Conversation: id, Inbox: c.inbox.ID, From: assist.Actor{Kind: assist.ActorCustomer}, Off: f.Off}
	if c.inbox.Preview && !f.Off {
		t.Text = clipRunes(f.Text, wire.MaxTyping)
		if c.server.opts.Codes != nil {
			t.Text = c.server.opts.Codes.Preview(id, t.Text)
		}
	}
	c.server.opts.Hub.Type(t)
	return nil
}

// history gives older messages.
func (c *session) history(f wire.CustomerHistory) error {
	id := c.current()
	if id == 0 || f.Before <= 0 {
		return assist.Errorf(assist.CodeBadValue, `"before" must be the seq of a message`)
	}
	limit := min(f.Limit, wire.HistoryMax)
	if limit <= 0 {
		limit = wire.HistoryPage
	}
	ctx, cancel := c.query()
	defer cancel()
	messages, err := c.server.opts.Store.Messages(ctx, assist.MessageFilter{Conversation: id, Public: true, BeforeSeq: f.Before, Limit: limit})
	if err != nil {
		return fmt.Errorf("history of conversation %d: %w", id, err)
	}
	c.conn.SendWait(wire.MustEncode(wire.CustomerMessages{
		Ref: f.Ref, Conversation: id, Messages: forCustomer(messages), More: len(messages) > 0 && messages[0].Seq > 1,
	}))
	return nil
}

func clipRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
