package app_test

import (
	"strings"
	"testing"
)

// The fee goes up between the read-back and the yes: nothing is sent, the new fee is read back, and only the yes to that
// sends the money.
func TestTerms_ThatChangeVoidTheYes(t *testing.T) {
	d, bank, outbox := openBank(t)
	anna := d.anna()
	anna.readBack(outbox)
	bank.costs("7.50")
	anna.say("yes")
	again := anna.await("a new read-back", func(f frame) bool {
		return f.text("message", "bot", "awaiting") == "confirm" && strings.Contains(f.text("message", "text"), "7.50")
	})
	if bank.list() != "" {
		t.Fatalf("moved: %s", bank.list())
	}
	if text := again.text("message", "text"); !strings.Contains(text, "changed") || !strings.Contains(text, "Tom Reed") {
		t.Errorf("it says %q", text)
	}
	anna.say("yes")
	d.eventually("it is sent", func() bool { return bank.list() == "transfers.create Tom Reed 120.00" })
}
