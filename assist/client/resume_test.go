package client_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/client"
	"deskhand/assist/wire"

	"github.com/gorilla/websocket"
)

func TestAgent_ComesBackAfterADrain(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	must(t, d.close(50*time.Millisecond))
	p.serves.within(t, "being offline", patience, func() bool { return p.serves.link.State != client.Live })
	p.reply(t, "written while the hub was away")
	p.serves.within(t, "the true number of queued messages", patience, func() bool { return p.serves.link.Queued == 1 })
	if _, err := p.agent.Call(t.Context(), wire.AgentList{}); !errors.Is(err, client.ErrOffline) {
		t.Errorf("a call without a hub: got %v, want %v", err, client.ErrOffline)
	}
	must(t, d.start())
	p.settle(t)
}

// What colleagues took while the desktop was away leaves its lists.
func TestAgent_ResumeTakesOffWhatOthersHave(t *testing.T) {
	d := startDeskWith(t, &desk{dir: t.TempDir(), address: "127.0.0.1:0", sees: access.ScopeOwn})
	defer d.end(t)
	boss, err := d.access.AddUser(t.Context(), assist.BySystem(), access.NewUser{Login: "sam", Role: assist.RoleSupervisor, Password: password})
	must(t, err)
	p := startPair(t, d)
	defer func() { p.stop() }()
	direct := "http://" + d.address
	session, _, _, err := client.SignIn(t.Context(), direct, "sam", password, "test")
	must(t, err)
	sees := newView()
	a, err := client.NewAgent(client.AgentOptions{Hub: direct, Session: session, Handle: sees.agentFrame, Connection: sees.connection, Log: quiet, Timing: hasty})
	must(t, err)
	stop := sees.run(a.Run)
	defer stop()
	sees.live(t)
	d.network.fail(true)
	p.serves.within(t, "being offline", patience, func() bool { return p.serves.link.State != client.Live })
	_, err = a.Call(t.Context(), wire.AgentDo{Do: wire.DoAssign, Conversation: p.conversation, Agent: boss.ID})
	must(t, err)
	d.network.fail(false)
	p.serves.within(t, "the conversation to go", patience, func() bool {
		for _, f := range p.serves.frames {
			if g, ok := f.(wire.AgentGone); ok && g.Conversations[0] == p.conversation {
				return true
			}
		}
		return false
	})
}

// many stores conversations while nobody looks.
func many(t *testing.T, d *desk, n int) {
	t.Helper()
	writes := make([]assist.Write, n)
	for i := range writes {
		writes[i] = assist.Write{
			Start: &assist.Start{Inbox: inboxID, Identity: assist.Identity{Inbox: inboxID, Kind: assist.IdentityVisitor, Source: fmt.Sprintf("%d of %d", i, n)}},
			Decide: func(c assist.Conversation) ([]assist.Event, error) {
				by := assist.ByCustomer(c.Customer)
				return []assist.Event{{Actor: by, Data: assist.Started{Inbox: inboxID, Customer: c.Customer, Language: "en"}},
					{Actor: by, Data: assist.Queued{Queue: "support", Team: "support"}}}, nil
			},
		}
	}
	_, err := d.store.Commit(t.Context(), time.Now().UTC().Truncate(time.Millisecond), writes)
	must(t, err)
}

// list connects without the help of a client and reads the pages of the list, at most so many.
func list(t *testing.T, d *desk, session string, resume *wire.AgentResume, most int) (epoch assist.Epoch, pages []wire.AgentRows) {
	t.Helper()
	ticket, err := client.Ticket(t.Context(), d.url(), session)
	must(t, err)
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(d.url(), "http")+"/ws/agent", nil)
	must(t, err)
	defer ws.Close()
	hello, err := wire.EncodeCommand(wire.AgentHello{Head: wire.Head{T: wire.TypeHello}, V: wire.Version, Ticket: ticket, Resume: resume})
	must(t, err)
	must(t, ws.WriteMessage(websocket.TextMessage, hello))
	for {
		_, data, err := ws.ReadMessage()
		must(t, err)
		frames, err := wire.Split(data)
		must(t, err)
		for _, b := range frames {
			var head wire.Head
			must(t, wire.DecodeHub(b, &head))
			switch head.T {
			case "welcome":
				var f wire.AgentWelcome
				must(t, wire.DecodeHub(b, &f))
				epoch = f.Epoch
			case "rows":
				var f wire.AgentRows
				must(t, wire.DecodeHub(b, &f))
				if pages = append(pages, f); f.Done || len(pages) == most {
					return epoch, pages
				}
			}
		}
	}
}

// A list of changes that was cut off goes on after its last page.
func TestResume_GoesOnInTheMiddleOfAList(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	session, _, _, err := client.SignIn(t.Context(), d.url(), "li", password, "test")
	must(t, err)
	many(t, d, 1)
	epoch, fresh := list(t, d, session, nil, 10)
	many(t, d, 500)
	from := &wire.AgentResume{Epoch: epoch, Rev: fresh[0].Rev}
	_, cut := list(t, d, session, from, 1)
	if len(cut[0].Rows) != 200 || cut[0].Done || cut[0].Rev != cut[0].Rows[199].Rev {
		t.Fatalf("first page: %d rows, done %t, rev %d", len(cut[0].Rows), cut[0].Done, cut[0].Rev)
	}
	from.Rev = cut[0].Rev
	_, rest := list(t, d, session, from, 10)
	last, n := cut[0].Rev, 0
	for _, page := range rest {
		for _, r := range page.Rows {
			if r.Rev <= last {
				t.Fatalf("row of rev %d after %d", r.Rev, last)
			}
			last, n = r.Rev, n+1
		}
	}
	if n != 300 || !rest[len(rest)-1].Done {
		t.Errorf("%d rows in the rest, want 300", n)
	}
}
