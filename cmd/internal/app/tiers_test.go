package app_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
)

// opinion is a scripted stand-in for an OpenAI-compatible endpoint over real HTTP; it is no model.
func opinion(t *testing.T, status int, content string) (url string, asked *atomic.Int64) {
	asked = &atomic.Int64{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"choices":[{"index":0,"message":{"role":"assistant","content":`+content+`}}]}`)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/v1", asked
}

func asking(url string) func(*config.Config) {
	return func(c *config.Config) {
		c.Understanding = config.Understanding{Endpoint: url, Model: "m", AskBelow: 100, Key: config.NewSecret("sk-very-secret")}
	}
}

// The endpoint's choice begins the errand; it is counted, and neither the text nor the key stands in the log.
func TestTiers_AnEndpointIsAskedWhereTheBotIsUnsure(t *testing.T) {
	url, asked := opinion(t, 200, `"{\"intent\":\"order_status\"}"`)
	d := openDesk(t, fast, asking(url))
	c := d.customer(shop)
	c.say("how do i return something plum")
	got := c.await("the bot", func(f frame) bool { return f.at("message", "from") == "bot" })
	if asked.Load() != 1 || got.text("message", "bot", "intent") != "order_status" {
		t.Errorf("asked %d times, and read %v", asked.Load(), got)
	}
	if _, _, page := d.request("GET", "/metrics", "", nil); !strings.Contains(string(page), `deskhand_advice_total{outcome="chosen"} 1`) {
		t.Error("it is not counted")
	}
	if log := d.log.String(); strings.Contains(log, "plum") || strings.Contains(log, "sk-very") || !strings.Contains(log, "what it is unsure of goes to 127.0.0.1") {
		t.Errorf("logged: %s", log)
	}
}

func TestTiers_ABrokenEndpointChangesNothing(t *testing.T) {
	url, asked := opinion(t, 500, `"no"`)
	d := openDesk(t, fast, asking(url))
	plain := openDesk(t, fast)
	var said [2]string
	for i, d := range []*desk{d, plain} {
		c := d.customer(shop)
		c.say("how do i return something plum")
		said[i] = c.await("the bot", func(f frame) bool { return f.at("message", "from") == "bot" }).text("message", "bot", "intent")
	}
	if asked.Load() == 0 || said[0] != said[1] || said[0] == "" {
		t.Errorf("asked %d times; %q with a broken endpoint, %q without one", asked.Load(), said[0], said[1])
	}
}

func TestTiers_AMissingEncoderIsFoundOutAtTheStart(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"nowhere.onnx": "", "broken.onnx": "this is no model"} {
		if content != "" {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "tokenizer.json"), []byte("{}"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c := deskConfig(t, func(c *config.Config) { c.Understanding.ONNX = filepath.Join(dir, name) })
		a, err := app.Start(context.Background(), app.Options{Config: c, Log: slog.New(slog.DiscardHandler)})
		if err == nil || !strings.Contains(err.Error(), "understanding.onnx") || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
		if err == nil {
			_ = a.Close()
		}
	}
}
