package mcp

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"deskhand/assist/backoffice"

	"github.com/BurntSushi/toml"
)

// Mapping says which tool of the company's server stands for what. What isn't named here is never called.
type Mapping struct {
	Profile Profile
	Person  Tool            // the customer by id
	Find    Tool            // the customer by phone and order_id
	Items   map[string]Tool // by kind
	Read    map[string]Tool // by action
	Change  map[string]Change
	Outcome Tool // what became of a change; Key is needed
}

// Profile is what the desk must know of the company.
type Profile struct {
	Name     string            `toml:"name" json:"name"`
	NameZH   string            `toml:"name_zh" json:"name_zh,omitzero"`
	Currency string            `toml:"currency" json:"currency"`
	Country  string            `toml:"country" json:"country,omitzero"`
	Zone     string            `toml:"zone" json:"zone,omitzero"`
	Shapes   map[string]string `toml:"shapes" json:"shapes,omitzero"`
	Actions  []string          `toml:"-" json:"actions"`
}

// Tool is one tool and the names of its arguments.
type Tool struct {
	Tool     string            `toml:"tool"`
	Customer string            `toml:"customer"` // argument that takes the customer's id; empty: it is about nobody
	Language string            `toml:"language"`
	Now      string            `toml:"now"`
	Key      string            `toml:"key"`
	Args     map[string]string `toml:"args"`   // argument of the action → argument of the tool
	Fields   map[string]string `toml:"fields"` // declared field → name in the tool's answer, where they differ
}

// Change is an action that changes something: the tool that looks and the one that does it. Both take the same arguments.
type Change struct {
	Tool
	Check string `toml:"check"` // changes nothing
}

// ReadMapping reads a mapping in TOML, as README.md beside it says. What it doesn't know is refused.
func ReadMapping(text string) (Mapping, error) {
	var m Mapping
	meta, err := toml.Decode(text, &m)
	if err != nil {
		return m, fmt.Errorf("tools: %w", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return m, fmt.Errorf("tools: there is no setting %s", more[0])
	}
	return m, nil
}

// check wants each action declared and on the right side, and no tool that makes changes used for anything else.
func (m Mapping) check(actions func(string) (backoffice.Action, bool)) error {
	var faults []error
	looks := map[string]bool{m.Person.Tool: true, m.Find.Tool: true, m.Outcome.Tool: true}
	for _, t := range m.Items {
		looks[t.Tool] = true
	}
	for name, t := range m.Read {
		if a, ok := actions(name); t.Tool == "" || ok && a.Change {
			faults = append(faults, fmt.Errorf("read.%s: a tool for an action that changes nothing is expected", name))
		}
		looks[t.Tool] = true
	}
	for name, c := range m.Change {
		looks[c.Check] = true
		switch a, ok := actions(name); {
		case c.Tool.Tool == "" || c.Check == "" || ok && !a.Change:
			faults = append(faults, fmt.Errorf("change.%s: tool and check for an action that changes something are expected", name))
		case c.Key == "":
			faults = append(faults, fmt.Errorf("change.%s: key is missing, the argument by which the tool knows a change that it has made", name))
		case m.Outcome.Tool == "" || m.Outcome.Key == "":
			faults = append(faults, fmt.Errorf("change.%s: without outcome (tool and key) nobody could tell what became of a change", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Change)) {
		if tool := m.Change[name].Tool.Tool; tool != "" && looks[tool] {
			faults = append(faults, fmt.Errorf("change.%s: the tool %s makes changes and can't be used to look", name, tool))
		}
	}
	return errors.Join(faults...)
}

func (m Mapping) actions() []string {
	return slices.Sorted(maps.Keys(m.names()))
}

func (m Mapping) names() map[string]bool {
	out := map[string]bool{}
	for name := range m.Read {
		out[name] = true
	}
	for name := range m.Change {
		out[name] = true
	}
	return out
}
