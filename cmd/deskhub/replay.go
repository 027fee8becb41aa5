package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"deskhand/assist"
	"deskhand/assist/replay"
)

type replayCmd struct {
	File      string   `arg:"" help:"Recorded conversations, tab-separated, with a header line (MultiDoGO, CrossWOZ and Schema-Guided Dialogue have the right shape)."`
	Hub       string   `required:"" help:"Address of the hub, e.g. http://127.0.0.1:7420." placeholder:"URL"`
	Speed     float64  `help:"How many times faster than people." default:"1" placeholder:"X"`
	Customers int      `help:"How many customers in all, each with a recording of their own, beginning anew when the file runs out; 0: as many as the file has." placeholder:"N"`
	AtOnce    int      `help:"How many of them at the same time." default:"100" placeholder:"N"`
	Inbox     []string `help:"The inbox that they write to; repeat it for several, taken in turn. Default: all of the hub." placeholder:"ID"`
	JSON      bool     `help:"Print JSON lines only: one a customer, then the summary." name:"json"`
}

// Run implements the sub-command.
func (r *replayCmd) Run(ctx context.Context, c *console) error {
	if r.Speed <= 0 || r.Customers < 0 || r.AtOnce < 1 {
		return errors.New("--speed and --at-once must be positive, --customers at least 0")
	}
	conversations, err := readRecordings(r.File)
	if err != nil {
		return err
	}
	inboxes, err := r.inboxes(ctx)
	if err != nil {
		return err
	}
	o := replay.Options{
		Hub: r.Hub, Inboxes: inboxes, Conversations: conversations, Customers: r.Customers, AtOnce: r.AtOnce, Speed: r.Speed,
		Log: slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	var printing error
	o.Finished = func(v replay.Visit) { printing = errors.Join(printing, r.print(c, v)) }
	total, err := replay.Play(ctx, o)
	if errors.Is(err, context.Canceled) { // told to stop: what was played counts
		err = nil
	}
	return errors.Join(err, printing, c.line(total))
}

func (r *replayCmd) print(c *console, v replay.Visit) error {
	if r.JSON {
		return c.line(v)
	}
	if v.Error != "" {
		return c.say("customer %d (%s, %s): %d of %d messages stored: %s", v.Customer, v.Inbox, v.Recording, v.Acked, v.Sent, v.Error)
	}
	return c.say("customer %d (%s, %s): %d messages, %d answers", v.Customer, v.Inbox, v.Recording, v.Acked, v.BotReplies+v.AgentReplies)
}

// unreadableFile is an error about a file that could not be opened.
type unreadableFile struct{ error }

// Unreadable makes the command end with status 2.
func (unreadableFile) Unreadable() bool { return true }

// Unwrap gives the cause.
func (u unreadableFile) Unwrap() error { return u.error }

func readRecordings(name string) (all []replay.Conversation, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadableFile{err}
	}
	defer func(f io.Closer) { err = errors.Join(err, f.Close()) }(f)
	return replay.Read(name, f)
}

func (r *replayCmd) inboxes(ctx context.Context) ([]assist.InboxID, error) {
	if len(r.Inbox) > 0 {
		out := make([]assist.InboxID, len(r.Inbox))
		for i, id := range r.Inbox {
			out[i] = assist.InboxID(id)
		}
		return out, nil
	}
	h := &http.Client{Timeout: 10 * time.Second}
	defer h.CloseIdleConnections()
	inboxes, err := replay.Inboxes(ctx, h, r.Hub)
	if err == nil && len(inboxes) == 0 {
		err = fmt.Errorf("the hub at %s has no inbox; give one with --inbox", r.Hub)
	}
	return inboxes, err
}
