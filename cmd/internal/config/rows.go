package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"deskhand/assist"
)

// A row table is one that may stand any number of times: [[inbox]], [[team]], [[queue]], [[action]].

func newInbox() Inbox {
	return Inbox{Inbox: assist.Inbox{CSAT: true, BotFirst: true, Packs: []string{}, Origins: []string{}}}
}

func (i *Inbox) settings() []setting {
	return []setting{
		{"id", "Short name, part of addresses; never change it. Required.", named(&i.ID, isShortName)},
		{"name", "The company's name as customers read it. Required.", text(&i.Name, isLine(80))},
		{"name_zh", "The same for Chinese readers; empty: name.", text(&i.NameZH, isLine(80))},
		{"industry", "ecommerce, banking, telecom, education, or your own word.", text(&i.Industry, shortNameOrNone)},
		{"queue", "Where handed-off conversations wait: the id of a queue. Required.", named(&i.Queue, isShortName)},
		{"packs", "What the bot knows here, besides \"common\".", list(&i.Packs, isShortName)},
		{"origins", "Web origins whose pages may embed this inbox's widget; none: the hub's own only.", list(&i.Origins, isOrigin)},
		{"secret", "Key of customers' signed identities; empty: none are accepted. Better in a file or in the\nenvironment: DESKHAND_INBOX_<ID>_SECRET.", hiddenText(&i.Secret, isKey)},
		{"secret_file", "A file that holds the secret, relative to this file's folder.", text(&i.SecretFile, nil)},
		{"preview", "Agents see what the customer types before it is sent.", toggle(&i.Preview)},
		{"csat", "Ask for a rating at the end.", toggle(&i.CSAT)},
		{"bot_first", "The bot answers first; else conversations go straight to the queue.", toggle(&i.BotFirst)},
		{"auto_reply", "What is shown when nobody is on shift; empty: the built-in sentence.", text(&i.AutoReply, isLine(1000))},
	}
}

func teamSettings(t *assist.Team) []setting {
	return []setting{
		{"id", "Short name. Required.", named(&t.ID, isShortName)},
		{"name", "As agents read it; empty: the id.", text(&t.Name, isLine(80))},
	}
}

func queueSettings(q *assist.Queue) []setting {
	return []setting{
		{"id", "Short name. Required.", named(&q.ID, isShortName)},
		{"name", "As agents read it; empty: the id.", text(&q.Name, isLine(80))},
		{"team", "The team that serves it. Required.", named(&q.Team, isShortName)},
		{"auto_accept", "Conversations go to a free agent by themselves; if not said: as routing.auto_accept.", toggle(&q.AutoAccept)},
		{"max_waiting", "More are asked to leave a message; 0: no limit.", number(&q.MaxWaiting, 0, 1_000_000)},
	}
}

// readRows reads the row tables of the file. It comes last: a queue's default depends on [routing].
func (l *loader) readRows(c *Config) {
	for n, row := range l.rows("inbox") {
		in := newInbox()
		l.fill(fmt.Sprintf("inbox[%d]", n), row, in.settings())
		l.finishInbox(fmt.Sprintf("inbox[%d]", n), &in)
		c.Inboxes = append(c.Inboxes, in)
	}
	for n, row := range l.rows("team") {
		var t assist.Team
		l.fill(fmt.Sprintf("team[%d]", n), row, teamSettings(&t))
		t.Name = or(t.Name, string(t.ID))
		l.required(fmt.Sprintf("team[%d]", n), "id", string(t.ID))
		c.Teams = append(c.Teams, t)
	}
	for n, row := range l.rows("queue") {
		q := assist.Queue{AutoAccept: c.Routing.AutoAccept}
		l.fill(fmt.Sprintf("queue[%d]", n), row, queueSettings(&q))
		q.Name = or(q.Name, string(q.ID))
		l.required(fmt.Sprintf("queue[%d]", n), "id", string(q.ID))
		l.required(fmt.Sprintf("queue[%d]", n), "team", string(q.Team))
		c.Queues = append(c.Queues, q)
	}
	l.readActions(c)
	l.readBackoffices(c)
	l.finishDevices(&c.Devices)
	once(l, "inbox", c.Inboxes, func(i Inbox) string { return string(i.ID) })
	once(l, "team", c.Teams, func(t assist.Team) string { return string(t.ID) })
	once(l, "queue", c.Queues, func(q assist.Queue) string { return string(q.ID) })
}

// finishInbox checks what must be there and fetches the secret.
func (l *loader) finishInbox(at string, in *Inbox) {
	l.required(at, "id", string(in.ID))
	l.required(at, "name", in.Name)
	l.required(at, "queue", string(in.Queue))
	if in.SecretFile != "" {
		if in.Secret.Reveal() != "" {
			l.problem(at, "secret_file", "give secret or secret_file, not both")
			return
		}
		l.readSecret(at, in.SecretFile, isKey, &in.Secret)
	}
	name := "DESKHAND_INBOX_" + strings.ToUpper(strings.ReplaceAll(string(in.ID), "-", "_")) + "_SECRET"
	if s, ok := l.env[name]; ok && in.ID != "" {
		if advice := isKey(s); advice != "" {
			l.problems = append(l.problems, Problem{Key: name, Text: advice})
			return
		}
		in.Secret = NewSecret(s)
	}
}

func (l *loader) readSecret(at, path string, ok check, secret *Secret) {
	b, err := os.ReadFile(l.beside(path))
	if err != nil {
		l.problem(at, "secret_file", fmt.Sprintf("the file cannot be read: %v", err))
		return
	}
	s := strings.TrimRight(string(b), "\r\n")
	if advice := ok(s); advice != "" {
		l.problem(at, "secret_file", "in the file: "+advice)
		return
	}
	*secret = NewSecret(s)
}

// beside is a path that was written relative to the config file's folder.
func (l *loader) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(l.file), path)
}

func (l *loader) required(at, key, got string) {
	if got == "" && !slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Key == at+"."+key }) {
		l.problem(at, key, "is missing; it is required")
	}
}

// once refuses an id that stands twice.
func once[T any](l *loader, table string, rows []T, id func(T) string) {
	seen := map[string]bool{}
	for n, r := range rows {
		if id(r) != "" && seen[id(r)] {
			l.problem(fmt.Sprintf("%s[%d]", table, n), "id", "stands twice; every "+table+" needs its own")
		}
		seen[id(r)] = true
	}
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
