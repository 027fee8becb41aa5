package pack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Problem is one thing that is wrong in a file of a pack.
type Problem struct {
	File string
	Line int // 0: the file as a whole
	Text string
}

// String is the problem behind its file and line.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// Problems is the error of Load: everything that is wrong, in the order of files and lines.
type Problems []Problem

// Error lists all of them, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}

// Unreadable says that the error is about a file, which it names.
func (Problems) Unreadable() bool { return true }

// faults collects problems while a pack is read, so that its author sees all of them at once.
type faults struct{ errors, warnings Problems }

func (f *faults) add(file string, line int, format string, args ...any) {
	f.errors = append(f.errors, Problem{file, line, fmt.Sprintf(format, args...)})
}

func (f *faults) warn(file string, line int, format string, args ...any) {
	f.warnings = append(f.warnings, Problem{file, line, fmt.Sprintf(format, args...)})
}

func (f *faults) err() error {
	if len(f.errors) == 0 {
		return nil
	}
	slices.SortStableFunc(f.errors, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return f.errors
}

// file reads YAML nodes of one file and notes what is wrong with them.
type file struct {
	name string
	*faults
}

func (f file) bad(n *yaml.Node, format string, args ...any) { f.add(f.name, n.Line, format, args...) }

// parse gives the one document of the file, nil if it can't be read.
func (f file) parse(text []byte) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		f.add(f.name, lineIn(err.Error()), "%s (texts with ? : # [ ] { } , in them need quotes)", strings.TrimPrefix(err.Error(), "yaml: "))
		return nil
	}
	if len(doc.Content) == 0 {
		f.add(f.name, 0, "the file is empty")
		return nil
	}
	return doc.Content[0]
}

// lineIn finds "line 12" in an error of the YAML reader.
func lineIn(text string) (line int) {
	if _, rest, ok := strings.Cut(text, "line "); ok {
		if _, err := fmt.Sscanf(rest, "%d", &line); err != nil {
			return 0
		}
	}
	return line
}

// entries calls each for every key of a mapping, in order, and refuses what is none or names a key twice.
func (f file) entries(n *yaml.Node, each func(key string, k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		f.bad(n, "a mapping of keys to values is expected here")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		if seen[k.Value] {
			f.bad(k, "%q stands here twice", k.Value)
			continue
		}
		seen[k.Value] = true
		each(k.Value, k, v)
	}
}

// fields reads a mapping whose keys are known.
func (f file) fields(n *yaml.Node, known map[string]func(*yaml.Node)) {
	f.entries(n, func(key string, k, v *yaml.Node) {
		read, ok := known[key]
		if !ok {
			f.bad(k, "unknown key %q; known here: %s", key, strings.Join(sortedKeys(known), ", "))
			return
		}
		read(v)
	})
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (f file) text(to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
			f.bad(n, "a text is expected here")
			return
		}
		*to = n.Value
	}
}

func (f file) flag(to *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if err := n.Decode(to); err != nil || n.Tag != "!!bool" {
			f.bad(n, "true or false is expected here, not %q", n.Value)
		}
	}
}

// texts reads a list of texts; a single text is a list of one.
func (f file) texts(to *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			*to = []string{n.Value}
			return
		}
		if n.Kind != yaml.SequenceNode {
			f.bad(n, "a list of texts is expected here")
			return
		}
		for _, c := range n.Content {
			var s string
			f.text(&s)(c)
			*to = append(*to, s)
		}
	}
}

// both reads a text in both languages.
func (f file) both(to *Text) func(*yaml.Node) {
	return func(n *yaml.Node) {
		f.fields(n, map[string]func(*yaml.Node){"en": f.text(&to.EN), "zh": f.text(&to.ZH)})
		if to.EN == "" || to.ZH == "" {
			f.bad(n, "en and zh are both needed")
		}
	}
}
