// Package devices tells from what customers' routers and terminals report of themselves what is wrong with them, by rules
// that are data, and has them seen to from afar. Its Office does so for a company whose other systems are elsewhere; package
// mqtt below it hears the devices and sends to them. It starts no goroutines.
package devices

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Diagnosis is what a reading means. Empty: nothing unusual.
type Diagnosis struct {
	Code      string
	RemoteFix string   // what can be done from afar; empty: nothing
	Because   []string // the readings that tell it
}

// Rules tell what readings mean, the first one that fits.
type Rules []rule

type rule struct {
	Kinds     []string    `yaml:"kinds"` // none: all
	When      []condition `yaml:"when"`  // all of them
	Diagnosis string      `yaml:"diagnosis"`
	RemoteFix string      `yaml:"remote_fix"`
}

type condition struct {
	Reading string   `yaml:"reading"`
	Above   *float64 `yaml:"above"`
	Below   *float64 `yaml:"below"`
	Is      string   `yaml:"is"`
}

//go:embed rules.yaml
var shipped []byte

// DefaultRules are those that the product carries.
func DefaultRules() (Rules, error) { return ReadRules(shipped) }

// ReadRules reads rules as rules.yaml has them. What it doesn't know is refused.
func ReadRules(text []byte) (Rules, error) {
	var out Rules
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("rules of devices: %w", err)
	}
	for n, r := range out {
		if r.Diagnosis == "" || len(r.When) == 0 {
			return nil, fmt.Errorf("rules of devices: rule %d needs when and diagnosis", n+1)
		}
		for _, c := range r.When {
			if c.Reading == "" || c.Above == nil && c.Below == nil && c.Is == "" {
				return nil, fmt.Errorf("rules of devices: rule %d: a condition needs reading and above, below or is", n+1)
			}
		}
	}
	if len(out) == 0 {
		return nil, errors.New("rules of devices: there are none")
	}
	return out, nil
}

// Diagnose tells what a reading means.
func (rules Rules) Diagnose(r Reading) Diagnosis {
	for _, rule := range rules {
		if len(rule.Kinds) > 0 && !slices.Contains(rule.Kinds, r.Kind) || slices.ContainsFunc(rule.When, func(c condition) bool { return !c.fits(r) }) {
			continue
		}
		d := Diagnosis{Code: rule.Diagnosis, RemoteFix: rule.RemoteFix}
		for _, c := range rule.When {
			d.Because = append(d.Because, c.Reading)
		}
		return d
	}
	return Diagnosis{}
}

func (c condition) fits(r Reading) bool {
	if c.Is != "" {
		return r.States[c.Reading] == c.Is
	}
	v, ok := r.Values[c.Reading]
	return ok && (c.Above == nil || v > *c.Above) && (c.Below == nil || v < *c.Below)
}
