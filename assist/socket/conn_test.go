package socket_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist/socket"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pair is a connection of the hub and the client at its other end.
type pair struct {
	t      *testing.T
	conn   *socket.Conn
	client *websocket.Conn
	served chan error // what Serve returned
	heard  chan string
}

func connect(t *testing.T, o socket.Options) *pair {
	t.Helper()
	p := &pair{t: t, served: make(chan error, 1), heard: make(chan string, 100)}
	made := make(chan *socket.Conn, 1)
	up := websocket.Upgrader{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		o.WS = ws
		c := socket.New(o)
		go func() { p.served <- c.Serve(func(b []byte) { p.heard <- string(b) }) }()
		made <- c
	}))
	t.Cleanup(server.Close)
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	p.client, p.conn = ws, <-made
	t.Cleanup(func() { _ = ws.Close(); p.conn.Kill() })
	return p
}

// read gives the frames of the next message, or the close code that came instead.
func (p *pair) read() ([]string, int) {
	p.t.Helper()
	_ = p.client.SetReadDeadline(time.Now().Add(20 * time.Second))
	_, b, err := p.client.ReadMessage()
	if err != nil {
		var ce *websocket.CloseError
		if !errors.As(err, &ce) {
			p.t.Fatalf("no close frame came: %v", err)
		}
		return nil, ce.Code
	}
	frames, err := wire.Split(b)
	if err != nil {
		p.t.Fatal(err)
	}
	out := make([]string, len(frames))
	for i, f := range frames {
		out[i] = string(f)
	}
	return out, 0
}

// drain reads until the connection closes.
func (p *pair) drain() (frames []string, code int) {
	p.t.Helper()
	for {
		some, code := p.read()
		if frames = append(frames, some...); code != 0 {
			return frames, code
		}
	}
}

func (p *pair) end() {
	p.t.Helper()
	select {
	case <-p.served:
	case <-time.After(20 * time.Second):
		p.t.Fatal("Serve did not return")
	}
}

// stall gives the writer more than the network takes, so that it waits for the client; release lets it go on.
func (p *pair) stall() (release func()) {
	p.t.Helper()
	p.conn.Send([]byte(`"` + strings.Repeat("x", 32<<20) + `"`))
	_ = p.client.SetReadDeadline(time.Now().Add(20 * time.Second))
	_, r, err := p.client.NextReader() // the writer has begun
	if err != nil {
		p.t.Fatal(err)
	}
	return func() {
		if _, err := io.Copy(io.Discard, r); err != nil {
			p.t.Fatal(err)
		}
	}
}

func TestSend_ManyGoroutinesKeepTheirOrder(t *testing.T) {
	p := connect(t, socket.Options{})
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 100 {
				if !p.conn.Send(fmt.Appendf(nil, `{"g":%d,"i":%d}`, g, i)) {
					t.Errorf("frame %d of %d was not taken", i, g)
				}
				p.conn.SendLast(fmt.Sprint("k", g), fmt.Appendf(nil, `{"last":%d}`, i))
			}
		})
	}
	wg.Wait()
	p.conn.Close(wire.CloseGoingAway, "bye")
	frames, code := p.drain()
	if code != wire.CloseGoingAway {
		t.Errorf("closed with %d", code)
	}
	next, n := [8]int{}, 0
	for _, f := range frames {
		var g, i int
		if _, err := fmt.Sscanf(f, `{"g":%d,"i":%d}`, &g, &i); err != nil {
			continue
		}
		if i != next[g] {
			t.Fatalf("of %d got %d, want %d", g, i, next[g])
		}
		next[g], n = i+1, n+1
	}
	if n != 800 {
		t.Errorf("got %d frames, want 800", n)
	}
	p.end()
}

func TestSend_WhoReadsTooSlowlyIsClosedAndTold(t *testing.T) {
	p := connect(t, socket.Options{MaxBuffer: 1000, WriteWithin: time.Minute})
	release := p.stall()
	sent := 0
	for p.conn.Send([]byte(`"` + strings.Repeat("y", 98) + `"`)) {
		if sent++; sent > 100 {
			t.Fatal("the buffer has no bound")
		}
	}
	if sent < 10 {
		t.Errorf("only %d frames of 100 bytes fitted into 1000", sent)
	}
	release()
	if frames, code := p.drain(); code != wire.CloseSlow || len(frames) != 0 {
		t.Errorf("got %d frames and %d, want none and %d", len(frames), code, wire.CloseSlow)
	}
	p.end()
}

