// Package assist is the panel of what helps to answer: macros that fit what the customer said last, and what this
// customer wrote about before. Suggestions of programs will stand above them.
package assist

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel"
)

// macrosMost and pastMost are how many are shown.
const (
	macrosMost = 4
	pastMost   = 3
)

// Presenter decides what the panel shows.
type Presenter struct {
	desk *panel.Desk
	id   assist.ConversationID
}

// NewPresenter returns a presenter of no conversation.
func NewPresenter(d *panel.Desk) *Presenter { return &Presenter{desk: d} }

// Show turns to a conversation.
func (p *Presenter) Show(id assist.ConversationID) { p.id = id }

// Macros are those that share words with the customer's last messages, the best first.
func (p *Presenter) Macros() []assist.Macro {
	c := p.desk.State.Conversation(p.id)
	if c == nil || !c.Loaded || !p.desk.State.Can("macro.use") || !p.desk.Allowed(c.Row).Reply {
		return nil
	}
	words := wordsOf(said(c.Messages) + " " + strings.Join(c.Row.Tags, " "))
	if c.Row.Handoff != nil {
		for w := range wordsOf(strings.ReplaceAll(c.Row.Handoff.Intent, "_", " ")) {
			words[w] = true
		}
	}
	type scored struct {
		m     assist.Macro
		score float64
	}
	var found []scored
	for _, m := range p.desk.State.Macros(c.Row.Language) {
		if s := overlap(words, wordsOf(m.Name+" "+m.Title+" "+m.Text)); s > 0 {
			found = append(found, scored{m, s})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []assist.Macro
	for _, f := range found[:min(len(found), macrosMost)] {
		out = append(out, f.m)
	}
	return out
}

// said is what the customer said last.
func said(messages []assist.Message) string {
	var parts []string
	for _, m := range slices.Backward(messages) {
		if m.From.Kind == assist.ActorCustomer && m.Text != "" {
			parts = append(parts, m.Text)
		}
		if len(parts) == 3 {
			break
		}
	}
	return strings.Join(parts, " ")
}

// wordsOf are the words of Latin text of three letters and more, and the pairs of Han characters that follow each
// other: two characters are the commonest word of Chinese.
func wordsOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		var last rune
		latin := strings.Builder{}
		for _, r := range w {
			if unicode.Is(unicode.Han, r) {
				if last != 0 {
					out[string([]rune{last, r})] = true
				}
				last = r
				continue
			}
			last = 0
			latin.WriteRune(r)
		}
		if latin.Len() >= 3 {
			out[latin.String()] = true
		}
	}
	return out
}

// overlap is the share of the macro's words that were said: long macros share words by chance.
func overlap(said, macro map[string]bool) float64 {
	n := 0
	for w := range macro {
		if said[w] {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n) / float64(4+len(macro))
}

// Past are the customer's latest other conversations.
func (p *Presenter) Past() []wire.Row {
	c := p.desk.State.Conversation(p.id)
	if c == nil {
		return nil
	}
	return c.Past[:min(len(c.Past), pastMost)]
}

// Text is what a macro would say here.
func (p *Presenter) Text(m assist.Macro) string {
	if r, ok := p.desk.State.Row(p.id); ok {
		return p.desk.Expand(m.Text, r)
	}
	return m.Text
}
