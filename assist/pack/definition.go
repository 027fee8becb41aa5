package pack

import (
	"regexp"
	"slices"
	"strings"

	"deskhand/assist/backoffice"
	"deskhand/assist/verify"

	"go.yaml.in/yaml/v3"
)

// definition reads pack.yaml into p.
type definition struct {
	file
	p     *Pack
	lines map[string]int // of slots ("slot order_id") and intents ("intent cancel_order")
}

var nameShape = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (d *definition) read(n *yaml.Node) {
	var name string
	d.fields(n, map[string]func(*yaml.Node){
		"name": d.text(&name), "title": d.both(&d.p.Title),
		"identify": func(n *yaml.Node) { d.texts(&d.p.Identify)(n); d.lines["identify"] = n.Line },
		"slots":    func(n *yaml.Node) { d.entries(n, d.slot) },
		"intents":  func(n *yaml.Node) { d.entries(n, d.intent) },
		"actions":  d.actions,
	})
	if name != d.p.Name {
		d.bad(n, "name is %q, the folder is %q", name, d.p.Name)
	}
	if d.p.Title.EN == "" {
		d.bad(n, "title is missing")
	}
}

func (d *definition) slot(name string, k, v *yaml.Node) {
	s := &Slot{Name: name, Pack: d.p.Name}
	d.p.Slots[name], d.lines["slot "+name] = s, k.Line
	buttons, repeat, kind := true, true, ""
	d.fields(v, map[string]func(*yaml.Node){
		"type": d.text(&kind), "kind": d.text(&s.Kind), "needs": d.texts(&s.Needs), "title": d.both(&s.Title),
		"opening": d.flag(&s.Opening), "past": d.flag(&s.Past), "future": d.flag(&s.Future), "buttons": d.flag(&buttons),
		"repeat": d.flag(&repeat), "shape": d.text(&s.Shape), "behind": d.texts(&s.Behind), "people": d.flag(&s.People), "options": d.options(s),
	})
	s.Type, s.NoButtons, s.NoRepeat = SlotType(kind), !buttons, !repeat
	switch {
	case !nameShape.MatchString(name):
		d.bad(k, "slot %q: a name has small letters, digits and _", name)
	case !slices.Contains(slotTypes(), s.Type):
		d.bad(k, "slot %s: unknown type %q; known: %v", name, kind, slotTypes())
	case s.Title.EN == "":
		d.bad(k, "slot %s: title is missing", name)
	case s.Type == Item && s.Kind == "":
		d.bad(k, "slot %s: an item needs its kind", name)
	case s.Type == Choice && len(s.Options) == 0:
		d.bad(k, "slot %s: a choice needs options", name)
	case s.Type == Shape && s.Shape == "":
		d.bad(k, "slot %s: a shape needs its shape, e.g. \"TR-99999\"", name)
	case s.Past && s.Future:
		d.bad(k, "slot %s: past and future exclude each other", name)
	}
}

func (d *definition) options(s *Slot) func(*yaml.Node) {
	return func(n *yaml.Node) {
		for _, c := range d.list(n) {
			var o Option
			d.fields(c, map[string]func(*yaml.Node){"id": d.text(&o.ID), "en": d.texts(&o.EN), "zh": d.texts(&o.ZH)})
			if o.ID == "" || len(o.EN) == 0 || len(o.ZH) == 0 {
				d.bad(c, "an option needs id, en and zh")
			}
			s.Options = append(s.Options, o)
		}
	}
}

func (f file) list(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		f.bad(n, "a list is expected here")
		return nil
	}
	return n.Content
}

func (d *definition) intent(name string, k, v *yaml.Node) {
	i := &Intent{Name: name, Pack: d.p.Name, Verify: verify.None}
	d.p.Intents[name], d.lines["intent "+name] = i, k.Line
	d.p.Order = append(d.p.Order, name)
	var kind, level, limit string
	var flow *yaml.Node
	d.fields(v, map[string]func(*yaml.Node){
		"title": d.both(&i.Title), "kind": d.text(&kind), "verify": d.level(&level), "slots": d.refs(i), "action": d.text(&i.Action),
		"limit": d.text(&limit), "over_limit": d.over(i), "reason": d.text(&i.Reason), "duty": d.flag(&i.Duty), "only": d.only(i), "free": d.free(i),
		"sole": d.named(i, "sole", &i.Sole), "unasked": d.named(i, "unasked", &i.Unasked),
		"priority": d.text(&i.Priority), "note": func(*yaml.Node) {}, "flow": func(n *yaml.Node) { flow = n },
	})
	i.Kind = Kind(kind)
	if level != "" {
		i.Verify = verify.Level(level)
	}
	d.checkIntent(i, k, limit)
	if flow == nil {
		i.Flow = usual(i)
		return
	}
	d.flow(flow, i)
}

