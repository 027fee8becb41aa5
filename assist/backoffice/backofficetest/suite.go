// Package backofficetest is what every backoffice.Office must hold to, as tests: its customers see their own things only,
// nothing changes but by Execute, and a change is made once, whatever is asked how often at the same time.
package backofficetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist/backoffice"
)

// Case is an action that the customer One may ask for.
type Case struct {
	Action string
	Args   map[string]string
}

// Company is an office with what the suite must know of its customers. All but Kinds, Reads, Changes and Foreign are needed.
type Company struct {
	Open     func(t *testing.T) backoffice.Office // anew, as on the first day
	Actions  []backoffice.Action                  // with which the answers are compared; default: the product's
	Now      time.Time
	One, Two string             // customers
	Details  backoffice.Details // of One
	Kinds    map[string]bool    // of items that One has: true if they are One's own, false if they are everybody's
	Reads    []Case
	Changes  []Case // each can be made on the first day
	// Foreign holds for an argument an id that is Two's, and one that nobody has: both are refused alike.
	Foreign map[string][2]string
}

// Run runs the suite.
func Run(t *testing.T, c Company) {
	if c.Actions == nil {
		c.Actions = backoffice.Actions()
	}
	for name, test := range map[string]func(*testing.T, Company){
		"the profile names what the office knows":          profile,
		"a customer is found by all details":               found,
		"items are the customer's own":                     items,
		"answers are as declared":                          answers,
		"what is another's is refused like what is not":    ownership,
		"nobody identified, nothing shown":                 anonymous,
		"a check changes nothing":                          checks,
		"a change is made once":                            once,
		"a change is made once from many sides":            together,
		"what is refused leaves no trace":                  refused,
		"a change is no read, and a read no change":        apart,
		"an answer comes though the asker has gone":        gone,
		"hostile text passes as text and touches no other": hostile,
	} {
		t.Run(name, func(t *testing.T) { test(t, c) })
	}
}

// longest is how long one call may take here; a good one takes milliseconds.
const longest = 20 * time.Second

func (c Company) context(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	t.Cleanup(cancel)
	return ctx
}

func (c Company) call(customer string, x Case) backoffice.Call {
	return backoffice.Call{Action: x.Action, Customer: customer, Args: maps.Clone(x.Args), Language: "en", Now: c.Now}
}

func (c Company) declared(t *testing.T, name string) backoffice.Action {
	t.Helper()
	n := slices.IndexFunc(c.Actions, func(a backoffice.Action) bool { return a.Name == name })
	if n < 0 {
		t.Fatalf("action %s is not declared", name)
	}
	return c.Actions[n]
}

// picture is all that can be seen of a customer; equal pictures mean that nothing changed.
func (c Company) picture(t *testing.T, f backoffice.Office, customer string) string {
	t.Helper()
	var b strings.Builder
	ctx := c.context(t)
	p, err := f.Person(ctx, customer)
	fmt.Fprintf(&b, "%s %v %s %v\n", p.ID, p.Name, strings.Join(p.Notes, ";"), err)
	for _, kind := range slices.Sorted(maps.Keys(c.Kinds)) {
		list, err := f.Items(ctx, kind, c.call(customer, Case{Args: c.args()}))
		fmt.Fprintf(&b, "%s: %v %v\n", kind, list, err)
	}
	for _, x := range c.Reads {
		r, err := f.Read(ctx, c.call(customer, x))
		fmt.Fprintf(&b, "%s %v: %s %s\n", x.Action, x.Args, text(r), no(err))
	}
	for _, x := range c.Changes { // what could be done tells as well
		r, err := f.Check(ctx, c.call(customer, x))
		fmt.Fprintf(&b, "%s %v: %s %s\n", x.Action, x.Args, text(r), no(err))
	}
	return b.String()
}

// args are those of all cases together: what items may hang on.
func (c Company) args() map[string]string {
	out := map[string]string{}
	for _, x := range slices.Concat(c.Reads, c.Changes) {
		for name, v := range x.Args {
			if _, has := out[name]; !has {
				out[name] = v
			}
		}
	}
	return out
}
