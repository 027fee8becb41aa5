// Package storagetest is the contract of a desk's storage as tests: every backend runs the same suite.
// The rules are those of assist.Write, assist.Decision and the filters in assist.
package storagetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"
)

// Store is all that a backend offers. Its consumers each declare the part that they call.
type Store interface {
	Commit(ctx context.Context, at time.Time, writes []assist.Write) ([]assist.Written, error)

	Epoch(ctx context.Context) (assist.Epoch, error)
	Rev(ctx context.Context) (assist.Rev, error)
	Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error)
	ConversationOf(ctx context.Context, inbox assist.InboxID, customer assist.CustomerID) (assist.Conversation, error)
	Conversations(ctx context.Context, f assist.ConversationFilter) ([]assist.Conversation, error)
	Messages(ctx context.Context, f assist.MessageFilter) ([]assist.Message, error)
	Events(ctx context.Context, f assist.EventFilter) ([]assist.Event, error)
	Customer(ctx context.Context, id assist.CustomerID) (assist.Customer, error)
	Customers(ctx context.Context, f assist.CustomerFilter) ([]assist.Customer, error)
	CustomerByIdentity(ctx context.Context, inbox assist.InboxID, kind assist.IdentityKind, source string) (assist.Customer, error)
	Identities(ctx context.Context, id assist.CustomerID) ([]assist.Identity, error)
	Counts(ctx context.Context, v assist.Visibility) (assist.Counts, error)
	Waiting(ctx context.Context) ([]assist.Conversation, error)
	Load(ctx context.Context) (map[assist.AgentID]int, error)
	Search(ctx context.Context, text string, f assist.SearchFilter) ([]assist.Hit, error)
	IndexAll(ctx context.Context) error

	SaveAgent(ctx context.Context, by assist.Actor, a assist.Agent) (assist.Agent, error)
	Agents(ctx context.Context) ([]assist.Agent, error)
	Agent(ctx context.Context, id assist.AgentID) (assist.Agent, error)
	AgentByLogin(ctx context.Context, login string) (assist.Agent, error)
	SetPasswordHash(ctx context.Context, by assist.Actor, id assist.AgentID, hash string) error
	PasswordHash(ctx context.Context, id assist.AgentID) (string, error)
	SaveSession(ctx context.Context, s assist.Session) error
	TouchSession(ctx context.Context, hash assist.SessionHash, at time.Time) error
	Session(ctx context.Context, hash assist.SessionHash) (assist.Session, error)
	Sessions(ctx context.Context, agent assist.AgentID) ([]assist.Session, error)
	DeleteSession(ctx context.Context, hash assist.SessionHash) error
	DeleteSessions(ctx context.Context, agent assist.AgentID) error
	AppendEvents(ctx context.Context, at time.Time, events []assist.Event) ([]assist.Event, error)

	SaveTeam(ctx context.Context, by assist.Actor, t assist.Team) error
	Teams(ctx context.Context) ([]assist.Team, error)
	DeleteTeam(ctx context.Context, by assist.Actor, id assist.TeamID) error
	SaveQueue(ctx context.Context, by assist.Actor, q assist.Queue) error
	Queues(ctx context.Context) ([]assist.Queue, error)
	DeleteQueue(ctx context.Context, by assist.Actor, id assist.QueueID) error
	SaveMacro(ctx context.Context, by assist.Actor, m assist.Macro) (assist.Macro, error)
	Macros(ctx context.Context) ([]assist.Macro, error)
	DeleteMacro(ctx context.Context, by assist.Actor, id assist.MacroID) error
	SaveTag(ctx context.Context, by assist.Actor, t assist.Tag) error
	Tags(ctx context.Context) ([]assist.Tag, error)
	DeleteTag(ctx context.Context, by assist.Actor, name string) error

	SaveAttachment(ctx context.Context, u assist.Upload) error
	Attachment(ctx context.Context, id assist.AttachmentID) (assist.Upload, error)
	Attachments(ctx context.Context, id assist.ConversationID) ([]assist.Upload, error)

	Commands(ctx context.Context, f assist.CommandFilter) ([]assist.CommandRecord, error)
	SwitchAction(ctx context.Context, action, by string, off bool) error
	ActionSwitches(ctx context.Context) ([]assist.ActionSwitch, error)
	SaveMemory(ctx context.Context, conversation assist.ConversationID, turn assist.ClientID, state []byte) error
	Memory(ctx context.Context, conversation assist.ConversationID, turn assist.ClientID) ([]byte, error)
	Proof(ctx context.Context, conversation assist.ConversationID, generation int) (assist.Proof, error)
	SaveProof(ctx context.Context, p assist.Proof) error
	SaveCode(ctx context.Context, c assist.SentCode, since time.Time, most int) error
	RecentCodes(ctx context.Context, since time.Time) ([]assist.SentCode, error)
	JudgeCode(ctx context.Context, conversation assist.ConversationID, message assist.ClientID, since time.Time,
		judge func(*assist.CodeCase) assist.CodeVerdict) (assist.CodeVerdict, error)
	CodeVerdict(ctx context.Context, conversation assist.ConversationID, message assist.ClientID) (assist.CodeVerdict, error)
	FailedCodes(ctx context.Context, conversation assist.ConversationID, since time.Time) (int, error)

	Close() error
}

