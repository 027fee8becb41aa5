package app_test

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/cmd/internal/config"
)

// customerFields are all names that PROTOCOL.md gives to what customers get. Whatever else came would be a leak.
var customerFields = []string{
	"t", "v", "ref", "epoch", "token", "inbox", "id", "name", "name_zh", "preview", "csat", "bot", "conversation", "seq", "language", "time",
	"limits", "text", "attachments", "file", "frame", "unacked", "messages", "message", "reset", "more", "client_id", "kind", "from", "at",
	"type", "size", "choices", "label", "activity", "code", "args", "intent", "confidence", "slots", "awaiting", "handoff", "reason",
	"sources", "title", "status", "agent", "position", "wait_s", "leave_message", "ask_rating", "rated", "read", "delivered", "off", "detail",
	"retry_after_ms", "after_ms", "duplicate",
}

// fields walks through all names in a value.
func fields(v any, found func(name string, value any)) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			found(k, x)
			fields(x, found)
		}
	case []any:
		for _, x := range v {
			fields(x, found)
		}
	}
}

// Whatever agents do in whatever order, the customer gets what is meant for customers: no notes, no internal
// facts, no hashes of files, no numbers of agents, nothing of other customers.
func TestCustomer_NeverGetsWhatIsNotMeantForThem(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Limits.ConnectionsPerAddress = 1000 })
	// Numbers that nothing else has, so that they would be seen in any frame.
	d.hire("li", assist.RoleSupervisor)
	d.hire("anna", assist.RoleSupervisor)
	agents := []*peer{d.agent("li"), d.agent("anna")}
	other := d.customer(counter)
	other.say("OTHER-CUSTOMER")
	const secretWord = "TOP-SECRET"
	seed := uint64(time.Now().UnixNano())
	rng := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	c := d.customer(counter)
	c.say("hello")
	_, file, _ := d.request("POST", "/api/v1/files?name=a.txt", d.session("li"), []byte("some text"))
	customer := agents[0].must(frame{"t": "open", "conversation": c.conv}).num("customer", "id")
	pages := []*peer{c}
	for range 150 {
		a := agents[rng.IntN(len(agents))]
		switch rng.IntN(20) {
		case 0:
			c.say("a word")
		case 1:
			c.ask(frame{"t": "human"})
		case 2:
			c.ask(frame{"t": "rate", "score": 1 + rng.IntN(5), "comment": "fine"})
		case 3:
			if len(pages) >= 8 { // more would push the first one out
				continue
			}
			pages = append(pages, d.customer(counter, frame{"token": c.token}))
			pages[len(pages)-1].ask(frame{"t": "history", "before": 1 << 30, "limit": 200})
		default:
			all := []frame{
				note(c.conv, secretWord), note(c.conv, secretWord), reply(c.conv, "an answer"),
				{"t": "send", "conversation": c.conv, "client_id": newID(), "text": "with a file", "attachments": []any{file["id"]}},
				do("accept", c.conv), do("take", c.conv), do("assign", c.conv, frame{"agent": 1 + rng.IntN(2), "note": secretWord}),
				do("transfer", c.conv, frame{"queue": []string{"support", "claims"}[rng.IntN(2)], "note": secretWord}), do("to_bot", c.conv),
				do("snooze", c.conv, frame{"until": time.Now().Add(time.Hour).UTC().Format(time.RFC3339)}), do("wake", c.conv),
				do("tag", c.conv, frame{"add": []string{secretWord}}), do("priority", c.conv, frame{"priority": rng.IntN(3)}),
				do("wrap_up", c.conv), do("resolve", c.conv, frame{"disposition": secretWord}), do("reopen", c.conv),
				{"t": "customer_save", "customer": frame{"id": customer, "name": "Ana", "notes": secretWord, "tier": secretWord}},
				{"t": "mark", "conversation": c.conv, "read": 1 + rng.IntN(50)}, {"t": "open", "conversation": c.conv},
			}
			if f := all[rng.IntN(len(all))]; f["t"] == "mark" {
				a.send(f)
			} else {
				a.ask(f)
			}
		}
	}
	c.heartbeat()
	hash := regexp.MustCompile(`[0-9a-f]{64}`)
	for i, p := range pages {
		p.mu.Lock()
		for j, f := range p.frames {
			if contains(p.raw[j], secretWord, "OTHER-CUSTOMER", "sha256", `"rev"`, "assignee") || hash.MatchString(p.raw[j]) {
				t.Errorf("page %d got %s", i, p.raw[j])
			}
			fields(map[string]any(f), func(name string, value any) {
				if !slices.Contains(customerFields, name) && f.at("message", "activity", "args", name) == nil {
					b, _ := json.Marshal(value)
					t.Errorf("page %d got the field %q: %s", i, name, b)
				}
			})
			if _, isText := f["agent"].(string); f["agent"] != nil && !isText {
				t.Errorf("page %d got agent %v, want a name", i, f["agent"])
			}
		}
		p.mu.Unlock()
	}
	if n := len(c.seqs()); n < 10 {
		t.Errorf("only %d messages: the run proved nothing", n)
	}
}
