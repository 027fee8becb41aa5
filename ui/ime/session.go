package ime

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"deskhand/ui/widget/field"
)

// Capabilities of an input context (ibustypes.h): the preedit is drawn by the client, focus is told.
const capPreedit, capFocus = 1 << 0, 1 << 3

// incomingLimit bounds messages read from the bus and not dealt with. When it is full the reading waits, and with it
// the daemon's socket.
const incomingLimit = 256

// session is one connection with one input context. All but deliver belongs to the goroutine of Run.
type session struct {
	c        *Client
	at       endpoint
	epoch    uint64
	conn     *dbus.Conn
	path     dbus.ObjectPath
	incoming chan *dbus.Message
	closed   chan struct{}
	once     sync.Once

	owed    []call // calls sent and not answered, oldest first
	target  field.Target
	muted   int  // Resets not answered yet: what comes before belongs to the composition given up
	stalled bool // keys pass by until all that is owed has come
	screen  *screen
	located [4]int32
}

// call is a method call that an answer is owed for.
type call struct {
	serial  uint32
	request request
	at      time.Time
	done    bool
	used    bool
}

// connect tries each endpoint and returns a session with the first that makes an input context.
func (c *Client) connect(ctx context.Context) (*session, error) {
	var errs []error
	for _, at := range endpoints(c.opt.Env) {
		s, err := c.open(ctx, at)
		if err == nil {
			return s, nil
		}
		errs = append(errs, fmt.Errorf("%s: %w", at.dest, err))
	}
	if len(errs) == 0 {
		return nil, errors.New("no bus to look on")
	}
	return nil, errors.Join(errs...)
}

func (c *Client) open(ctx context.Context, at endpoint) (*session, error) {
	s := &session{c: c, at: at, incoming: make(chan *dbus.Message, incomingLimit), closed: make(chan struct{})}
	conn, err := dbus.Dial(at.bus, dbus.WithIncomingInterceptor(s.deliver))
	if err != nil {
		return nil, fmt.Errorf("dial bus: %w", err)
	}
	s.conn = conn
	stop := context.AfterFunc(ctx, s.close) // a daemon that does not read must not hold up the end
	defer stop()
	limit := time.AfterFunc(giveUpAfter, s.close)
	defer limit.Stop()
	if err := s.setUp(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) setUp() error {
	if err := s.conn.Auth(nil); err != nil {
		return fmt.Errorf("authenticate: %w", err)
	}
	if err := s.conn.Hello(); err != nil {
		return fmt.Errorf("say hello: %w", err)
	}
	match := "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='" + s.at.dest + "'"
	if err := s.conn.BusObject().Call("org.freedesktop.DBus.AddMatch", 0, match).Err; err != nil {
		return fmt.Errorf("watch the daemon: %w", err)
	}
	maker := s.conn.Object(s.at.dest, ibusPath)
	if err := maker.Call(s.at.iface+".CreateInputContext", dbus.FlagNoAutoStart, s.c.opt.Name).Store(&s.path); err != nil {
		return fmt.Errorf("make input context: %w", err)
	}
	ic := s.conn.Object(s.at.dest, s.path)
	if err := ic.Call(contextType+".SetCapabilities", 0, uint32(capPreedit|capFocus)).Err; err != nil {
		return fmt.Errorf("set capabilities: %w", err)
	}
	return nil
}

// deliver is called by the connection's reading goroutine with each message in the order of the wire. That order is
// what everything here stands on: text that a key committed must be applied before the key's answer. godbus hands
// signals and answers to different channels, which would lose it.
func (s *session) deliver(m *dbus.Message) {
	switch m.Type {
	case dbus.TypeMethodReply, dbus.TypeError, dbus.TypeSignal:
		select {
		case s.incoming <- m:
		case <-s.closed:
		}
	}
}

func (s *session) close() {
	s.once.Do(func() {
		close(s.closed)
		_ = s.conn.Close() // nothing is lost with it
	})
}

// serve carries requests out and answers back until the connection or ctx ends.
func (s *session) serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, s.close)
	defer stop()
	defer s.closeScreen()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		s.arm(timer)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.conn.Context().Done():
			return errors.New("the connection ended")
		case <-s.c.stuck:
			return errors.New("the daemon does not keep up")
		case m := <-s.incoming:
			if err := s.receive(m); err != nil {
				return err
			}
		case r := <-s.c.requests:
			if r.epoch == s.epoch {
				s.handle(r)
			}
		case <-timer.C:
			if err := s.late(); err != nil {
				return err
			}
		}
	}
}

