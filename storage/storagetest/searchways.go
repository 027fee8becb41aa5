package storagetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"deskhand/assist"
)

// testSearchWays looks for words that stand in thousands of messages, where a store may take short cuts: whatever way
// it takes, it finds what reading all messages finds.
func testSearchWays(t *testing.T, d *desk) {
	all := fill(d, 12)
	const messages = 4000
	for n := 0; n < messages; n += 500 {
		writes := make([]assist.Write, 500)
		for i := range writes {
			text := []string{"your refund policy", "a reference number", "refurbished", "参考 reference"}[(n+i)%4]
			if (n+i)%701 == 3 {
				text = "they refuse a refund"
			}
			c := all[(n+i)%8]
			if n+i < 60 || (n+i)%900 == 800 { // what these have stands far down, and little of it on top
				c = all[8+i%4]
			}
			writes[i] = say(c, d.id(), text)
		}
		for _, out := range d.commit(writes...) {
			noError(t, out.Err)
		}
	}
	var asked []assist.SearchFilter
	for _, v := range []*assist.Visibility{nil, {Agent: 1}, {Agent: 4}, {Unassigned: true}, {Teams: []assist.TeamID{"sales"}, Waiting: true}} {
		for _, customer := range []assist.CustomerID{0, all[1].Customer} {
			for _, limit := range []int{20} {
				asked = append(asked, assist.SearchFilter{Visible: v, Customer: customer, Limit: limit},
					assist.SearchFilter{Visible: v, Customer: customer, Limit: limit, Before: all[0].Rev + 150})
			}
		}
	}
	questions := []string{"refund ", "ref", "refu", "refus", "refere", "refuse refu", "考 refer", "refx"}
	found := func() (out []string) {
		for _, q := range questions {
			for i, f := range asked {
				hits, err := d.Search(context.Background(), q, f)
				noError(t, err)
				line := fmt.Sprintf("%q %d:", q, i)
				for _, h := range hits {
					line += fmt.Sprint(" ", h.Message.Rev)
				}
				out = append(out, line)
			}
		}
		return out
	}
	want := found() // nothing is in the index yet
	noError(t, d.IndexAll(context.Background()))
	got := found()
	empty := 0
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("with the index: %s\nreading all:    %s", got[i], want[i])
		}
		if want[i][len(want[i])-1] == ':' {
			empty++
		}
	}
	if len(want)-empty < 40 || !slices.ContainsFunc(want, func(l string) bool { return len(l) > 100 }) {
		t.Errorf("%d of %d questions have no answer: the test asks too little", empty, len(want))
	}
}
