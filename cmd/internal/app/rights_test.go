package app_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/config"

	"github.com/google/uuid"
)

func TestAccept_OfTwoAtOnceExactlyOneWins(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	d.hire("anna", assist.RoleAgent)
	agents := []*peer{d.agent("li"), d.agent("anna")}
	for round := range 5 {
		c := d.customer(counter)
		c.say("help")
		codes := make([]int, len(agents))
		var wg sync.WaitGroup
		for i, a := range agents {
			wg.Go(func() { codes[i] = a.codeOf(do("accept", c.conv)) })
		}
		wg.Wait()
		slices.Sort(codes)
		if !slices.Equal(codes, []int{0, int(assist.CodeTaken)}) {
			t.Fatalf("round %d: answers %v, want one ack and one %d", round, codes, assist.CodeTaken)
		}
	}
}

// commands is one of each frame that acts on, or asks about, a conversation.
func commands(c *peer, customer int) []frame {
	id := c.conv
	return []frame{
		{"t": "open", "conversation": id}, {"t": "history", "conversation": id, "before_rev": 1 << 40},
		{"t": "customer", "customer": customer},
		{"t": "customer_save", "customer": frame{"id": customer, "name": "Renamed"}},
		note(id, "note"), reply(id, "reply"),
		do("tag", id, frame{"add": []string{"t"}}), do("priority", id, frame{"priority": 1}), do("language", id, frame{"language": "zh"}),
		do("accept", id), do("take", id), do("assign", id, frame{"agent": 1}), do("transfer", id, frame{"queue": "claims"}),
		do("snooze", id, frame{"until": "2001-01-01T00:00:00Z"}), do("wake", id), do("wrap_up", id), do("reopen", id), do("resolve", id),
		do("to_bot", id),
	}
}

func name(f frame) string {
	if f["t"] == "do" {
		return f.text("do")
	}
	if f["note"] == true {
		return "note"
	}
	return f.text("t")
}

// What an agent may not see looks, in every command, like what is not there.
func TestRights_ForeignConversationIsNotThere(t *testing.T) {
	for _, scope := range []access.Scope{access.ScopeOwn, access.ScopeTeam} {
		t.Run(string(scope), func(t *testing.T) {
			d := openDesk(t, fast, func(c *config.Config) { c.Access.AgentsSee, c.Access.HideUnassigned = scope, true })
			d.hire("li", assist.RoleAgent, "support")
			d.hire("anna", assist.RoleAgent, "claims")
			li, anna := d.agent("li"), d.agent("anna")
			c := d.customer(elsewhere)
			c.say("my secret is xyzzy")
			anna.must(do("accept", c.conv))
			opened := anna.must(frame{"t": "open", "conversation": c.conv})
			for _, f := range commands(c, opened.num("customer", "id")) {
				if got := li.codeOf(f); got != int(assist.CodeNotFound) {
					t.Errorf("%s of a foreign conversation: got %d, want %d", name(f), got, assist.CodeNotFound)
				}
			}
			if got := li.must(frame{"t": "search", "text": "xyzzy"}); len(list(got, "hits")) != 0 || len(list(got, "customers")) != 0 {
				t.Errorf("the search found %v", got)
			}
			if got := li.must(frame{"t": "list"}); len(list(got, "rows")) != 0 {
				t.Errorf("the list shows %v", got)
			}
			if got := anna.must(frame{"t": "search", "text": "xyzzy"}); len(list(got, "hits")) != 1 {
				t.Errorf("the own conversation was not found: %v", got)
			}
			anna.must(reply(c.conv, "hello"))
			anna.must(do("resolve", c.conv)) // nothing that a colleague was refused has changed the conversation
			if got := li.everything(); contains(got, "xyzzy", "hello", fmt.Sprintf(`"id":%d,"inbox"`, c.conv)) {
				t.Errorf("li was told about a foreign conversation:\n%s", got)
			}
		})
	}
}

