package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// maxFile is the largest file that is read; a real one has a few kilobytes.
const maxFile = 1 << 20

// Flag is one setting given on the command line.
type Flag struct {
	Name  string // as the person typed it, e.g. "--listen"
	Key   string // the setting, e.g. "hub.listen"
	Value string
}

// Source is where settings come from. The zero value gives the defaults.
type Source struct {
	File    string   // TOML; empty: none
	Environ []string // as os.Environ gives it
	Flags   []Flag
}

// Problem is one thing that is wrong, and what to write instead.
type Problem struct {
	File string // empty: the environment or a flag
	Line int    // from 1; 0: the file as a whole
	Key  string // setting, environment variable or flag
	Text string
}

// Error implements error: "deskhand.toml:12: hub.listen: write host:port …".
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		b.WriteString(": ")
	}
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	return b.String() + p.Text
}

// Problems is everything that is wrong, in the order of the file.
type Problems []Problem

// Error implements error, one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}

// loader gathers the problems of one Load.
type loader struct {
	file     string
	tree     map[string]any // the file
	lines    map[string]int // key → line of the file
	env      map[string]string
	problems Problems
}

// Load reads every setting. The error is of type Problems if the owner can mend it.
func Load(src Source) (Config, error) {
	c := Default()
	l := &loader{file: src.File, env: environment(src.Environ)}
	if src.File != "" {
		if err := l.open(); err != nil {
			return Config{}, err
		}
	}
	tables := c.tables()
	l.readTables(tables)
	l.readEnvironment(tables)
	l.readFlags(tables, src.Flags)
	l.readRows(&c)
	l.readUnderstanding(&c)
	l.crossCheck(&c)
	if len(l.problems) > 0 {
		slices.SortStableFunc(l.problems, func(a, b Problem) int {
			return cmp.Or(-cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
		})
		return Config{}, l.problems
	}
	return c, nil
}

func environment(list []string) map[string]string {
	m := make(map[string]string)
	for _, kv := range list {
		if k, v, ok := strings.Cut(kv, "="); ok && strings.HasPrefix(k, "DESKHAND_") {
			m[k] = v
		}
	}
	return m
}

func (l *loader) open() error {
	f, err := os.Open(l.file)
	if err != nil {
		return Problems{{File: l.file, Text: "the config file cannot be read: " + err.Error()}}
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return Problems{{File: l.file, Text: "the config file cannot be read: " + err.Error()}}
	}
	l.file = filepath.Clean(l.file)
	return l.parse(string(b))
}

// parse reads the TOML text.
func (l *loader) parse(s string) error {
	if len(s) > maxFile {
		return Problems{{File: l.file, Text: fmt.Sprintf("the config file is larger than %s", showSize(maxFile))}}
	}
	if !utf8.ValidString(s) {
		return Problems{{File: l.file, Line: badLine(s), Text: "this line is not UTF-8 text; save the file as UTF-8"}}
	}
	if _, err := toml.Decode(s, &l.tree); err != nil {
		var pe toml.ParseError
		if errors.As(err, &pe) {
			return Problems{{File: l.file, Line: pe.Position.Line, Key: pe.LastKey, Text: pe.Message}}
		}
		return Problems{{File: l.file, Text: err.Error()}}
	}
	l.lines = keyLines(s)
	return nil
}

func badLine(s string) int {
	line := 1
	for l := range strings.Lines(s) {
		if !utf8.ValidString(l) {
			break
		}
		line++
	}
	return line
}

// readTables applies the file's tables and refuses what is no setting.
func (l *loader) readTables(tables []table) {
	for _, name := range slices.Sorted(maps.Keys(l.tree)) {
		if slices.Contains(rowTables(), name) {
			continue // readRows
		}
		i := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
		if i < 0 {
			l.problem("", name, "there is no such table; there are "+tableNames(tables))
			continue
		}
		content, ok := l.tree[name].(map[string]any)
		if !ok {
			l.problem("", name, "write ["+name+"] on a line of its own, and the settings below it")
			continue
		}
		l.fill(name, content, tables[i].settings)
	}
}

// rowTables are those that may stand any number of times.
func rowTables() []string { return []string{"inbox", "team", "queue", "action", "backoffice"} }

func tableNames(tables []table) string {
	var names []string
	for _, t := range tables {
		names = append(names, "["+t.name+"]")
	}
	return strings.Join(append(names, "[[inbox]]", "[[team]]", "[[queue]]", "[[action]]", "[backoffice.<inbox>]"), ", ")
}

// fill applies the content of one table.
func (l *loader) fill(at string, content map[string]any, settings []setting) {
	for _, key := range slices.Sorted(maps.Keys(content)) {
		i := slices.IndexFunc(settings, func(s setting) bool { return s.key == key })
		if i < 0 {
			l.problem(at, key, "there is no such setting"+meant(key, settings))
			continue
		}
		if advice := settings[i].value.read(content[key]); advice != "" {
			l.problem(at, key, advice)
		}
	}
}

func (l *loader) rows(name string) []map[string]any {
	switch v := l.tree[name].(type) {
	case nil:
		return nil
	case []map[string]any:
		return v
	}
	l.problem("", name, "write [["+name+"]], with two brackets on each side, once for each "+name)
	return nil
}

func (l *loader) readEnvironment(tables []table) {
	used := map[string]bool{}
	for _, t := range tables {
		prefix := "DESKHAND_" + strings.ToUpper(t.name) + "_"
		for _, s := range t.settings {
			name := prefix + strings.ToUpper(s.key)
			used[name] = true
			if v, ok := l.env[name]; ok {
				if advice := s.value.parse(v); advice != "" {
					l.problems = append(l.problems, Problem{Key: name, Text: advice})
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(l.env)) {
			if key, ok := strings.CutPrefix(name, prefix); ok && !used[name] {
				l.problems = append(l.problems, Problem{Key: name, Text: "there is no such setting" + meant(strings.ToLower(key), t.settings)})
			}
		}
	}
}

func (l *loader) readFlags(tables []table, flags []Flag) {
	for _, f := range flags {
		found := false
		for _, t := range tables {
			for _, s := range t.settings {
				if t.name+"."+s.key != f.Key {
					continue
				}
				found = true
				if advice := s.value.parse(f.Value); advice != "" {
					l.problems = append(l.problems, Problem{Key: f.Name, Text: advice})
				}
			}
		}
		if !found {
			panic("config: flag " + f.Name + " names no setting: " + f.Key)
		}
	}
}

// crossCheck refuses values that are good alone and wrong together.
func (l *loader) crossCheck(c *Config) {
	if (c.TLS.Cert == "") != (c.TLS.Key == "") {
		l.problem("tls", "cert", "give both cert and key, or neither")
	}
	if c.Limits.ConnectionsPerAddress > c.Limits.Connections {
		l.problem("limits", "connections_per_address", "write a number that is not above connections")
	}
	if min(c.Limits.UploadBytesPerCustomer, c.Limits.UploadBytesPerAddress) < c.Limits.AttachmentBytes {
		l.problem("limits", "upload_bytes_per_customer", "write sizes that are not below attachment, here and in upload_bytes_per_address")
	}
	if c.Access.SessionIdle > c.Access.SessionLife {
		l.problem("access", "session_idle", "write a time that is not above session_life")
	}
}

// problem notes what is wrong with a key of the file (or of a table that other sources filled).
func (l *loader) problem(at, key, text string) {
	full := strings.TrimPrefix(at+"."+key, ".")
	line, ok := l.lines[full]
	if !ok {
		line = l.lines[at]
	}
	l.problems = append(l.problems, Problem{File: l.file, Line: line, Key: full, Text: text})
}
