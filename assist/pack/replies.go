package pack

import (
	"strings"
	"text/template"

	"go.yaml.in/yaml/v3"
)

// variant is one way to say something.
type variant struct {
	file     string
	line     int
	template *template.Template
	asked    [][]string // paths of fields that the template asks about before it uses them: they may be absent
}

// replies reads a file of replies: mappings by key, variants at the leaves.
type replies struct {
	file
	language string
	into     map[string][]*variant
}

func (r *replies) read(n *yaml.Node) {
	r.entries(n, func(key string, k, v *yaml.Node) { r.branch(key, k, v) })
}

func (r *replies) branch(path string, k, v *yaml.Node) {
	switch v.Kind {
	case yaml.MappingNode:
		r.entries(v, func(key string, k, v *yaml.Node) { r.branch(path+"."+key, k, v) })
	case yaml.SequenceNode:
		if len(v.Content) == 0 {
			r.bad(k, "%s has no variant", path)
		}
		r.into[path] = nil
		for _, c := range v.Content {
			r.variant(path, c)
		}
	case yaml.ScalarNode:
		r.into[path] = nil
		r.variant(path, v)
	default:
		r.bad(v, "%s: a text, a list of texts or a mapping is expected here", path)
	}
}

func (r *replies) variant(path string, n *yaml.Node) {
	var text string
	r.text(&text)(n)
	if strings.TrimSpace(text) == "" {
		r.bad(n, "%s: an empty reply", path)
		return
	}
	t, err := template.New(path).Option("missingkey=error").Funcs(functions(Voice{})).Parse(text)
	if err != nil {
		r.bad(n, "%s: %s", path, strings.TrimPrefix(err.Error(), "template: "))
		return
	}
	r.into[path] = append(r.into[path], &variant{file: r.name, line: n.Line, template: t, asked: askedIn(t.Tree.Root)})
}
