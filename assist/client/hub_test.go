package client_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/attach"
	"deskhand/assist/channel/webchat"
	"deskhand/assist/client"
	"deskhand/assist/client/outboxtest"
	"deskhand/assist/floor"
	"deskhand/assist/gateway"
	"deskhand/assist/hub"
	"deskhand/assist/ledger"
	"deskhand/storage/sqlite"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var quiet = slog.New(slog.DiscardHandler)

// desk is a hub over a real database: what customers and agents connect to, without bot and routing.
type desk struct {
	dir     string
	address string // host:port, kept over restarts
	most    int    // bytes that may wait for one client; 0: the default
	sees    access.Scope

	store   *sqlite.Store
	access  *access.Service
	webchat *webchat.Server
	gateway *gateway.Server
	http    *http.Server
	stop    context.CancelFunc // of everything but the ledger
	halt    context.CancelFunc // of the ledger
	working sync.WaitGroup
	writing sync.WaitGroup
	network *network
}

const (
	password = "correct horse battery staple"
	inboxID  = "shop"
)

// cheap keeps the race detector from spending its time on password hashes.
var cheap = access.Params{MemoryKiB: 64, Passes: 1, Lanes: 1}

func startDesk(t outboxtest.TB, dir string) *desk {
	t.Helper()
	return startDeskWith(t, &desk{dir: dir, address: "127.0.0.1:0"})
}

// startDeskWith is startDesk for one with limits of its own.
func startDeskWith(t outboxtest.TB, d *desk) *desk {
	t.Helper()
	must(t, d.start())
	_, err := d.access.AddUser(context.Background(), assist.BySystem(), access.NewUser{
		Login: "li", Name: "Li Wei", Role: assist.RoleAgent, Teams: []assist.TeamID{"support"}, Password: password})
	must(t, err)
	d.network = newNetwork(t, d.address)
	return d
}

