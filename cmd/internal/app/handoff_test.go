package app_test

import (
	"strings"
	"testing"

	"deskhand/assist"
)

// handed waits for the row of a conversation that waits for a person, and gives its handoff.
func (p *peer) handed(conversation int) frame {
	p.t.Helper()
	var h frame
	p.await("the row that waits", func(f frame) bool {
		for _, r := range list(f, "rows") {
			row := frame(r.(map[string]any))
			if row.num("id") == conversation && row.text("status") == "waiting" {
				m, _ := row["handoff"].(map[string]any)
				h = m
				return true
			}
		}
		return false
	})
	return h
}

// Whoever presses the page's button for a person is as verified, and their errand as far, as if the bot had passed them on.
func TestHandoff_ByTheButton(t *testing.T) {
	d, bank, outbox := openBank(t)
	d.hire("li", assist.RoleAgent)
	li, anna := d.agent("li"), d.anna()
	anna.readBack(outbox)
	anna.must(frame{"t": "human"})
	h := li.handed(anna.conv)
	if h.text("reason") != "customer_asked" || h.text("verified") != "strong" || h.text("intent") != "transfer_money" ||
		h.text("slots", "amount") != "120.00" || h.text("slots", "payee") != "Tom Reed" || !strings.Contains(h.text("summary"), "Anna Kowalski") {
		t.Errorf("got %v", h)
	}
	if bank.list() != "" {
		t.Errorf("moved %s", bank.list())
	}
}

// Who is signed in on the company's page is identified before a word is said.
func TestHandoff_ByTheButtonAtOnce(t *testing.T) {
	d, _, _ := openBank(t)
	d.hire("li", assist.RoleAgent)
	li := d.agent("li")
	for want, c := range map[string]*peer{"identified": d.anna(), "none": d.customer(shop)} {
		conversation := c.must(frame{"t": "human"}).num("conversation")
		if h := li.handed(conversation); h.text("verified") != want || h.text("reason") != "customer_asked" {
			t.Errorf("want %s, got %v", want, h)
		}
	}
}
