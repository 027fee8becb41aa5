package client_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/client/outboxtest"
	"deskhand/assist/wire"

	"pgregory.net/rapid"
)

// pair is a customer and the agent who has accepted the conversation, each with a view.
type pair struct {
	desk               *desk
	customer           *client.Customer
	agent              *client.Agent
	sees, serves       *view // of the customer, of the agent
	customerBox, agBox *client.Memory
	token              string
	session            string
	conversation       assist.ConversationID
	inFlight           int // of the customer; 0: the default
	stops              []func()
	said               map[string][]string // by whom, in order
}

func startPair(t outboxtest.TB, d *desk) *pair {
	t.Helper()
	p := &pair{desk: d, sees: newView(), serves: newView(), customerBox: client.NewMemory(), agBox: client.NewMemory(), said: map[string][]string{}}
	var err error
	p.session, _, _, err = client.SignIn(context.Background(), d.url(), "li", password, "test")
	must(t, err)
	p.startCustomer(t)
	p.say(t, "hello")
	p.sees.within(t, "the first ack", patience, func() bool { return len(p.sees.mine) == 0 })
	p.conversation = p.customer.Resume().Conversation
	p.startAgent(t)
	p.serves.live(t)
	_, err = p.agent.Call(context.Background(), wire.AgentDo{Do: wire.DoAccept, Conversation: p.conversation})
	must(t, err)
	p.agent.Open(p.conversation)
	p.serves.within(t, "the opened conversation", patience, func() bool { return len(p.serves.lines) > 0 })
	return p
}

func (p *pair) startCustomer(t outboxtest.TB) {
	t.Helper()
	c, err := client.NewCustomer(client.CustomerOptions{Hub: p.desk.url(), Inbox: inboxID, Token: p.token, Outbox: p.customerBox,
		Handle: p.sees.customerFrame, Connection: p.sees.connection, Log: quiet, Timing: hasty, InFlight: p.inFlight})
	must(t, err)
	p.customer = c
	stop := p.sees.run(c.Run)
	p.sees.live(t)
	p.token = c.Token()
	p.stops = append(p.stops, stop)
}

func (p *pair) startAgent(t outboxtest.TB) {
	t.Helper()
	a, err := client.NewAgent(client.AgentOptions{Hub: p.desk.url(), Session: p.session, Outbox: p.agBox,
		Handle: p.serves.agentFrame, Connection: p.serves.connection, Log: quiet, Timing: hasty})
	must(t, err)
	p.agent = a
	p.stops = append(p.stops, p.serves.run(a.Run))
}

func (p *pair) stop() {
	for _, s := range p.stops {
		s()
	}
	p.stops = nil
}

func (p *pair) say(t outboxtest.TB, text string) {
	t.Helper()
	p.said["customer"] = append(p.said["customer"], text)
	p.sees.post(t, text, func() (assist.ClientID, error) { return p.customer.Send(context.Background(), text) })
}

func (p *pair) reply(t outboxtest.TB, text string) {
	t.Helper()
	p.said["agent"] = append(p.said["agent"], text)
	p.serves.post(t, text, func() (assist.ClientID, error) {
		return p.agent.Post(context.Background(), client.Draft{Conversation: p.conversation, Text: text})
	})
}

// settle waits until both have sent and seen everything, and compares with what is stored.
func (p *pair) settle(t outboxtest.TB) {
	t.Helper()
	for _, v := range []*view{p.sees, p.serves} {
		v.live(t)
		v.within(t, "acks of everything", patience, func() bool { return len(v.mine) == 0 && v.link.Queued == 0 })
	}
	stored, err := p.desk.store.Messages(context.Background(), assist.MessageFilter{Conversation: p.conversation, Public: true, Limit: 1000})
	must(t, err)
	var want []line
	said := map[string][]string{}
	for i, m := range stored {
		if m.Seq != assist.Seq(i+1) {
			t.Fatalf("stored seq %d at place %d", m.Seq, i+1)
		}
		want = append(want, line{m.Seq, text(m.Kind, m.Text, m.Activity)})
		if m.Kind == assist.KindText {
			said[string(m.From.Kind)] = append(said[string(m.From.Kind)], m.Text)
		}
	}
	for who, texts := range p.said {
		if fmt.Sprint(said[who]) != fmt.Sprint(texts) {
			t.Fatalf("%s said\n%q\nstored is\n%q", who, texts, said[who])
		}
	}
	for who, v := range map[string]*view{"customer": p.sees, "agent": p.serves} {
		v.within(t, "everything on the screen of the "+who, patience, func() bool { return v.last() >= want[len(want)-1].seq })
		v.check(t, who, want)
	}
}

// fewer makes rapid try n times unless the command line says otherwise: each try starts a hub several times.
func fewer(t *testing.T, n int) {
	t.Helper()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		must(t, flag.Set("rapid.checks", strconv.Itoa(n)))
		t.Cleanup(func() { must(t, flag.Set("rapid.checks", f.DefValue)) })
	}
}

// TestDelivery_NothingLostDoubledOrOutOfOrder lets customer and agent write while the network is cut, the hub
// restarts and the desktop program is started anew, in any order that rapid thinks of.
func TestDelivery_NothingLostDoubledOrOutOfOrder(t *testing.T) {
	fewer(t, 12)
	root := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp(root, "desk")
		must(r, err)
		d := startDesk(r, dir)
		p := startPair(r, d)
		defer d.end(r)
		defer func() { p.stop() }()
		n := 0
		r.Repeat(map[string]func(*rapid.T){
			"customer writes": func(r *rapid.T) {
				for range rapid.IntRange(1, 12).Draw(r, "messages") {
					n++
					p.say(r, fmt.Sprintf("c%d 你好", n))
				}
			},
			"agent writes": func(r *rapid.T) {
				for range rapid.IntRange(1, 12).Draw(r, "messages") {
					n++
					p.reply(r, fmt.Sprintf("a%d", n))
				}
			},
			"network is cut": func(*rapid.T) { d.network.cut() },
			"hub restarts": func(r *rapid.T) {
				must(r, d.close(0))
				must(r, d.start())
			},
			"agent's program restarts": func(r *rapid.T) {
				p.stops[1]()
				p.stops = p.stops[:1]
				p.startAgent(r)
				p.agent.Open(p.conversation)
			},
			"all is quiet": func(r *rapid.T) { p.settle(r) },
		})
		p.settle(r)
	})
}