func (d *definition) checkIntent(i *Intent, k *yaml.Node, limit string) {
	if !nameShape.MatchString(i.Name) {
		d.bad(k, "intent %q: a name has small letters, digits and _", i.Name)
	}
	if i.Title.EN == "" {
		d.bad(k, "intent %s: title is missing", i.Name)
	}
	switch i.Kind {
	case Answer:
	case Action:
		if i.Action == "" {
			d.bad(k, "intent %s: kind action needs its action", i.Name)
		}
	case Handoff:
		if i.Reason == "" {
			d.bad(k, "intent %s: kind handoff needs its reason", i.Name)
		}
	default:
		d.bad(k, "intent %s: kind is %q, must be answer, action or handoff", i.Name, i.Kind)
	}
	if i.Priority != "" && i.Priority != "high" && i.Priority != "urgent" {
		d.bad(k, "intent %s: priority is %q, must be high or urgent", i.Name, i.Priority)
	}
	if i.Duty && i.Kind != Action {
		d.bad(k, "intent %s: only an action can be a duty", i.Name)
	}
	if limit != "" {
		cents, ok := Cents(limit)
		if !ok || cents <= 0 {
			d.bad(k, "intent %s: limit is %q, must be an amount such as \"200.00\"", i.Name, limit)
		}
		if i.Limit = cents; i.Over == "" {
			d.bad(k, "intent %s: a limit needs over_limit", i.Name)
		}
	}
}

func (d *definition) level(to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.text(to)(n)
		if !slices.Contains([]verify.Level{verify.None, verify.Identified, verify.Strong}, verify.Level(*to)) {
			d.bad(n, "verify is %q, must be none, identified or strong", *to)
		}
	}
}

func (d *definition) refs(i *Intent) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var names []string
		d.texts(&names)(n)
		for _, s := range names {
			name, optional := strings.CutSuffix(s, "?")
			if i.Needs(name) {
				d.bad(n, "intent %s: slot %s stands twice", i.Name, name)
				continue
			}
			i.Slots = append(i.Slots, SlotRef{name, optional})
		}
	}
}

func (d *definition) over(i *Intent) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var kind string
		d.fields(n, map[string]func(*yaml.Node){"kind": d.text(&kind), "reason": d.text(&i.Over)})
		if kind != string(Handoff) || i.Over == "" {
			d.bad(n, "over_limit is written {kind: handoff, reason: over_limit}")
		}
	}
}

func (d *definition) only(i *Intent) func(*yaml.Node) {
	return func(n *yaml.Node) {
		i.Only = map[string]map[string][]string{}
		d.entries(n, func(slot string, k, v *yaml.Node) {
			if !i.Needs(slot) {
				d.bad(k, "intent %s: only names slot %s, which the intent doesn't have (write slots above only)", i.Name, slot)
			}
			i.Only[slot] = map[string][]string{}
			d.entries(v, func(attribute string, _, v *yaml.Node) {
				var values []string
				d.texts(&values)(v)
				i.Only[slot][attribute] = values
			})
		})
	}
}

// free names the item slots that may also be something new, and the type as which that is read.
func (d *definition) free(i *Intent) func(*yaml.Node) {
	return func(n *yaml.Node) {
		i.Free = map[string]SlotType{}
		d.entries(n, func(slot string, k, v *yaml.Node) {
			var kind string
			d.text(&kind)(v)
			if !i.Needs(slot) {
				d.bad(k, "intent %s: free names slot %s, which the intent doesn't have (write slots above free)", i.Name, slot)
			}
			if i.Free[slot] = SlotType(kind); !slices.Contains(freeTypes(), i.Free[slot]) {
				d.bad(v, "intent %s: free is %q for slot %s, must be one of %v", i.Name, kind, slot, freeTypes())
			}
		})
	}
}

// freeTypes are how something new may be read for an item slot.
func freeTypes() []SlotType { return []SlotType{Name, FreeText, DateTime, Duration} }

// named reads a list of slots of the intent.
func (d *definition) named(i *Intent, key string, to *[]string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		d.texts(to)(n)
		for _, slot := range *to {
			if !i.Needs(slot) {
				d.bad(n, "intent %s: %s names slot %s, which the intent doesn't have (write slots above %s)", i.Name, key, slot, key)
			}
		}
	}
}

// actions are those of a company's own that the product doesn't know.
func (d *definition) actions(n *yaml.Node) {
	for _, c := range d.list(n) {
		var a backoffice.Action
		d.fields(c, map[string]func(*yaml.Node){
			"name": d.text(&a.Name), "change": d.flag(&a.Change), "args": d.columns(&a.Args), "result": d.columns(&a.Result), "terms": d.columns(&a.Terms),
		})
		if domain, verb, ok := strings.Cut(a.Name, "."); !ok || domain == "" || verb == "" {
			d.bad(c, "an action is named domain.verb, not %q", a.Name)
			continue
		}
		if _, known := d.p.Actions[a.Name]; known {
			d.bad(c, "action %s is known already", a.Name)
		}
		d.p.Actions[a.Name] = a
	}
}

func (d *definition) columns(to *[]backoffice.Field) func(*yaml.Node) {
	known := []backoffice.FieldType{backoffice.Text, backoffice.ID, backoffice.Money, backoffice.Number, backoffice.Bool, backoffice.Date,
		backoffice.DateTime, backoffice.List, backoffice.Object}
	return func(n *yaml.Node) {
		for _, c := range d.list(n) {
			var f backoffice.Field
			var kind string
			d.fields(c, map[string]func(*yaml.Node){
				"name": d.text(&f.Name), "type": d.text(&kind), "optional": d.flag(&f.Optional), "fields": d.columns(&f.Fields),
			})
			if f.Type = backoffice.FieldType(kind); f.Name == "" || !slices.Contains(known, f.Type) {
				d.bad(c, "a field needs name and type, one of %v", known)
			}
			*to = append(*to, f)
		}
	}
}
