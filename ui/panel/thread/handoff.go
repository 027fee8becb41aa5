package thread

import (
	"slices"
	"strings"

	"deskhand/assist"
)

// Handoff is what the card at the top of a thread says.
type Handoff struct {
	Title   string   // "Bot handled 6 turns · identity verified · handed off: "
	Reason  string   // in bold
	Summary string   // "" if the bot gave none
	Facts   []string // what it knows: "order: 7731-204"
	Tried   []string
	Intent  string   // what the customer wanted, in words; "" if that is not known
	Done    []string // what the back office was asked to change, with how far it came
}

// Handoff is the card of the conversation shown; nil if the bot did not hand it over, or it is settled.
func (p *Presenter) Handoff() *Handoff {
	c := p.desk.State.Conversation(p.id)
	if c == nil || c.Row.Handoff == nil || !c.Row.Status.Open() || c.Row.Status == assist.StatusBot {
		return nil
	}
	h, l := c.Row.Handoff, p.desk.Lang
	out := &Handoff{Reason: l.Handoff(h.Reason), Summary: strings.TrimSpace(h.Summary)}
	var parts []string
	if h.Turns > 0 {
		parts = append(parts, l.N("handoff.turns", h.Turns))
	}
	if v := l.Verified(h.Verified); v != "" {
		parts = append(parts, v)
	}
	out.Title = strings.Join(append(parts, l.T("handoff.reason")), " · ") + " "
	keys := make([]string, 0, len(h.Slots))
	for k := range h.Slots {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		out.Facts = append(out.Facts, l.Arg(k)+": "+h.Slots[k])
	}
	if h.Intent != "" {
		out.Intent = l.Intent(h.Intent)
	}
	for _, x := range c.Commands {
		out.Done = append(out.Done, p.desk.CommandTitle(x)+" · "+p.desk.CommandState(x))
	}
	for _, t := range h.Tried {
		out.Tried = append(out.Tried, strings.ReplaceAll(t, "_", " "))
	}
	return out
}

// Viewers is the line of who else looks at the conversation; "" if nobody does.
func (p *Presenter) Viewers() string {
	c := p.desk.State.Conversation(p.id)
	if c == nil {
		return ""
	}
	var names []string
	for _, id := range c.Viewers {
		if id != p.desk.State.You().ID {
			names = append(names, p.desk.AgentName(id))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return p.desk.Lang.T("thread.viewers", "names", strings.Join(names, p.desk.Lang.T("list.comma")))
}
