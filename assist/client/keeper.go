package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

// Timing bounds how a client waits. The zero value is what PROTOCOL.md asks for.
type Timing struct {
	BackoffFirst time.Duration // first step; default wire.BackoffFirst
	BackoffMost  time.Duration // longest step; default wire.BackoffMost
	Silence      time.Duration // after which a connection counts as dead; default wire.ClientSilence
	Dial         time.Duration // for connecting, ticket and welcome; default 10 s
}

func (t *Timing) fill() {
	setDefault(&t.BackoffFirst, wire.BackoffFirst)
	setDefault(&t.BackoffMost, wire.BackoffMost)
	setDefault(&t.Silence, wire.ClientSilence)
	setDefault(&t.Dial, 10*time.Second)
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// role is what differs between an agent's and a customer's connection. All its methods are called from the
// goroutine of run.
type role interface {
	// hello is the first frame of a connection.
	hello(ctx context.Context) (any, error)
	// frame takes one frame of the hub; welcomed reports that it answered hello.
	frame(l *link, kind string, data []byte) (welcomed bool, err error)
	// failed hears of a refusal before the welcome and tells whether another try may help.
	failed(err *assist.Error) (again bool)
	// lost is called when a connection has ended.
	lost()
}

// keeper keeps a connection up until its context ends or only a person can help.
type keeper struct {
	url    string // ws:// or wss://, with path
	dialer *websocket.Dialer
	role   role
	timing Timing
	status *status
	log    *slog.Logger
	now    func() time.Time
	kick   chan struct{} // holds a token when somebody wants the next try at once
}

// socketURL is the WebSocket address of path on the hub, whose address begins with http:// or https://.
func socketURL(hub, path string) (string, error) {
	rest, ok := strings.CutPrefix(hub, "http")
	if !ok || (!strings.HasPrefix(rest, "://") && !strings.HasPrefix(rest, "s://")) {
		return "", fmt.Errorf("address of the hub %q: must begin with http:// or https://", hub)
	}
	return "ws" + strings.TrimSuffix(rest, "/") + path, nil
}

// dialerLike connects as the HTTP client does: same proxies, same certificates.
func dialerLike(c *http.Client) *websocket.Dialer {
	d := &websocket.Dialer{HandshakeTimeout: 10 * time.Second, ReadBufferSize: 4096, WriteBufferSize: 4096, Proxy: http.ProxyFromEnvironment}
	if t, ok := c.Transport.(*http.Transport); ok && t != nil {
		d.Proxy, d.TLSClientConfig, d.NetDialContext = t.Proxy, t.TLSClientConfig, t.DialContext
	}
	return d
}

// run connects again and again. It returns nil when ctx ends, else what a person must know.
func (k *keeper) run(ctx context.Context) error {
	stop := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() { k.status.run(stop) })
	defer telling.Wait()
	defer close(stop)
	step := k.timing.BackoffFirst
	for {
		k.status.update(func(c *Connection) { c.State, c.RetryAt = Connecting, time.Time{} })
		l, err := k.once(ctx)
		if ctx.Err() != nil {
			k.status.set(Offline, time.Time{}, nil)
			return nil
		}
		if final, ok := errors.AsType[*finalError](err); ok {
			k.status.set(Offline, time.Time{}, final.err)
			return final.err
		}
		if k.lasted(l, step) {
			step = k.timing.BackoffFirst
		}
		wait := k.wait(l, err, step)
		step = min(2*step, k.timing.BackoffMost)
		k.log.Debug("connection ended", "err", err, "wait", wait)
		k.status.set(Offline, k.now().Add(wait), err)
		if !k.rest(ctx, wait) {
			k.status.set(Offline, time.Time{}, nil)
			return nil
		}
	}
}

// wait is how long to stay away: as the hub asked, not at all after a loss that isn't its fault, else a random
// time below the step ("full jitter", AWS Architecture Blog 2015).
func (k *keeper) wait(l *link, err error, step time.Duration) time.Duration {
	if l != nil && l.asked {
		return l.restart + randomBelow(l.restart)
	}
	if k.lasted(l, k.timing.BackoffFirst) && websocket.IsCloseError(err, wire.CloseSlow, wire.CloseSilent) {
		return 0
	}
	if e := assist.AsError(err); e != nil && e.RetryAfter > 0 {
		return e.RetryAfter + randomBelow(step)
	}
	return randomBelow(step)
}

// lasted tells whether a connection was live for at least d: a hub that welcomes and drops everybody must not be
// asked again and again without a rest.
func (k *keeper) lasted(l *link, d time.Duration) bool {
	return l != nil && l.heard && k.now().Sub(l.live) >= d
}

func randomBelow(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return time.Duration(rand.Int64N(int64(d)))
}

// rest waits; it reports false when ctx ended.
func (k *keeper) rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-k.kick:
	}
	return true
}

// retry makes the next try happen now, if run is waiting.
func (k *keeper) retry() {
	select {
	case k.kick <- struct{}{}:
	default:
	}
}

// once connects and serves one connection to its end. The link is nil if there was none.
func (k *keeper) once(ctx context.Context) (*link, error) {
	l, err := k.connect(ctx)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, l.close)
	defer stop()
	welcome := time.AfterFunc(k.timing.Dial, func() {
		if k.status.get().State != Live {
			l.close()
		}
	})
	defer welcome.Stop()
	err = l.read(k.timing.Silence, func(data []byte) error { return k.take(l, data) })
	k.role.lost()
	l.close()
	<-l.done
	return l, judge(err)
}

func (k *keeper) connect(ctx context.Context) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, k.timing.Dial)
	defer cancel()
	hello, err := k.role.hello(ctx)
	if err != nil {
		if e := assist.AsError(err); e != nil && !k.role.failed(e) {
			return nil, &finalError{err}
		}
		return nil, err
	}
	ws, resp, err := k.dialer.DialContext(ctx, k.url, nil)
	if err != nil {
		if resp != nil {
			err = fmt.Errorf("connect to %s: %s: %w", k.url, resp.Status, err)
		}
		return nil, err
	}
	l := newLink(ws)
	if _, err := l.command(hello); err != nil {
		l.close()
		<-l.done
		return nil, &finalError{err}
	}
	return l, nil
}

// take handles what both roles have in common and passes the rest on.
func (k *keeper) take(l *link, data []byte) error {
	kind := frameType(data)
	switch kind {
	case wire.TypePing:
		l.send(pong)
		return nil
	case "reconnect":
		var f wire.Reconnect
		if err := wire.DecodeHub(data, &f); err != nil {
			return err
		}
		l.restart, l.asked = time.Duration(f.AfterMS)*time.Millisecond, true
		return errRestart
	case "error":
		if !l.heard {
			return k.refused(data)
		}
	}
	welcomed, err := k.role.frame(l, kind, data)
	if welcomed && err == nil {
		l.heard, l.live = true, k.now()
		k.status.set(Live, time.Time{}, nil)
	}
	return err
}

var errRestart = errors.New("the hub restarts")

var pong = []byte(`{"t":"pong"}`)

// refused is hello answered by an error.
func (k *keeper) refused(data []byte) error {
	var f wire.Failure
	if err := wire.DecodeHub(data, &f); err != nil {
		return err
	}
	err := failure(f)
	if !k.role.failed(err) {
		return &finalError{err}
	}
	return err
}
