package desk_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/desk"
)

var update = flag.Bool("update", false, "rewrite testdata/commands.txt")

var now = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// commands are all that agents can do, by name, with arguments that are in order.
var commands = []struct {
	name   string
	decide func(desk.By) assist.Decision
}{
	{"reply", func(by desk.By) assist.Decision { return desk.Reply(by, desk.Post{Text: "hi"}) }},
	{"note", func(by desk.By) assist.Decision { return desk.Note(by, desk.Post{Text: "hi"}) }},
	{"accept", desk.Accept},
	{"take", desk.Take},
	{"assign", func(by desk.By) assist.Decision { return desk.Assign(by, agent(8, assist.RoleAgent), "please") }},
	{"transfer", func(by desk.By) assist.Decision {
		return desk.Transfer(by, assist.Queue{ID: "claims", Name: "Claims", Team: "claims"}, "")
	}},
	{"to_bot", func(by desk.By) assist.Decision { return desk.ToBot(by, "") }},
	{"snooze", func(by desk.By) assist.Decision { return desk.Snooze(by, now.Add(time.Hour), now) }},
	{"wake", desk.Wake},
	{"tag", func(by desk.By) assist.Decision { return desk.Tag(by, []string{"vip"}, nil) }},
	{"priority", func(by desk.By) assist.Decision { return desk.Prioritize(by, assist.PriorityHigh) }},
	{"language", func(by desk.By) assist.Decision { return desk.SetLanguage(by, "zh") }},
	{"wrap_up", desk.WrapUp},
	{"resolve", func(by desk.By) assist.Decision { return desk.Resolve(by, "answered") }},
	{"reopen", desk.Reopen},
}

func agent(id assist.AgentID, role assist.Role) assist.Agent {
	return assist.Agent{ID: id, Name: fmt.Sprintf("Agent %d", id), Role: role, Teams: []assist.TeamID{"support"}, Capacity: 6}
}

const me, colleague = 3, 7

// standing is a conversation in the status, with the agent if people have it.
func standing(s assist.Status, owner assist.AgentID) assist.Conversation {
	c := assist.Conversation{ID: 5, Inbox: "shop", Customer: 9, Status: s, Team: "support", Queue: "support", Seq: 4, Rev: 40,
		CreatedAt: now, BotGeneration: 1, Language: "en"}
	switch s {
	case assist.StatusBot:
		c.Team, c.Queue = "", ""
	case assist.StatusHuman, assist.StatusWrapUp, assist.StatusResolved:
		c.Assignee = owner
	case assist.StatusSnoozed:
		c.Assignee, c.SnoozedUntil = owner, now.Add(time.Hour)
	}
	return c
}

// outcome is what a decision comes to, in one line: the facts and the status after them, or the refusal.
func outcome(c assist.Conversation, decide assist.Decision) string {
	events, err := decide(c)
	if err != nil {
		return "refused: " + assist.CodeOf(err).String()
	}
	if len(events) == 0 {
		return "nothing to do"
	}
	var parts []string
	after := c
	for i, e := range events {
		e.Rev, e.At = c.Rev+assist.Rev(i)+1, now
		what := string(e.Data.EventType())
		if d, ok := e.Data.(assist.Appended); ok {
			if d.Message.Public() {
				d.Message.Seq = after.Seq + 1
			}
			e.Data, what = d, string(d.Message.Kind)
			if d.Message.Activity != nil {
				what = "line " + d.Message.Activity.Code
			}
		}
		if !after.Status.CanBecome(after.Apply(e).Status) && after.Apply(e).Status != after.Status {
			what += " (NO EDGE)"
		}
		after, parts = after.Apply(e), append(parts, what)
	}
	return fmt.Sprintf("%s → %s, agent %d, queue %q", strings.Join(parts, ", "), after.Status, after.Assignee, after.Queue)
}

// Every command in every status by every role on one's own and a colleague's conversation, written down once
// and reviewed: testdata/commands.txt.
func TestCommands_InEveryStatusByEveryRole(t *testing.T) {
	var b strings.Builder
	for _, command := range commands {
		for _, status := range assist.Statuses() {
			for _, role := range assist.Roles() {
				by := desk.By{Agent: agent(me, role), Visible: assist.Visibility{All: true}}
				own := outcome(standing(status, me), command.decide(by))
				foreign := outcome(standing(status, colleague), command.decide(by))
				fmt.Fprintf(&b, "%s | %s | %s | own: %s\n", command.name, status, role, own)
				if foreign != own {
					fmt.Fprintf(&b, "%s | %s | %s | colleague's: %s\n", command.name, status, role, foreign)
				}
			}
		}
	}
	const file = "testdata/commands.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "NO EDGE") {
		t.Error("a command takes an edge that the state diagram doesn't have")
	}
	got, wanted := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(got), len(wanted)) {
		if got[i] != wanted[i] {
			t.Fatalf("line %d: got %s\nwant %s", i+1, got[i], wanted[i])
		}
	}
	if len(got) != len(wanted) {
		t.Errorf("got %d lines, want %d", len(got), len(wanted))
	}
}

// What one may not see, and what is not there, is refused alike, whatever the role and the state.
func TestCommands_OnWhatIsNotToBeSeen(t *testing.T) {
	for _, command := range commands {
		for _, role := range assist.Roles() {
			by := desk.By{Agent: agent(me, role), Visible: assist.Visibility{Agent: me}}
			for _, status := range assist.Statuses() {
				if _, err := command.decide(by)(standing(status, colleague)); assist.CodeOf(err) != assist.CodeNotFound {
					t.Errorf("%s by %s of a hidden one in %s: got %v", command.name, role, status, err)
				}
			}
			by.Visible.All = true
			if _, err := command.decide(by)(assist.Conversation{}); assist.CodeOf(err) != assist.CodeNotFound {
				t.Errorf("%s by %s of none: got %v", command.name, role, err)
			}
		}
	}
}

// Customers read lines and messages: nothing in them names an agent by number or carries a note.
func TestCommands_LinesCarryNoNotesAndNoNumbers(t *testing.T) {
	by := desk.By{Agent: agent(me, assist.RoleAdmin), Visible: assist.Visibility{All: true}}
	private := []assist.Decision{
		desk.Assign(by, agent(8, assist.RoleAgent), "xyzzy"), desk.Transfer(by, assist.Queue{ID: "claims", Name: "Claims"}, "xyzzy"),
	}
	for _, decide := range private {
		events, err := decide(standing(assist.StatusHuman, me))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			d, ok := e.Data.(assist.Appended)
			if !ok {
				continue
			}
			text, err := json.Marshal(d.Message)
			if err != nil || strings.Contains(string(text), "xyzzy") || strings.Contains(string(text), `"8"`) {
				t.Errorf("the customer would read %s (err %v)", text, err)
			}
		}
	}
}

// The note to the bot is one that agents read and no customer, stored before the bot has the conversation.
func TestToBot_KeepsTheNoteFromTheCustomer(t *testing.T) {
	c := standing(assist.StatusHuman, me)
	by := desk.By{Agent: agent(me, assist.RoleAgent), Visible: assist.Visibility{All: true}}
	if got, want := outcome(c, desk.ToBot(by, " address is right now ")), `note, conversation_given_to_bot, line to_bot → bot, agent 0, queue "support"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	events, err := desk.ToBot(by, " address is right now ")(c)
	if err != nil {
		t.Fatal(err)
	}
	if m := events[0].Data.(assist.Appended).Message; m.Public() || m.Text != "address is right now" || !events[0].Actor.IsAgent(me) {
		t.Errorf("the note is %+v by %+v", m, events[0].Actor)
	}
}
