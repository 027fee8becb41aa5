package pack

import (
	"strings"

	"deskhand/assist/verify"

	"go.yaml.in/yaml/v3"
)

// flow reads the steps of an intent and flattens their branches.
func (d *definition) flow(n *yaml.Node, i *Intent) {
	for _, c := range d.list(n) {
		d.step(c, i)
	}
}

// step reads one step: a bare word, or a mapping whose keys tell what it does.
func (d *definition) step(n *yaml.Node, i *Intent) {
	if n.Kind == yaml.ScalarNode {
		d.word(n, i)
		return
	}
	s := Step{Line: n.Line}
	var then, otherwise *yaml.Node
	set := func(do Do, read func(*yaml.Node)) func(*yaml.Node) {
		return func(v *yaml.Node) {
			if s.Do != "" {
				d.bad(n, "a step does one thing: %s or %s", s.Do, do)
			}
			s.Do = do
			read(v)
		}
	}
	var level string
	d.fields(n, map[string]func(*yaml.Node){
		"verify": set(DoVerify, d.level(&level)), "collect": set(DoCollect, d.texts(&s.Collect)), "say": set(DoSay, d.text(&s.Say)),
		"read": set(DoRead, d.reading(&s)), "change": set(DoChange, d.changing(&s)), "handoff": set(DoHandoff, d.text(&s.Reason)),
		"if": set(DoIf, d.text(&s.Field)), "then": func(v *yaml.Node) { then = v }, "else": func(v *yaml.Node) { otherwise = v },
	})
	s.Level = verify.Level(level)
	if (then != nil || otherwise != nil) && s.Do != DoIf {
		d.bad(n, "then and else belong to if")
	}
	for _, c := range s.Collect {
		if !i.Needs(c) {
			d.bad(n, "intent %s: collect names slot %s, which the intent doesn't have", i.Name, c)
		}
	}
	if s.Do == DoIf {
		d.branch(n, s, then, otherwise, i)
		return
	}
	i.Flow = append(i.Flow, s)
}

func (d *definition) branch(n *yaml.Node, s Step, then, otherwise *yaml.Node, i *Intent) {
	if then == nil {
		d.bad(n, "if needs then")
		return
	}
	at := len(i.Flow)
	i.Flow = append(i.Flow, s)
	d.flow(then, i)
	if otherwise == nil {
		i.Flow[at].Jump = len(i.Flow)
		return
	}
	over := len(i.Flow)
	i.Flow = append(i.Flow, Step{Do: DoJump, Line: n.Line})
	i.Flow[at].Jump = len(i.Flow)
	d.flow(otherwise, i)
	i.Flow[over].Jump = len(i.Flow)
}

// word is a step without more: the intent's own level, slots, action or reason.
func (d *definition) word(n *yaml.Node, i *Intent) {
	s := Step{Do: Do(n.Value), Line: n.Line}
	switch s.Do {
	case DoVerify, DoCollect, DoHandoff, DoEnd:
	case DoRead:
		s.Action, s.As = i.Action, "result"
	case DoChange:
		s.Action, s.Say, s.Back = i.Action, "done", "readback"
	case DoSay:
		d.bad(n, "say needs what to say, e.g. say: answer")
	default:
		d.bad(n, "unknown step %q; known: verify, collect, read, say, if, change, handoff, end", n.Value)
		return
	}
	i.Flow = append(i.Flow, s)
}

func (d *definition) reading(s *Step) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s.As = "result"
		d.fields(n, map[string]func(*yaml.Node){"action": d.text(&s.Action), "as": d.text(&s.As), "args": d.args(s)})
		if s.Action == "" || !nameShape.MatchString(s.As) {
			d.bad(n, "read is written {action: devices.diagnose, as: diagnosis, args: {device: =line.device}}")
		}
	}
}

func (d *definition) changing(s *Step) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s.Say, s.Back = "done", "readback"
		d.fields(n, map[string]func(*yaml.Node){
			"action": d.text(&s.Action), "args": d.args(s), "say": d.text(&s.Say), "readback": d.text(&s.Back),
		})
		if s.Action == "" {
			d.bad(n, "change needs its action")
		}
	}
}

func (d *definition) args(s *Step) func(*yaml.Node) {
	return func(n *yaml.Node) {
		s.Args = map[string]string{}
		d.entries(n, func(key string, _, v *yaml.Node) {
			var value string
			d.text(&value)(v)
			if path, isPath := strings.CutPrefix(value, "="); isPath && (path == "" || strings.ContainsAny(path, " =")) {
				d.bad(v, "%q is no path such as =diagnosis.device", value)
			}
			s.Args[key] = value
		})
	}
}
