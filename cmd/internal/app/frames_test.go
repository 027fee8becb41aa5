package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/config"

	"github.com/gorilla/websocket"
)

// refusals are frames that no hub takes, with the numbers that PROTOCOL.md gives them.
var refusals = []struct {
	what, frame string
	code        assist.Code
}{
	{"no JSON", `hello`, assist.CodeBadJSON},
	{"an array", `[{"t":"ping"}]`, assist.CodeBadField},
	{"two objects", `{"t":"ping"}{"t":"ping"}`, assist.CodeBadJSON},
	{"nothing", ``, assist.CodeBadJSON},
	{"a key twice", `{"t":"ping","t":"ping"}`, assist.CodeDuplicateKey},
	{"a deep frame", `{"t":"ping","x":` + strings.Repeat("[", 17) + strings.Repeat("]", 17) + `}`, assist.CodeTooDeep},
	{"no type", `{"ref":"1"}`, assist.CodeBadField},
	{"a type that isn't there", `{"t":"nope"}`, assist.CodeUnknownType},
	{"a type in another case", `{"t":"Typing"}`, assist.CodeUnknownType},
	{"a type that is a number", `{"t":1}`, assist.CodeBadField},
	{"an unknown field", `{"t":"typing","nope":1}`, assist.CodeBadField},
	{"an unknown field of a ping", `{"t":"ping","nope":1}`, assist.CodeBadField},
	{"an unknown field of a pong", `{"t":"pong","nope":1}`, assist.CodeBadField},
	{"a field in another case", `{"t":"typing","OFF":true}`, assist.CodeBadField},
	{"a field of the wrong type", `{"t":"typing","off":"yes"}`, assist.CodeBadField},
	{"a long ref", `{"t":"ping","ref":"` + strings.Repeat("x", 65) + `"}`, assist.CodeBadField},
}

func TestFrames_ARefusedOneIsAnsweredAndTheConnectionStays(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	for _, tc := range refusals {
		for kind, p := range map[string]*peer{"customer": d.customer(shop), "agent": d.agent("li")} {
			p.try(tc.frame)
			f := p.next("error")
			if f.num("code") != int(tc.code) || f.text("name") != tc.code.String() {
				t.Errorf("%s from the %s: got %v, want %d", tc.what, kind, f, tc.code)
			}
			p.send(frame{"t": "ping"})
			p.next("pong")
			p.hangUp()
		}
	}
}

func TestFrames_BeforeAndAfterHello(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	for _, path := range []string{"/ws/customer", "/ws/agent"} {
		p := d.dial(path, nil)
		if got := p.codeOf(frame{"t": "send", "text": "x"}); got != int(assist.CodeHelloFirst) {
			t.Errorf("%s: send before hello: got %d, want %d", path, got, assist.CodeHelloFirst)
		}
		p.send(frame{"t": "ping"})
		p.next("pong")
		if got := p.codeOf(frame{"t": "hello", "v": 2, "inbox": shop, "ticket": "x"}); path == "/ws/customer" && got != int(assist.CodeBadField) {
			t.Errorf("a ticket from a customer: got %d, want %d", got, assist.CodeBadField)
		}
	}
	c, a := d.customer(shop), d.agent("li")
	if got := c.codeOf(frame{"t": "hello", "v": 1, "inbox": shop}); got != int(assist.CodeHelloAgain) {
		t.Errorf("a second hello of a customer: got %d, want %d", got, assist.CodeHelloAgain)
	}
	if got := a.codeOf(frame{"t": "hello", "v": 1, "ticket": d.ticket("li")}); got != int(assist.CodeHelloAgain) {
		t.Errorf("a second hello of an agent: got %d, want %d", got, assist.CodeHelloAgain)
	}
	p := d.dial("/ws/customer", nil)
	if got := p.codeOf(frame{"t": "hello", "v": 2, "inbox": shop}); got != int(assist.CodeBadVersion) {
		t.Errorf("version 2: got %d, want %d", got, assist.CodeBadVersion)
	}
}

// Faults that end a connection, with the error before and the close code after it.
func TestFrames_ThatEndTheConnection(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	large := []byte(`{"t":"typing","text":"` + strings.Repeat("x", 1<<20) + `"}`)
	for _, tc := range []struct {
		what string
		kind int
		data []byte
		code assist.Code
		want int
	}{
		{"binary", websocket.BinaryMessage, []byte(`{"t":"ping"}`), assist.CodeNotText, wire.CloseNotText},
		{"not UTF-8", websocket.TextMessage, []byte("{\"t\":\"typing\",\"text\":\"\xff\"}"), assist.CodeBadUTF8, wire.CloseBadUTF8},
		{"too large", websocket.TextMessage, large, assist.CodeFrameTooLarge, wire.CloseTooLarge},
		{"too large and binary", websocket.BinaryMessage, large, assist.CodeNotText, wire.CloseNotText},
	} {
		for kind, p := range map[string]*peer{"customer": d.customer(shop), "agent": d.agent("li")} {
			p.write.Lock()
			_ = p.ws.WriteMessage(tc.kind, tc.data)
			p.write.Unlock()
			if f := p.next("error"); f.num("code") != int(tc.code) {
				t.Errorf("%s from the %s: got %v, want %d", tc.what, kind, f, tc.code)
			}
			if got := p.closed(); got != tc.want {
				t.Errorf("%s from the %s: closed with %d, want %d", tc.what, kind, got, tc.want)
			}
		}
	}
}

