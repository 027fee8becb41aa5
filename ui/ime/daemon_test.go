package ime

import (
	"bufio"
	"context"
	"log/slog"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/godbus/dbus/v5"

	"deskhand/ui/widget/field"
)

// bus starts a private D-Bus daemon and returns its address.
func bus(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address", "--address=unix:dir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("these tests need dbus-daemon (Debian: apt-get install dbus-daemon): %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("read the bus address: %v", err)
	}
	return strings.TrimSpace(address)
}

// daemon is an input method that answers the IBus protocol in the order of the wire, as the test scripts it.
type daemon struct {
	t    *testing.T
	conn *dbus.Conn
	key  func(d *daemon, m *dbus.Message) // ProcessKeyEvent

	mu    sync.Mutex
	calls []string
}

const contextPath = dbus.ObjectPath("/org/freedesktop/IBus/InputContext_1")

func startDaemon(t *testing.T, address string, key func(*daemon, *dbus.Message)) *daemon {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	d := &daemon{t: t, conn: conn, key: key}
	in := make(chan *dbus.Message, 4096)
	if reply, err := conn.RequestName(portalName, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("own %s: %v %v", portalName, reply, err)
	}
	conn.Eavesdrop(in)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case m := <-in:
				d.handle(m)
			case <-conn.Context().Done():
				return
			}
		}
	}()
	t.Cleanup(func() {
		d.die()
		<-done
	})
	return d
}

// die ends the daemon's connection. godbus would panic if it still eavesdropped then.
func (d *daemon) die() {
	d.conn.Eavesdrop(nil)
	_ = d.conn.Close()
}

func (d *daemon) handle(m *dbus.Message) {
	if m.Type != dbus.TypeMethodCall {
		return
	}
	member, _ := m.Headers[dbus.FieldMember].Value().(string)
	d.mu.Lock()
	d.calls = append(d.calls, member)
	d.mu.Unlock()
	switch member {
	case "CreateInputContext":
		d.reply(m, contextPath)
	case "ProcessKeyEvent":
		d.key(d, m)
	default:
		d.reply(m)
	}
}

func (d *daemon) count(member string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, c := range d.calls {
		if c == member {
			n++
		}
	}
	return n
}

func (d *daemon) reply(to *dbus.Message, body ...any) {
	m := &dbus.Message{Type: dbus.TypeMethodReply, Body: body, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldReplySerial: dbus.MakeVariant(to.Serial()), dbus.FieldDestination: to.Headers[dbus.FieldSender],
	}}
	d.send(m)
}

func (d *daemon) emit(to *dbus.Message, member string, body ...any) {
	m := &dbus.Message{Type: dbus.TypeSignal, Body: body, Headers: map[dbus.HeaderField]dbus.Variant{
		dbus.FieldPath: dbus.MakeVariant(contextPath), dbus.FieldInterface: dbus.MakeVariant(contextType),
		dbus.FieldMember: dbus.MakeVariant(member), dbus.FieldDestination: to.Headers[dbus.FieldSender],
	}}
	d.send(m)
}

func (d *daemon) send(m *dbus.Message) {
	if len(m.Body) > 0 {
		m.Headers[dbus.FieldSignature] = dbus.MakeVariant(dbus.SignatureOf(m.Body...))
	}
	d.conn.Send(m, nil)
}

type serialText struct {
	Name        string
	Attachments map[string]dbus.Variant
	Text        string
	Attributes  dbus.Variant
}

func ibus(s string) dbus.Variant {
	attrs := dbus.MakeVariant(struct {
		Name        string
		Attachments map[string]dbus.Variant
		List        []dbus.Variant
	}{"IBusAttrList", map[string]dbus.Variant{}, []dbus.Variant{}})
	return dbus.MakeVariant(serialText{"IBusText", map[string]dbus.Variant{}, s, attrs})
}

// sym is the keysym of a ProcessKeyEvent, and whether it is a release.
func sym(m *dbus.Message) (rune, bool) {
	return rune(m.Body[0].(uint32)), m.Body[2].(uint32)&stateRelease != 0
}

// desk is a test's main goroutine with a client that runs.
type desk struct {
	t      *testing.T
	posted chan func()
	client *Client
	stop   func()
}

func newDesk(t *testing.T, opt Options, address string) *desk {
	t.Helper()
	test.NewTempApp(t)
	d := &desk{t: t, posted: make(chan func(), 1<<16)}
	opt.Post = func(f func()) { d.posted <- f }
	opt.Log = slog.New(slog.DiscardHandler)
	opt.Env = func(key string) string {
		if key == "DBUS_SESSION_BUS_ADDRESS" {
			return address
		}
		return ""
	}
	c, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	d.client = c
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := c.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	d.stop = sync.OnceFunc(func() {
		cancel()
		<-done
	})
	t.Cleanup(d.stop)
	return d
}

// until does what is posted until the condition holds.
func (d *desk) until(what string, cond func() bool) {
	d.t.Helper()
	deadline := time.After(20 * time.Second)
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for !cond() {
		select {
		case f := <-d.posted:
			f()
		case <-poll.C: // the condition may hang on the daemon
		case <-deadline:
			d.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (d *desk) field() *field.Field {
	f := field.New(field.Options{Multiline: true, Input: d.client})
	f.FocusGained()
	return f
}
