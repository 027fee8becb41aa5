package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Codes is how customers prove that they hold the phone on file.
type Codes struct {
	Life       time.Duration
	Tries      int
	PerHour    int           // to one customer
	StrongFor  time.Duration // of silence
	Keep       time.Duration // of what is known of them
	Webhook    string        // the company's SMS gateway; empty: no codes are sent outside of the demo
	Secret     Secret        // of the webhook's signature
	SecretFile string        // relative to the config file's folder
}

// ActionRule is what holds for an action of the back office beside what its pack says.
type ActionRule struct {
	Name     string // domain.verb, or domain.* for all of it
	Limit    string // amount; empty: the pack's
	Day      string // amount; empty: Limit
	Approval string // never, over, always
	Off      bool
}

func newActionRule() ActionRule { return ActionRule{Approval: "never"} }

func (c *Codes) settings() []setting {
	return []setting{
		{"life", "A code is good for so long.", span(&c.Life, time.Minute, time.Hour)},
		{"tries", "After so many wrong ones a conversation takes no more for a day.", number(&c.Tries, 1, 10)},
		{"per_hour", "Codes to one customer in an hour, over all conversations.", number(&c.PerHour, 1, 1000)},
		{"strong_for", "After so long without a word of the customer another code is asked for.", span(&c.StrongFor, time.Minute, 24*time.Hour)},
		{"keep", "That codes were sent, and whether they came back, is kept so long; of a code itself nothing is left once it was\nused or has run out.", span(&c.Keep, 2*day, 3650*day)},
		{"webhook", "Where codes are sent by HTTP POST, for your SMS gateway: JSON with phone, text, code, language, inbox\nand party, signed as assist/verify/WEBHOOK.md says. Empty: none are sent, and whoever needs one\nis passed to a person.", text(&c.Webhook, isURL)},
		{"secret", "Key of the webhook's signature. Better in a file or in the environment: DESKHAND_CODES_SECRET.", hiddenText(&c.Secret, isKey)},
		{"secret_file", "A file that holds the secret, relative to this file's folder.", text(&c.SecretFile, nil)},
	}
}

func (a *ActionRule) settings() []setting {
	return []setting{
		{"name", "The action, such as \"transfers.create\", or \"transfers.*\". Required.", text(&a.Name, isAction)},
		{"limit", "What the bot may do by itself in one conversation, such as \"500.00\"; empty: what its pack says.", text(&a.Limit, isAmount)},
		{"day", "What one customer may have done so in 24 hours, over all conversations; empty: as limit.", text(&a.Day, isAmount)},
		{"approval", "\"over\": a second person decides on what is above a limit. \"always\": on everything. \"never\": what is\nabove goes to a person to be handled by hand.", choice(&a.Approval, "never", "over", "always")},
		{"off", "Switched off: nobody's bot does it. `deskhub action off` does the same at once.", toggle(&a.Off)},
	}
}

// isAction takes the name of an action or of a whole domain.
func isAction(s string) string {
	domain, verb, ok := strings.Cut(s, ".")
	small := func(s string) bool {
		return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
	}
	if ok && small(domain) && (verb == "*" || small(verb)) {
		return ""
	}
	return `write domain.verb or domain.*, such as "transfers.create"`
}

func isAmount(s string) string {
	if s == "" {
		return ""
	}
	if _, ok := Hundredths(s); !ok {
		return `write an amount with two decimals in quotes, such as "500.00"`
	}
	return ""
}

// Hundredths reads an amount that a setting holds.
func Hundredths(s string) (int64, bool) {
	whole, part, ok := strings.Cut(s, ".")
	if !ok || len(part) != 2 || len(whole) == 0 || len(whole) > 12 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part, 10, 64)
	return n, err == nil && n > 0
}

// Rule is what the settings say of an action: the row of its name, else that of its domain.
func (c Config) Rule(action string) (ActionRule, bool) {
	domain, _, _ := strings.Cut(action, ".")
	for _, name := range []string{action, domain + ".*"} {
		for _, a := range c.Actions {
			if a.Name == name {
				return a, true
			}
		}
	}
	return ActionRule{}, false
}

// readActions reads the rows of [[action]].
func (l *loader) readActions(c *Config) {
	for n, row := range l.rows("action") {
		a, at := newActionRule(), fmt.Sprintf("action[%d]", n)
		l.fill(at, row, a.settings())
		l.required(at, "name", a.Name)
		c.Actions = append(c.Actions, a)
	}
	once(l, "action", c.Actions, func(a ActionRule) string { return a.Name })
	if c.Codes.SecretFile != "" {
		if c.Codes.Secret.Reveal() != "" {
			l.problem("codes", "secret_file", "give secret or secret_file, not both")
			return
		}
		l.readSecret("codes", c.Codes.SecretFile, isKey, &c.Codes.Secret)
	}
	if c.Codes.Webhook != "" && c.Codes.Secret.Reveal() == "" {
		l.problem("codes", "webhook", "give a secret too: the gateway must know that it is you")
	}
}
