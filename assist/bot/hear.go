package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// From which confidence the bot acts on a reading.
const (
	surely   = 0.75 // leaves what is under way for something else
	likely   = 0.5
	unlikely = 0.4 // below it, with a small margin, the bot asks what was meant
	narrow   = 0.12
	plainly  = 0.9 // a duty in the middle of a message is carried out without a yes
)

func trim(text string) string { return strings.TrimSpace(text) }

// hear lets the policies decide what a message means, the most urgent first.
func (d *Dialogue) hear(ctx context.Context, x *exchange, m assist.Message) error {
	if !entity.Visible(m.Text) {
		return d.invisible(x, m)
	}
	parts := d.opts.Split(x.text, x.company.Reader)
	if len(parts) == 0 {
		parts = []Part{{x.text, x.company.Reader.Read(x.text)}}
	}
	d.speak(x, parts)
	if endangered(x.text) {
		x.State.Intent = first(x.State.Intent, askHuman)
		x.HandOff("safety", assist.PriorityUrgent)
		return x.Say(nil, "handoff.safety")
	}
	if wantsPerson(x.text, parts) {
		return d.toPerson(x, max(likely, best(parts).Confidence))
	}
	if err := d.feel(x); err != nil || x.Handoff() != nil {
		return err
	}
	if x.State.Await != "" {
		return d.awaited(ctx, x, m, parts)
	}
	return d.open(ctx, x, parts)
}

