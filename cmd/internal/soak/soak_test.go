//go:build unix

package soak

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/cmd/internal/bench"

	"go.uber.org/goleak"
)

// TestMain finds goroutines of ours that outlive the test. toxiproxy leaves some of its own behind when a
// toxic goes while a connection is broken.
func TestMain(m *testing.M) {
	const proxy = "github.com/Shopify/toxiproxy/v2"
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(proxy+"/toxics.(*ToxicStub).Run"), goleak.IgnoreAnyFunction(proxy+"/stream.(*ChanWriter).Write"),
		goleak.IgnoreAnyFunction(proxy+"/stream.(*ChanReader).Read"), goleak.IgnoreAnyFunction(proxy+".(*ToxicLink).write"), goleak.IgnoreAnyFunction(proxy+".(*ToxicLink).read"))
}

const (
	agents    = 2
	customers = 6 // from the first round to the last, served by agents
)

var quiet = slog.New(slog.DiscardHandler)

// hasty makes clients come back quickly, so that many kills fit into a test.
var hasty = client.Timing{BackoffFirst: 20 * time.Millisecond, BackoffMost: 300 * time.Millisecond, Silence: 5 * time.Second, Dial: 3 * time.Second}

func rounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("DESKHAND_SOAK_ROUNDS")
	if text == "" {
		return 5
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("DESKHAND_SOAK_ROUNDS=%q is no number of rounds", text)
	}
	return n
}

// world is everything that goes on: a hub that dies, a network that misbehaves, and people.
type world struct {
	t       *testing.T
	binary  string
	data    string
	hub     *bench.Hub
	address string // of the hub, the same after every start
	network *network
	people  []bench.Login
	log     *record
	serving []*server
	writing []*writer
	running sync.WaitGroup
	seed    uint64
	rnd     *rand.Rand
}

func TestSoak_NothingAcknowledgedIsLost(t *testing.T) {
	n := rounds(t)
	w := newWorld(t)
	defer w.end()
	ctx, quit := context.WithCancel(t.Context())
	defer w.running.Wait()
	defer quit()
	for i := range agents {
		w.serving = append(w.serving, w.startAgent(ctx, w.people[i]))
	}
	for range customers {
		w.writing = append(w.writing, w.startCustomer(ctx, true))
	}
	for round := range n {
		guest := w.startCustomer(ctx, false) // talks to the bot
		w.writing = append(w.writing, guest)
		w.round(ctx, round)
		if round > 0 {
			w.writing[customers+round-1].pause() // the guest of the round before has said enough
		}
	}
	w.network.calm()
	for _, c := range w.writing {
		c.pause()
	}
	for _, s := range w.serving {
		s.silence()
	}
	w.settle()
	w.check(ctx, n)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, data: filepath.Join(t.TempDir(), "desk"), binary: filepath.Join(t.TempDir(), "deskhub"), log: newRecord(), seed: rand.Uint64()}
	t.Logf("seed %d", w.seed)
	w.rnd = rand.New(rand.NewPCG(w.seed, 1))
	if out, err := exec.Command("go", "build", "-o", w.binary, "deskhand/cmd/deskhub").CombinedOutput(); err != nil {
		t.Fatalf("build deskhub: %v\n%s", err, out)
	}
	people, err := bench.AddPeople(t.Context(), w.data, agents, "support")
	must(t, err)
	w.people = people
	w.start("127.0.0.1:0")
	w.address = w.hub.URL[len("http://"):]
	w.network = newNetwork(t, w.address)
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) start(listen string) {
	w.t.Helper()
	hub, err := bench.StartHub(w.t.Context(), bench.HubOptions{Binary: w.binary, Data: w.data, Listen: listen})
	must(w.t, err)
	w.hub = hub
}

func (w *world) end() {
	w.network.close()
	if err := w.hub.Stop(); err != nil {
		w.t.Error(err)
	}
}

// round lets people write for a while over a bad network, then ends the hub and starts it again.
func (w *world) round(ctx context.Context, n int) {
	w.network.misbehave(ctx, w.rnd)
	wait(ctx, between(w.rnd, 150, 500))
	if w.rnd.IntN(3) == 0 { // a machine that stands still for a moment
		must(w.t, w.hub.Signal(syscall.SIGSTOP))
		wait(ctx, between(w.rnd, 50, 400))
		must(w.t, w.hub.Signal(syscall.SIGCONT))
		wait(ctx, between(w.rnd, 0, 100))
	}
	if n%7 == 6 {
		must(w.t, w.hub.Stop())
	} else {
		must(w.t, w.hub.Kill())
	}
	w.start(w.address)
	w.network.calm()
	wait(ctx, between(w.rnd, 100, 400)) // so that clients come back and the next round has work to interrupt
}

func between(r *rand.Rand, low, high int) time.Duration {
	return time.Duration(low+r.IntN(high-low+1)) * time.Millisecond
}

// wait lets real time pass: what is waited for are other processes, which no clock of ours drives.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// settle waits until everybody's outbox is empty.
func (w *world) settle() {
	w.t.Helper()
	late := time.Now().Add(60 * time.Second)
	for {
		left := 0
		for _, c := range w.writing {
			left += pending(c.customer.Waiting())
		}
		for _, s := range w.serving {
			left += pending(s.agent.Waiting())
		}
		if left == 0 {
			return
		}
		if time.Now().After(late) {
			w.t.Fatalf("%d messages are still not acknowledged; the hub says: %s", left, w.hub.Stderr())
		}
		wait(w.t.Context(), 20*time.Millisecond)
	}
}

func pending(all []client.Outgoing) (n int) {
	for _, m := range all {
		if m.Refused == 0 {
			n++
		}
	}
	return n
}

// numbered texts are said once in the whole world.
func numbered(who string, n int) string { return fmt.Sprintf("%s says %d", who, n) }

type conversationID = assist.ConversationID
