package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"deskhand/assist"
	"deskhand/assist/desk"
)

// Off is what runs where the bot is switched off: it passes what the bot had on to people. Run is its one goroutine.
type Off struct{ opts Options }

// NewOff checks the options; the Responder is not asked for.
func NewOff(o Options) (*Off, error) {
	if o.Ledger == nil || o.Store == nil || o.Desk == nil || o.Log == nil {
		return nil, errors.New("bot: an option without default is missing")
	}
	return &Off{opts: o.withDefaults()}, nil
}

// Run passes on what the bot left, trying again until all of it is stored, and waits for the end of ctx. What lay idle
// too long already is resolved, as the bot would have done.
func (o *Off) Run(ctx context.Context) error {
	retry := time.NewTicker(retryEvery)
	defer retry.Stop()
	for {
		left, err := o.passOn(ctx)
		if ctx.Err() == nil && err != nil {
			o.opts.Log.Error("conversations of the bot not passed on, trying again", "left", left, "err", err)
		}
		if err == nil {
			<-ctx.Done()
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-retry.C:
		}
	}
}

// offPage is how many conversations are passed on at a time: less than what the ledger's queue takes.
const offPage = 500

// passOn goes through all conversations once; left could not be stored, the last one for the reason err.
func (o *Off) passOn(ctx context.Context) (left int, err error) {
	f := assist.ConversationFilter{Statuses: []assist.Status{assist.StatusBot}, Limit: offPage}
	for {
		page, readErr := o.opts.Store.Conversations(ctx, f)
		if readErr != nil {
			return left, fmt.Errorf("what the bot had: %w", readErr)
		}
		n, storeErr := o.passPage(ctx, page)
		if left += n; storeErr != nil {
			err = storeErr
		}
		if len(page) < f.Limit || ctx.Err() != nil {
			return left, errors.Join(err, ctx.Err())
		}
		f.Before = page[len(page)-1].Rev
	}
}

func (o *Off) passPage(ctx context.Context, page []assist.Conversation) (left int, err error) {
	done := make(chan error, len(page))
	idle := o.opts.Now().Add(-o.opts.IdleAfter)
	for _, c := range page {
		decide := desk.BotSwitchedOff(o.opts.Desk.QueueOf(c.Inbox))
		if c.Last.At.Before(idle) {
			decide = resolveIdle(c.Seq)
		}
		o.opts.Ledger.Submit(assist.Write{Conversation: c.ID, Decide: decide}, func(r assist.Written) { done <- r.Err })
	}
	for range page {
		select {
		case e := <-done:
			if e != nil {
				left, err = left+1, e
			}
		case <-ctx.Done():
			return left, ctx.Err()
		}
	}
	return left, err
}
