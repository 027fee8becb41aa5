package client

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// CustomerOptions configure a Customer. Hub, Inbox, Handle and Log are needed.
type CustomerOptions struct {
	Hub      string // address, e.g. "https://desk.example"
	Inbox    assist.InboxID
	Token    string               // visitor token of an earlier run; default: the hub makes one
	Identity *wire.SignedIdentity // vouched for by the company's own site
	Language string               // "en" or "zh"
	Page     string               // address of the page, for the agent
	Resume   *wire.CustomerResume // what an earlier run has got
	Outbox   Outbox               // default NewMemory()
	// Handle hears of every frame of the hub but answers to the methods that wait, in order, on the goroutine of
	// Run. It must not call those. Messages come without gaps and once: own ones as wire.Ack, others
	// as wire.CustomerMessageNew or in wire.CustomerMessages, which with Reset replaces what there was. An Ack may
	// come a moment before lower numbers: a system line that the own message caused and that stands above it.
	Handle func(wire.Frame)
	// Connection hears how things stand: the last value, in order, from a goroutine of Run. Default: nobody.
	Connection func(Connection)
	Log        *slog.Logger
	Now        func() time.Time // default time.Now
	HTTP       *http.Client     // default: one with a time limit of a minute
	Timing     Timing
	InFlight   int // messages that may be unacknowledged; default 1: none is ever overtaken
}

// Customer is a customer's page as the hub sees it. Its methods may be called from any goroutine.
type Customer struct {
	*side
	opts CustomerOptions

	mu           sync.Mutex // guards the fields below
	token        string
	epoch        assist.Epoch
	conversation assist.ConversationID
	seq          assist.Seq // up to where everything was handled
	filling      bool       // missing messages were asked for: hold back what follows
	held         []wire.CustomerMessageNew
	ahead        map[assist.Seq]bool // own messages whose ack came before the messages below them
}

// NewCustomer checks the options and reads the outbox.
func NewCustomer(o CustomerOptions) (*Customer, error) {
	if o.Inbox == "" {
		return nil, errors.New("client: Inbox is needed")
	}
	c := &Customer{opts: o, token: o.Token}
	if o.Resume != nil {
		c.epoch, c.conversation, c.seq = o.Resume.Epoch, o.Resume.Conversation, o.Resume.Seq
	}
	var err error
	c.side, err = newSide(sideOptions{hub: o.Hub, path: "/ws/customer", outbox: o.Outbox, handle: o.Handle, connection: o.Connection, log: o.Log,
		now: o.Now, http: o.HTTP, timing: o.Timing, inFlight: o.InFlight, role: customerRole{c}, frames: customerFrames(), command: customerSend, resumed: func() {}})
	if err != nil {
		return nil, err
	}
	return c, nil
}

func customerSend(m Outgoing) any {
	return wire.CustomerSend{Head: wire.Head{T: wire.TypeSend}, ClientID: m.ClientID, Text: m.Text, Attachments: idsOf(m.Attachments)}
}

// Token is the visitor token: whoever holds it is this customer. "" until the first welcome.
func (c *Customer) Token() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.token
}

// Resume is what to pass to a later run so that it gets only what is new; nil before there is a conversation.
func (c *Customer) Resume() *wire.CustomerResume {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conversation == 0 {
		return nil
	}
	return &wire.CustomerResume{Conversation: c.conversation, Seq: c.seq, Epoch: c.epoch}
}

// Send puts a message into the outbox and returns its id when it is durable there; a choice is sent by its Text.
// What becomes of it comes to Handle: a wire.Ack, or a wire.Failure, with that ClientID.
func (c *Customer) Send(ctx context.Context, text string, files ...assist.Attachment) (assist.ClientID, error) {
	return c.sender.post(ctx, Draft{Text: text, Attachments: files})
}

// Typing says that the customer types (text: so far, shown where the inbox allows it), or with off stopped.
func (c *Customer) Typing(text string, off bool) {
	c.calls.tell(wire.CustomerTyping{Head: wire.Head{T: wire.TypeTyping}, Text: text, Off: off})
}

// Mark says up to where messages have arrived and were read; lost when offline.
func (c *Customer) Mark(delivered, read assist.Seq) {
	c.calls.tell(wire.CustomerMark{Head: wire.Head{T: wire.TypeMark}, Delivered: delivered, Read: read})
}

// History fetches up to limit messages before seq, oldest first, and whether there are older ones.
func (c *Customer) History(ctx context.Context, before assist.Seq, limit int) ([]wire.CustomerMessage, bool, error) {
	f, err := c.call(ctx, wire.CustomerHistory{Before: before, Limit: limit})
	if err != nil {
		return nil, false, err
	}
	m, _ := f.(wire.CustomerMessages)
	return m.Messages, m.More, nil
}

// Human asks for a person.
func (c *Customer) Human(ctx context.Context) error {
	_, err := c.call(ctx, wire.CustomerHuman{})
	return err
}

// Rate rates the conversation, 1 to 5.
func (c *Customer) Rate(ctx context.Context, score int, comment string) error {
	_, err := c.call(ctx, wire.CustomerRate{Score: score, Comment: comment})
	return err
}

// Language switches to "en" or "zh".
func (c *Customer) Language(ctx context.Context, language string) error {
	_, err := c.call(ctx, wire.CustomerLanguage{Language: language})
	return err
}

// Upload brings a file, to be given to Send. A refusal is an *assist.Error.
func (c *Customer) Upload(ctx context.Context, name string, content io.Reader) (assist.Attachment, error) {
	return upload(ctx, c.http, c.hub, c.opts.Inbox, name, c.Token(), content)
}

// Download opens a file of the customer's conversation; the caller closes it.
func (c *Customer) Download(ctx context.Context, id assist.AttachmentID) (io.ReadCloser, error) {
	return download(ctx, c.http, c.hub, c.opts.Inbox, id, c.Token())
}
