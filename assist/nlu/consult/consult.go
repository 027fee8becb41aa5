// Package consult asks an OpenAI-compatible endpoint for a second opinion on texts that the classifier is unsure of. All
// that can come of it is the name of one of the intents that it was given, or out of scope: no values, no commands, no
// words for the customer. It leaves off by itself: past a deadline, after failures in a row, with too much to ask, or on
// any answer but a plain one, the classifier's own reading stands.
//
// What leaves the house is the text with personal data masked, and the names of the intents. Nothing of it is logged.
// Run starts Options.AtOnce goroutines, and waits for them.
package consult

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"sync"
	"time"

	"deskhand/assist/nlu"

	openai "github.com/sashabaranov/go-openai"
)

// Options configure an Adviser. URL, Model and Log are needed.
type Options struct {
	URL   string // such as "https://llm.example.com/v1"; https, or http to this machine
	Model string
	Key   string // sent as bearer; empty: none
	Log   *slog.Logger
	Now   func() time.Time // default time.Now
	// Sure is from which confidence nobody else is asked; default .75.
	Sure float64
	// Within is how long one question may take; default 2 s: a customer is waiting.
	Within time.Duration
	// AtOnce is how many questions are asked at the same time; default 2.
	AtOnce int
	// Waiting is how many may wait for that; beyond it nobody is asked. Default 64.
	Waiting int
	// Remember is how many answers are kept; the oldest goes first. Default 2000.
	Remember int
	// FailuresInRow after which the endpoint is left alone for RestFor; default 5 and 30 s.
	FailuresInRow int
	RestFor       time.Duration
	// Count is told what became of each question; default: nobody.
	Count func(Outcome)
}

// Outcome is what became of a question.
type Outcome string

// The outcomes. A text left the house with the first four.
const (
	Chosen  Outcome = "chosen"  // one of the intents, or out of scope
	Refused Outcome = "refused" // an answer that is none: outside the list, or not of the form that was asked for
	Late    Outcome = "late"    // no answer in time
	Failed  Outcome = "failed"  // an error of the endpoint or on the way there
	Resting Outcome = "resting" // not asked: the endpoint is left alone after failures
	Full    Outcome = "full"    // not asked: too many wait
)

// Outcomes lists all of them.
func Outcomes() []Outcome { return []Outcome{Chosen, Refused, Late, Failed, Resting, Full} }

// Adviser is an nlu.Adviser.
type Adviser struct {
	opts   Options
	client *openai.Client
	jobs   chan *opinion

	mu      sync.Mutex // guards the fields below
	known   map[key]*opinion
	order   []key     // of known, oldest first
	failed  int       // in a row
	restful time.Time // nobody is asked before
	probing bool      // after a rest, one question tries
}

var _ nlu.Adviser = (*Adviser)(nil)

// New checks the options; it does not reach for the endpoint yet.
func New(o Options) (*Adviser, error) {
	if o.Log == nil || o.URL == "" || o.Model == "" {
		return nil, errors.New("endpoint of understanding: URL, Model or Log is missing")
	}
	if !safe(o.URL) {
		return nil, fmt.Errorf("endpoint of understanding: %s: only https is spoken with another machine", o.URL)
	}
	o = o.withDefaults()
	return &Adviser{opts: o, client: newClient(o), jobs: make(chan *opinion, o.Waiting), known: map[key]*opinion{}}, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Count == nil {
		o.Count = func(Outcome) {}
	}
	o.Sure, o.Within = cmp.Or(o.Sure, .75), cmp.Or(o.Within, 2*time.Second)
	o.AtOnce, o.Waiting = cmp.Or(o.AtOnce, 2), cmp.Or(o.Waiting, 64)
	o.Remember, o.FailuresInRow = max(cmp.Or(o.Remember, 2000), o.Waiting+o.AtOnce+1), cmp.Or(o.FailuresInRow, 5)
	o.RestFor = cmp.Or(o.RestFor, 30*time.Second)
	o.Log = o.Log.With("component", "consult")
	return o
}

// safe tells whether customers' words may be sent to an address.
func safe(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// Run asks until ctx ends. What was not asked by then stays unsettled; whoever waits for it begins anew with the hub.
func (a *Adviser) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	for range a.opts.AtOnce {
		wg.Go(func() { a.work(ctx) })
	}
	wg.Wait()
	return nil
}

func (a *Adviser) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case op := <-a.jobs:
			intent, outcome := a.ask(ctx, op)
			if ctx.Err() != nil {
				return
			}
			a.settle(op, intent, outcome)
		}
	}
}
