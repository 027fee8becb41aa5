package lang

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// The languages. English is the source: what another lacks is shown in English.
const (
	English = "en"
	Chinese = "zh-Hans"
)

// Tags lists the languages in the order in which they are offered.
func Tags() []string { return []string{English, Chinese} }

// NameOf is what a language calls itself.
func NameOf(tag string) string {
	if tag == Chinese {
		return "简体中文"
	}
	return "English"
}

// Short is the language of a catalogue's tag as conversations name it: "en" or "zh".
func Short(tag string) string { return strings.SplitN(tag, "-", 2)[0] }

// Pick is the language to show to somebody whose system asks for preferred (a BCP 47 or POSIX locale such as
// "zh_CN.UTF-8"): Chinese for any Chinese, else English.
func Pick(preferred string) string {
	p := strings.ToLower(preferred)
	if p == "zh" || strings.HasPrefix(p, "zh-") || strings.HasPrefix(p, "zh_") {
		return Chinese
	}
	return English
}

// Options are what a Catalogue is made of.
type Options struct {
	Files    fs.FS          // holds lang/<tag>/ui.json
	Tag      string         // the language to begin with; default English
	Location *time.Location // in which times are shown; default time.Local
}

// Catalogue answers texts by key in the language in use.
type Catalogue struct {
	texts     map[string]map[string]string // by tag, then key
	tag       atomic.Pointer[string]
	location  *time.Location
	observers []*observer
}

type observer struct{ f func() }

// New reads the strings of all languages.
func New(o Options) (*Catalogue, error) {
	c := &Catalogue{texts: map[string]map[string]string{}, location: o.Location}
	if c.location == nil {
		c.location = time.Local
	}
	for _, tag := range Tags() {
		data, err := fs.ReadFile(o.Files, "lang/"+tag+"/ui.json")
		if err != nil {
			return nil, fmt.Errorf("strings of %s: %w", tag, err)
		}
		texts := map[string]string{}
		if err := json.Unmarshal(data, &texts); err != nil {
			return nil, fmt.Errorf("strings of %s: %w", tag, err)
		}
		c.texts[tag] = texts
	}
	if o.Tag == "" {
		o.Tag = English
	}
	return c, c.Use(o.Tag)
}

// Tag is the language in use.
func (c *Catalogue) Tag() string { return *c.tag.Load() }

// Use switches to another language and tells the observers. An unknown tag changes nothing.
func (c *Catalogue) Use(tag string) error {
	if !slices.Contains(Tags(), tag) {
		return fmt.Errorf("language %q: there are %s", tag, strings.Join(Tags(), ", "))
	}
	if old := c.tag.Swap(&tag); old != nil && *old == tag {
		return nil
	}
	for _, o := range slices.Clone(c.observers) {
		o.f()
	}
	return nil
}

// Observe calls f after each switch until stop is called.
func (c *Catalogue) Observe(f func()) (stop func()) {
	o := &observer{f}
	c.observers = append(c.observers, o)
	return func() {
		c.observers = slices.DeleteFunc(c.observers, func(x *observer) bool { return x == o })
	}
}

// Has tells whether the language has a text of its own under the key.
func (c *Catalogue) Has(tag, key string) bool { _, ok := c.texts[tag][key]; return ok }

// Keys are all keys of a language in alphabetical order.
func (c *Catalogue) Keys(tag string) []string {
	keys := make([]string, 0, len(c.texts[tag]))
	for k := range c.texts[tag] {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// T is the text under the key, with args (name, value, name, value…) in the place of {name}. A key without a text
// is shown itself, so that the fault is seen where it is.
func (c *Catalogue) T(key string, args ...any) string {
	s, ok := c.text(key)
	if !ok {
		return key
	}
	return fill(s, args)
}

// N is T for a text that depends on the number n, which is also the argument {n}.
func (c *Catalogue) N(key string, n int, args ...any) string {
	form := key + ".other"
	if n == 1 && c.Tag() == English {
		form = key + ".one"
	}
	return c.T(form, append(args, "n", c.Number(int64(n)))...)
}

func (c *Catalogue) text(key string) (string, bool) {
	if s, ok := c.texts[c.Tag()][key]; ok {
		return s, true
	}
	s, ok := c.texts[English][key]
	return s, ok
}

// Try is T for keys made of data, such as a reason that a newer hub may name: other where there is no text.
func (c *Catalogue) Try(key, other string, args ...any) string {
	if s, ok := c.text(key); ok {
		return fill(s, args)
	}
	return other
}

func fill(s string, args []any) string {
	if len(args) < 2 || !strings.Contains(s, "{") {
		return s
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", fmt.Sprint(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
