package verify_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist/verify"
)

func TestWebhook(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	m := verify.Message{ID: "7", Inbox: "bank", Party: "B-1", Phone: "13800000000", Code: "482915", Language: "zh", Company: "海港银行", Life: 10 * time.Minute}
	for _, tc := range []struct {
		what    string
		answers []int
		calls   int
		ok      bool
	}{
		{"taken", []int{204}, 1, true}, {"the second time", []int{503, 200}, 2, true}, {"too busy", []int{429, 429}, 2, false},
		{"refused", []int{403, 200}, 1, false}, {"sent elsewhere", []int{302, 200}, 1, false},
	} {
		t.Run(tc.what, func(t *testing.T) {
			var mu sync.Mutex
			var ids []string
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				if r.Header.Get("Deskhand-Signature") != verify.Sign(secret, r.Header.Get("Deskhand-Time"), body) {
					t.Error("the signature is wrong")
				}
				var got map[string]any
				if err := json.Unmarshal(body, &got); err != nil || got["id"] != "7" || got["code"] != "482915" || got["phone"] != "13800000000" || got["life_s"] != 600.0 {
					t.Errorf("got %v, %v", got, err)
				}
				ids = append(ids, got["id"].(string))
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(tc.answers[len(ids)-1])
			}))
			defer s.Close()
			hook, err := verify.NewWebhook(verify.WebhookOptions{URL: s.URL, Secret: secret})
			if err != nil {
				t.Fatal(err)
			}
			err = hook.SendCode(t.Context(), m)
			mu.Lock()
			defer mu.Unlock()
			if (err == nil) != tc.ok || len(ids) != tc.calls || len(ids) == 2 && ids[0] != ids[1] {
				t.Errorf("got %v after %d calls %v", err, len(ids), ids)
			}
			if err != nil && strings.Contains(err.Error(), "482915") {
				t.Errorf("the error tells the code: %v", err)
			}
		})
	}
}

// A gateway that never answers doesn't hold the customer up for long.
func TestWebhook_NoAnswer(t *testing.T) {
	hold := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-hold }))
	defer s.Close()
	defer close(hold)
	hook, err := verify.NewWebhook(verify.WebhookOptions{URL: s.URL, Secret: []byte("k"), Within: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := hook.SendCode(t.Context(), verify.Message{Code: "482915"}); err == nil {
		t.Error("it answered")
	}
}
