package app_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/verify"
	"deskhand/cmd/internal/accounts"
	"deskhand/cmd/internal/config"
)

// second is a desk where transfers above 100 wait for a second person, with two who may decide.
type second struct {
	*desk
	bank            *teller
	outbox          *verify.Outbox
	boss, chief, li *peer
	anna            *peer
	id              string // of the command that waits
}

// asks has Anna ask for a transfer that waits for approval, and say yes to it.
func asks(t *testing.T, tweaks ...func(*config.Config)) *second {
	t.Helper()
	d, bank, outbox := openBank(t, append(tweaks, func(c *config.Config) {
		c.Actions = append(c.Actions, config.ActionRule{Name: "transfers.create", Limit: "100.00", Approval: "over"})
	})...)
	s := &second{desk: d, bank: bank, outbox: outbox}
	for login, role := range map[string]assist.Role{"boss": assist.RoleSupervisor, "chief": assist.RoleSupervisor, "li": assist.RoleAgent} {
		d.hire(login, role)
	}
	s.boss, s.chief, s.li, s.anna = d.agent("boss"), d.agent("chief"), d.agent("li"), d.anna()
	s.anna.readBack(outbox)
	s.anna.say("yes")
	f := s.boss.await("the list", func(f frame) bool { return f["t"] == "approvals" && len(list(f, "commands")) == 1 })
	s.id = frame(list(f, "commands")[0].(map[string]any)).text("id")
	return s
}

// state is how the command stands, as an agent is told.
func (s *second) state() string {
	s.t.Helper()
	for _, c := range list(s.chief.must(frame{"t": "commands", "conversation": s.anna.conv}), "commands") {
		if c := frame(c.(map[string]any)); c.text("id") == s.id {
			return c.text("state")
		}
	}
	return ""
}

// hears waits until the bot or the hub has told Anna something with that in it.
func (s *second) hears(text string) frame {
	s.t.Helper()
	return s.anna.await("Anna is told "+text, func(f frame) bool {
		return (f.at("message", "from") == "bot" || f.at("message", "from") == "system") && strings.Contains(f.text("message", "text"), text)
	})
}

// Two decide at the same moment: one of them did, the other is told so, and the money moves at most once.
func TestApprovals_TwoAtOnce(t *testing.T) {
	for what, other := range map[string]frame{"two approve": {"t": "approve"}, "one declines": {"t": "decline", "note": "no"}} {
		t.Run(what, func(t *testing.T) {
			s := asks(t)
			codes := make([]int, 2)
			other["id"] = s.id
			var both sync.WaitGroup
			both.Go(func() { codes[0] = s.boss.codeOf(frame{"t": "approve", "id": s.id}) })
			both.Go(func() { codes[1] = s.chief.codeOf(other) })
			both.Wait()
			taken := 0
			for _, code := range codes {
				if code == int(assist.CodeTaken) {
					taken++
				} else if code != 0 {
					t.Errorf("got %d", code)
				}
			}
			if taken != 1 {
				t.Errorf("got %v, want one to be told that it is decided", codes)
			}
			s.eventually("it is over", func() bool { state := s.state(); return state == "done" || state == "declined" })
			if moved := s.bank.list(); strings.Contains(moved, ";") || (moved != "") != (s.state() == "done") {
				t.Errorf("moved %q, the command is %s", moved, s.state())
			}
		})
	}
}

// The reason of a decline reaches the customer; nothing is moved.
func TestApprovals_DeclinedWithAReason(t *testing.T) {
	s := asks(t)
	s.boss.must(frame{"t": "decline", "id": s.id, "note": "please call us first"})
	s.hears("please call us first")
	if s.bank.list() != "" || s.state() != "declined" {
		t.Errorf("moved %q, the command is %s", s.bank.list(), s.state())
	}
}

// Nobody decides in time: the customer is told, and a late approval is refused.
func TestApprovals_RunOut(t *testing.T) {
	s := asks(t, func(c *config.Config) { c.Bot.ApprovalWithin = time.Hour })
	s.clock.pass(2 * time.Hour)
	s.hears("in time")
	if got := s.boss.codeOf(frame{"t": "approve", "id": s.id}); got != int(assist.CodeTaken) {
		t.Errorf("approved after that: got %d", got)
	}
	if s.bank.list() != "" || s.state() != "declined" {
		t.Errorf("moved %q, the command is %s", s.bank.list(), s.state())
	}
}

// A person took over before it was decided: the outcome is a note to them, which the customer doesn't see, and the bot
// says nothing over them.
func TestApprovals_AfterAPersonTookOver(t *testing.T) {
	s := asks(t)
	s.li.must(do("take", s.anna.conv))
	s.boss.must(frame{"t": "approve", "id": s.id})
	s.eventually("it is carried out", func() bool { return s.bank.list() == "transfers.create Tom Reed 120.00" })
	s.eventually("the note is there", func() bool {
		return strings.Contains(fmt.Sprint(s.li.must(frame{"t": "history", "conversation": s.anna.conv, "before_rev": 1 << 40, "limit": 200})), assist.ActivityCommandDone)
	})
	s.anna.say("hello?")
	for _, f := range []string{assist.ActivityCommandDone, "TR-"} {
		if strings.Contains(s.anna.everything(), f) {
			t.Errorf("the customer was told %q over the agent", f)
		}
	}
}

// Decided on after the conversation is over: the customer reads the outcome all the same.
func TestApprovals_AfterTheEnd(t *testing.T) {
	for want, decision := range map[string]frame{"carried out": {"t": "approve"}, "not approved": {"t": "decline", "note": "too risky"}} {
		t.Run(want, func(t *testing.T) {
			s := asks(t)
			s.li.must(do("resolve", s.anna.conv))
			decision["id"] = s.id
			s.boss.must(decision)
			f, approved := s.hears(want), decision["t"] == "approve"
			if f.text("message", "kind") != "activity" || !approved && !strings.Contains(f.text("message", "text"), "too risky") {
				t.Errorf("got %v", f)
			}
			if moved := s.bank.list() != ""; moved != approved {
				t.Errorf("moved %q", s.bank.list())
			}
		})
	}
}

// The action is switched off while it waits: nobody can approve it, and nothing is moved; it can still be declined.
func TestApprovals_SwitchedOffMeanwhile(t *testing.T) {
	s := asks(t)
	switches, err := accounts.ReachSwitches(s.config.Hub.Data)
	if err != nil {
		t.Fatal(err)
	}
	if err := switches.SwitchAction(t.Context(), "transfers.*", "test", true); err != nil {
		t.Fatal(err)
	}
	if got := s.boss.codeOf(frame{"t": "approve", "id": s.id}); got != int(assist.CodeWrongStatus) {
		t.Errorf("approved: got %d", got)
	}
	if s.state() != "waiting" || s.bank.list() != "" {
		t.Errorf("the command is %s, moved %q", s.state(), s.bank.list())
	}
	s.boss.must(frame{"t": "decline", "id": s.id, "note": "out of order today"})
	s.hears("out of order today")
}
