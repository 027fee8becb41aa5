package bot

import (
	"fmt"
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu/entity"
)

// sayNext tells the customer what happens next and, where that is known, how long it takes.
func (d *Dialogue) sayNext(x *exchange) error {
	before, wait := d.opts.Line(x.Inbox.ID)
	minutes := int(wait.Round(1e9 * 60).Minutes())
	switch {
	case x.Handoff().Reason == "safety":
		return nil
	case minutes > 0:
		return x.Say(flow.Data{"position": before + 1, "wait": minutes}, "next.wait")
	case before > 0:
		return x.Say(flow.Data{"position": before + 1}, "next.position")
	}
	return x.Say(nil, "next.any")
}

// handoff is all that a person needs to know to go on.
func (d *Dialogue) handoff(x *exchange, t Turn, h *flow.Transfer) *assist.Handoff {
	s := x.State
	slots, intent := s.Slots, s.Intent
	if s.Errand != nil {
		slots, intent = slotsOf(s.Errand), s.Errand.Intent
	}
	return &assist.Handoff{
		Reason: h.Reason, Intent: intent, Slots: slots, Verified: string(x.Level()), Tried: slices.Clone(s.Done),
		Summary: entity.Mask(entity.Clean(d.summary(x, h))), Summaries: briefly(x, intent, h), Words: wordsOf(s, slots), Turns: s.Turns + 1,
	}
}

// wordsOf are the values of slots as people read them, where those are others than the values.
func wordsOf(s *flow.State, slots map[string]string) map[string]assist.Wording {
	out := map[string]assist.Wording{}
	for name, value := range slots {
		v, ok := s.Known[name]
		if s.Errand != nil {
			if under, filled := s.Errand.Slots[name]; filled {
				v, ok = under, true
			}
		}
		w := v.Wording()
		if ok && v.V == value && (w.EN != value || w.ZH != value) {
			out[name] = w
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// summaryQuotes is how many of the customer's sentences a summary quotes, quoteRunes how many characters of each.
const (
	summaryQuotes = 4
	quoteRunes    = 160
)

// summary tells the matter in one paragraph, for the agent, from what the dialogue remembers; the customer's words are
// quoted as they were written.
func (d *Dialogue) summary(x *exchange, h *flow.Transfer) string {
	s := x.State
	who := "An anonymous visitor"
	if p, ok := x.Person(); ok {
		who = p.Name
	}
	var b strings.Builder
	intent := s.Intent
	if s.Errand != nil {
		intent = s.Errand.Intent
	}
	switch i := x.Pack.Intents[intent]; {
	case intent == askHuman:
		fmt.Fprintf(&b, "%s asked for a person.", who)
	case i != nil && !courtesy(x, intent):
		fmt.Fprintf(&b, "%s wants to %s (%s).", who, i.Title.EN, intent)
	default:
		fmt.Fprintf(&b, "%s wrote something that the bot has no errand for.", who)
	}
	d.tellSlots(&b, x)
	fmt.Fprintf(&b, " Identity: %s.", map[string]string{"none": "not verified", "identified": "identified", "strong": "identified, and confirmed by a one-time code"}[string(x.Level())])
	if len(s.Done) > 0 {
		fmt.Fprintf(&b, " So far: %s.", strings.Join(s.Done, "; "))
	}
	if why := reasons()[h.Reason].EN; why != "" {
		fmt.Fprintf(&b, " %s", why)
	}
	if x.State.Note != "" {
		fmt.Fprintf(&b, " Note to the bot when it was given back: “%s”.", x.State.Note)
	}
	if said := quotes(x.said); said != "" {
		fmt.Fprintf(&b, " In the customer's words: %s.", said)
	}
	return b.String()
}

func (d *Dialogue) tellSlots(b *strings.Builder, x *exchange) {
	r := x.State.Errand
	if r == nil || len(r.Slots) == 0 {
		return
	}
	var known []string
	for _, ref := range x.Pack.Intents[r.Intent].Slots {
		v, ok := r.Slots[ref.Name]
		if !ok {
			continue
		}
		text := v.V
		if v.EN != "" && !strings.Contains(v.EN, v.V) {
			text = v.EN + " (" + v.V + ")"
		}
		known = append(known, fmt.Sprintf("%s %q", x.Pack.Slots[ref.Name].Title.EN, text))
	}
	if len(known) > 0 {
		fmt.Fprintf(b, " Known: %s.", strings.Join(known, ", "))
	}
}

func quotes(said []assist.Message) string {
	var out []string
	for _, m := range said {
		if m.From.Kind != assist.ActorCustomer || !entity.Visible(m.Text) {
			continue
		}
		text := []rune(strings.Join(strings.Fields(entity.Clean(m.Text)), " "))
		if len(text) > quoteRunes {
			text = append(text[:quoteRunes], '…')
		}
		out = append(out, "“"+string(text)+"”")
	}
	return strings.Join(out[max(0, len(out)-summaryQuotes):], " ")
}
