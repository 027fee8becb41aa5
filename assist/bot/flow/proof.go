package flow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/verify"
)

// mostMisses is how often wrong details or codes are taken before a person looks at it.
const mostMisses = 3

// verify lets the errand go on if the customer has proved enough, else asks for the next thing that proves it.
func (e *Engine) verify(ctx context.Context, t *Turn, need verify.Level) (waits bool, err error) {
	if t.level.Covers(need) {
		t.State.Proof = Proof{Order: t.State.Proof.Order}
		return false, nil
	}
	failed, err := e.proofs.Failed(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return false, fmt.Errorf("failed codes: %w", err)
	}
	if failed >= mostMisses || t.State.Proof.Misses >= mostMisses {
		return true, e.NoProof(t)
	}
	if t.level.Covers(verify.Identified) {
		return true, e.askCode(ctx, t, t.party)
	}
	return e.askDetails(ctx, t)
}

// NoProof hands over to a person, who has other ways to know a customer.
func (e *Engine) NoProof(t *Turn) error {
	t.keep(t.State.Errand)
	t.HandOff("identity", assist.PriorityNormal)
	return t.Say(nil, "identity.failed")
}

// askCode sends a code, unless one is under way, and asks for it.
func (e *Engine) askCode(ctx context.Context, t *Turn, party string) error {
	p := &t.State.Proof
	p.Asking, p.Party = true, party
	if p.Sent {
		return t.ask(OneTimeCode, nil, "ask."+OneTimeCode)
	}
	if err := e.proofs.Send(ctx, t.Conversation.ID, t.Conversation.BotGeneration, party, t.State.Language); err != nil {
		if errors.Is(err, verify.ErrLocked) {
			return e.NoProof(t)
		}
		t.Log.Error("one-time code not sent", "conversation_id", t.Conversation.ID, "err", err)
		t.keep(t.State.Errand)
		t.HandOff("identity", assist.PriorityNormal)
		return t.Say(nil, "identity.unsent")
	}
	p.Sent = true
	return t.ask(OneTimeCode, nil, "identity.sent")
}

// askDetails asks an anonymous visitor for the next detail, once all are there looks them up.
func (e *Engine) askDetails(ctx context.Context, t *Turn) (waits bool, err error) {
	p := &t.State.Proof
	p.Asking = true
	if slices.Contains(t.Pack.Identify, OrderID) && p.Order == "" {
		p.Order = t.orderIn(t.heard())
	}
	for _, what := range t.Pack.Identify {
		switch {
		case what == OrderID && p.Order == "", what == Phone && p.Phone == "":
			return true, t.ask(what, nil, "identity."+what, "ask."+what)
		}
	}
	party, err := t.find(ctx, backoffice.Details{Phone: p.Phone, OrderID: p.Order})
	switch {
	case errors.Is(err, backoffice.ErrNotFound):
		return true, e.mismatch(t)
	case err != nil:
		return e.unavailable(t, t.Pack.Intents[t.State.Errand.Intent], err)
	}
	if slices.Contains(t.Pack.Identify, OneTimeCode) {
		return true, e.askCode(ctx, t, party)
	}
	if err := e.identify(ctx, t, party); err != nil {
		return false, err
	}
	t.State.Proof = Proof{Order: p.Order} // nothing more is asked for the proof
	return false, t.know(ctx)
}

func (t *Turn) find(ctx context.Context, by backoffice.Details) (string, error) {
	if t.Office == nil {
		return "", backoffice.ErrUnavailable
	}
	return t.Office.Find(ctx, by)
}

// mismatch doesn't tell which of the details was wrong.
func (e *Engine) mismatch(t *Turn) error {
	p := &t.State.Proof
	p.Misses++
	if p.Misses >= mostMisses {
		return e.NoProof(t)
	}
	p.Order, p.Phone = "", ""
	if r := t.State.Errand; r != nil { // the number that was said first is among the wrong ones
		for n := range r.Heard {
			r.Heard[n].Text = t.withoutOrders(r.Heard[n].Text)
		}
	}
	if err := t.Say(nil, "identity.mismatch"); err != nil {
		return err
	}
	first := t.Pack.Identify[0]
	return t.ask(first, nil, "identity."+first, "ask."+first)
}

