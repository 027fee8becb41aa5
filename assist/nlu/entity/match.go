package entity

import (
	"slices"
	"time"
)

// Item is a thing that a customer may mean: a product, plan, course, student, payee, account, card, ticket,
// order, …
type Item struct {
	ID         string
	Kind       string            // "order", "card", "product", …
	Names      []string          // in every language, and aliases
	At         time.Time         // when it was placed, opened, made, or next takes place; zero if that means nothing
	Price      int64             // hundredths; 0 if it has none
	Attributes map[string]string // what else tells it apart: variant, status, last4, kind (debit, credit, savings), …
	Children   []Item            // what an order or a course consists of: naming one means the whole, too
}

// Why an item was hit.
const (
	WhyName      = "name"
	WhyID        = "id"
	WhyDate      = "date"
	WhyPosition  = "position"
	WhyAttribute = "attribute"
	WhyMention   = "mention" // "it", "that one": named lately in the conversation
	WhyChild     = "child"   // by the name of something it consists of
)

// Hit is an item that the text may mean.
type Hit struct {
	Item       *Item   // points into the given items
	Score      float64 // 1 is certain; from about 0.6 something tells this item from the others, below several may fit
	Start, End int     // bytes of the text that tell it
	Why        string  // the strongest reason, one of Why…
	Child      *Item   // the child that was named, if any
}

// Match finds the items that the text means: by id, by name (partial or misspelt), by what tells them apart,
// by date, by position in the given order, or by reference to mentioned, the ids that the conversation named
// lately, newest last. Hits are sorted by score; near ties are all there, and the caller asks. A longer name
// that fits beats a shorter one inside of it, which is then no hit.
func Match(text string, items []Item, c Context, mentioned []string) []Hit {
	if len(items) == 0 {
		return nil
	}
	s := newSource(text)
	if len(s.tokens) == 0 {
		return nil
	}
	m := &matcher{s: s, c: c, items: items, mentioned: mentioned, found: make([][]evidence, len(items))}
	m.byID()
	m.byName()
	m.byAttribute()
	m.byDate()
	m.byPosition()
	m.byMention()
	return m.hits()
}

// matcher gathers what speaks for each item.
type matcher struct {
	s         *source
	c         Context
	items     []Item
	mentioned []string
	found     [][]evidence // by item
}

// evidence is one reason to believe that an item is meant.
type evidence struct {
	score      float64
	start, end int // tokens
	why        string
	key        string // of an attribute
	child      *Item
}

func (m *matcher) add(item int, e evidence) {
	m.found[item] = append(m.found[item], e)
}

// known reports whether something but dates and positions already speaks for an item: then these choose among
// such items only.
func (m *matcher) known() []bool {
	list := make([]bool, len(m.items))
	any := false
	for i, f := range m.found {
		for _, e := range f {
			if e.score >= 0.3 {
				list[i], any = true, true
			}
		}
	}
	if !any {
		for i := range list {
			list[i] = true
		}
	}
	return list
}

// hits weighs the evidence up. The strongest counts, others of another kind add to it.
func (m *matcher) hits() []Hit {
	var list []Hit
	for i, f := range m.found {
		if len(f) == 0 {
			continue
		}
		best := f[0]
		for _, e := range f[1:] {
			if e.score > best.score || e.score == best.score && e.end-e.start > best.end-best.start {
				best = e
			}
		}
		score := best.score
		seen := []string{best.family()}
		for _, e := range f {
			if e.score > 0 && !slices.Contains(seen, e.family()) {
				seen = append(seen, e.family())
				score += 0.8 * e.score * (1 - score)
			}
		}
		span := m.s.span(best.start, best.end)
		list = append(list, Hit{Item: &m.items[i], Score: min(score, 1), Start: span.Start, End: span.End, Why: best.why, Child: best.child})
	}
	slices.SortStableFunc(list, func(a, b Hit) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return list
}

// family is the same for evidence that says the same thing twice.
func (e evidence) family() string {
	if e.why == WhyChild {
		return WhyName
	}
	return e.why + e.key
}