// toPerson hands over because the customer wishes it, the first time and always.
func (d *Dialogue) toPerson(x *exchange, confidence float64) error {
	x.State.Intent, x.State.Sure = askHuman, confidence
	x.HandOff("customer_asked", assist.PriorityNormal)
	return x.Say(nil, "handoff.customer_asked")
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func best(parts []Part) nlu.Candidate {
	if len(parts) == 0 {
		return nlu.Candidate{}
	}
	return parts[0].Reading.Best()
}

// invisible answers a message that shows nothing. It is no try and not out of scope.
func (d *Dialogue) invisible(x *exchange, m assist.Message) error {
	if len(m.Attachments) > 0 {
		return x.Say(nil, "attachment")
	}
	return x.Say(nil, "empty")
}

// awaited hears the answer to a question.
func (d *Dialogue) awaited(ctx context.Context, x *exchange, m assist.Message, parts []Part) error {
	e, s := d.opts.Engine, x.State
	switch {
	case s.Await == flow.AwaitIntent:
		return d.meant(ctx, x, parts)
	case s.Errand == nil:
		s.Await = ""
		return d.open(ctx, x, parts)
	case s.Await == flow.Confirm:
		return d.confirm(ctx, x, parts)
	case s.Await == flow.OneTimeCode:
		taken, err := e.Code(ctx, x.Turn, m.ClientID)
		if taken || err != nil {
			return err
		}
		if wantsCode(x.text) {
			return e.Resend(ctx, x.Turn)
		}
		return d.astray(ctx, x, parts)
	case s.Proof.Asking:
		if e.Detail(x.Turn, x.text) {
			s.Await = ""
			return nil
		}
		return d.astray(ctx, x, parts)
	}
	return d.slot(ctx, x, parts)
}

// slot hears the answer to the question for a slot.
func (d *Dialogue) slot(ctx context.Context, x *exchange, parts []Part) error {
	if _, pressed := x.State.Buttons[x.text]; !pressed {
		// What only sounds like leaving ("the first one") may name one of the things that were listed.
		if listed := x.Pack.Slots[x.State.Await]; leavesInWords(x.text) || leaves(x.text, parts) && (listed == nil || listed.Type != pack.Item) {
			return d.leave(ctx, x, parts)
		}
		if _, other := d.other(x, parts, surely); other && asksSomething(x.text) && !x.insists() {
			return d.astray(ctx, x, parts)
		}
	}
	took, err := d.opts.Engine.Answer(ctx, x.Turn, x.text)
	switch {
	case err != nil:
		return err
	case took == flow.Nothing:
		return d.astray(ctx, x, parts)
	case took == flow.Refused || took == flow.Replaced:
		x.State.Await = "" // the flow explains and asks again
	}
	x.State.Strange = 0
	return nil
}

// confirm hears the answer to a read-back.
func (d *Dialogue) confirm(ctx context.Context, x *exchange, parts []Part) error {
	e := d.opts.Engine
	said := answered(x, x.text)
	if said.Verdict == entity.Yes && !x.ReadNow() {
		return e.Confirmed(ctx, x.Turn, x.at)
	}
	if said.Verdict == entity.Yes { // to a question that it can't have seen
		return nil
	}
	if said.Reason == "" || said.Reason == entity.Correction {
		if changed, err := e.Amend(ctx, x.Turn, x.text); changed || err != nil {
			return err
		}
	}
	if said.Reason == entity.Correction && yesFirst.MatchString(x.text) && !x.ReadNow() {
		same, err := e.Restates(ctx, x.Turn, x.text)
		if err != nil {
			return err
		}
		if same {
			return e.Confirmed(ctx, x.Turn, x.at)
		}
	}
	if said.Verdict == entity.No || said.Reason == "" && leaves(x.text, parts) {
		if p, other := d.other(x, parts, surely); other && said.Verdict == entity.No {
			if err := e.Decline(ctx, x.Turn); err != nil {
				return err
			}
			w := wishOf(p)
			w.Inherit = true
			return d.begin1(ctx, x, w)
		}
		return e.Decline(ctx, x.Turn)
	}
	if handled, err := d.aside(ctx, x, parts); handled || err != nil {
		return err
	}
	key := "confirm." + said.Reason
	if handed, err := e.Miss(x.Turn); handed || err != nil {
		return err
	}
	return x.Say(nil, key, "confirm.unclear")
}

// answered reads the answer to a read-back. Where the errand is to cancel something, "mm, cancel it" is a yes, and
// "cancel" alone is neither: it may mean the errand.
func answered(x *exchange, text string) entity.Answer {
	said := entity.YesNo(text, x.State.Language, x.Doing()...)
	if !slices.ContainsFunc(x.Doing(), cancels.MatchString) {
		return said
	}
	switch {
	case said.Reason == entity.Correction && agreed.MatchString(text):
		return entity.Answer{Verdict: entity.Yes}
	case said.Verdict == entity.No && onlyCancel.MatchString(text):
		return entity.Answer{}
	}
	return said
}

// leave ends what is under way.
func (d *Dialogue) leave(ctx context.Context, x *exchange, parts []Part) error {
	was := ""
	if x.State.Errand != nil {
		was = x.State.Errand.Intent
	}
	if err := d.opts.Engine.Leave(ctx, x.Turn); err != nil {
		return err
	}
	if rest := afterLeaving(x.text); rest != "" { // "forget it, I'd rather …"
		parts = d.opts.Split(rest, x.company.Reader)
	} else {
		parts = parts[1:]
	}
	for _, p := range parts {
		b := p.Reading.Best()
		if !p.Reading.OutOfScope && b.Confidence >= likely && !courtesy(x, b.Intent) && b.Intent != was {
			w := wishOf(p)
			w.Inherit = true
			x.State.Queue = append(x.State.Queue, w)
		}
	}
	return nil
}

func wishOf(p Part) flow.Wish {
	b := p.Reading.Best()
	return flow.Wish{Intent: b.Intent, Confidence: b.Confidence, Text: p.Text}
}

// other is the first part of a message that clearly asks for another errand than the one under way.
func (d *Dialogue) other(x *exchange, parts []Part, least float64) (Part, bool) {
	for _, p := range parts {
		b := p.Reading.Best()
		if p.Reading.OutOfScope || b.Confidence < least || x.Pack.Intents[b.Intent] == nil {
			continue
		}
		if x.State.Errand != nil && b.Intent == x.State.Errand.Intent || slices.Contains(answers(), b.Intent) {
			continue
		}
		return p, true
	}
	return Part{}, false
}

// answers are the intents that answer a question and ask nothing of their own.
func answers() []string {
	return []string{"affirm", "deny", neverMind, "greet", "thanks", "goodbye", "praise", outOfScope}
}

// courtesy tells whether an intent is a line of conversation and no errand.
func courtesy(x *exchange, intent string) bool {
	i := x.Pack.Intents[intent]
	return i == nil || i.Pack == pack.Common && i.Kind == pack.Answer && len(i.Slots) == 0 && i.Action == ""
}

// astray hears what is no answer to the question: it leaves, digresses, or is a failed try.
func (d *Dialogue) astray(ctx context.Context, x *exchange, parts []Part) error {
	if leaves(x.text, parts) {
		return d.leave(ctx, x, parts)
	}
	no := refuses(x.text, x.State.Language, parts)
	if no && x.Optional() {
		x.Skip()
		return nil
	}
	if handled, err := d.aside(ctx, x, parts); handled || err != nil {
		return err
	}
	if no && x.State.Proof.Asking { // who doesn't want to say who they are is helped by a person
		return d.opts.Engine.NoProof(x.Turn)
	}
	if no && x.State.Errand != nil && (x.State.Errand.Tries[x.State.Await] > 0 || len(x.State.Paused) > 0) {
		return d.leave(ctx, x, parts)
	}
	await := x.State.Await
	handed, err := d.opts.Engine.Miss(x.Turn)
	if handed || err != nil {
		return err
	}
	if x.State.Proof.Asking {
		return x.Say(nil, "again."+await, "again.any")
	}
	return nil
}

var plainNo = regexp.MustCompile(`(?i)^\W*(no|nope|nah|no,? thanks?|no,? thank you)\W*$|^[\s\p{P}]*(不|不用|不用了|不要|没有|没有了|没|没了)[\s\p{P}]*$`)

// refuses tells whether a text is a mere no.
func refuses(text, language string, parts []Part) bool {
	if plainNo.MatchString(text) {
		return true
	}
	if flow.NonAnswer(text) {
		return false
	}
	b := best(parts)
	return entity.YesNo(text, language).Verdict == entity.No || b.Intent == "deny" && b.Confidence >= surely && !parts[0].Reading.OutOfScope
}

// insists tells whether the customer says the very same again: it is meant as an answer then, or is none.
func (x *exchange) insists() bool { return x.text == x.State.Heard }

// aside answers what is asked in between, or begins another errand that the text clearly asks for. What is awaited is
// asked again in the same turn.
func (d *Dialogue) aside(ctx context.Context, x *exchange, parts []Part) (handled bool, err error) {
	if flow.NonAnswer(x.text) || x.insists() {
		return false, nil
	}
	p, other := d.other(x, parts, likely)
	if other && p.Reading.Best().Confidence >= surely {
		return true, d.digress(ctx, x, p)
	}
	if a, ok := d.article(x, x.text); ok && asksSomething(x.text) {
		x.Tell(a)
		return true, nil
	}
	if other && asksSomething(x.text) {
		return true, d.digress(ctx, x, p)
	}
	return false, nil
}

// digress answers or does something else and comes back to what is awaited.
func (d *Dialogue) digress(ctx context.Context, x *exchange, p Part) error {
	s, w := x.State, wishOf(p)
	r := s.Errand
	switch i := x.Pack.Intents[w.Intent]; {
	case courtesy(x, w.Intent):
		return d.courteous(ctx, x, w)
	case r != nil && (instead(x.text) || len(s.Paused) >= deepest) && i.Kind != pack.Answer:
		if err := d.opts.Engine.Abandon(ctx, x.Turn); err != nil {
			return err
		}
	case r != nil:
		r.Await = s.Await
		s.Paused = append(s.Paused, r)
		s.Errand, s.Await = nil, ""
	}
	return d.begin1(ctx, x, w)
}

// deepest is how many errands may wait for a digression to end.
const deepest = 3

// speak follows the customer's language where a text shows it clearly.
func (d *Dialogue) speak(x *exchange, parts []Part) {
	language := ""
	for _, p := range parts {
		if language == "" {
			language = p.Reading.Language
		}
	}
	n, latin := han(x.text), words(x.text)
	switch {
	case language == "" || language == x.State.Language:
	case x.State.Turns == 0 && x.State.Await == "":
		x.State.Language = language
	case language == "zh" && n >= 4, language == "en" && n == 0 && latin >= 3:
		if _, pressed := x.State.Buttons[x.text]; !pressed {
			x.State.Language = language
		}
	}
}

func han(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// words counts the words in Latin letters.
func words(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) && !strings.ContainsFunc(w, unicode.IsDigit) {
			n++
		}
	}
	return n
}
