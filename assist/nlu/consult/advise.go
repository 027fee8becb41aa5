package consult

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"deskhand/assist/nlu"
)

// key is what an opinion is remembered by: the masked text, and what there was to choose from.
type key [sha256.Size]byte

// opinion is what the endpoint says of a text, or will say.
type opinion struct {
	text   string // masked; empty once settled
	among  []nlu.Choice
	ready  []func() // who waits
	done   bool
	intent string    // "": it has no opinion
	until  time.Time // an opinion that is none is asked for again after it
}

// Advise implements nlu.Adviser.
func (a *Adviser) Advise(q nlu.Question) (nlu.Reading, bool) {
	if !a.unsure(q.Reading) || len(q.Among) == 0 {
		return q.Reading, true
	}
	text := mask(q.Text, q.Names)
	k := keyOf(text, q.Among)
	a.mu.Lock()
	defer a.mu.Unlock()
	op, now := a.known[k], a.opts.Now()
	switch {
	case op == nil || op.done && op.intent == "" && now.After(op.until):
		return q.Reading, !a.enqueue(k, &opinion{text: text, among: q.Among, ready: []func(){q.Ready}}, now)
	case !op.done:
		op.ready = append(op.ready, q.Ready)
		return q.Reading, false
	}
	return advised(q.Reading, op.intent), true
}

// unsure tells whether a reading lies between rejection and what the bot acts on in any case.
func (a *Adviser) unsure(r nlu.Reading) bool {
	return !r.OutOfScope && len(r.Ranked) > 0 && r.Best().Confidence < a.opts.Sure
}

// enqueue has a question asked, and tells whether it will be.
func (a *Adviser) enqueue(k key, op *opinion, now time.Time) bool {
	if a.failed >= a.opts.FailuresInRow && (a.probing || now.Before(a.restful)) {
		a.opts.Count(Resting)
		return false
	}
	select {
	case a.jobs <- op:
	default:
		a.opts.Count(Full)
		return false
	}
	a.probing = a.failed >= a.opts.FailuresInRow
	if a.known[k] == nil {
		a.order = append(a.order, k)
	}
	a.known[k] = op
	for len(a.order) > a.opts.Remember {
		delete(a.known, a.order[0])
		a.order = slices.Delete(a.order, 0, 1)
	}
	return true
}

// settle notes what came of a question and tells those who wait.
func (a *Adviser) settle(op *opinion, intent string, o Outcome) {
	a.opts.Count(o)
	a.mu.Lock()
	now := a.opts.Now()
	op.done, op.intent, op.until, op.text = true, intent, now.Add(a.opts.RestFor), ""
	a.probing = false
	if o == Chosen || o == Refused { // it answers, if not as it should
		a.failed = 0
	} else if a.failed++; a.failed >= a.opts.FailuresInRow {
		a.restful = now.Add(a.opts.RestFor)
	}
	ready := op.ready
	op.ready = nil
	a.mu.Unlock()
	for _, f := range ready {
		if f != nil {
			f()
		}
	}
}

func keyOf(text string, among []nlu.Choice) key {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", text)
	for _, c := range among {
		fmt.Fprintf(h, "%q %q\n", c.Intent, c.Title)
	}
	return key(h.Sum(nil))
}

// trust is the confidence of an advised reading: enough to begin an errand, too little to leave another one for it.
const trust = .7

// actedOn is from which confidence the classifier's own choice needs nobody's agreement.
const actedOn = .5

// advised is a reading after an opinion on it.
func advised(r nlu.Reading, intent string) nlu.Reading {
	switch {
	case intent == "":
		return r
	case nlu.IsOutOfScope(intent):
		r.OutOfScope, r.Advised = true, true
		return r
	case intent == r.Best().Intent && r.Best().Confidence >= actedOn:
		return r
	}
	others, sum := make([]nlu.Candidate, 0, len(r.Ranked)), 0.
	for _, c := range r.Ranked {
		if c.Intent != intent {
			others, sum = append(others, c), sum+c.Confidence
		}
	}
	for i := range others { // what is left of certainty, in the proportions that it had
		others[i].Confidence *= (1 - trust) / max(sum, 1-trust)
	}
	r.Ranked = append([]nlu.Candidate{{Intent: intent, Confidence: trust}}, others...)
	r.Margin, r.Advised = trust, true
	if len(others) > 0 {
		r.Margin -= others[0].Confidence
	}
	return r
}
