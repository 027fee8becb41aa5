package customer_test

import (
	"slices"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/customer"
	"deskhand/ui/panel/paneltest"
)

func TestFacts_OnlyWhatIsKnown(t *testing.T) {
	f := paneltest.New(t)
	f.Conversation(4, func(r *wire.Row) { r.Handoff = &assist.Handoff{Verified: "strong"} })
	p := customer.NewPresenter(f.Desk)
	p.Show(4)
	if got, want := p.Facts(), []customer.Fact{{Name: "E-mail", Value: "maria@example.com"}}; !slices.Equal(got, want) {
		t.Errorf("facts %+v, want %+v", got, want)
	}
	if words, sure := p.Verified(); words != "identity verified" || !sure {
		t.Errorf("verified %q %t", words, sure)
	}
	p.Show(99)
	if _, ok := p.Customer(); ok {
		t.Error("a conversation that is not open has a customer")
	}
}

func TestSave_TrimsAndWaitsForTheHub(t *testing.T) {
	f := paneltest.New(t)
	done := false
	p := customer.NewPresenter(f.Desk)
	p.Save(assist.Customer{ID: 11, Name: " Maria  ", Email: "m@example.com "}, func() { done = true })
	c := f.Fake.Calls[0].(wire.AgentCustomerSave).Customer
	if c.Name != "Maria" || c.Email != "m@example.com" || !done {
		t.Errorf("saved %+v, done %t", c, done)
	}
	done = false
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeForbidden, "no") }
	p.Save(c, func() { done = true })
	if done || len(f.Told) != 1 {
		t.Errorf("refused, yet done %t; told %q", done, f.Told)
	}
}
