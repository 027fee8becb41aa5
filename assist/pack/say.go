package pack

import (
	"fmt"
	"strings"
	"time"
)

// Voice is who a reply is for.
type Voice struct {
	Language string
	Currency string    // ISO 4217, of amounts
	Now      time.Time // in the company's zone
}

// Variants is how many ways there are to say the key.
func (p *Pack) Variants(language, key string) int { return len(p.replies[language][key]) }

// Key is the first of the keys that the pack has a reply for, empty if it has none.
func (p *Pack) Key(language string, keys ...string) string {
	for _, k := range keys {
		if len(p.replies[language][k]) > 0 {
			return k
		}
	}
	return ""
}

// Say fills in the n-th variant of a reply. data holds what the templates name (see the packs' README); it is put in as
// text and never read as a template. What a template uses without asking must be there, else it is an error.
func (p *Pack) Say(key string, n int, v Voice, data map[string]any) (string, error) {
	variants := p.replies[v.Language][key]
	if len(variants) == 0 {
		return "", fmt.Errorf("pack %s has no reply %s in %s", p.Name, key, v.Language)
	}
	one := variants[n%len(variants)]
	t, err := one.template.Clone()
	if err != nil {
		return "", fmt.Errorf("%s:%d: %w", one.file, one.line, err)
	}
	for _, path := range one.asked {
		data = admit(data, path)
	}
	var b strings.Builder
	if err := t.Funcs(functions(v)).Execute(&b, data); err != nil {
		return "", fmt.Errorf("%s:%d: %w", one.file, one.line, err)
	}
	if text := b.String(); !strings.Contains(text, noValue) {
		return strings.TrimSpace(text), nil
	}
	return "", fmt.Errorf("%s:%d: %s: a value is missing", one.file, one.line, key)
}

// noValue is what text/template writes for nil.
const noValue = "<no value>"

// admit gives data in which the path exists, nil if it wasn't there; data itself isn't changed.
func admit(data map[string]any, path []string) map[string]any {
	out := make(map[string]any, len(data)+1)
	for k, v := range data {
		out[k] = v
	}
	inner, there := out[path[0]]
	if len(path) == 1 {
		if !there {
			out[path[0]] = nil
		}
		return out
	}
	if m, ok := fieldsOf(inner); ok || inner == nil {
		out[path[0]] = admit(m, path[1:])
	}
	return out
}
