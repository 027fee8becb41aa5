package lang

import (
	"errors"
	"strings"

	"deskhand/assist"
)

// Error says what went wrong and what to do about it.
func (c *Catalogue) Error(err error) string {
	code := assist.CodeOf(err)
	var told Told
	if assist.AsError(err) == nil && errors.As(err, &told) {
		return c.T(told.Key())
	}
	return c.Refusal(code)
}

// Told is an error that names its own text, for faults that have no code because no hub was reached.
type Told interface {
	error
	// Key is the text to show.
	Key() string
}

// Refusal is Error for a code.
func (c *Catalogue) Refusal(code assist.Code) string {
	return c.Try("error."+code.String(), c.T("error.internal"))
}

// Status names a conversation's status.
func (c *Catalogue) Status(s assist.Status) string { return c.Try("status."+string(s), string(s)) }

// State names an agent's state.
func (c *Catalogue) State(s assist.AgentState) string { return c.Try("state."+string(s), string(s)) }

// Role names a role.
func (c *Catalogue) Role(r assist.Role) string { return c.Try("role."+string(r), string(r)) }

// Priority names a priority.
func (c *Catalogue) Priority(p assist.Priority) string {
	return c.T("priority." + [...]string{"low", "normal", "high", "urgent"}[min(max(int(p)+1, 0), 3)])
}

// Activity is a system line. A code of a newer hub is shown as it is.
func (c *Catalogue) Activity(a assist.Activity) string {
	what := ""
	if i := a.Args["intent"]; i != "" {
		what = c.Intent(i)
	}
	line := c.Try("activity."+a.Code, a.Code, "name", a.Args["name"], "intent", what)
	if why := a.Args["why"]; why != "" {
		line += " · " + c.Why(why)
	}
	return line
}

// Why is why a change was not made: a code, or what somebody wrote.
func (c *Catalogue) Why(why string) string { return c.Try("command.why."+why, why) }

// Tried is a line of what the bot tried, "transfer_money: refused (balance)". What it can't read is shown as it is.
func (c *Catalogue) Tried(line string) string {
	intent, rest, ok := strings.Cut(line, ": ")
	if !ok {
		return c.Intent(line)
	}
	what, detail, _ := strings.Cut(rest, " (")
	out := c.Intent(intent) + " · " + c.Try("tried."+strings.NewReplacer(" ", "_", ",", "").Replace(what), what)
	detail = strings.TrimSuffix(detail, ")")
	if why := c.Try("command.why."+detail, ""); why != "" {
		out += " · " + why
	}
	return out
}

// ActivityCode is Activity for lists, which know the code only.
func (c *Catalogue) ActivityCode(code string) string { return c.Try("activity.short."+code, code) }

// Handoff says why the bot handed over.
func (c *Catalogue) Handoff(reason string) string { return c.Try("handoff."+reason, reason) }

// Intent names what the bot understood. Intents of a company's own are shown as they are, made legible.
func (c *Catalogue) Intent(code string) string {
	return c.Try("intent."+code, strings.ReplaceAll(code, "_", " "))
}

// Verified says how sure it is who the customer is; "" for not at all known.
func (c *Catalogue) Verified(v string) string { return c.Try("verified."+v, "") }

// Disposition names an outcome. Outcomes of the company's own are shown as they are.
func (c *Catalogue) Disposition(code string) string { return c.Try("disposition."+code, code) }

// Language names a customer's language, "en" or "zh".
func (c *Catalogue) Language(code string) string { return c.Try("language."+code, code) }

// Dispositions are the codes of outcomes that are offered, the usual one first.
func Dispositions() []string {
	return []string{"solved", "information", "workaround", "refunded", "order_changed", "escalated", "no_answer", "duplicate", "spam"}
}
