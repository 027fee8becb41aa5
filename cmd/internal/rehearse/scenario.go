// Package rehearse plays scenarios, customers' errands written down as tests, against a running hub: it types what the
// customer types over the same socket as the chat page, answers what the bot asks, and judges what the bot understood,
// said and changed. The format is that of contracts/scenarios.md. It starts one goroutine a scenario and waits for it.
package rehearse

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Scenario is one customer with one errand.
type Scenario struct {
	ID       string           `yaml:"id"`
	Pack     string           `yaml:"pack"`
	Lang     string           `yaml:"lang"`
	Customer string           `yaml:"customer"` // signed in as; empty: an anonymous visitor
	Today    string           `yaml:"today"`    // fixes the clock, 2006-01-02T15:04; empty: the present
	Say      Words            `yaml:"say"`      // typed in order, when the bot waits for nothing
	Answers  map[string]Words `yaml:"answers"`  // typed when the bot awaits the slot; "*": anything else
	Expect   Expect           `yaml:"expect"`
	// File is the name of a file that is sent with each message after the first; empty: none.
	File string `yaml:"-"`
}

// Expect is what must come of it. What is left out is not checked.
type Expect struct {
	Intent      Words             `yaml:"intent"`
	Slots       map[string]string `yaml:"slots"`
	Calls       *[]Call           `yaml:"calls"` // nil: not checked
	Outcome     Words             `yaml:"outcome"`
	Reason      Words             `yaml:"reason"`
	ReplyHas    Words             `yaml:"reply_has"`
	ReplyLacks  Words             `yaml:"reply_lacks"`
	MaxBotTurns int               `yaml:"max_bot_turns"`
}

// Call is a change in the back office. Args that are not named are free.
type Call struct {
	Action string            `yaml:"action"`
	Args   map[string]string `yaml:"args"`
}

// Words is one text or a list of them.
type Words []string

// UnmarshalYAML implements yaml.Unmarshaler.
func (w *Words) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*w = Words{n.Value}
		return nil
	}
	return n.Decode((*[]string)(w))
}

// mostTurns ends a run without max_bot_turns.
const mostTurns = 30

// clockForm is how Today is written.
const clockForm = "2006-01-02T15:04"

// Read reads a file of scenarios. Errors name it and the line.
func Read(name string, r io.Reader) ([]Scenario, error) {
	d := yaml.NewDecoder(r)
	var nodes []yaml.Node
	if err := d.Decode(&nodes); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:%w", name, lineFirst(err))
	}
	out := make([]Scenario, 0, len(nodes))
	for _, n := range nodes {
		var s Scenario
		if err := decodeStrictly(n, &s); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n.Line, err)
		}
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n.Line, err)
		}
		out = append(out, s)
	}
	return out, nil
}

func decodeStrictly(n yaml.Node, s *Scenario) error {
	text, err := yaml.Marshal(&n)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	d.KnownFields(true)
	return d.Decode(s)
}

// lines is how the YAML library says where it stopped.
var lines = regexp.MustCompile(`^yaml: line (\d+): `)

func lineFirst(err error) error {
	text := err.Error()
	if m := lines.FindStringSubmatch(text); m != nil {
		return fmt.Errorf("%s: %s", m[1], strings.TrimPrefix(text, m[0]))
	}
	return fmt.Errorf("1: %s", strings.TrimPrefix(text, "yaml: "))
}

func (s Scenario) check() error {
	switch {
	case s.ID == "":
		return errors.New("a scenario needs an id")
	case s.Pack == "":
		return fmt.Errorf("%s: pack is missing", s.ID)
	case s.Lang != "en" && s.Lang != "zh":
		return fmt.Errorf("%s: lang is %q, must be en or zh", s.ID, s.Lang)
	case len(s.Say) == 0:
		return fmt.Errorf("%s: the customer says nothing", s.ID)
	}
	for _, o := range s.Expect.Outcome {
		if !slices.Contains([]string{done, answered, handoff}, o) {
			return fmt.Errorf("%s: outcome %q, must be done, answered or handoff", s.ID, o)
		}
	}
	if s.Today != "" {
		if _, err := time.Parse(clockForm, s.Today); err != nil {
			return fmt.Errorf("%s: today %q, must look like %s", s.ID, s.Today, clockForm)
		}
	}
	return nil
}

// The outcomes.
const (
	done     = "done"
	answered = "answered"
	handoff  = "handoff"
)

// Clock is the time that the scenario begins at, in the zone; the present where it fixes none.
func (s Scenario) Clock(zone *time.Location) time.Time {
	if at, err := time.ParseInLocation(clockForm, s.Today, zone); err == nil {
		return at
	}
	return time.Now()
}
