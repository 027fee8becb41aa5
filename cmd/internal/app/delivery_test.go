package app_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/config"

	"github.com/google/uuid"
)

func TestSend_ARepeatGetsTheFirstAckAndIsStoredOnce(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(counter)
	id := uuid.NewString()
	first := c.must(frame{"t": "send", "client_id": id, "text": "once"})
	for _, again := range []string{id, strings.ToUpper(id)} {
		got := c.must(frame{"t": "send", "client_id": again, "text": "once"})
		if got["duplicate"] != true || got["seq"] != first["seq"] || got["at"] != first["at"] || got["conversation"] != first["conversation"] {
			t.Errorf("got %v, want the ack %v again", got, first)
		}
	}
	li.must(do("accept", first.num("conversation")))
	note := note(first.num("conversation"), "private")
	one, two := li.must(note), li.must(note)
	if two["duplicate"] != true || one["rev"] != two["rev"] || one["seq"] != nil {
		t.Errorf("a note twice: got %v and %v", one, two)
	}
}

// Many senders at once: each message is acked, each reader gets each seq once, in order, without gaps.
func TestSend_EveryReaderGetsEveryMessageOnceInOrder(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(counter)
	c.say("hello")
	li.must(do("accept", c.conv))
	li.must(frame{"t": "open", "conversation": c.conv})
	tab := d.customer(counter, frame{"token": c.token})
	const each = 40
	var wg sync.WaitGroup
	for _, p := range []*peer{c, tab, li} {
		wg.Go(func() {
			for i := range each {
				f := frame{"t": "send", "client_id": uuid.NewString(), "text": fmt.Sprint(i)}
				if p == li {
					f["conversation"] = c.conv
				}
				p.send(f)
			}
		})
	}
	wg.Wait()
	last := 3 + 3*each // after the hello and its two lines
	for who, p := range map[string]*peer{"page": c, "other tab": tab, "desktop": li} {
		p.await(who+" gets the last", func(f frame) bool {
			return max(f.num("seq"), f.num("message", "seq"), f.num("event", "data", "message", "seq")) == last
		})
	}
	for who, p := range map[string]*peer{"page": c, "other tab": tab} {
		seqs := slices.DeleteFunc(p.seqs(), func(n int) bool { return n <= 3 })
		if len(seqs) != 3*each || !slices.IsSorted(seqs) || len(slices.Compact(slices.Clone(seqs))) != len(seqs) {
			t.Errorf("%s got %v", who, seqs)
		}
	}
}

// seqs are the numbers of all messages that a page knows of, from acks and messages, in the order they came.
func (p *peer) seqs() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []int
	for _, f := range p.frames {
		switch {
		case f["t"] == "ack" && f.num("seq") > 0:
			out = append(out, f.num("seq"))
		case f["t"] == "message":
			out = append(out, f.num("message", "seq"))
		}
	}
	return out
}

// Messages as long as they may be: history, opening and lists bring them to whoever reads, however many bytes.
func TestHistory_OfTheLongestMessagesReachesItsReaders(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(counter)
	long := strings.Repeat("长", assist.MaxText)
	for range 30 {
		c.say(long)
	}
	li.must(do("accept", c.conv))
	for range 12 { // together several megabytes, asked for at once
		li.send(frame{"t": "open", "conversation": c.conv})
		li.send(frame{"t": "history", "conversation": c.conv, "before_rev": 1 << 40, "limit": 200})
	}
	if got := li.must(frame{"t": "open", "conversation": c.conv}); len(list(got, "messages")) == 0 {
		t.Errorf("opened without messages")
	}
	again := d.customer(counter, frame{"token": c.token})
	got := again.next("history")
	n := len(list(got, "messages"))
	for got["more"] == true {
		first, _ := list(got, "messages")[0].(map[string]any)
		got = again.must(frame{"t": "history", "before": first["seq"], "limit": 200})
		n += len(list(got, "messages"))
	}
	if want := 30 + 2; n != want { // and the lines "waiting", "joined"
		t.Errorf("the page got %d messages, want %d", n, want)
	}
	again.say("and on")
}

func TestResume_BringsWhatIsMissingAndNoMore(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(counter)
	c.say("one")
	li.must(do("accept", c.conv))
	c.hangUp()
	li.must(reply(c.conv, "two"))
	li.must(note(c.conv, "not for you"))
	li.must(reply(c.conv, "three"))
	w := d.dial("/ws/customer", nil)
	w.send(frame{"t": "hello", "v": 1, "inbox": counter, "token": c.token})
	welcome := w.next("welcome")
	back := d.customer(counter, frame{"token": c.token, "resume": frame{"conversation": c.conv, "seq": 3, "epoch": welcome["epoch"]}})
	h := back.next("history")
	if h["reset"] == true || len(list(h, "messages")) != 2 {
		t.Errorf("got %v, want the two replies", h)
	}
	other := d.customer(counter, frame{"token": c.token, "resume": frame{"conversation": c.conv, "seq": 3, "epoch": "another"}})
	if h := other.next("history"); h["reset"] != true || len(list(h, "messages")) != 5 {
		t.Errorf("with another epoch: got %v, want all with reset", h)
	}
	back.say("I'm back")
	if seqs := back.seqs(); !slices.Equal(seqs, []int{6}) {
		t.Errorf("after the resume: got %v", seqs)
	}
}