func (e *Engine) identify(ctx context.Context, t *Turn, party string) error {
	if err := e.proofs.Identify(ctx, t.Conversation.ID, t.Conversation.BotGeneration, party); err != nil {
		return fmt.Errorf("identify the customer: %w", err)
	}
	level, who, err := e.proofs.Level(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return fmt.Errorf("what the customer has proved: %w", err)
	}
	t.level, t.party = level, who
	return nil
}

// Detail takes the answer to what an anonymous visitor was asked for; false if the text has none.
func (e *Engine) Detail(t *Turn, text string) bool {
	p := &t.State.Proof
	switch t.State.Await {
	case OrderID:
		id := t.orderIn([]string{text})
		if id == "" {
			return false
		}
		p.Order = id
		if phones := entity.Phones(t.withoutOrders(text), t.Context()); len(phones) > 0 && p.Phone == "" {
			p.Phone = phones[0].Digits
		}
	case Phone:
		phones := entity.Phones(text, t.Context())
		if len(phones) == 0 {
			return false
		}
		p.Phone = phones[0].Digits
	}
	p.Tries = 0
	return true
}

// Code takes what became of a code that was typed in the message; taken is false if none was.
func (e *Engine) Code(ctx context.Context, t *Turn, message assist.ClientID) (taken bool, err error) {
	a, err := e.proofs.Attempt(ctx, t.Conversation.ID, message)
	if err != nil {
		return false, fmt.Errorf("one-time code: %w", err)
	}
	p := &t.State.Proof
	switch {
	case a.None:
		return false, nil
	case a.Right:
		return true, e.proved(ctx, t)
	case a.Expired:
		p.Sent = false
		return true, t.Say(nil, "identity.expired")
	case a.Left <= 0:
		return true, e.NoProof(t)
	}
	return true, t.Say(Data{"left": a.Left}, "identity.wrong")
}

// proved takes note of a right code.
func (e *Engine) proved(ctx context.Context, t *Turn) (err error) {
	party := t.State.Proof.Party
	t.level, t.party, err = e.proofs.Level(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return fmt.Errorf("what the customer has proved: %w", err)
	}
	if !t.level.Covers(verify.Identified) && party != "" {
		if err := e.identify(ctx, t, party); err != nil {
			return err
		}
	}
	t.State.Proof = Proof{Order: t.State.Proof.Order}
	t.State.Await = ""
	return t.know(ctx)
}

// Resend sends another code.
func (e *Engine) Resend(ctx context.Context, t *Turn) error {
	t.State.Proof.Sent = false
	return e.askCode(ctx, t, t.State.Proof.Party)
}

// heard are the texts of the errand.
func (t *Turn) heard() []string {
	var out []string
	if r := t.State.Errand; r != nil {
		for _, h := range r.Heard {
			out = append(out, h.Text)
		}
	}
	return out
}

// orderIn is the first order number in the texts, by its shape alone: whose it is isn't known yet.
func (t *Turn) orderIn(texts []string) string {
	for _, text := range texts {
		for _, id := range entity.Identifiers(text, t.patterns("order")) {
			if id.Problem == "" {
				return id.Value
			}
		}
	}
	return ""
}

func (t *Turn) withoutOrders(text string) string {
	for _, id := range entity.Identifiers(text, t.patterns("order")) {
		text = blank(text, id.Start, id.End)
	}
	return text
}

// patterns are the shapes of the company's ids of the kinds; of all kinds if none is named.
func (t *Turn) patterns(kinds ...string) []entity.Pattern {
	var out []entity.Pattern
	for kind, shape := range t.Profile.Shapes {
		if len(kinds) == 0 || slices.Contains(kinds, kind) {
			out = append(out, entity.Pattern{Kind: kind, Shape: shape})
		}
	}
	slices.SortFunc(out, func(a, b entity.Pattern) int { return strings.Compare(a.Kind, b.Kind) })
	return out
}

// blank replaces a stretch by spaces, so that what else stands in the text keeps its place.
func blank(text string, start, end int) string {
	if start < 0 || end > len(text) || start >= end {
		return text
	}
	return text[:start] + strings.Repeat(" ", end-start) + text[end:]
}
