package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"deskhand/assist/verify"
	"deskhand/cmd/internal/config"
)

// The company's SMS gateway hangs, and then fails: the bot goes on talking meanwhile, the customer is told, and the code
// that is sent on their wish proves who they are.
func TestCodes_AGatewayThatHangsAndFails(t *testing.T) {
	hold, codes := make(chan struct{}), make(chan string, 1)
	var well atomic.Bool
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Code string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		if !well.Load() {
			<-hold
			w.WriteHeader(http.StatusForbidden)
			return
		}
		codes <- body.Code
	}))
	defer gateway.Close()
	d, _, _ := openBank(t, func(c *config.Config) {
		c.Codes.Webhook, c.Codes.Secret = gateway.URL, config.NewSecret("0123456789abcdef0123456789abcdef")
	})
	anna := d.anna()
	begun := time.Now()
	anna.say(transfer)
	anna.awaits(verify.Awaiting)
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("the bot waited %s for the gateway", took)
	}
	well.Store(true)
	close(hold)
	f := anna.await("the failure is told", func(f frame) bool { return strings.Contains(f.text("message", "text"), "could not be sent") })
	choices, _ := f.at("message", "choices").([]any)
	if f.text("message", "bot", "awaiting") != verify.Awaiting || len(choices) != 2 {
		t.Errorf("got %v", f)
	}
	anna.say(frame(choices[0].(map[string]any)).text("text"))
	anna.say(<-codes)
	anna.awaits("confirm")
}