func TestDrain_TellsEverybodyWhenToComeBack(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(counter)
	c.say("hello")
	stop := make(chan struct{})
	go func() { // somebody who goes on connecting while the hub stops
		defer close(stop)
		for range 200 {
			if p, _, err := d.tryDial("/ws/customer", nil); err == nil {
				p.send(frame{"t": "hello", "v": 1, "inbox": counter})
			}
		}
	}()
	d.close()
	for who, p := range map[string]*peer{"agent": li, "customer": c} {
		if f := p.next("reconnect"); f.num("after_ms") <= 0 {
			t.Errorf("%s: got %v", who, f)
		}
		if got := p.closed(); got != wire.CloseGoingAway {
			t.Errorf("%s: closed with %d, want %d", who, got, wire.CloseGoingAway)
		}
	}
	<-stop
	d.start()
	back := d.customer(counter, frame{"token": c.token})
	if back.conv != c.conv {
		t.Errorf("after the restart: conversation %d, want %d", back.conv, c.conv)
	}
}

func TestAgentDrops_TheQueueGetsWhatTheyHadAndTheCustomerIsTold(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Routing.AgentGrace = 20 * time.Second })
	d.hire("li", assist.RoleAgent)
	d.hire("anna", assist.RoleAgent)
	li, anna, c := d.agent("li"), d.agent("anna"), d.customer(counter)
	c.say("hello")
	d.clock.pass(15 * time.Second) // the grace of the hub's own start is over soon
	c.heartbeat()
	anna.heartbeat()
	li.heartbeat()
	li.must(do("accept", c.conv))
	li.hangUp()
	d.clock.pass(10 * time.Second) // a short loss re-queues nothing
	li = d.agent("li")
	if got := li.codeOf(reply(c.conv, "still here")); got != 0 {
		t.Fatalf("after a short loss: got %d", got)
	}
	li.hangUp()
	for range 3 { // in steps, so that nobody else misses a heartbeat
		d.clock.pass(7 * time.Second)
		c.heartbeat()
		anna.heartbeat()
	}
	c.await("the customer is told", func(f frame) bool { return f.at("message", "activity", "code") == "agent_lost" })
	c.await("the status", func(f frame) bool { return f["t"] == "status" && f["status"] == "waiting" })
	anna.await("the team is told", func(f frame) bool { return f["t"] == "alert" && f["kind"] == "requeued" })
	anna.must(do("accept", c.conv))
	back := d.agent("li")
	if got := back.codeOf(reply(c.conv, "mine?")); got != int(assist.CodeNotOwner) {
		t.Errorf("who dropped off still answers: got %d", got)
	}
}

// What was marked as read right after accepting counts, whatever the lists have told by then.
func TestMark_RightAfterAccepting(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	d.hire("anna", assist.RoleAgent)
	li, anna, c := d.agent("li"), d.agent("anna"), d.customer(counter)
	seq := c.say("hello").num("seq")
	anna.send(frame{"t": "mark", "conversation": c.conv, "read": seq}) // only looks
	anna.must(frame{"t": "list"})
	if contains(c.everything(), fmt.Sprintf(`"read":%d`, seq)) {
		t.Error("who only looked on made it read")
	}
	li.must(do("accept", c.conv))
	li.send(frame{"t": "mark", "conversation": c.conv, "read": seq})
	c.await("the mark", func(f frame) bool { return f["t"] == "marks" && f.num("read") >= seq })
}

// Only whoever has the conversation is seen typing by the customer.
func TestTyping_OfALookerOnStaysInside(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	d.hire("boss", assist.RoleSupervisor)
	li, boss, c := d.agent("li"), d.agent("boss"), d.customer(counter)
	c.say("hello")
	li.must(do("accept", c.conv))
	li.must(frame{"t": "open", "conversation": c.conv})
	boss.must(frame{"t": "open", "conversation": c.conv})
	boss.send(frame{"t": "typing", "conversation": c.conv})
	boss.must(frame{"t": "list"})
	li.await("the colleague sees it", func(f frame) bool { return f["t"] == "typing" })
	li.send(frame{"t": "typing", "conversation": c.conv})
	if f := c.next("typing"); f.text("name") != "Name of li" {
		t.Errorf("the customer sees %v typing", f)
	}
}

func TestAssign_ToNobodyWhoIsHere(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("boss", assist.RoleSupervisor)
	gone := d.hire("gone", assist.RoleAgent)
	boss, c := d.agent("boss"), d.customer(counter)
	c.say("hello")
	if got := boss.codeOf(do("assign", c.conv, frame{"agent": gone.ID})); got != int(assist.CodeWrongStatus) {
		t.Errorf("got %d, want %d", got, assist.CodeWrongStatus)
	}
	if got := boss.codeOf(do("assign", c.conv, frame{"agent": 999})); got != int(assist.CodeNotFound) {
		t.Errorf("to an agent who isn't there at all: got %d", got)
	}
}
