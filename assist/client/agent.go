package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// AgentOptions configure an Agent. Hub, Session, Handle and Log are needed.
type AgentOptions struct {
	Hub     string // address, e.g. "https://desk.example"
	Session string // as SignIn gave it
	Outbox  Outbox // default NewMemory()
	// Handle hears of every frame of the hub but answers to Call, pings and what is only for this package, in
	// order, on the goroutine of Run. It must not call Call (the answer would wait behind it), and while it
	// works nothing else arrives; the hub closes who reads too slowly, and Run then resumes. Frames of one conversation come without
	// gaps. AgentOpened comes after Open and again after each reconnect: its messages are to be merged by Rev,
	// or with Reset to replace what there was.
	Handle func(wire.Frame)
	// Connection hears how things stand: the last value, in order, from a goroutine of Run. Default: nobody.
	Connection func(Connection)
	Log        *slog.Logger
	Now        func() time.Time // default time.Now
	HTTP       *http.Client     // default: one with a time limit of a minute
	Timing     Timing
	// PerConversation is how many messages of one conversation may be unacknowledged, at most wire.MaxUnacked.
	// The default is 1: a message that the hub could not take for the moment is never overtaken.
	PerConversation int
}

// Agent is an agent's desktop as the hub sees it. Its methods may be called from any goroutine.
type Agent struct {
	opts   AgentOptions
	keeper *keeper
	status *status
	calls  calls
	sender *sender
	frames decoders

	mu    sync.Mutex // guards the fields below
	epoch assist.Epoch
	rev   assist.Rev // of the last complete list
	open  map[assist.ConversationID]*following
	tries int // tickets refused in a row
}

// NewAgent checks the options and reads the outbox.
func NewAgent(o AgentOptions) (*Agent, error) {
	if o.Hub == "" || o.Session == "" || o.Handle == nil || o.Log == nil {
		return nil, errors.New("client: Hub, Session, Handle and Log are needed")
	}
	url, err := socketURL(o.Hub, "/ws/agent")
	if err != nil {
		return nil, err
	}
	if o.Outbox == nil {
		o.Outbox = NewMemory()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.HTTP == nil {
		o.HTTP = newHTTP()
	}
	setDefault(&o.PerConversation, 1)
	o.PerConversation = min(o.PerConversation, wire.MaxUnacked)
	o.Timing.fill()
	o.Log = o.Log.With("component", "client")
	a := &Agent{opts: o, frames: agentFrames(), open: map[assist.ConversationID]*following{}}
	a.status = newStatus(o.Now, o.Connection)
	a.sender = &sender{outbox: o.Outbox, frame: agentSend, perConversation: o.PerConversation, queued: a.status.queued, log: o.Log, now: o.Now}
	a.keeper = &keeper{url: url, dialer: dialerLike(o.HTTP), role: agentRole{a}, timing: o.Timing, status: a.status,
		log: o.Log, now: o.Now, kick: make(chan struct{}, 1)}
	if err := a.sender.load(context.Background()); err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	return a, nil
}

func agentSend(m Outgoing) any {
	f := wire.AgentSend{Head: wire.Head{T: wire.TypeSend}, Conversation: m.Conversation, ClientID: m.ClientID, Text: m.Text, Note: m.Note}
	f.Attachments = idsOf(m.Attachments)
	return f
}

func idsOf(files []assist.Attachment) []assist.AttachmentID {
	var ids []assist.AttachmentID
	for _, a := range files {
		ids = append(ids, a.ID)
	}
	return ids
}

// Run keeps the connection up until ctx ends (nil), or until only a person can help: the session has ended, the
// hub speaks another version, too many connections. Such an error is an *assist.Error. Call it once at a time.
func (a *Agent) Run(ctx context.Context) error {
	defer a.opts.HTTP.CloseIdleConnections()
	return a.keeper.run(ctx)
}

// Connection is how things stand.
func (a *Agent) Connection() Connection { return a.status.get() }

// Reconnect makes the next try happen now instead of at Connection.RetryAt.
func (a *Agent) Reconnect() { a.keeper.retry() }

// Call sends a command and waits for its answer: wire.Ack, AgentListed, AgentMessages, AgentFound or
// AgentCustomerPage. The Head of the command is filled in. A refusal is an *assist.Error; without a connection
// errors.Is(err, ErrOffline).
func (a *Agent) Call(ctx context.Context, command any) (wire.Frame, error) {
	return a.calls.call(ctx, func(ref string) (any, error) { return stamp(command, ref) })
}

// Post puts a message into the outbox and returns its id when it is durable there; it is sent as soon as
// possible. What becomes of it comes to Handle: a wire.Ack, or a wire.Failure, with that ClientID.
func (a *Agent) Post(ctx context.Context, d Draft) (assist.ClientID, error) {
	if d.Conversation <= 0 {
		return "", assist.Errorf(assist.CodeBadValue, "a message needs a conversation")
	}
	return a.sender.post(ctx, d)
}

// Waiting lists what is in the outbox, refused messages included, in order.
func (a *Agent) Waiting() []Outgoing { return a.sender.waiting() }

// Retry sends a refused message once more, with the same id.
func (a *Agent) Retry(ctx context.Context, id assist.ClientID) error { return a.sender.again(ctx, id) }

// Discard gives a refused message up. assist.CodeWrongStatus: it was not refused.
func (a *Agent) Discard(ctx context.Context, id assist.ClientID) error {
	return a.sender.discard(ctx, id)
}

// Typing tells the customer and colleagues that the agent types, or with off stopped; lost when offline.
func (a *Agent) Typing(id assist.ConversationID, off bool) {
	a.calls.tell(wire.AgentTyping{Head: wire.Head{T: wire.TypeTyping}, Conversation: id, Off: off})
}

// Mark says up to where the agent has read; lost when offline.
func (a *Agent) Mark(id assist.ConversationID, read assist.Seq) {
	a.calls.tell(wire.AgentMark{Head: wire.Head{T: wire.TypeMark}, Conversation: id, Read: read})
}

// Upload brings a file; its id may then stand in a Draft. A refusal is an *assist.Error.
func (a *Agent) Upload(ctx context.Context, name string, content io.Reader) (assist.Attachment, error) {
	return upload(ctx, a.opts.HTTP, a.opts.Hub, "", name, a.opts.Session, content)
}

// Download opens a file of a conversation that the agent may see; the caller closes it.
func (a *Agent) Download(ctx context.Context, id assist.AttachmentID) (io.ReadCloser, error) {
	return download(ctx, a.opts.HTTP, a.opts.Hub, "", id, a.opts.Session)
}
