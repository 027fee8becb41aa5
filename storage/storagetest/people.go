package storagetest

import (
	"context"
	"strings"
	"testing"
	"time"

	"deskhand/assist"

	"github.com/google/go-cmp/cmp"
)

func peopleTests() map[string]func(*testing.T, *desk) {
	return map[string]func(*testing.T, *desk){
		"agents":      testAgents,
		"sessions":    testSessions,
		"settings":    testSettings,
		"attachments": testAttachments,
		"facts":       testFacts,
		"customers":   testCustomers,
	}
}

func testAgents(t *testing.T, d *desk) {
	ctx, admin := context.Background(), assist.BySystem()
	li, err := d.SaveAgent(ctx, admin, assist.Agent{Login: "li", Name: "Li Wei", Role: assist.RoleAgent, Teams: []assist.TeamID{"support"}, Languages: []string{"zh", "en"}, Capacity: 4})
	noError(t, err)
	if li.ID != 1 || li.CreatedAt.IsZero() {
		t.Errorf("new agent %+v", li)
	}
	_, err = d.SaveAgent(ctx, admin, assist.Agent{Login: "LI", Role: assist.RoleAgent})
	wantCode(t, err, assist.CodeExists)
	_, err = d.SaveAgent(ctx, admin, assist.Agent{Login: "x", Role: "king"})
	wantCode(t, err, assist.CodeBadValue)
	_, err = d.SaveAgent(ctx, admin, assist.Agent{ID: 9, Login: "x", Role: assist.RoleAgent})
	wantCode(t, err, assist.CodeNotFound)
	noError(t, d.SetPasswordHash(ctx, admin, li.ID, "$argon2id$x"))
	li.Disabled = true
	li, err = d.SaveAgent(ctx, admin, li)
	noError(t, err)
	d.reopen()
	got, err := d.AgentByLogin(ctx, "Li")
	noError(t, err)
	if diff := cmp.Diff(li, got); diff != "" {
		t.Errorf("agent (-want +got):\n%s", diff)
	}
	hash, err := d.PasswordHash(ctx, li.ID)
	if err != nil || hash != "$argon2id$x" {
		t.Errorf("password %q, %v", hash, err)
	}
	wantChanges(t, d, "created", "password", "disabled")
}

// wantChanges looks at the facts about agents.
func wantChanges(t *testing.T, d *desk, want ...string) {
	t.Helper()
	events, err := d.Events(context.Background(), assist.EventFilter{})
	noError(t, err)
	var got []string
	for _, e := range events {
		if a, ok := e.Data.(assist.AgentChanged); ok {
			got = append(got, a.Change)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts about agents (-want +got):\n%s", diff)
	}
}

func testSessions(t *testing.T, d *desk) {
	ctx := context.Background()
	_, err := d.SaveAgent(ctx, assist.BySystem(), assist.Agent{Login: "li", Role: assist.RoleAgent})
	noError(t, err)
	s := assist.Session{Hash: assist.SessionHash(strings.Repeat("a", 64)), Agent: 1, Device: "laptop", Remote: "::1", CreatedAt: d.at, LastSeen: d.at, ExpiresAt: d.at.Add(time.Hour)}
	noError(t, d.SaveSession(ctx, s))
	other := s
	other.Hash = assist.SessionHash(strings.Repeat("b", 64))
	noError(t, d.SaveSession(ctx, other))
	s.LastSeen = d.at.Add(time.Minute)
	noError(t, d.TouchSession(ctx, s.Hash, s.LastSeen))
	d.reopen()
	got, err := d.Session(ctx, s.Hash)
	noError(t, err)
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("session (-want +got):\n%s", diff)
	}
	list, err := d.Sessions(ctx, 1)
	if err != nil || len(list) != 2 || list[0].Hash != s.Hash {
		t.Errorf("sessions %+v, %v", list, err)
	}
	noError(t, d.DeleteSession(ctx, s.Hash))
	wantCode(t, d.TouchSession(ctx, s.Hash, d.at), assist.CodeNotFound)
	noError(t, d.DeleteSessions(ctx, 1))
	if list, err = d.Sessions(ctx, 1); err != nil || len(list) != 0 {
		t.Errorf("sessions left %+v, %v", list, err)
	}
	s.Agent = 9
	wantCode(t, d.SaveSession(ctx, s), assist.CodeNotFound)
}

