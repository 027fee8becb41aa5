package webchat

import (
	"errors"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/wire"
)

// hello says who the customer is and shows what there is of the conversation.
func (c *session) hello(f wire.CustomerHello) error {
	if c.ready {
		return assist.Errorf(assist.CodeHelloAgain, "hello was said")
	}
	if f.V != wire.Version {
		return assist.Errorf(assist.CodeBadVersion, "version %d, this hub speaks %d", f.V, wire.Version)
	}
	inbox, ok := c.server.inboxes[f.Inbox]
	if !ok {
		return assist.Errorf(assist.CodeBadInbox, "no such inbox")
	}
	if !c.allowed[inbox.ID] {
		return assist.Errorf(assist.CodeBadOrigin, "the inbox may not be used from this origin")
	}
	fresh, err := c.identify(inbox, f)
	if err != nil {
		return err
	}
	c.language, c.page = language(f.Language), clip(f.Page, 500)
	c.mu.Lock()
	c.inbox, c.ready, c.loading = inbox, true, true
	c.mu.Unlock()
	c.server.identify(c)
	if err := c.welcome(f, fresh); err != nil {
		c.conn.Send(wire.MustEncode(wire.Fail(f.Head, err)))
		c.conn.Close(wire.CloseInternal, "the conversation could not be read")
		return fmt.Errorf("welcome: %w", err)
	}
	return nil
}

// identify sets the identities of the session; fresh is a new visitor token, if one had to be made.
func (c *session) identify(inbox assist.Inbox, f wire.CustomerHello) (fresh string, err error) {
	token := f.Token
	c.visitor, err = access.VisitorIdentity(inbox.ID, token)
	if err != nil {
		token = access.NewVisitorToken()
		fresh = token
		if c.visitor, err = access.VisitorIdentity(inbox.ID, token); err != nil {
			return "", err
		}
	}
	if f.Identity == nil {
		return fresh, nil
	}
	id, profile, err := c.server.opts.Identities.SignedIdentity(inbox, access.Claim{
		ID: f.Identity.ID, Name: f.Identity.Name, Email: f.Identity.Email,
		IssuedAt: f.Identity.IssuedAt, Signature: f.Identity.Signature,
	})
	if err != nil {
		return "", err
	}
	c.signed, c.profile = &id, profile
	return fresh, nil
}

// welcome answers hello: the conversation is followed before its history is read, and what is stored in
// between is held back, so that nothing is missed and nothing comes twice.
func (c *session) welcome(f wire.CustomerHello, fresh string) error {
	ctx, cancel := c.query()
	defer cancel()
	epoch, err := c.server.opts.Store.Epoch(ctx)
	if err != nil {
		return fmt.Errorf("epoch: %w", err)
	}
	conversation, err := c.find()
	if err != nil {
		return err
	}
	if conversation.ID != 0 {
		c.join(conversation)
	}
	c.conn.Send(wire.MustEncode(wire.CustomerWelcome{
		V: wire.Version, Epoch: epoch, Token: fresh, Conversation: conversation.ID, Seq: conversation.Seq,
		Language: c.language, Time: wire.Time(c.server.opts.Now()), Inbox: viewOf(c.inbox), Limits: c.limits(),
	}))
	if conversation.ID == 0 {
		c.release(nil, 0)
		return nil
	}
	return c.showHistory(f.Resume, epoch, conversation)
}

// find is the customer's last conversation in this inbox, the zero one if there is none.
func (c *session) find() (assist.Conversation, error) {
	ctx, cancel := c.query()
	defer cancel()
	id := c.person()
	customer, err := c.server.opts.Store.CustomerByIdentity(ctx, id.Inbox, id.Kind, id.Source)
	if errors.Is(err, assist.ErrNotFound) {
		return assist.Conversation{}, nil
	}
	if err != nil {
		return assist.Conversation{}, fmt.Errorf("customer: %w", err)
	}
	conversation, err := c.server.opts.Store.ConversationOf(ctx, c.inbox.ID, customer.ID)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return assist.Conversation{}, fmt.Errorf("conversation of customer %d: %w", customer.ID, err)
	}
	return conversation, nil
}

// viewOf is what every chat page may know of an inbox.
func viewOf(i assist.Inbox) wire.InboxView {
	return wire.InboxView{ID: i.ID, Name: i.Name, NameZH: i.NameZH, Preview: i.Preview, CSAT: i.CSAT, Bot: i.BotFirst}
}

func (c *session) limits() wire.LimitsView {
	return wire.LimitsView{Text: assist.MaxText, Attachments: assist.MaxAttachments, File: c.server.opts.MaxFile,
		Frame: c.server.opts.MaxFrame, Unacked: wire.MaxUnacked}
}

// showHistory sends what the page lacks, then what was held back, then where things stand.
func (c *session) showHistory(r *wire.CustomerResume, epoch assist.Epoch, conversation assist.Conversation) error {
	ctx, cancel := c.query()
	defer cancel()
	now, err := c.server.opts.Store.Conversation(ctx, conversation.ID)
	if err != nil {
		return fmt.Errorf("conversation %d: %w", conversation.ID, err)
	}
	c.renew(now)
	filter := assist.MessageFilter{Conversation: conversation.ID, Public: true, Limit: wire.HistoryPage}
	resumes := r != nil && r.Epoch == epoch && r.Conversation == conversation.ID && r.Seq <= conversation.Seq &&
		conversation.Seq-r.Seq <= wire.HistoryMax
	if resumes {
		filter.AfterSeq, filter.Limit = r.Seq, wire.HistoryMax
	}
	messages, err := c.server.opts.Store.Messages(ctx, filter)
	if err != nil {
		return fmt.Errorf("history of conversation %d: %w", conversation.ID, err)
	}
	after := assist.Seq(0)
	if resumes {
		after = r.Seq
	}
	page := wire.CustomerMessages{Conversation: conversation.ID, Reset: !resumes, Messages: forCustomer(messages)}
	page.More = !resumes && len(messages) > 0 && messages[0].Seq > 1
	c.release(&page, after)
	return nil
}

// renew takes over what changed between finding the conversation and following it.
func (c *session) renew(now assist.Conversation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conversation.ID == now.ID && now.Rev > c.conversation.Rev {
		c.conversation = now
	}
}

func forCustomer(messages []assist.Message) []wire.CustomerMessage {
	out := make([]wire.CustomerMessage, len(messages))
	for i, m := range messages {
		out[i] = wire.ForCustomer(m)
	}
	return out
}

// release sends the history and then what was stored while it was read. The history may be long and is sent
// without the lock: what comes meanwhile is still held back.
func (c *session) release(page *wire.CustomerMessages, after assist.Seq) {
	if page != nil {
		c.conn.SendWait(wire.MustEncode(*page))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = max(c.sent, after)
	if page != nil {
		if n := len(page.Messages); n > 0 {
			c.sent = max(c.sent, page.Messages[n-1].Seq)
		}
	}
	c.loading = false
	for _, m := range c.held {
		c.tell(m)
	}
	c.held = nil
	if c.conversation.ID != 0 {
		c.tellStatus(c.conversation)
		c.tellMarks(c.conversation)
	}
}

// language is the nearest of the languages that customers' lines exist in.
func language(tag string) string {
	if len(tag) >= 2 && (tag[0] == 'z' || tag[0] == 'Z') && (tag[1] == 'h' || tag[1] == 'H') {
		return "zh"
	}
	return "en"
}

// clip cuts s to at most n bytes at a rune's boundary.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
