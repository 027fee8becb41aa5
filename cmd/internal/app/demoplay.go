package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/replay"
	"deskhand/assist/wire"

	"go.yaml.in/yaml/v3"
)

// script is one invented customer of assets/demo/scripts.yaml.
type script struct {
	Inbox    assist.InboxID `yaml:"inbox"`
	Language string         `yaml:"language"`
	Customer string         `yaml:"customer"`
	Say      []string       `yaml:"say"`
	Human    bool           `yaml:"human"`
}

func scripts() ([]script, error) {
	text, err := fs.ReadFile(assets.Demo, "demo/scripts.yaml")
	if err != nil {
		return nil, fmt.Errorf("demo customers: %w", err)
	}
	var all []script
	if err := yaml.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("demo/scripts.yaml: %w", err)
	}
	return all, nil
}

// How the demo's customers behave.
const (
	comesEvery  = 1200 * time.Millisecond // between the first customers
	typesAtMost = 6 * time.Second         // per line
	perRune     = 70 * time.Millisecond
	waitsFor    = 12 * time.Second // for an answer, before saying the next thing all the same
	comesBack   = 4 * time.Minute  // after leaving
)

// playDemo lets the demo's customers come, one after the other, write through the customers' socket, and come
// back later, until the hub closes.
func (a *App) playDemo() error {
	all, err := scripts()
	if err != nil {
		return err
	}
	companies, err := demoCompanies()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	a.stopDemo = cancel
	for i, s := range all {
		a.demo.Go(func() {
			rest(ctx, time.Duration(i)*comesEvery)
			for ctx.Err() == nil {
				if err := a.play(ctx, s, companies); err != nil && ctx.Err() == nil {
					a.opts.Log.Warn("demo customer", "component", "demo", "inbox", s.Inbox, "err", err)
				}
				rest(ctx, comesBack+rand.N(comesBack))
			}
		})
	}
	return a.replayDemo(ctx)
}

// recordedAtOnce is how many recorded customers are at the demo desk at the same time, in each language.
const recordedAtOnce = 1

// replayDemo lets recorded customers come as well: real people's words, see assets/demo/customers/README.md.
func (a *App) replayDemo(ctx context.Context) error {
	for name, inboxes := range map[string][]assist.InboxID{
		"multidogo.tsv": {"harbour", "skylark"},
		"crosswoz.tsv":  {"northwind", "lantern"},
	} {
		f, err := assets.Demo.Open("demo/customers/" + name)
		if err != nil {
			return fmt.Errorf("recorded customers: %w", err)
		}
		conversations, err := replay.Read(name, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("recorded customers: %w", err)
		}
		o := replay.Options{Hub: a.loopback(), Inboxes: inboxes, Conversations: conversations, Customers: recordedAtOnce, Log: a.opts.Log}
		a.demo.Go(func() {
			if err := replay.Loop(ctx, o); err != nil && ctx.Err() == nil {
				a.opts.Log.Warn("recorded customers ended", "component", "demo", "err", err)
			}
		})
	}
	return nil
}

// play is one visit of a customer.
func (a *App) play(ctx context.Context, s script, companies map[string]demoCompany) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Minute)
	defer cancel()
	o := client.CustomerOptions{Hub: a.loopback(), Inbox: s.Inbox, Language: s.Language, Page: "/shop/" + string(s.Inbox), Log: a.opts.Log}
	if s.Customer != "" {
		identity, err := demoIdentity(a.parts, companies, s.Inbox, s.Customer)
		if err != nil {
			return fmt.Errorf("customer %s: %w", s.Customer, err)
		}
		o.Identity = &identity
	}
	heard := make(chan struct{}, 1)
	o.Handle = func(f wire.Frame) {
		if m, ok := f.(wire.CustomerMessageNew); ok && m.Message.Kind == assist.KindText {
			select {
			case heard <- struct{}{}:
			default:
			}
		}
	}
	c, err := client.NewCustomer(o)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	err = visit(ctx, c, s, heard)
	cancel()
	<-ended
	return err
}

// visit types the lines at a human pace, waiting for an answer after each.
func visit(ctx context.Context, c *client.Customer, s script, heard <-chan struct{}) error {
	for _, line := range s.Say {
		if err := typeOut(ctx, c, line); err != nil {
			return err
		}
		if _, err := c.Send(ctx, line); err != nil {
			return err
		}
		await(ctx, heard, waitsFor)
	}
	if s.Human {
		if err := c.Human(ctx); err != nil {
			return err
		}
		for range 3 { // stays while somebody answers
			if !await(ctx, heard, 5*time.Minute) {
				break
			}
		}
	}
	rest(ctx, 20*time.Second)
	return nil
}

// typeOut shows the line growing, as a person types it.
func typeOut(ctx context.Context, c *client.Customer, line string) error {
	runes := []rune(line)
	each := min(perRune, typesAtMost/time.Duration(len(runes)+1))
	for i := 0; i < len(runes); i += 8 {
		c.Typing(string(runes[:min(i+8, len(runes))]), false)
		if rest(ctx, 8*each); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

func await(ctx context.Context, heard <-chan struct{}, most time.Duration) bool {
	t := time.NewTimer(most)
	defer t.Stop()
	select {
	case <-heard:
		return true
	case <-t.C:
	case <-ctx.Done():
	}
	return false
}

func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
