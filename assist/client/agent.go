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
	*side
	session string

	mu    sync.Mutex // guards the fields below
	epoch assist.Epoch
	rev   assist.Rev // up to where the lists are complete
	open  map[assist.ConversationID]*following
	tries int           // tickets refused in a row
	skew  time.Duration // the hub's clock minus ours
}

// NewAgent checks the options and reads the outbox.
func NewAgent(o AgentOptions) (*Agent, error) {
	if o.Session == "" {
		return nil, errors.New("client: Session is needed")
	}
	a := &Agent{session: o.Session, open: map[assist.ConversationID]*following{}}
	var err error
	a.side, err = newSide(sideOptions{hub: o.Hub, path: "/ws/agent", outbox: o.Outbox, handle: o.Handle, connection: o.Connection, log: o.Log,
		now: o.Now, http: o.HTTP, timing: o.Timing, inFlight: o.PerConversation, role: agentRole{a}, frames: agentFrames(), command: a.command, resumed: a.ask})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// command is what brings an entry of the outbox on: its message, then what is to be done behind it.
func (a *Agent) command(m Outgoing) any {
	if m.Stored {
		a.mu.Lock()
		defer a.mu.Unlock()
		return thenCommand(m, a.now().Add(a.skew))
	}
	f := wire.AgentSend{Head: wire.Head{T: wire.TypeSend}, Conversation: m.Conversation, ClientID: m.ClientID, Text: m.Text, Note: m.Note}
	f.Attachments = idsOf(m.Attachments)
	return f
}

// Call sends a command and waits for its answer: wire.Ack, AgentListed, AgentMessages, AgentFound,
// AgentCommandList or AgentCustomerPage. What waits for an approval needs no Call: to those who may approve it comes
// to Handle with each welcome and each change. The Head of the command is filled in. A refusal is an *assist.Error; without a connection
// errors.Is(err, ErrOffline).
func (a *Agent) Call(ctx context.Context, command any) (wire.Frame, error) {
	return a.call(ctx, command)
}

// Post puts a message into the outbox and returns its id when it is durable there; it is sent as soon as
// possible. What becomes of it comes to Handle: a wire.Ack, or a wire.Failure, with that ClientID; and an Undone for
// what of Then was refused.
func (a *Agent) Post(ctx context.Context, d Draft) (assist.ClientID, error) {
	if d.Conversation <= 0 {
		return "", assist.Errorf(assist.CodeBadValue, "a message needs a conversation")
	}
	return a.sender.post(ctx, d)
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
	return upload(ctx, a.http, a.hub, "", name, a.session, content)
}

// Download opens a file of a conversation that the agent may see; the caller closes it.
func (a *Agent) Download(ctx context.Context, id assist.AttachmentID) (io.ReadCloser, error) {
	return download(ctx, a.http, a.hub, "", id, a.session)
}
