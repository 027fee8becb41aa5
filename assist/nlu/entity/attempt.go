package entity

import "slices"

// attempt gathers the pieces of a name that stand near each other.
type attempt struct {
	g          *glance
	used       []bool
	start, end int
	matched    float64
	quality    float64
	count      int
	order      []int
}

func (a *attempt) take(k, width int, b bit, quality float64) {
	for w := range max(width, 1) {
		if !a.used[k+w] {
			a.used[k+w] = true
			a.matched += a.g.weight[k+w]
			a.order = append(a.order, k+w)
		}
	}
	a.quality = min(a.quality, quality)
	a.count++
}

// close scores the attempt: something that only this item has tells it, the rest is how much of the name is
// there.
func (a *attempt) close(spread map[string]int) (mention, bool) {
	g := a.g
	covered := a.matched / g.total
	unique, solid := false, false
	missing := false // something of the name that only this item has is not there
	for k, b := range g.bits {
		missing = missing || !a.used[k] && spread[b.text] == 1 && !slices.Contains(generic, b.text)
	}
	for _, k := range a.order {
		b := g.bits[k]
		if slices.Contains(generic, b.text) {
			continue
		}
		// One digit and nothing else is a count.
		solid = solid || !b.num || len(b.text) > 1 || len(g.bits) == 1
		unique = unique || spread[b.text] == 1 && (!b.num || len(b.text) > 1)
	}
	full := covered > 0.999
	if !solid && !full || g.whole && !full || g.total == 0 {
		return mention{}, false
	}
	score := 0.3 + 0.4*covered
	switch {
	case full && slices.IsSorted(a.order):
		score = 1
	case full:
		score = 0.95
	case unique:
		score = 0.6 + 0.35*covered
	case !missing && covered >= 0.5:
		score += 0.15 // "Aria 3" is rather the Aria 3 than the Aria 3 Pro
	}
	if full && len(g.bits) == 1 && (g.bits[0].num || len(g.bits[0].text) == 3 && g.bits[0].han) {
		score = 0.8 // a name of one character or number may stand for something else
	}
	m := mention{item: g.item, child: g.child, start: a.start, end: a.end, score: score * a.quality, exact: a.quality == 1, count: a.count, why: WhyName}
	if g.child >= 0 {
		m.why = WhyChild
		m.score *= 0.97
	}
	return m, true
}
