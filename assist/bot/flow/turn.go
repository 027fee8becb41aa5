package flow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
)

// Turn is one turn of the bot: what it answers to, what it remembers, and what it says.
type Turn struct {
	Conversation assist.Conversation
	Inbox        assist.Inbox
	Signed       string // the customer's id that the company's page vouches for; empty: an anonymous visitor
	Pack         *pack.Pack
	Office       backoffice.Office // nil: the inbox has none
	Profile      backoffice.Profile
	Now          time.Time // in the company's zone
	State        *State
	Log          *slog.Logger

	Choices []assist.Choice
	Sources []assist.Source

	lines    []string
	question string
	level    verify.Level
	party    string
	person   *backoffice.Person
	items    map[string][]backoffice.Item
	amending string // the value that a correction may replace
	readNow  bool   // the read-back that is awaited was made in this turn: no yes can be to it
	over     *Transfer
	ended    string // how the last errand ended that did in this turn
}

// Transfer is why and how a conversation goes to a person.
type Transfer struct {
	Reason   string
	Priority assist.Priority
}

// Begin prepares a turn: who the customer is.
func (e *Engine) Begin(ctx context.Context, t *Turn) (err error) {
	t.items = map[string][]backoffice.Item{}
	t.level, t.party, err = e.proofs.Level(ctx, t.Conversation.ID, t.Conversation.BotGeneration)
	if err != nil {
		return fmt.Errorf("what the customer has proved: %w", err)
	}
	if t.level == "" {
		t.level = verify.None
	}
	if t.Signed != "" && !t.level.Covers(verify.Identified) {
		if err := e.identify(ctx, t, t.Signed); err != nil {
			return err
		}
	}
	return t.know(ctx)
}

// know looks up the person, once they have proved who they are.
func (t *Turn) know(ctx context.Context) error {
	if t.party == "" || t.person != nil || t.Office == nil || !t.level.Covers(verify.Identified) {
		return nil
	}
	p, err := t.Office.Person(ctx, t.party)
	if errors.Is(err, backoffice.ErrNotFound) || errors.Is(err, backoffice.ErrUnavailable) {
		return nil // the errand says so when it needs the back office
	}
	if err != nil {
		return fmt.Errorf("person %s: %w", t.party, err)
	}
	t.person = &p
	return nil
}

// Level is what the customer has proved.
func (t *Turn) Level() verify.Level { return t.level }

// Person is who the customer is; false if that isn't known.
func (t *Turn) Person() (backoffice.Person, bool) {
	if t.person == nil {
		return backoffice.Person{}, false
	}
	return *t.person, true
}

// Handoff is set when the conversation goes to a person after this turn.
func (t *Turn) Handoff() *Transfer { return t.over }

// Ended tells how the last errand ended that did in this turn: done, refused, waiting, voided, declined or left; empty if none did.
func (t *Turn) Ended() string { return t.ended }

// HandOff passes the conversation on after this turn; the first reason stays.
func (t *Turn) HandOff(reason string, p assist.Priority) {
	if t.over == nil {
		t.over = &Transfer{reason, p}
		t.State.Await, t.question, t.Choices = "", "", nil
	}
}

// Voice is who the replies are for.
func (t *Turn) Voice() pack.Voice {
	return pack.Voice{Language: t.State.Language, Currency: t.Profile.Currency, Now: t.Now}
}

// Context is what values are read with.
func (t *Turn) Context() entity.Context {
	return entity.Context{Now: t.Now, Language: t.State.Language, Currency: t.Profile.Currency, Country: t.Profile.Country}
}

// Data is what a template may speak of.
type Data map[string]any

// Say adds the reply of the first key that there is.
func (t *Turn) Say(d Data, keys ...string) error {
	text, err := t.Render(d, keys...)
	if err == nil {
		t.lines = append(t.lines, text)
	}
	return err
}

// Tell adds the text of an article, and names it as the source.
func (t *Turn) Tell(a knowledge.Article) {
	t.lines = append(t.lines, a.Body)
	if a.Pack != pack.Common {
		t.Sources = append(t.Sources, assist.Source{Kind: "article", ID: a.Pack + "/" + a.ID, Title: a.Title})
	}
}