// A colleague's conversation of the same team: seen with policy team, not with policy own.
func TestRights_ColleaguesConversation(t *testing.T) {
	for scope, seen := range map[access.Scope]bool{access.ScopeOwn: false, access.ScopeTeam: true, access.ScopeAll: true} {
		t.Run(string(scope), func(t *testing.T) {
			d := openDesk(t, fast, func(c *config.Config) { c.Access.AgentsSee = scope })
			d.hire("li", assist.RoleAgent, "support")
			d.hire("anna", assist.RoleAgent, "support")
			li, anna := d.agent("li"), d.agent("anna")
			c := d.customer(counter)
			c.say("hi")
			if got := li.codeOf(frame{"t": "open", "conversation": c.conv}); got != 0 {
				t.Fatalf("what waits for the own team: got %d", got)
			}
			anna.must(do("accept", c.conv))
			if !seen {
				li.await("the taken conversation goes", func(f frame) bool { return f["t"] == "gone" })
			}
			want := map[bool]int{true: 0, false: int(assist.CodeNotFound)}[seen]
			if got := li.codeOf(frame{"t": "open", "conversation": c.conv}); got != want {
				t.Errorf("open: got %d, want %d", got, want)
			}
			want = map[bool]int{true: int(assist.CodeNotOwner), false: int(assist.CodeNotFound)}[seen]
			for _, f := range []frame{reply(c.conv, "x"), do("take", c.conv), do("transfer", c.conv, frame{"queue": "claims"}),
				do("resolve", c.conv), do("wrap_up", c.conv), do("to_bot", c.conv)} {
				if got := li.codeOf(f); got != want {
					t.Errorf("%s: got %d, want %d", name(f), got, want)
				}
			}
			anna.must(do("wrap_up", c.conv))
			if got := li.codeOf(do("reopen", c.conv)); got != want {
				t.Errorf("reopen what a colleague writes up: got %d, want %d", got, want)
			}
		})
	}
}

// What each role may not do is refused with 300 whatever the conversation's state.
func TestRights_OfEachRole(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("boss", assist.RoleAdmin)
	boss := d.agent("boss")
	refused := map[assist.Role][]string{
		assist.RoleAgent:      {"assign", "macro_save", "state", "tag_save"},
		assist.RoleSupervisor: {},
		assist.RoleTrainer: {"accept", "assign", "customer_save", "priority", "reopen", "resolve", "send", "snooze", "state", "take",
			"to_bot", "transfer", "wake", "wrap_up"},
		assist.RoleAdmin: {},
	}
	c := d.customer(counter)
	c.say("hi")
	boss.must(do("accept", c.conv))
	customer := boss.must(frame{"t": "open", "conversation": c.conv}).num("customer", "id")
	for role, want := range refused {
		t.Run(string(role), func(t *testing.T) {
			login := "one-" + string(role)
			d.hire(login, role)
			p := d.agent(login)
			got := map[string]bool{}
			all := append(commands(c, customer),
				frame{"t": "macro_save", "macro": frame{"name": login, "title": "m", "text": "text"}}, frame{"t": "tag_save", "tag": frame{"name": login}},
				frame{"t": "state", "state": "busy", "agent": 1}, frame{"t": "search", "text": "hi"}, frame{"t": "list"})
			for _, f := range all {
				if p.codeOf(f) == int(assist.CodeForbidden) {
					got[name(f)] = true
				}
			}
			if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, want) {
				t.Errorf("got %v refused, want %v", names, want)
			}
		})
	}
}

// Another visitor's token, and no token, reach nothing of a customer's.
func TestRights_VisitorsAreStrangersToEachOther(t *testing.T) {
	d := openDesk(t, fast)
	a, b := d.customer(shop), d.customer(shop)
	a.say("my number is 4711")
	b.say("something else")
	if b.conv == a.conv {
		t.Fatal("two visitors share a conversation")
	}
	if got := b.ask(frame{"t": "history", "before": 1 << 30}); contains(fmt.Sprint(got), "4711") {
		t.Errorf("a stranger's history: %v", got)
	}
	again := d.customer(shop, frame{"token": b.token, "resume": frame{"conversation": a.conv, "seq": 0, "epoch": "x"}})
	if again.conv != b.conv {
		t.Errorf("resume of a stranger's conversation gave %d, want %d", again.conv, b.conv)
	}
	elsewhere := d.customer(counter, frame{"token": a.token})
	if elsewhere.conv != 0 {
		t.Errorf("the token of one inbox opened conversation %d in another", elsewhere.conv)
	}
	for _, p := range []*peer{b, again, elsewhere} {
		if contains(p.everything(), "4711") {
			t.Errorf("a stranger was told:\n%s", p.everything())
		}
	}
	if got := b.codeOf(frame{"t": "send", "client_id": uuid.NewString(), "text": "x", "conversation": a.conv}); got != int(assist.CodeBadField) {
		t.Errorf("a customer who names a conversation: got %d, want %d", got, assist.CodeBadField)
	}
}

func list(f frame, key string) []any {
	l, _ := f[key].([]any)
	return l
}

func contains(s string, any ...string) bool {
	return slices.ContainsFunc(any, func(a string) bool { return len(a) > 0 && strings.Contains(s, a) })
}