func testSettings(t *testing.T, d *desk) {
	ctx, admin := context.Background(), assist.BySystem()
	wantCode(t, d.SaveQueue(ctx, admin, assist.Queue{ID: "q", Team: "support"}), assist.CodeBadValue)
	noError(t, d.SaveTeam(ctx, admin, assist.Team{ID: "support", Name: "Support"}))
	noError(t, d.SaveQueue(ctx, admin, assist.Queue{ID: "q", Name: "Q", Team: "support", MaxWaiting: 9}))
	wantCode(t, d.DeleteTeam(ctx, admin, "support"), assist.CodeBadValue)
	m, err := d.SaveMacro(ctx, admin, assist.Macro{Name: "hi", Title: "Hi", Text: "Hello {{customer.name}}", Actions: []assist.MacroAction{{Do: "tag", Value: "vip"}}})
	noError(t, err)
	_, err = d.SaveMacro(ctx, admin, assist.Macro{Name: "hi", Text: "again"})
	wantCode(t, err, assist.CodeExists)
	zh, err := d.SaveMacro(ctx, admin, assist.Macro{Name: "hi", Language: "zh", Text: "你好"})
	noError(t, err)
	noError(t, d.SaveTag(ctx, admin, assist.Tag{Name: "vip", Color: "ok"}))
	wantCode(t, d.SaveTag(ctx, admin, assist.Tag{}), assist.CodeEmpty)
	c := d.started("a")
	d.must(write(c.ID, "", by(assist.Queued{Queue: "q", Team: "support", Reason: "no_bot"})))
	wantCode(t, d.DeleteQueue(ctx, admin, "q"), assist.CodeBadValue)
	d.reopen()
	teams, err1 := d.Teams(ctx)
	queues, err2 := d.Queues(ctx)
	macros, err3 := d.Macros(ctx)
	tags, err4 := d.Tags(ctx)
	for _, err := range []error{err1, err2, err3, err4} {
		noError(t, err)
	}
	got := []any{teams, queues, macros, tags}
	want := []any{[]assist.Team{{ID: "support", Name: "Support"}}, []assist.Queue{{ID: "q", Name: "Q", Team: "support", MaxWaiting: 9}},
		[]assist.Macro{m, zh}, []assist.Tag{{Name: "vip", Color: "ok"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	d.must(write(c.ID, "", by(assist.Assigned{Agent: 7})))
	noError(t, d.DeleteQueue(ctx, admin, "q"))
	noError(t, d.DeleteTeam(ctx, admin, "support"))
	noError(t, d.DeleteTag(ctx, admin, "vip"))
	noError(t, d.DeleteMacro(ctx, admin, m.ID))
}

func testAttachments(t *testing.T, d *desk) {
	ctx := context.Background()
	a := assist.Attachment{ID: assist.AttachmentID(strings.Repeat("0a", 16)), Name: "票.png", Type: "image/png", Size: 3, SHA256: strings.Repeat("c", 64)}
	u := assist.Upload{Attachment: a, Owner: "agent:7", CreatedAt: d.at}
	noError(t, d.SaveAttachment(ctx, u))
	wantCode(t, d.SaveAttachment(ctx, u), assist.CodeExists)
	wantCode(t, d.SaveAttachment(ctx, assist.Upload{}), assist.CodeBadValue)
	first, second := d.started("a"), d.started("b")
	send := assist.Say(assist.ByAgent(assist.Agent{ID: 7}), assist.Message{Kind: assist.KindText, Text: "see", Attachments: []assist.Attachment{a}})
	d.must(write(first.ID, "", send))
	d.must(write(second.ID, "", send, send))
	d.reopen()
	u.Conversations = []assist.ConversationID{first.ID, second.ID}
	got, err := d.Attachment(ctx, a.ID)
	noError(t, err)
	if diff := cmp.Diff(u, got); diff != "" {
		t.Errorf("upload (-want +got):\n%s", diff)
	}
	list, err := d.Attachments(ctx, second.ID)
	if err != nil || len(list) != 1 || list[0].ID != a.ID {
		t.Errorf("files of the conversation: %+v, %v", list, err)
	}
	msgs, err := d.Messages(ctx, assist.MessageFilter{Conversation: first.ID})
	if err != nil || len(msgs) != 1 || cmp.Diff(msgs[0].Attachments, []assist.Attachment{a}) != "" {
		t.Errorf("message %+v, %v", msgs, err)
	}
}

func testFacts(t *testing.T, d *desk) {
	ctx := context.Background()
	facts := []assist.Event{{Actor: assist.BySystem(), Data: assist.SignIn{Agent: 1, Remote: "::1"}},
		{Actor: assist.BySystem(), Data: assist.SignIn{Agent: 1, Reason: "password"}},
		{Actor: assist.BySystem(), Data: assist.StateChanged{Agent: 1, State: assist.StateAway, Cause: "idle"}}}
	kept, err := d.AppendEvents(ctx, d.at, facts)
	noError(t, err)
	got, err := d.Events(ctx, assist.EventFilter{})
	noError(t, err)
	if diff := cmp.Diff(kept, got); diff != "" || len(kept) != 3 || kept[1].Type != assist.SignInRefused || kept[2].Rev != 3 {
		t.Errorf("facts %+v (-returned +stored):\n%s", kept, diff)
	}
	_, err = d.AppendEvents(ctx, d.at, []assist.Event{facts[0], by(assist.WrapUp{})})
	wantCode(t, err, assist.CodeBadValue)
	if rev, err := d.Rev(ctx); err != nil || rev != 3 {
		t.Errorf("rev %d, %v after a refused list, want 3", rev, err)
	}
}

func testCustomers(t *testing.T, d *desk) {
	d.must(signed("ann_1"))
	d.must(signed("bob%2"))
	for text, want := range map[string]int{"ann": 1, "ANN_1": 1, "_": 1, "%": 1, "account": 2, "example.com": 2, "nobody": 0, "": 2, "'": 0} {
		list, err := d.Customers(context.Background(), assist.CustomerFilter{Text: text})
		if err != nil || len(list) != want {
			t.Errorf("%q found %d (%v), want %d", text, len(list), err, want)
		}
	}
}