// ask sets the question that the turn ends with, and what is awaited.
func (t *Turn) ask(await string, d Data, keys ...string) error {
	text, err := t.Render(d, keys...)
	if err != nil {
		return err
	}
	t.State.Await, t.question = await, text
	t.Choices, t.State.Buttons = nil, nil
	return nil
}

// Render is the reply of the first key that there is, filled in; variants take turns.
func (t *Turn) Render(d Data, keys ...string) (string, error) {
	key := t.Pack.Key(t.State.Language, keys...)
	if key == "" {
		return "", fmt.Errorf("pack %s has none of the replies %s", t.Pack.Name, strings.Join(keys, ", "))
	}
	n := t.State.Said[key]
	t.State.Said[key] = n + 1
	return t.Pack.Say(key, n+int(t.Conversation.ID%7), t.Voice(), t.data(d))
}

// has tells whether the pack says one of the keys.
func (t *Turn) has(keys ...string) bool { return t.Pack.Key(t.State.Language, keys...) != "" }

func (t *Turn) data(more Data) map[string]any {
	d := Data{
		"customer": map[string]any{"name": t.called()}, "company": t.company(), "now": t.Now, "notes": []string(nil),
		"slots": map[string]any{}, "values": map[string]any{},
	}
	if p := t.person; p != nil {
		d["customer"] = map[string]any{"name": p.Name, "tier": p.Tier, "language": p.Language}
		d["notes"] = p.Notes
	}
	if r := t.State.Errand; r != nil {
		d["slots"], d["values"] = t.shown(r.Slots), anyMap(r.values())
		if i := t.Pack.Intents[r.Intent]; i != nil {
			d["intent"] = i.Title.In(t.State.Language)
		}
		for name, raw := range r.Results {
			if result, err := backoffice.Stored(raw, t.Now.Location()); err == nil {
				d[name] = result
			}
		}
	}
	maps.Copy(d, more)
	return d
}

func anyMap(m map[string]string) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// called is the customer's name, as far as it is known.
func (t *Turn) called() string {
	if t.person != nil {
		return t.person.Name
	}
	return ""
}

func (t *Turn) company() string {
	if n := t.Inbox.DisplayName(t.State.Language); n != "" {
		return n
	}
	if t.State.Language == "zh" && t.Profile.NameZH != "" {
		return t.Profile.NameZH
	}
	return t.Profile.Name
}

// shown are slots as people read them.
func (t *Turn) shown(slots map[string]Value) map[string]any {
	out := make(map[string]any, len(slots))
	for name, v := range slots {
		out[name] = t.Show(name, v)
	}
	return out
}

// Show is a value as people read it.
func (t *Turn) Show(name string, v Value) string {
	s, voice := t.Pack.Slots[name], t.Voice()
	kind := pack.FreeText
	if s != nil {
		kind = s.Type
	}
	switch kind {
	case pack.Money:
		return voice.Money(v.V)
	case pack.Date:
		return voice.Date(v.V)
	case pack.DateTime:
		return voice.DateTime(v.V)
	case pack.Period:
		from, to, _ := strings.Cut(v.V, "/")
		if from == to || to == "" {
			return voice.Date(from)
		}
		return voice.Date(from) + " – " + voice.Date(to)
	}
	switch {
	case t.State.Language == "zh" && v.ZH != "":
		return v.ZH
	case v.EN != "":
		return v.EN
	}
	return v.V
}

// Text is all that the turn says, without what must not be repeated.
func (t *Turn) Text() string {
	lines := t.lines
	if t.question != "" {
		lines = append(lines, t.question)
	}
	return entity.Mask(entity.Clean(strings.Join(lines, "\n")))
}

// Doing are words for what the errand under way would do, for which "yes, cancel it" may be a yes or not.
func (t *Turn) Doing() []string {
	r := t.State.Errand
	if r == nil || t.Pack.Intents[r.Intent] == nil {
		return nil
	}
	i := t.Pack.Intents[r.Intent]
	return []string{i.Title.EN, i.Title.ZH, strings.NewReplacer(".", " ", "_", " ").Replace(i.Action)}
}

// Silent tells whether nothing has been said yet.
func (t *Turn) Silent() bool { return len(t.lines) == 0 && t.question == "" }

// Lead puts a line before all others.
func (t *Turn) Lead(d Data, keys ...string) error {
	text, err := t.Render(d, keys...)
	if err == nil && text != "" {
		t.lines = append([]string{text}, t.lines...)
	}
	return err
}