func must(t outboxtest.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

// start opens the database and listens.
func (d *desk) start() (err error) {
	ctx := context.Background()
	if d.store, err = sqlite.Open(ctx, sqlite.Options{Dir: d.dir}); err != nil {
		return err
	}
	inbox := assist.Inbox{ID: inboxID, Name: "Shop", Queue: "support", Preview: true}
	err = errors.Join(d.store.SaveTeam(ctx, assist.BySystem(), assist.Team{ID: "support", Name: "Support"}),
		d.store.SaveQueue(ctx, assist.BySystem(), assist.Queue{ID: "support", Name: "Support", Team: "support"}))
	if err != nil {
		return err
	}
	if d.access, err = access.New(access.Options{Store: d.store, Passwords: cheap}); err != nil {
		return err
	}
	fan := hub.New()
	write, err := ledger.New(ledger.Options{Store: d.store, Publisher: fan, Log: quiet})
	if err != nil {
		return err
	}
	people := floor.New(d.store, []assist.Inbox{inbox}, time.Now)
	fan.Watch(people)
	here := hub.NewPresence(time.Now, nil)
	files := attach.Claims{Store: d.store}
	d.webchat, err = webchat.New(webchat.Options{Store: d.store, Ledger: write, Hub: fan, Identities: d.access, Files: files, Floor: lobby{people, here},
		Inboxes: []assist.Inbox{inbox}, Log: quiet, FramesPerSecond: 1000, FramesBurst: 1000, MessagesPerMinute: 100000, AddressMessagesPerMinute: 100000,
		MaxBuffer: d.most})
	if err != nil {
		return err
	}
	d.gateway, err = gateway.New(gateway.Options{Store: d.store, Ledger: write, Hub: fan, Floor: people,
		Policy: access.Policy{AgentsSee: d.sees}, Presence: here, Access: d.access, Files: files, Inboxes: []assist.Inbox{inbox}, Log: quiet,
		FramesPerSecond: 1000, FramesBurst: 1000, MessagesPerMinute: 100000, MaxBuffer: d.most})
	if err != nil {
		return err
	}
	fan.Watch(d.gateway.Sink())
	if err := people.Load(ctx); err != nil {
		return err
	}
	return d.serve(write)
}

func (d *desk) serve(write *ledger.Ledger) error {
	l, err := net.Listen("tcp", d.address)
	if err != nil {
		return err
	}
	d.address = l.Addr().String()
	mux := http.NewServeMux()
	mux.Handle("GET /ws/customer", d.webchat)
	d.gateway.Routes(mux)
	d.http = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	last, halt := context.WithCancel(context.Background())
	ctx, stop := context.WithCancel(context.Background())
	d.halt, d.stop = halt, stop
	d.writing.Go(func() { _ = write.Run(last) })
	d.working.Go(func() { _ = d.http.Serve(l) })
	d.working.Go(func() { _ = d.access.Run(ctx) })
	d.working.Go(func() { _ = d.webchat.Run(ctx) })
	d.working.Go(func() { _ = d.gateway.Run(ctx) })
	return nil
}

// close ends the hub in order: clients are told when to come back.
func (d *desk) close(after time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	d.webchat.Drain(ctx, after)
	d.gateway.Drain(ctx, after)
	err := d.http.Close()
	d.stop()
	d.working.Wait()
	d.halt()
	d.writing.Wait()
	return errors.Join(err, d.store.Close())
}

// end closes the desk and its network for good.
func (d *desk) end(t outboxtest.TB) {
	t.Helper()
	must(t, d.close(0))
	d.network.close()
}

// url is where clients reach the desk: through the network.
func (d *desk) url() string { return "http://" + d.network.address() }

// network is what lies between clients and hub: it can be cut.
type network struct {
	l      net.Listener
	target string
	wg     sync.WaitGroup

	mu    sync.Mutex // guards the fields below
	open  map[net.Conn]struct{}
	down  bool
	ended bool
}

func newNetwork(t outboxtest.TB, target string) *network {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	n := &network{l: l, target: target, open: map[net.Conn]struct{}{}}
	n.wg.Go(n.accept)
	return n
}

func (n *network) address() string { return n.l.Addr().String() }

func (n *network) accept() {
	for {
		in, err := n.l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", n.target)
		if err != nil {
			_ = in.Close()
			continue
		}
		n.mu.Lock()
		if n.ended || n.down {
			_, _ = in.Close(), out.Close()
			n.mu.Unlock()
			continue
		}
		n.open[in], n.open[out] = struct{}{}, struct{}{}
		n.mu.Unlock()
		n.wg.Go(func() { n.pass(in, out) })
		n.wg.Go(func() { n.pass(out, in) })
	}
}

func (n *network) pass(from, to net.Conn) {
	buf := make([]byte, 4096) // small: what lies in between at a cut is lost, as in a real network
	for {
		k, err := from.Read(buf)
		if k > 0 {
			if _, err := to.Write(buf[:k]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_, _ = from.Close(), to.Close()
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.open, from)
	delete(n.open, to)
}

// fail takes the network down, or brings it back.
func (n *network) fail(down bool) {
	n.mu.Lock()
	n.down = down
	n.mu.Unlock()
	if down {
		n.cut()
	}
}

// cut breaks every connection.
func (n *network) cut() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for c := range n.open {
		_ = c.Close()
	}
}

func (n *network) close() {
	_ = n.l.Close()
	n.mu.Lock()
	n.ended = true
	n.mu.Unlock()
	n.cut()
	n.wg.Wait()
}

// hasty makes clients come back at once: these tests are about what, not about when.
var hasty = client.Timing{BackoffFirst: 5 * time.Millisecond, BackoffMost: 40 * time.Millisecond}

// lobby is the floor as customers' pages see it.
type lobby struct {
	*floor.Floor
	here *hub.Presence
}

func (l lobby) Connected(id assist.AgentID) bool { return l.here.Connected(id) }
