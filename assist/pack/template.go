package pack

import (
	"slices"
	"strings"
	"text/template/parse"
)

// reference is a field of the data that a template uses.
type reference struct {
	path  []string
	asked bool // in the condition of an if, with or range
}

// referencesIn lists the fields of the data that a template uses. Inside range and with the dot is another thing, so
// only what is written from $ counts there.
func referencesIn(root *parse.ListNode) []reference {
	var out []reference
	walk(root, true, func(r reference) { out = append(out, r) })
	return out
}

// askedIn lists the paths that the template asks about, without doubles.
func askedIn(root *parse.ListNode) [][]string {
	var out [][]string
	for _, r := range referencesIn(root) {
		if r.asked && !slices.ContainsFunc(out, func(p []string) bool { return slices.Equal(p, r.path) }) {
			out = append(out, r.path)
		}
	}
	return out
}

func walk(n parse.Node, top bool, found func(reference)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, c := range n.Nodes {
			walk(c, top, found)
		}
	case *parse.ActionNode:
		walkPipe(n.Pipe, top, false, found)
	case *parse.IfNode:
		walkPipe(n.Pipe, top, true, found)
		walk(n.List, top, found)
		walk(n.ElseList, top, found)
	case *parse.RangeNode:
		walkPipe(n.Pipe, top, true, found)
		walk(n.List, false, found)
		walk(n.ElseList, top, found)
	case *parse.WithNode:
		walkPipe(n.Pipe, top, true, found)
		walk(n.List, false, found)
		walk(n.ElseList, top, found)
	}
}

func walkPipe(p *parse.PipeNode, top, asked bool, found func(reference)) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		// The second operand of "or" and "and" may be the one that is there.
		asks := asked
		if id, ok := c.Args[0].(*parse.IdentifierNode); ok && (id.Ident == "or" || id.Ident == "and" || id.Ident == "not") {
			asks = true
		}
		for _, a := range c.Args {
			walkArg(a, top, asks, found)
		}
	}
}

func walkArg(a parse.Node, top, asked bool, found func(reference)) {
	switch a := a.(type) {
	case *parse.FieldNode:
		if top {
			found(reference{a.Ident, asked})
		}
	case *parse.VariableNode:
		if a.Ident[0] == "$" && len(a.Ident) > 1 {
			found(reference{a.Ident[1:], asked})
		}
	case *parse.PipeNode:
		walkPipe(a, top, asked, found)
	case *parse.ChainNode:
		walkArg(a.Node, top, asked, found)
	}
}

// roots are what every reply may speak of; the flows add results by their own names.
func roots() []string {
	return []string{
		"customer", "company", "slots", "values", "result", "terms", "facts", "now", // of the errand
		"title", "titles", "intent", "other", "names", "list", "options", "value", "left", "tail", "reason", "position", "wait", "said", "kind", "shape", "notes",
	}
}

// checkReferences refuses templates that speak of what there can't be.
func (p *Pack) checkReferences(f *faults) {
	known := roots()
	for _, i := range p.Intents {
		for _, s := range i.Flow {
			if s.Do == DoRead {
				known = append(known, s.As)
			}
		}
	}
	for _, language := range Languages() {
		for key, variants := range p.replies[language] {
			for _, v := range variants {
				for _, r := range referencesIn(v.template.Tree.Root) {
					p.checkReference(f, key, v, r, known)
				}
			}
		}
	}
}

func (p *Pack) checkReference(f *faults, key string, v *variant, r reference, known []string) {
	dotted := "." + strings.Join(r.path, ".")
	if !slices.Contains(known, r.path[0]) {
		f.add(v.file, v.line, "%s: there is no %s; known: .%s", key, dotted, strings.Join(known, ", ."))
		return
	}
	if (r.path[0] == "slots" || r.path[0] == "values") && len(r.path) > 1 {
		if _, ok := p.Slots[r.path[1]]; !ok && !p.isArgument(key, r.path[1]) {
			f.add(v.file, v.line, "%s: %s: the pack has no slot %s", key, dotted, r.path[1])
		}
	}
	p.checkField(f, key, v, r, dotted)
}

// isArgument tells whether a change of the intent that the key belongs to is made with such an argument.
func (p *Pack) isArgument(key, name string) bool {
	intent, _, _ := strings.Cut(key, ".")
	i, ok := p.Intents[intent]
	if !ok {
		return false
	}
	return slices.ContainsFunc(i.Flow, func(s Step) bool {
		_, given := s.Args[name]
		return s.Do == DoChange && given
	})
}

// checkField looks up what is read from the result or the terms of the intent's own action.
func (p *Pack) checkField(f *faults, key string, v *variant, r reference, dotted string) {
	name, _, _ := strings.Cut(key, ".")
	i, ok := p.Intents[name]
	if !ok || len(r.path) < 2 || len(i.actionsOf(r.path[0])) == 0 {
		return
	}
	for _, a := range i.actionsOf(r.path[0]) {
		action, ok := p.Actions[a]
		if !ok {
			return
		}
		fields := action.Result
		if r.path[0] == "terms" {
			fields = action.Terms
		}
		for _, x := range fields {
			if x.Name == r.path[1] {
				return
			}
		}
	}
	f.add(v.file, v.line, "%s: %s: %s of %s has no such field", key, dotted, r.path[0], strings.Join(i.actionsOf(r.path[0]), " and "))
}

// actionsOf lists the actions whose results stand under the name in the intent's replies.
func (i *Intent) actionsOf(name string) []string {
	var out []string
	for _, s := range i.Flow {
		if s.Do == DoRead && s.As == name || s.Do == DoChange && (name == "result" || name == "terms") {
			out = append(out, s.Action)
		}
	}
	return out
}
