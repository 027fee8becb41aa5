package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// serving runs `deskhub serve` in this process until the test ends, and returns its address.
func serving(t *testing.T, args ...string) (url string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	var logged bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--json"}, args...), &console{out: in, err: &logged})
		_ = in.Close()
	}()
	t.Cleanup(func() {
		stop()
		if status := <-done; status != 0 {
			t.Errorf("serve ended with status %d: %s", status, logged.String())
		}
	})
	var ready struct{ Listening string }
	if err := json.NewDecoder(out).Decode(&ready); err != nil {
		t.Fatalf("first line of serve: %v (%s)", err, logged.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return "http://" + ready.Listening
}

// greeted has one customer greet the bot and waits for its answer: from then on it has read what it knows.
func greeted(t *testing.T, url string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	answered := make(chan struct{}, 64)
	c, err := client.NewCustomer(client.CustomerOptions{Hub: url, Inbox: "chat", Language: "en", Log: slog.New(slog.DiscardHandler), Handle: func(f wire.Frame) {
		if m, ok := f.(wire.CustomerMessageNew); ok && m.Message.Bot != nil {
			answered <- struct{}{}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	if _, err := c.Send(ctx, "hello"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-answered:
	case <-time.After(2 * time.Minute):
		t.Error("the bot did not answer")
	}
	stop()
	<-ended
}

func TestReplay_BothLanguages(t *testing.T) {
	url := serving(t, "--data", t.TempDir())
	greeted(t, url)
	for _, file := range []string{"multidogo.tsv", "crosswoz.tsv"} {
		r := call(t, "", "replay", filepath.Join("../../assets/demo/customers", file), "--hub", url, "--speed", "200", "--customers", "4", "--json")
		lines := jsonLines(t, r)
		if len(lines) != 5 {
			t.Fatalf("%s: %d lines, want one a customer and the summary: %s", file, len(lines), r.out)
		}
		sum := lines[4]
		if sum["customers"] != 4.0 || sum["errors"] != 0.0 || sum["sent"] != sum["acked"] || sum["sent"].(float64) < 16 {
			t.Errorf("%s: %v (%s)", file, sum, r.err)
		}
		if sum["bot_replies"].(float64)+sum["handoffs"].(float64) == 0 {
			t.Errorf("%s: nobody answered: %v", file, sum)
		}
	}
}

func TestReplay_UnreadableFile(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.tsv")
	if err := os.WriteFile(bad, []byte("conversationId\trole\tutterance\na\tusr\thi\na\tboss\thi\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, call(t, "", "replay", bad, "--hub", "http://127.0.0.1:1"), 2, bad+":3: role")
	fails(t, call(t, "", "replay", bad+".not", "--hub", "http://127.0.0.1:1"), 2, bad+".not")
}

func TestReplay_NoHub(t *testing.T) {
	r := call(t, "", "replay", "../../assets/demo/customers/multidogo.tsv", "--hub", "http://127.0.0.1:1")
	if r.status != 1 || !strings.Contains(r.err, "inboxes of the hub") {
		t.Errorf("got %+v", r)
	}
}
