// Package pack reads what the bot knows of one industry: slots, intents, flows, phrases, replies and articles, all of
// them data (assets/packs/README.md is the format). What is wrong in a pack is refused at load, every fault with file and
// line. A Pack is not changed after Load and safe for concurrent use; the package starts no goroutines.
package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"deskhand/assist/backoffice"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"
	"deskhand/assist/verify"
)

// Common is the pack that every other one is merged with.
const Common = "common"

// Languages are those that every pack speaks.
func Languages() []string { return []string{"en", "zh"} }

// Text is a short text in each language.
type Text struct{ EN, ZH string }

// In is the text for a reader of the language.
func (t Text) In(language string) string {
	if language == "zh" {
		return t.ZH
	}
	return t.EN
}

// Pack is one industry, merged with the common pack.
type Pack struct {
	Name     string
	Title    Text
	Identify []string // what an anonymous visitor is asked for: order_id and phone, or phone and one_time_code
	Slots    map[string]*Slot
	Intents  map[string]*Intent
	Order    []string // names of the intents, in the order of the files, the pack's own first
	Actions  map[string]backoffice.Action
	Phrases  []nlu.Phrase
	Articles []knowledge.Article
	Warnings []Problem // what is allowed but poor, e.g. few phrases

	replies map[string]map[string][]*variant // language → key → variants
	hash    string
}

// Hash names the content that the pack was read from.
func (p *Pack) Hash() string { return p.hash }

// Own tells whether the intent is of an industry and not of the common pack.
func (p *Pack) Own(intent string) bool {
	i, ok := p.Intents[intent]
	return ok && i.Pack != Common
}

// Kind says what an intent comes to.
type Kind string

// The kinds of intent.
const (
	Answer  Kind = "answer"  // from knowledge or by a reading call
	Action  Kind = "action"  // a change, read back and confirmed
	Handoff Kind = "handoff" // collects, then a person
)

// Intent is what a customer may want.
type Intent struct {
	Name     string
	Pack     string // that it came from
	Title    Text   // after "Would you like to …?"
	Kind     Kind
	Verify   verify.Level
	Slots    []SlotRef
	Action   string                         // empty: none
	Limit    int64                          // in hundredths, what the bot may do by itself; 0: none
	Over     string                         // reason of the handoff above the limit
	Approve  bool                           // above the limit a second person decides: not said by packs but by the desk's settings
	Reason   string                         // of a handoff intent
	Priority string                         // of a handoff: "", "high" or "urgent"
	Duty     bool                           // done at once, without a yes: the block of a lost card
	Only     map[string]map[string][]string // slot → attribute → values: the candidates to prefer
	Free     map[string]SlotType            // item slot → how it is read where it may be something that the back office doesn't list
	Sole     []string                       // slots whose only candidate by Only is taken without asking
	Unasked  []string                       // optional slots that are taken if said and never asked for
	Flow     []Step
}

// SlotRef is a slot that an intent needs.
type SlotRef struct {
	Name     string
	Optional bool
}

// Needs tells whether the intent has the slot.
func (i *Intent) Needs(slot string) bool {
	return slices.ContainsFunc(i.Slots, func(r SlotRef) bool { return r.Name == slot })
}

// Optional tells whether the intent can do without the slot.
func (i *Intent) Optional(slot string) bool {
	return slices.ContainsFunc(i.Slots, func(r SlotRef) bool { return r.Name == slot && r.Optional })
}

func hashOf(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}
