package thread

import (
	"maps"
	"slices"
	"strings"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
	"deskhand/ui/panel"
)

// Handoff is what the card at the top of a thread says.
type Handoff struct {
	Title   string       // "Bot handled 6 turns · identity verified · handed off: "
	Reason  string       // in bold
	Summary string       // "" if the bot gave none
	Rows    []panel.Fact // since when the customer waits, what was wanted, who it is
	Known   []string     // values: "order: 7731-204"
	Tried   []string     // what the bot did, with what became of it
	Done    []string     // what the back office was asked to change, with how far it came
}

// Handoff is the card of the conversation shown; nil if the bot did not hand it over, or it is settled.
func (p *Presenter) Handoff() *Handoff {
	c := p.desk.State.Conversation(p.id)
	if c == nil || c.Row.Handoff == nil || !c.Row.Status.Open() || c.Row.Status == assist.StatusBot {
		return nil
	}
	h, l := c.Row.Handoff, p.desk.Lang
	out := &Handoff{Reason: l.Handoff(h.Reason), Summary: strings.TrimSpace(h.Summary)}
	if in := strings.TrimSpace(h.Summaries.In(lang.Short(l.Tag()))); in != "" {
		out.Summary = in
	}
	var parts []string
	if h.Turns > 0 {
		parts = append(parts, l.N("handoff.turns", h.Turns))
	}
	if v := l.Verified(h.Verified); v != "" {
		parts = append(parts, v)
	}
	out.Title = strings.Join(append(parts, l.T("handoff.reason")), " · ")
	out.Rows = p.handoffRows(c.Row, h)
	for _, k := range slices.Sorted(maps.Keys(h.Slots)) {
		out.Known = append(out.Known, l.Arg(k)+l.T("list.colon")+p.desk.Value(h.Slots[k], h.Words[k]))
	}
	for _, x := range c.Commands {
		out.Done = append(out.Done, p.desk.CommandTitle(x)+" · "+p.desk.CommandState(x))
	}
	for _, t := range h.Tried {
		out.Tried = append(out.Tried, l.Tried(t))
	}
	return out
}

func (p *Presenter) handoffRows(r wire.Row, h *assist.Handoff) (out []panel.Fact) {
	l, now := p.desk.Lang, p.desk.State.HubNow()
	if h.Intent != "" {
		out = append(out, panel.Fact{Name: l.T("handoff.wish"), Value: l.Intent(h.Intent)})
	}
	if v := l.Verified(h.Verified); v != "" {
		out = append(out, panel.Fact{Name: l.T("handoff.verified"), Value: v})
	}
	if !r.WaitingSince.IsZero() {
		out = append(out, panel.Fact{Name: l.T("handoff.waits"), Value: l.T("handoff.since", "time", l.Moment(r.WaitingSince, now), "ago", l.Ago(r.WaitingSince, now))})
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
