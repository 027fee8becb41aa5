package search_test

import (
	"context"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/search"
)

func hit(rev assist.Rev, text string) assist.Hit {
	return assist.Hit{CustomerName: "Maria", Message: assist.Message{Conversation: 4, Rev: rev, Kind: assist.KindText, From: assist.ByCustomer(1), Text: text}}
}

func TestFind_PagesAndCustomers(t *testing.T) {
	f := paneltest.New(t)
	f.Fake.Answer = func(command any) (wire.Frame, error) {
		c := command.(wire.AgentSearch)
		if c.Before == 0 {
			return wire.AgentFound{Hits: []assist.Hit{hit(9, "my refund"), hit(8, "refund?")}, Customers: []assist.Customer{{ID: 1, Name: "Maria", Email: "m@example.com"}}, More: true}, nil
		}
		if c.Before != 8 {
			t.Errorf("asked before %d, want 8", c.Before)
		}
		return wire.AgentFound{Hits: []assist.Hit{hit(3, "old refund")}}, nil
	}
	p := search.NewPresenter(f.Desk, func() {})
	p.Find(" refund ")
	p.FindMore()
	p.FindMore()
	e := p.Entries()
	if len(e) != 4 || e[0].Detail != "m@example.com" || e[1].Title != "Maria  #4" || e[3].Detail != "old refund" || len(f.Fake.Calls) != 2 {
		t.Errorf("entries %+v after %d questions", e, len(f.Fake.Calls))
	}
	p.Find("")
	if len(p.Entries()) != 0 || p.Busy {
		t.Error("an empty question leaves something")
	}
}

func TestFind_LateAnswersAreDropped(t *testing.T) {
	f := paneltest.New(t)
	var late []func()
	f.Go = func(work func(context.Context) func()) { late = append(late, func() { work(t.Context())() }) }
	f.Fake.Answer = func(command any) (wire.Frame, error) {
		return wire.AgentFound{Hits: []assist.Hit{hit(1, command.(wire.AgentSearch).Text)}}, nil
	}
	p := search.NewPresenter(f.Desk, func() {})
	p.Find("first")
	p.Find("second")
	late[1]()
	late[0]()
	if e := p.Entries(); len(e) != 1 || e[0].Detail != "second" || p.Busy {
		t.Errorf("entries %+v, busy %t", e, p.Busy)
	}
}

func TestFind_ErrorIsToldAndEndsTheWait(t *testing.T) {
	f := paneltest.New(t)
	f.Fake.Answer = func(any) (wire.Frame, error) { return nil, assist.Errorf(assist.CodeTimeout, "offline") }
	p := search.NewPresenter(f.Desk, func() {})
	p.Find("x")
	if p.Busy || len(f.Told) != 1 {
		t.Errorf("busy %t, told %q", p.Busy, f.Told)
	}
}

func TestEntries_LongMessagesBeginAtAWordBeforeTheMatch(t *testing.T) {
	f := paneltest.New(t)
	for text, want := range map[string]string{
		"I sent the headphones back three weeks ago by your own courier and still have no refund of it": "…by your own courier and still have no refund of it",
		"é" + strings.Repeat("x", 39) + "refund":                                                        "é" + strings.Repeat("x", 39) + "refund",
		strings.Repeat("退", 20) + "refund":                                                              "…" + strings.Repeat("退", 14) + "refund",
	} {
		f.Fake.Answer = func(any) (wire.Frame, error) { return wire.AgentFound{Hits: []assist.Hit{hit(1, text)}}, nil }
		p := search.NewPresenter(f.Desk, func() {})
		p.Find("refund")
		if got := p.Entries()[0].Detail; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