// Opener opens the desk in a folder, which may hold one already. The suite closes it.
type Opener func(t testing.TB, dir string) Store

// Run runs the whole suite.
func Run(t *testing.T, open Opener) {
	for _, part := range []struct {
		name  string
		tests map[string]func(*testing.T, *desk)
	}{
		{"commit", commitTests()}, {"start", startTests()}, {"read", readTests()}, {"search", searchTests()}, {"people", peopleTests()},
		{"commands", commandTests()},
	} {
		t.Run(part.name, func(t *testing.T) {
			for name, test := range part.tests {
				t.Run(name, func(t *testing.T) { test(t, newDesk(t, open)) })
			}
		})
	}
	t.Run("model", func(t *testing.T) { testModel(t, open) })
}

// desk is a Store under test with short ways of writing to it.
type desk struct {
	Store
	t    *testing.T
	open Opener
	dir  string
	at   time.Time
	ids  int
}

func newDesk(t *testing.T, open Opener) *desk {
	d := &desk{t: t, open: open, dir: t.TempDir(), at: time.UnixMilli(1_700_000_000_000).UTC()}
	d.Store = open(t, d.dir)
	t.Cleanup(func() {
		if err := d.Store.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

func (d *desk) reopen() {
	d.t.Helper()
	if err := d.Store.Close(); err != nil {
		d.t.Fatalf("close: %v", err)
	}
	d.Store = d.open(d.t, d.dir)
}

// id is a new ClientID.
func (d *desk) id() assist.ClientID {
	d.ids++
	return clientID(d.ids)
}

func clientID(n int) assist.ClientID {
	return assist.ClientID(fmt.Sprintf("018f5e6a-7b3c-7ddd-8eee-%012x", n))
}

// commit stores the writes a second after the last ones.
func (d *desk) commit(writes ...assist.Write) []assist.Written {
	d.t.Helper()
	d.at = d.at.Add(time.Second)
	out, err := d.Commit(context.Background(), d.at, writes)
	if err != nil {
		d.t.Fatalf("commit: %v", err)
	}
	if len(out) != len(writes) {
		d.t.Fatalf("%d answers for %d writes", len(out), len(writes))
	}
	return out
}

// must is commit of one write that has to succeed.
func (d *desk) must(w assist.Write) assist.Written {
	d.t.Helper()
	out := d.commit(w)[0]
	if out.Err != nil {
		d.t.Fatalf("write refused: %v", out.Err)
	}
	return out
}

// started opens a conversation of a new customer.
func (d *desk) started(source string) assist.Conversation {
	d.t.Helper()
	return d.must(start(source)).Conversation
}

func start(source string, more ...assist.Event) assist.Write {
	return assist.Write{
		Start: &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: source}},
		Decide: func(c assist.Conversation) ([]assist.Event, error) {
			if c.Rev != 0 {
				return more, nil
			}
			first := assist.Event{Actor: assist.ByCustomer(c.Customer), Data: assist.Started{Inbox: c.Inbox, Customer: c.Customer, Language: "en"}}
			return append([]assist.Event{first}, more...), nil
		},
	}
}

// say is a text of the customer.
func say(c assist.Conversation, id assist.ClientID, text string) assist.Write {
	return write(c.ID, id, assist.Say(assist.ByCustomer(c.Customer), assist.Message{Kind: assist.KindText, Text: text}))
}

// write stores the events whatever the conversation's state.
func write(c assist.ConversationID, id assist.ClientID, events ...assist.Event) assist.Write {
	return assist.Write{Conversation: c, ClientID: id, Decide: func(assist.Conversation) ([]assist.Event, error) { return events, nil }}
}

func by(data assist.EventData) assist.Event {
	return assist.Event{Actor: assist.BySystem(), Data: data}
}

func wantCode(t *testing.T, err error, code assist.Code) {
	t.Helper()
	if assist.CodeOf(err) != code {
		t.Fatalf("error %v, want code %s", err, code)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
