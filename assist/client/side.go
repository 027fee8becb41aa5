package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// side is what an Agent and a Customer are both made of.
type side struct {
	hub    string
	http   *http.Client
	log    *slog.Logger
	now    func() time.Time
	handle func(wire.Frame)

	keeper *keeper
	status *status
	calls  calls
	sender *sender
	frames decoders
}

// sideOptions are the parts of AgentOptions and CustomerOptions that both have, and what differs inside.
type sideOptions struct {
	hub, path  string
	outbox     Outbox
	handle     func(wire.Frame)
	connection func(Connection)
	log        *slog.Logger
	now        func() time.Time
	http       *http.Client
	timing     Timing
	inFlight   int // messages of one conversation
	role       role
	frames     decoders
	command    func(Outgoing) any
	resumed    func() // a busy hub has been left alone for long enough
}

// newSide checks the options, fills in the defaults and reads the outbox.
func newSide(o sideOptions) (*side, error) {
	if o.hub == "" || o.handle == nil || o.log == nil {
		return nil, errors.New("client: Hub, Handle and Log are needed")
	}
	url, err := socketURL(o.hub, o.path)
	if err != nil {
		return nil, err
	}
	if o.outbox == nil {
		o.outbox = NewMemory()
	}
	if o.now == nil {
		o.now = time.Now
	}
	if o.http == nil {
		o.http = newHTTP()
	}
	setDefault(&o.inFlight, 1)
	o.timing.fill()
	s := &side{hub: o.hub, http: o.http, log: o.log.With("component", "client"), now: o.now, handle: o.handle, frames: o.frames}
	s.status = newStatus(o.now, o.connection)
	s.sender = &sender{outbox: o.outbox, command: o.command, perConversation: min(o.inFlight, wire.MaxUnacked),
		resumed: o.resumed, queued: s.status.queued, log: s.log, now: o.now}
	s.keeper = &keeper{url: url, dialer: dialerLike(o.http), role: o.role, timing: o.timing, status: s.status,
		log: s.log, now: o.now, kick: make(chan struct{}, 1)}
	if err := s.sender.load(context.Background()); err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	return s, nil
}

// Run keeps the connection up until ctx ends (nil), or until only a person can help: the session has ended, the
// hub speaks another version, too many connections. Such an error is an *assist.Error. Call it once at a time.
func (s *side) Run(ctx context.Context) error {
	defer s.http.CloseIdleConnections()
	return s.keeper.run(ctx)
}

// Connection is how things stand.
func (s *side) Connection() Connection { return s.status.get() }

// Reconnect makes the next try happen now instead of at Connection.RetryAt.
func (s *side) Reconnect() { s.keeper.retry() }

// Waiting lists the messages of the outbox that the hub has not acknowledged, refused ones included, in order.
func (s *side) Waiting() []Outgoing { return s.sender.waiting() }

// Retry sends a refused message once more, with the same id.
func (s *side) Retry(ctx context.Context, id assist.ClientID) error { return s.sender.again(ctx, id) }

// Discard gives a refused message up. assist.CodeWrongStatus: it was not refused.
func (s *side) Discard(ctx context.Context, id assist.ClientID) error {
	return s.sender.discard(ctx, id)
}

// call sends a command and waits for its answer.
func (s *side) call(ctx context.Context, command any) (wire.Frame, error) {
	return s.calls.call(ctx, func(ref string) (any, error) { return stamp(command, ref) })
}

// leave is what both roles do when a connection has ended.
func (s *side) leave() {
	s.sender.detach()
	s.calls.detach()
}

func idsOf(files []assist.Attachment) []assist.AttachmentID {
	var ids []assist.AttachmentID
	for _, a := range files {
		ids = append(ids, a.ID)
	}
	return ids
}
