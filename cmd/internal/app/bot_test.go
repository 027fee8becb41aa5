package app_test

import (
	"fmt"
	"sync"
	"testing"

	"deskhand/assist"
	"deskhand/cmd/internal/config"
)

// Agents take conversations at the very moment at which the bot answers: it says nothing after somebody joined,
// and no turn twice.
func TestBot_AndPeopleNeverTalkOverEachOther(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Limits.ConnectionsPerAddress = 1000 })
	d.hire("li", assist.RoleAgent)
	li := d.agent("li")
	for round := range 25 {
		c := d.customer(shop)
		c.say("how do i return something")
		var both sync.WaitGroup
		both.Go(func() {
			for range 3 {
				c.say("and how long does the refund take")
			}
		})
		both.Go(func() { li.must(do("take", c.conv)) })
		both.Wait()
		li.must(reply(c.conv, "the end"))
		messages := list(li.must(frame{"t": "history", "conversation": c.conv, "before_rev": 1 << 40, "limit": 200}), "messages")
		joined, turns, answers := false, 0, 0
		for _, m := range messages {
			m := frame(m.(map[string]any))
			switch m.text("from", "kind") {
			case "customer":
				turns++
			case "bot":
				answers++
				if joined {
					t.Errorf("round %d: the bot spoke after the agent had joined: %v", round, m)
				}
			case "system":
				joined = joined || m.text("activity", "code") == "joined"
			}
		}
		if answers > turns || turns != 4 {
			t.Errorf("round %d: %d answers to %d turns", round, answers, turns)
		}
		li.must(do("resolve", c.conv))
	}
}

// The bot greets, answers, and passes on by request, with all it knows.
func TestBot_PassesOnByRequest(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(shop)
	c.say("can I talk to a real person please")
	c.await("the bot", func(f frame) bool { return f.at("message", "from") == "bot" })
	c.await("the line", func(f frame) bool { return f.at("message", "activity", "code") == "waiting" })
	f := li.await("the row", func(f frame) bool {
		for _, r := range list(f, "rows") {
			if row := frame(r.(map[string]any)); row.text("status") == "waiting" && row.text("handoff", "reason") == "customer_asked" {
				return true
			}
		}
		return false
	})
	if f == nil {
		t.Error("no row")
	}
}

// Where no bot works nobody can strand a customer with it.
func TestBot_SwitchedOff(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Bot.Enabled = false })
	d.hire("li", assist.RoleAgent)
	li, c := d.agent("li"), d.customer(shop)
	c.say("hello")
	c.await("it waits for a person", func(f frame) bool { return f["t"] == "status" && f["status"] == "waiting" })
	li.must(do("accept", c.conv))
	if got := li.codeOf(do("to_bot", c.conv)); got != int(assist.CodeBadValue) {
		t.Errorf("given to a bot that isn't there: got %d, want %d", got, assist.CodeBadValue)
	}
}

// A hub that starts without its bot passes on whom the bot had, and says so.
func TestBot_SwitchedOffWhileItHadCustomers(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	c := d.customer(shop)
	c.say("how do i return something")
	c.await("the bot", func(f frame) bool { return f.at("message", "from") == "bot" })
	d.close()
	d.config.Bot.Enabled = false
	d.start()
	li, back := d.agent("li"), d.customer(shop, frame{"token": c.token})
	d.eventually("it waits for a person", func() bool {
		f := li.must(frame{"t": "history", "conversation": c.conv, "before_rev": 1 << 40})
		return contains(fmt.Sprint(f), assist.ActivityBotAway)
	})
	li.must(do("accept", c.conv))
	back.await("a person", func(f frame) bool { return f["t"] == "status" && f["status"] == "human" })
}