// arm sets the timer to when the oldest answer is late.
func (s *session) arm(t *time.Timer) {
	d := time.Hour
	if len(s.owed) > 0 {
		d = max(0, time.Until(s.owed[0].at.Add(s.patience())))
	}
	t.Reset(d)
}

func (s *session) patience() time.Duration {
	if s.stalled {
		return giveUpAfter
	}
	return s.c.opt.AnswerWithin
}

// late gives back the keys that wait once the daemon is too slow, and gives up when it stays silent.
func (s *session) late() error {
	if len(s.owed) == 0 || time.Since(s.owed[0].at) < s.patience() {
		return nil
	}
	if s.stalled {
		return errors.New("the daemon does not answer")
	}
	s.stalled = true
	s.c.opt.Log.Warn("input method is slow, keys pass it by", "owed", len(s.owed))
	target := s.target
	s.c.opt.Post(func() {
		if target != nil {
			target.SetPreedit("", 0)
		}
		s.c.passAll()
	})
	return nil
}

func (s *session) handle(r request) {
	switch r.do {
	case doKey:
		if s.stalled {
			s.c.opt.Post(func() { s.c.answered(r.seq, false) })
			return
		}
		sym, code, state := keyEvent(r.key)
		s.call(r, "ProcessKeyEvent", sym, code, state)
	case doFocusIn:
		s.call(r, "FocusIn")
	case doFocusOut:
		s.call(r, "FocusOut")
	case doReset:
		s.muted++
		s.call(r, "Reset")
	case doCaret:
		s.locate(r)
	}
}

// call sends a method call whose answer receive will see.
func (s *session) call(r request, method string, args ...any) {
	m := &dbus.Message{Type: dbus.TypeMethodCall, Body: args, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldDestination: dbus.MakeVariant(s.at.dest), dbus.FieldPath: dbus.MakeVariant(s.path),
		dbus.FieldInterface: dbus.MakeVariant(contextType), dbus.FieldMember: dbus.MakeVariant(method),
	}}
	if len(args) > 0 {
		m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(args...))
	}
	// The answer can't be missed: it is dealt with by this goroutine, after the serial is noted.
	s.conn.Send(m, nil)
	s.owed = append(s.owed, call{serial: m.Serial(), request: r, at: time.Now()})
}

func (s *session) receive(m *dbus.Message) error {
	if m.Type == dbus.TypeSignal {
		return s.signal(m)
	}
	serial, _ := m.Headers[dbus.FieldReplySerial].Value().(uint32)
	for i := range s.owed {
		if s.owed[i].serial == serial {
			s.owed[i].done = true
			if m.Type == dbus.TypeMethodReply && len(m.Body) > 0 {
				s.owed[i].used, _ = m.Body[0].(bool)
			}
			break
		}
	}
	for len(s.owed) > 0 && s.owed[0].done {
		done := s.owed[0]
		s.owed = s.owed[1:]
		s.settle(done)
	}
	if s.stalled && len(s.owed) == 0 {
		s.recover()
	}
	return nil
}

// settle follows the answer to one call; answers are settled in the order of the calls.
func (s *session) settle(done call) {
	switch done.request.do {
	case doKey:
		if !s.stalled {
			s.c.opt.Post(func() { s.c.answered(done.request.seq, done.used) })
		}
	case doFocusIn:
		s.target = done.request.target
	case doFocusOut:
		if s.target == done.request.target {
			s.target = nil
		}
	case doReset:
		s.muted--
	}
}

// recover begins anew after the daemon caught up: what it composed of keys that passed it by is given up.
func (s *session) recover() {
	s.stalled = false
	s.handle(request{do: doReset})
}
