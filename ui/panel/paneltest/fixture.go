// Package paneltest is what the tests of panels stand on: a desk with a hub that remembers what was asked of it, a clock
// that is set by hand, and work that is done at once.
package paneltest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	uiclient "deskhand/ui/client"
	"deskhand/ui/lang"
	"deskhand/ui/panel"
	"deskhand/ui/state"
)

// Hub is a hub of a test. Answer, if set, answers Call; else every command is acknowledged.
type Hub struct {
	Calls    []any
	Posts    []uiclient.Draft
	Retried  []assist.ClientID
	Dropped  []assist.ClientID
	Marked   map[assist.ConversationID]assist.Seq
	Typings  []string // "4 on", "4 off"
	Uploads  map[string]string
	Answer   func(command any) (wire.Frame, error)
	PostErr  error
	Unsent   []client.Outgoing
	Reopened int
}

// Call implements uiclient.Hub.
func (h *Hub) Call(_ context.Context, command any) (wire.Frame, error) {
	h.Calls = append(h.Calls, command)
	if h.Answer != nil {
		return h.Answer(command)
	}
	return wire.Ack{}, nil
}

// Post implements uiclient.Hub.
func (h *Hub) Post(_ context.Context, d uiclient.Draft) (assist.ClientID, error) {
	if h.PostErr != nil {
		return "", h.PostErr
	}
	h.Posts = append(h.Posts, d)
	return ClientID(len(h.Posts)), nil
}

// ClientID is the id of the n-th message that a Hub was given.
func ClientID(n int) assist.ClientID {
	s := strconv.Itoa(n)
	return assist.ClientID("00000000-0000-7000-8000-000000000000"[:36-len(s)] + s)
}

// Retry implements uiclient.Hub.
func (h *Hub) Retry(_ context.Context, id assist.ClientID) error {
	h.Retried = append(h.Retried, id)
	return nil
}

// Discard implements uiclient.Hub.
func (h *Hub) Discard(_ context.Context, id assist.ClientID) error {
	h.Dropped = append(h.Dropped, id)
	return nil
}

// Waiting implements uiclient.Hub.
func (h *Hub) Waiting() []client.Outgoing { return h.Unsent }

// Open implements uiclient.Hub.
func (h *Hub) Open(assist.ConversationID) { h.Reopened++ }

// Close implements uiclient.Hub.
func (h *Hub) Close(assist.ConversationID) {}

// Typing implements uiclient.Hub.
func (h *Hub) Typing(id assist.ConversationID, off bool) {
	word := " on"
	if off {
		word = " off"
	}
	h.Typings = append(h.Typings, strconv.FormatInt(int64(id), 10)+word)
}

// Mark implements uiclient.Hub.
func (h *Hub) Mark(id assist.ConversationID, read assist.Seq) { h.Marked[id] = read }

// Upload implements uiclient.Hub.
func (h *Hub) Upload(_ context.Context, name string, content io.Reader) (assist.Attachment, error) {
	b, err := io.ReadAll(content)
	if err != nil {
		return assist.Attachment{}, err
	}
	h.Uploads[name] = string(b)
	return assist.Attachment{ID: assist.AttachmentID("id-" + name), Name: name, Size: int64(len(b))}, nil
}

// Download implements uiclient.Hub.
func (h *Hub) Download(context.Context, assist.AttachmentID) (io.ReadCloser, error) {
	return nil, errors.New("nothing to download")
}

// Reconnect implements uiclient.Hub.
func (h *Hub) Reconnect() {}

// values is a Memory in memory.
type values struct{ kept sync.Map }

func (v *values) Value(_ context.Context, key string) (string, error) {
	s, _ := v.kept.Load(key)
	text, _ := s.(string)
	return text, nil
}

func (v *values) SetValue(_ context.Context, key, value string) error {
	v.kept.Store(key, value)
	return nil
}

// Fixture is a desk of a test.
type Fixture struct {
	*panel.Desk
	Fake  *Hub
	Clock time.Time
	Told  []string // notices, errors with "! " before them
	last  state.Change
}

// Me is the agent of a fixture.
const Me assist.AgentID = 7

