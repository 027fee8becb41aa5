package backofficetest

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"
)

// nobody is an id that no customer has.
const nobody = "nobody-0"

func profile(t *testing.T, c Company) {
	p, err := c.Open(t).Profile(c.context(t))
	if err != nil {
		t.Fatal(err)
	}
	if p.Name == "" || len(p.Currency) != 3 {
		t.Errorf("got name %q, currency %q", p.Name, p.Currency)
	}
	for _, x := range slices.Concat(c.Reads, c.Changes) {
		if !slices.Contains(p.Actions, x.Action) {
			t.Errorf("the profile doesn't name %s", x.Action)
		}
	}
	for _, name := range p.Actions {
		c.declared(t, name)
	}
}

func found(t *testing.T, c Company) {
	f, ctx := c.Open(t), c.context(t)
	if id, err := f.Find(ctx, c.Details); err != nil || id != c.One {
		t.Errorf("by all details: got %q %v, want %s", id, err, c.One)
	}
	wrong := []backoffice.Details{{}, {Phone: "000 000 0000", OrderID: c.Details.OrderID}}
	if c.Details.OrderID != "" {
		wrong = append(wrong, backoffice.Details{Phone: c.Details.Phone, OrderID: "none"})
	}
	for _, d := range wrong {
		if id, err := f.Find(ctx, d); id != "" || !errors.Is(err, backoffice.ErrNotFound) {
			t.Errorf("by %+v: got %q %v, want not found", d, id, err)
		}
	}
	for _, id := range []string{c.One, c.Two} {
		if p, err := f.Person(ctx, id); err != nil || p.ID != id {
			t.Errorf("customer %s: got %+v %v", id, p, err)
		}
	}
	for _, id := range []string{"", nobody, c.One + " ", "../" + c.One, c.One + "/../" + c.Two, "%2e%2e"} {
		if p, err := f.Person(ctx, id); !errors.Is(err, backoffice.ErrNotFound) || p.ID != "" {
			t.Errorf("customer %q: got %+v %v, want not found", id, p, err)
		}
	}
}

func items(t *testing.T, c Company) {
	f, ctx := c.Open(t), c.context(t)
	for kind, own := range c.Kinds {
		mine, err := f.Items(ctx, kind, c.call(c.One, Case{Args: c.args()}))
		if err != nil || len(mine) == 0 {
			t.Errorf("%s: got %v %v, want some", kind, mine, err)
		}
		ids := map[string]bool{}
		for _, x := range mine {
			if x.ID == "" || x.Kind != kind || len(x.Names) == 0 || ids[x.ID] {
				t.Errorf("%s: got %+v", kind, x)
			}
			ids[x.ID] = true
		}
		if !own {
			continue
		}
		for _, customer := range []string{"", nobody, c.Two} {
			others, err := f.Items(ctx, kind, c.call(customer, Case{Args: c.args()}))
			if !answered(err) && !errors.Is(err, backoffice.ErrNotFound) && !errors.Is(err, backoffice.ErrUnsupported) {
				t.Errorf("%s of %q: %v", kind, customer, err)
			}
			if slices.ContainsFunc(others, func(x backoffice.Item) bool { return ids[x.ID] }) {
				t.Errorf("%s: %q is shown what is %s's: %v", kind, customer, c.One, others)
			}
		}
	}
	if list, err := f.Items(ctx, "no such kind", c.call(c.One, Case{})); len(list) > 0 || err != nil && !errors.Is(err, backoffice.ErrUnsupported) {
		t.Errorf("of an unknown kind: got %v %v", list, err)
	}
}

func answers(t *testing.T, c Company) {
	f, ctx := c.Open(t), c.context(t)
	for _, x := range c.Reads {
		r, err := f.Read(ctx, c.call(c.One, x))
		if err == nil {
			err = typed.Check(c.declared(t, x.Action).Result, r)
		}
		if err != nil {
			t.Errorf("read %s %v: %v", x.Action, x.Args, err)
		}
	}
	for _, x := range c.Changes {
		f := c.Open(t)
		terms, err := f.Check(ctx, c.call(c.One, x))
		if err == nil {
			err = typed.Check(c.declared(t, x.Action).Terms, terms)
		}
		if err != nil {
			t.Errorf("check %s %v: %v", x.Action, x.Args, err)
		}
		r, err := f.Execute(ctx, "answers", c.call(c.One, x))
		if err == nil {
			err = typed.Check(c.declared(t, x.Action).Result, r)
		}
		if err != nil {
			t.Errorf("execute %s %v: %v", x.Action, x.Args, err)
		}
	}
}

// with is a case in which one argument is another.
func with(x Case, name, v string) Case {
	x.Args = maps.Clone(x.Args)
	x.Args[name] = v
	return x
}

func ownership(t *testing.T, c Company) {
	f, ctx := c.Open(t), c.context(t)
	theirs := c.picture(t, f, c.Two)
	for name, ids := range c.Foreign {
		used := false
		for n, x := range slices.Concat(c.Reads, c.Changes) {
			if _, has := x.Args[name]; !has {
				continue
			}
			used = true
			var got [2]string
			for i, id := range ids {
				call := c.call(c.One, with(x, name, id))
				var err error
				if n < len(c.Reads) {
					_, err = f.Read(ctx, call)
				} else {
					_, err = f.Check(ctx, call)
					if _, done := f.Execute(ctx, "ownership "+name+id+x.Action, call); no(done) != no(err) {
						t.Errorf("%s with %s %s: check says %q, execute %q", x.Action, name, id, no(err), no(done))
					}
				}
				got[i] = no(err)
			}
			if got[0] == "" || got[0] != got[1] {
				t.Errorf("%s with %s: another's gives %q, nobody's %q", x.Action, name, got[0], got[1])
			}
		}
		if !used {
			t.Errorf("no case has the argument %s", name)
		}
	}
	if now := c.picture(t, f, c.Two); now != theirs {
		t.Errorf("what is %s's has changed:\n%s\nbefore:\n%s", c.Two, now, theirs)
	}
}

func anonymous(t *testing.T, c Company) {
	f, ctx := c.Open(t), c.context(t)
	mine := c.picture(t, f, c.One)
	for _, customer := range []string{"", nobody} {
		for _, x := range c.Changes {
			if terms, err := f.Check(ctx, c.call(customer, x)); err == nil && customer != "" {
				t.Errorf("check %s for %q: got %s, want a refusal", x.Action, customer, text(terms))
			}
			if r, err := f.Execute(ctx, "anonymous "+customer+x.Action, c.call(customer, x)); err == nil && customer != "" {
				t.Errorf("execute %s for %q: got %s, want a refusal", x.Action, customer, text(r))
			}
		}
	}
	if now := c.picture(t, f, c.One); now != mine {
		t.Errorf("what is %s's has changed:\n%s\nbefore:\n%s", c.One, now, mine)
	}
}
