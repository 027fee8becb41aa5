package config

import (
	"crypto/x509"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"deskhand/assist"
)

// Backoffice is how the hub reaches the systems of an inbox's company: the table [backoffice.<inbox>].
type Backoffice struct {
	Inbox      assist.InboxID
	Kind       string // none, demo, rest, mcp
	Company    string // of demo: the industry
	URL        string
	Auth       string // of rest: "", bearer, hmac
	Secret     Secret
	SecretFile string // relative to the config file's folder, as is CAFile
	CAFile     string
	Command    []string      // of mcp: a program, relative to nothing
	ToolsFile  string        // of mcp, relative to the config file's folder
	Within     time.Duration // one try
	Tries      int

	Roots *x509.CertPool // from CAFile; nil: the system's
	Tools string         // what ToolsFile holds
}

func newBackoffice(inbox string) Backoffice {
	return Backoffice{Inbox: assist.InboxID(inbox), Kind: "none", Command: []string{}, Within: 4 * time.Second, Tries: 3}
}

func (b *Backoffice) settings() []setting {
	return []setting{
		{"kind", "\"rest\": your own systems over HTTP, as assist/backoffice/rest/README.md says. \"mcp\": through\nyour MCP server, as assist/backoffice/mcp/README.md says. \"demo\": a company of the\ndemo, made anew at each start. \"none\": the bot answers from articles, and people do the rest.", choice(&b.Kind, "none", "demo", "rest", "mcp")},
		{"company", "Of demo: ecommerce, banking, telecom or education.", text(&b.Company, shortNameOrNone)},
		{"url", "Of rest: the address below which your endpoints are; of mcp: that of your server; https, or http to this machine.", text(&b.URL, isURL)},
		{"command", "Of mcp, instead of url: a program and its arguments that speaks MCP over its standard input and output.", list(&b.Command, isLine(1000))},
		{"tools_file", "Of mcp: a TOML file that says which tool stands for what, relative to this file's folder.", text(&b.ToolsFile, nil)},
		{"auth", "Of rest and, bearer only, of mcp: how the hub proves that it is the hub: \"bearer\", \"hmac\" or \"\".", choice(&b.Auth, "", "bearer", "hmac")},
		{"secret", "Of auth. Better in a file or in the environment: DESKHAND_BACKOFFICE_<INBOX>_SECRET.", hiddenText(&b.Secret, isKey)},
		{"secret_file", "A file that holds the secret, relative to this file's folder.", text(&b.SecretFile, nil)},
		{"ca_file", "PEM file of the authority that signed your certificate; empty: those that the system knows.", text(&b.CAFile, nil)},
		{"within", "How long one try may take; a customer is waiting.", span(&b.Within, 100*time.Millisecond, 30*time.Second)},
		{"tries", "How often is tried what may be tried again.", number(&b.Tries, 1, 10)},
	}
}

// Backoffice is how the inbox's company is reached, if the settings say so.
func (c Config) Backoffice(inbox assist.InboxID) (Backoffice, bool) {
	n := slices.IndexFunc(c.Backoffices, func(b Backoffice) bool { return b.Inbox == inbox })
	if n < 0 {
		return Backoffice{}, false
	}
	return c.Backoffices[n], true
}

// readBackoffices reads the tables [backoffice.<inbox>], after the inboxes.
func (l *loader) readBackoffices(c *Config) {
	all, ok := l.tree["backoffice"].(map[string]any)
	if !ok && l.tree["backoffice"] != nil {
		l.problem("", "backoffice", "write [backoffice.<inbox>], once for each inbox that has one")
		return
	}
	for _, inbox := range slices.Sorted(maps.Keys(all)) {
		content, ok := all[inbox].(map[string]any)
		if !ok {
			l.problem("backoffice", inbox, "write [backoffice.<inbox>] on a line of its own, and the settings below it")
			continue
		}
		b, at := newBackoffice(inbox), "backoffice."+inbox
		l.fill(at, content, b.settings())
		if len(c.Inboxes) > 0 && !slices.ContainsFunc(c.Inboxes, func(i Inbox) bool { return i.ID == b.Inbox }) {
			l.problem("backoffice", inbox, "there is no such inbox")
		}
		l.finishBackoffice(at, &b)
		c.Backoffices = append(c.Backoffices, b)
	}
}

// finishBackoffice checks what must be there and fetches secret and certificates.
func (l *loader) finishBackoffice(at string, b *Backoffice) {
	if b.SecretFile != "" {
		if b.Secret.Reveal() != "" {
			l.problem(at, "secret_file", "give secret or secret_file, not both")
			return
		}
		l.readSecret(at, b.SecretFile, isKey, &b.Secret)
	}
	name := "DESKHAND_BACKOFFICE_" + strings.ToUpper(strings.ReplaceAll(string(b.Inbox), "-", "_")) + "_SECRET"
	if s, ok := l.env[name]; ok {
		if advice := isKey(s); advice != "" {
			l.problems = append(l.problems, Problem{Key: name, Text: advice})
			return
		}
		b.Secret = NewSecret(s)
	}
	switch b.Kind {
	case "demo":
		if !slices.Contains([]string{"ecommerce", "banking", "telecom", "education"}, b.Company) {
			l.problem(at, "company", "write one of the demo's companies: ecommerce, banking, telecom, education")
		}
	case "mcp":
		l.finishMCP(at, b)
	case "rest":
		l.required(at, "url", b.URL)
		if b.Auth != "" && b.Secret.Reveal() == "" && b.SecretFile == "" {
			l.problem(at, "auth", "give a secret too, best in secret_file or "+name)
		}
		if b.CAFile != "" {
			b.Roots = l.readRoots(at, b.CAFile)
		}
	}
}

func (l *loader) finishMCP(at string, b *Backoffice) {
	l.required(at, "tools_file", b.ToolsFile)
	switch {
	case (len(b.Command) == 0) == (b.URL == ""):
		l.problem(at, "url", "give url or command, one of them")
	case b.Auth == "hmac":
		l.problem(at, "auth", "an MCP server knows bearer only")
	case b.Auth != "" && b.Secret.Reveal() == "" && b.SecretFile == "":
		l.problem(at, "auth", "give a secret too, best in secret_file")
	}
	if b.ToolsFile == "" {
		return
	}
	text, err := os.ReadFile(l.beside(b.ToolsFile))
	if err != nil {
		l.problem(at, "tools_file", fmt.Sprintf("the file cannot be read: %v", err))
	}
	b.Tools = string(text)
}

// readRoots reads the certificates of an authority, from a file relative to the config file's folder.
func (l *loader) readRoots(at, path string) *x509.CertPool {
	pem, err := os.ReadFile(l.beside(path))
	if err != nil {
		l.problem(at, "ca_file", fmt.Sprintf("the file cannot be read: %v", err))
		return nil
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		l.problem(at, "ca_file", "there is no certificate in PEM form in the file")
	}
	return roots
}