func TestSendLast_KeepsTheLastValueAndForgetsMomentsFirst(t *testing.T) {
	p := connect(t, socket.Options{MaxBuffer: 1000, WriteWithin: time.Minute})
	release := p.stall()
	pad := strings.Repeat("z", 90)
	for i := range 5 {
		p.conn.SendMoment(fmt.Sprint("typing", i), fmt.Appendf(nil, `"typing %d %s"`, i, pad))
	}
	for i := range 20 { // the same two rows again and again take the room of two
		p.conn.SendLast(fmt.Sprint("row", i%2), fmt.Appendf(nil, `"row %d %s"`, i, pad))
	}
	for i := range 8 { // with these the moments have no room any more
		p.conn.SendLast(fmt.Sprint("other", i), fmt.Appendf(nil, `"other %d %s"`, i, pad))
	}
	p.conn.SendMoment("typing", []byte(`"typing late `+pad+`"`))
	if !p.conn.Send([]byte(`"message"`)) {
		t.Error("a message was refused for what is of the moment")
	}
	release()
	p.conn.Send([]byte(`"last"`))
	var got []string
	for len(got) < 12 {
		some, code := p.read()
		if code != 0 {
			t.Fatalf("closed with %d after %v", code, got)
		}
		for _, f := range some {
			got = append(got, strings.TrimSpace(strings.Trim(strings.TrimRight(strings.Trim(f, `"`), "z"), `"`)))
		}
	}
	text := strings.Join(got, ", ")
	if strings.Contains(text, "typing") || !strings.Contains(text, "row 18") || !strings.Contains(text, "row 19") || !strings.Contains(text, "other 7") ||
		!strings.HasPrefix(text, "message") {
		t.Errorf("got %s", text)
	}
}

func TestSendLast_ValuesWithoutBoundCloseTheConnection(t *testing.T) {
	p := connect(t, socket.Options{MaxBuffer: 1000, WriteWithin: time.Minute})
	release := p.stall()
	for i := range 50 {
		p.conn.SendLast(fmt.Sprint(i), []byte(`"`+strings.Repeat("y", 98)+`"`))
	}
	release()
	if _, code := p.drain(); code != wire.CloseSlow {
		t.Errorf("closed with %d, want %d", code, wire.CloseSlow)
	}
}

// Who asks for more than it reads waits itself; what the hub has to say meanwhile still finds room.
func TestSendWait_WaitsForRoomAndTakesNoneFromPushes(t *testing.T) {
	p := connect(t, socket.Options{MaxBuffer: 1000, WriteWithin: time.Minute})
	release := p.stall()
	var asking sync.WaitGroup
	asking.Go(func() {
		for i := range 40 {
			if !p.conn.SendWait(fmt.Appendf(nil, `"answer %d %s"`, i, strings.Repeat("a", 500))) {
				t.Errorf("answer %d was not taken", i)
			}
		}
	})
	for i := range 5 {
		if !p.conn.Send(fmt.Appendf(nil, `"push %d"`, i)) {
			t.Errorf("push %d found no room", i)
		}
	}
	release()
	answers, pushes := 0, 0
	for answers < 40 || pushes < 5 {
		frames, code := p.read()
		if code != 0 {
			t.Fatalf("closed with %d", code)
		}
		for _, f := range frames {
			if strings.HasPrefix(f, `"answer`) {
				answers++
			} else {
				pushes++
			}
		}
	}
	asking.Wait()
}

func TestSendWait_EndsWithTheConnection(t *testing.T) {
	p := connect(t, socket.Options{MaxBuffer: 1000, WriteWithin: time.Minute})
	p.stall()
	p.conn.SendWait([]byte(`"` + strings.Repeat("a", 5000) + `"`))
	done := make(chan bool)
	go func() { done <- p.conn.SendWait([]byte(`"b"`)) }()
	p.conn.Close(wire.CloseGoingAway, "bye")
	if <-done {
		t.Error("a frame was taken after the close")
	}
}

// A network that takes nothing ends the connection after WriteWithin.
func TestWrite_ADeadNetworkEndsTheConnection(t *testing.T) {
	p := connect(t, socket.Options{WriteWithin: 50 * time.Millisecond})
	p.stall()
	p.end()
}
