package pack

import (
	"slices"
	"strings"

	"deskhand/assist/backoffice"
)

// checkDefinition looks at what pack.yaml says as a whole, once the common pack is known too.
func (p *Pack) checkDefinition(d *definition) {
	for _, s := range p.Slots {
		if s.Pack == p.Name {
			p.checkSlot(d, s)
		}
	}
	for _, id := range p.Identify {
		if !slices.Contains([]string{"order_id", "phone", "one_time_code"}, id) {
			d.add(d.name, d.lines["identify"], "identify: %q is none of order_id, phone, one_time_code", id)
		}
	}
	for _, i := range p.Intents {
		if i.Pack == p.Name {
			p.checkIntent(d, i)
		}
	}
}

func (p *Pack) checkSlot(d *definition, s *Slot) {
	for _, n := range s.Needs {
		switch other := p.Slots[n]; {
		case other == nil:
			d.add(d.name, d.lines["slot "+s.Name], "slot %s needs slot %s, which there is not", s.Name, n)
		case p.needsItself(s.Name, n, 0):
			d.add(d.name, d.lines["slot "+s.Name], "slot %s needs itself", s.Name)
		}
	}
}

func (p *Pack) needsItself(name, via string, depth int) bool {
	s := p.Slots[via]
	if via == name || depth > len(p.Slots) {
		return true
	}
	return s != nil && slices.ContainsFunc(s.Needs, func(n string) bool { return p.needsItself(name, n, depth+1) })
}

func (p *Pack) checkIntent(d *definition, i *Intent) {
	line := d.lines["intent "+i.Name]
	for _, r := range i.Slots {
		if p.Slots[r.Name] == nil {
			d.add(d.name, line, "intent %s: unknown slot %s", i.Name, r.Name)
			continue
		}
		for _, n := range p.Slots[r.Name].Needs {
			if !i.Needs(n) {
				d.add(d.name, line, "intent %s: slot %s needs slot %s, which the intent doesn't have", i.Name, r.Name, n)
			}
		}
	}
	if i.Action != "" {
		if _, ok := p.Actions[i.Action]; !ok {
			d.add(d.name, line, "intent %s: unknown action %s", i.Name, i.Action)
		}
	}
	results := map[string]bool{"result": true}
	for _, s := range i.Flow {
		if s.Line == 0 {
			s.Line = line
		}
		p.checkStep(d, i, s, results)
	}
}

func (p *Pack) checkStep(d *definition, i *Intent, s Step, results map[string]bool) {
	if s.Do == DoHandoff && s.Reason == "" && i.Reason == "" {
		d.add(d.name, s.Line, "intent %s: handoff needs a reason", i.Name)
	}
	if root, _, _ := strings.Cut(s.Field, "."); s.Do == DoIf && !results[root] && root != "values" {
		d.add(d.name, s.Line, "intent %s: if %s: nothing has been read as %s before", i.Name, s.Field, root)
	}
	if s.Do != DoRead && s.Do != DoChange {
		return
	}
	a, ok := p.Actions[s.Action]
	switch {
	case !ok:
		if s.Action != i.Action { // that one was told of above
			d.add(d.name, s.Line, "intent %s: unknown action %s", i.Name, s.Action)
		}
		return
	case a.Change != (s.Do == DoChange):
		d.add(d.name, s.Line, "intent %s: action %s can't be used with %s", i.Name, s.Action, s.Do)
	}
	p.checkArgs(d, i, s, a, results)
	if s.Do == DoRead {
		results[s.As] = true
	}
}

// checkArgs wants every needed argument given, none that the action doesn't know, and paths that lead to results.
func (p *Pack) checkArgs(d *definition, i *Intent, s Step, a backoffice.Action, results map[string]bool) {
	has := func(name string) bool { _, ok := s.Args[name]; return ok || s.Args == nil && i.Needs(name) }
	for _, f := range a.Args {
		if !f.Optional && !has(f.Name) {
			d.add(d.name, s.Line, "intent %s: action %s needs %s", i.Name, s.Action, f.Name)
		}
	}
	for name, value := range s.Args {
		if !slices.ContainsFunc(a.Args, func(f backoffice.Field) bool { return f.Name == name }) {
			d.add(d.name, s.Line, "intent %s: action %s has no argument %s", i.Name, s.Action, name)
		}
		path, isPath := strings.CutPrefix(value, "=")
		if root, _, _ := strings.Cut(path, "."); isPath && !results[root] && root != "values" {
			d.add(d.name, s.Line, "intent %s: %s: nothing has been read as %s before", i.Name, value, root)
		}
	}
}