// New returns a desk in English at ten o'clock UTC, signed in as Li Wei with an agent's rights and nothing in the
// lists.
func New(t testing.TB) *Fixture {
	t.Helper()
	words, err := lang.New(lang.Options{Files: assets.Lang, Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	f := &Fixture{Clock: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Fake: &Hub{Marked: map[assist.ConversationID]assist.Seq{}, Uploads: map[string]string{}}}
	keep := uiclient.NewKeeper(&values{}, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { _ = keep.Close() })
	now := func() time.Time { return f.Clock }
	f.Desk = &panel.Desk{Lang: words, State: state.New(state.Options{Now: now}), Hub: f.Fake, Keep: keep, Now: now,
		Go: func(work func(context.Context) func()) {
			if then := work(t.Context()); then != nil {
				then()
			}
		},
		Tell: func(text string, bad bool) {
			if bad {
				text = "! " + text
			}
			f.Told = append(f.Told, text)
		},
		Changed: func(ch *state.Change) { f.last = *ch },
		Keys:    func(string) string { return "" }}
	f.Apply(wire.AgentWelcome{Epoch: "e", State: assist.StateAvailable, Time: f.Clock, You: agent(Me, "li", "Li Wei"),
		Permissions: strings.Fields("conversation.read conversation.reply conversation.note conversation.accept conversation.transfer " +
			"conversation.to_bot conversation.snooze conversation.tag conversation.priority conversation.resolve customer.read " +
			"customer.edit macro.use search queue.read agent.state_own agent.read"),
		Inboxes: []assist.Inbox{{ID: "nw", Name: "Northwind", NameZH: "北风", Queue: "support"}},
		Limits:  wire.LimitsView{Text: assist.MaxText, File: 20 << 20},
		Directory: wire.Directory{Agents: []wire.AgentPresence{{Agent: agent(Me, "li", "Li Wei"), State: assist.StateAvailable, Load: 1},
			{Agent: agent(8, "anna", "Anna Schmidt"), State: assist.StateBusy, Load: 6}, {Agent: agent(9, "chen", "陈晨"), State: assist.StateAvailable}},
			Queues: []assist.Queue{{ID: "support", Name: "Support"}, {ID: "claims", Name: "Claims"}},
			Tags:   []assist.Tag{{Name: "refund", Color: "warn"}},
			Macros: []assist.Macro{{ID: 1, Name: "hello", Title: "Greeting", Language: "en", Text: "Hello {{customer.name}}, this is {{agent.name}} of {{inbox.name}}."},
				{ID: 2, Name: "refund", Title: "Refund", Language: "en", Text: "Your refund is on its way.", Actions: []assist.MacroAction{{Do: "tag", Value: "refund"}, {Do: "resolve", Value: "refunded"}}},
				{ID: 3, Name: "nihao", Title: "问候", Language: "zh", Text: "您好"}}}})
	f.Apply(wire.AgentRows{Reset: true, Done: true})
	return f
}

func agent(id assist.AgentID, login, name string) assist.Agent {
	return assist.Agent{ID: id, Login: login, Name: name, Role: assist.RoleAgent, Capacity: 6}
}

// Conversation shows an open conversation with a customer's and a bot's message; change alters the row before.
func (f *Fixture) Conversation(id assist.ConversationID, change func(*wire.Row)) {
	r := wire.Row{CustomerName: "Maria Gomez", Conversation: assist.Conversation{ID: id, Inbox: "nw", Customer: 11, Status: assist.StatusHuman,
		Assignee: Me, Language: "en", Seq: 2, Rev: 20, CreatedAt: f.Clock.Add(-time.Hour), Marks: assist.Marks{AgentRead: 2, CustomerDelivered: 1, CustomerRead: 1},
		Last: assist.Preview{Text: "hello", From: assist.ActorBot, Kind: assist.KindText, At: f.Clock.Add(-time.Minute)}}}
	if change != nil {
		change(&r)
	}
	f.State.Open(id)
	f.Apply(wire.AgentOpened{Row: r, Marks: r.Marks, Customer: assist.Customer{ID: r.Customer, Name: r.CustomerName, Email: "maria@example.com"},
		Messages: []assist.Message{
			{Conversation: id, Rev: 10, Seq: 1, Kind: assist.KindText, From: assist.ByCustomer(r.Customer), At: f.Clock.Add(-2 * time.Minute), Text: "where is my refund"},
			{Conversation: id, Rev: 11, Seq: 2, Kind: assist.KindText, From: assist.ByBot(), At: f.Clock.Add(-time.Minute), Text: "hello",
				Bot: &assist.BotTurn{Intent: "refund_status", Confidence: 0.94}}}})
}

// Last is what was changed last.
func (f *Fixture) Last() state.Change { return f.last }