func TestFrames_TenRefusedEndTheConnection(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	for _, p := range []*peer{d.customer(shop), d.agent("li")} {
		for range wire.MaxBadFrames {
			p.try(`{"t":"nope"}`)
		}
		if got := p.closed(); got != wire.CloseProtocol {
			t.Errorf("closed with %d, want %d", got, wire.CloseProtocol)
		}
		if got := strings.Count(p.everything(), `"unknown_type"`); got != wire.MaxBadFrames {
			t.Errorf("%d of %d were answered", got, wire.MaxBadFrames)
		}
	}
}

func TestFrames_AFloodIsSlowedDownAndThenEnded(t *testing.T) {
	d := openDesk(t, func(c *config.Config) { c.Limits.FramesPerSecond, c.Limits.FramesBurst = 1, 10 })
	p := d.customer(shop)
	for range 30 {
		p.try(`{"t":"ping"}`)
	}
	f := p.next("error")
	if f.num("code") != int(assist.CodeRateLimited) || f.num("retry_after_ms") <= 0 {
		t.Errorf("got %v, want %d with a wait", f, assist.CodeRateLimited)
	}
	// Frames that came too fast were not looked at: they are no refused frames in the protocol's sense.
	d.clock.pass(time.Minute)
	for range 200 {
		p.try(`{"t":"ping"}`)
	}
	if got := p.closed(); got != wire.CloseRateLimited {
		t.Errorf("closed with %d, want %d", got, wire.CloseRateLimited)
	}
}

func TestFrames_TooManyMessagesAreToldToWaitByName(t *testing.T) {
	d := openDesk(t, func(c *config.Config) { c.Limits.MessagesPerMinute = 1 })
	p := d.customer(shop)
	refused := 0
	for range wire.MaxUnacked + 5 {
		f := p.ask(frame{"t": "send", "client_id": newID(), "text": "hi"})
		if f["t"] == "error" {
			if f.num("code") != int(assist.CodeRateLimited) || f.text("client_id") == "" || f.num("retry_after_ms") <= 0 {
				t.Fatalf("got %v", f)
			}
			refused++
		}
	}
	if refused == 0 {
		t.Error("none was refused")
	}
	for _, f := range []frame{{"t": "human"}, {"t": "language", "language": "zh"}, {"t": "rate", "score": 1}} {
		if got := p.codeOf(f); got != int(assist.CodeRateLimited) {
			t.Errorf("%s above the rate: got %d, want %d", f["t"], got, assist.CodeRateLimited)
		}
	}
}

// Whoever connects and says nothing, or half a frame, is sent away in time.
func TestHello_ThatNeverComes(t *testing.T) {
	d := openDesk(t)
	silent, half := d.dial("/ws/customer", nil), d.dial("/ws/agent", nil)
	w, err := half.ws.NextWriter(websocket.TextMessage)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(strings.Repeat(" ", 5000))); err != nil { // more than the writer's buffer: a first fragment goes out
		t.Fatal(err)
	}
	d.clock.pass(wire.HelloWithin + time.Second)
	for _, p := range []*peer{silent, half} {
		if got := p.closed(); got != wire.CloseProtocol {
			t.Errorf("closed with %d, want %d", got, wire.CloseProtocol)
		}
	}
}

func TestHeartbeat_WhoDoesNotAnswerIsSentAway(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	for _, connect := range []func() *peer{func() *peer { return d.customer(shop) }, func() *peer { return d.agent("li") }} {
		p := connect()
		p.write.Lock() // so that nothing answers the ping
		d.clock.pass(wire.PingEvery + wire.PingJitter + time.Second)
		p.next("ping")
		d.clock.pass(wire.PongWithin + time.Second)
		if got := p.closed(); got != wire.CloseSilent {
			t.Errorf("closed with %d, want %d", got, wire.CloseSilent)
		}
		p.write.Unlock()
	}
}

func TestHeartbeat_WhoAnswersStays(t *testing.T) {
	d := openDesk(t, fast)
	p := d.customer(shop)
	for range 3 {
		d.clock.pass(wire.PingEvery + wire.PingJitter + time.Second)
		p.next("ping")
		p.send(frame{"t": "pong"})
		p.send(frame{"t": "ping"})
		p.next("pong") // the hub has heard both
	}
	p.say("still here")
}

func TestOrigins(t *testing.T) {
	d := openDesk(t, fast)
	own := d.app.URL()
	for _, tc := range []struct {
		path, origin string
		inbox        assist.InboxID
		status       int // of the handshake
		code         assist.Code
	}{
		{"/ws/customer", "", shop, 101, 0},
		{"/ws/customer", own, shop, 101, 0},
		{"/ws/customer", "https://shop.example", shop, 101, 0},
		{"/ws/customer", "https://shop.example", counter, 101, assist.CodeBadOrigin},
		{"/ws/customer", "https://shop.example.evil.org", shop, 403, 0},
		{"/ws/customer", "http://shop.example", shop, 403, 0},
		{"/ws/customer", "null", shop, 403, 0},
		{"/ws/agent", "https://shop.example", "", 403, 0},
		{"/ws/agent", own, "", 101, 0},
	} {
		h := http.Header{}
		if tc.origin != "" {
			h.Set("Origin", tc.origin)
		}
		p, status, _ := d.tryDial(tc.path, h)
		if status != tc.status {
			t.Errorf("%s from %q: got status %d, want %d", tc.path, tc.origin, status, tc.status)
		}
		if p == nil || tc.path == "/ws/agent" {
			continue
		}
		p.send(frame{"t": "hello", "v": 1, "inbox": tc.inbox})
		if tc.code == 0 {
			p.next("welcome")
			continue
		}
		if f := p.next("error"); f.num("code") != int(tc.code) {
			t.Errorf("%s from %q: got %v, want %d", tc.path, tc.origin, f, tc.code)
		}
		if got := p.closed(); got != wire.CloseAuth {
			t.Errorf("closed with %d, want %d", got, wire.CloseAuth)
		}
	}
}
