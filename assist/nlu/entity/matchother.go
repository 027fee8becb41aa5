package entity

import (
	"slices"
	"strings"
	"time"
)

// byAttribute finds items by what tells them apart from the others: their attributes' values, or the words for
// them in the other language. A value that all items have tells nothing.
func (m *matcher) byAttribute() {
	for i := range m.items {
		for key, value := range m.items[i].Attributes {
			if value == "" || key == "last4" || key == "self" || !m.tells(key, value) {
				continue
			}
			low := strings.ToLower(value)
			set, ok := said[low]
			if !ok {
				if len(low) < 3 {
					continue
				}
				set = phraseSet{firstToken(low): {low}}
			}
			for t := range m.s.tokens {
				if end := m.s.longest(t, set); end > 0 && !m.s.negated(t) {
					m.add(i, evidence{score: 0.78, start: t, end: end, why: WhyAttribute, key: key})
					break
				}
			}
		}
	}
}

// tells reports whether some item has another value of the attribute, or there is only one item.
func (m *matcher) tells(key, value string) bool {
	if len(m.items) == 1 {
		return true
	}
	for i := range m.items {
		if m.items[i].Attributes[key] != value {
			return true
		}
	}
	return false
}

// byDate finds items by when they were placed, or take place.
func (m *matcher) byDate() {
	if !slices.ContainsFunc(m.items, func(x Item) bool { return !x.At.IsZero() }) {
		return
	}
	for _, d := range Dates(m.s.raw, m.c) {
		if d.Negated || d.Invalid || d.From.IsZero() {
			continue
		}
		start, end := m.tokenAt(m.lowAt(d.Start)), m.tokenAt(m.lowAt(d.End-1))+1
		for i := range m.items {
			if x := m.items[i].At; !x.IsZero() {
				if score := fitsDate(d, x.In(m.c.Now.Location()), m.c.Now); score > 0 {
					m.add(i, evidence{score: score, start: start, end: end, why: WhyDate})
				}
			}
		}
	}
}

// lowAt is the byte of source.low that a byte of the text became.
func (m *matcher) lowAt(at int) int {
	i, exact := slices.BinarySearch(m.s.at, int32(at))
	if !exact {
		i-- // in the middle of a character
	}
	return max(0, min(i, len(m.s.low)-1))
}

// fitsDate scores how well a date tells the time of an item. What comes again every week is told by weekday and
// time, too.
func fitsDate(d Date, at, now time.Time) float64 {
	sameDay := midnight(at).Equal(midnight(d.From)) || d.Other != nil && midnight(at).Equal(midnight(*d.Other))
	sameTime := at.Hour() == d.From.Hour() && at.Minute() == d.From.Minute()
	if d.Other != nil {
		sameTime = sameTime || at.Hour() == d.Other.Hour() && at.Minute() == d.Other.Minute()
	}
	vague := 0.0
	if d.Vague {
		vague = 0.2
	}
	switch d.Grain {
	case Minute:
		switch {
		case d.TimeOnly && sameTime, sameDay && sameTime:
			return 0.95 - vague
		case at.After(now) && at.Weekday() == d.From.Weekday() && sameTime && !d.TimeOnly:
			return 0.7
		case sameDay && !d.TimeOnly:
			return 0.45
		}
		return 0
	case Day, DayPart:
		then := clockOn(d.From, at.Hour(), at.Minute())
		inPart := d.Grain == Day || !then.Before(d.From) && then.Before(d.To)
		switch {
		case d.TimeOnly && inPart:
			return 0.55
		case sameDay && inPart:
			return 0.88 - vague
		case sameDay:
			return 0.5
		case at.After(now) && d.From.After(now) && at.Weekday() == d.From.Weekday():
			return 0.6
		case near(at, d.From) && !at.After(now):
			return 0.45 // "two days ago" is seldom counted to the hour
		}
		return 0
	}
	if !at.Before(d.From) && at.Before(d.To) {
		return 0.7 - vague
	}
	return 0
}

// near reports whether a time is on the day before or after.
func near(at, day time.Time) bool {
	diff := midnight(at).Sub(midnight(day))
	return diff > -30*time.Hour && diff < 30*time.Hour
}

// byPosition finds items by their place in the list, by time, or by price.
func (m *matcher) byPosition() {
	known := m.known()
	var pool []int
	for i, k := range known {
		if k {
			pool = append(pool, i)
		}
	}
	for i := 0; i < len(m.s.tokens); {
		o, end := m.s.ordinal(i)
		if end <= i {
			i++
			continue
		}
		if o.Index == -1 && o.By == "" && m.s.is(end-1, "one", "last") && m.past() {
			// "the last one" of a list of orders may be the newest, whichever way it was shown.
			for _, item := range m.nth(Ordinal{By: Latest}, pool) {
				m.add(item, evidence{score: 0.85, start: i, end: end, why: WhyPosition})
			}
		}
		for _, item := range m.placed(o, pool) {
			score := 0.85
			if o.Both || o.All {
				score = 0.75
			} else if end-i == 1 && len(m.s.tokens) <= 2 && o.By == "" && (m.s.kind(i) == digit || o.Index == 1) {
				score = 0.7
			}
			m.add(item, evidence{score: score, start: i, end: end, why: WhyPosition})
		}
		i = end
	}
}

// past reports whether all items have a time and it is over.
func (m *matcher) past() bool {
	return !slices.ContainsFunc(m.items, func(x Item) bool { return x.At.IsZero() || x.At.After(m.c.Now) })
}

// placed is the items of the pool that the ordinal names.
func (m *matcher) placed(o Ordinal, pool []int) []int {
	switch {
	case o.None:
		return nil
	case o.All, o.Both:
		if o.Both && len(pool) != 2 {
			return nil
		}
		return pool
	case o.By == Other:
		return m.others(pool)
	case o.By != "":
		return m.nth(o, pool)
	}
	// Counting goes by the list that was shown, whatever else is said.
	list := len(m.items)
	at := o.Index - 1
	if o.Index < 0 {
		at = list + o.Index
	}
	if at < 0 || at >= list {
		return nil
	}
	return []int{at}
}

// others is the items of the pool that were not named last; with two of them that is the other one.
func (m *matcher) others(pool []int) []int {
	if len(m.mentioned) == 0 {
		return nil
	}
	var rest []int
	last := m.lastMentioned()
	for _, i := range pool {
		if i != last {
			rest = append(rest, i)
		}
	}
	if last < 0 || len(rest) == len(pool) && len(pool) != 1 {
		return nil
	}
	return rest
}

// lastMentioned is the item that was named last, -1 if none was.
func (m *matcher) lastMentioned() int {
	for k := len(m.mentioned) - 1; k >= 0; k-- {
		for i := range m.items {
			if m.items[i].ID == m.mentioned[k] {
				return i
			}
		}
	}
	return -1
}

// nth is the first, second, … of the pool in the order; equals are all there.
func (m *matcher) nth(o Ordinal, pool []int) []int {
	key := func(i int) int64 {
		x := &m.items[i]
		switch o.By {
		case Latest:
			return -x.At.UnixNano()
		case Earliest:
			return x.At.UnixNano()
		case Cheapest:
			return x.Price
		}
		return -x.Price
	}
	var list []int
	for _, i := range pool {
		byTime := o.By == Latest || o.By == Earliest
		if byTime && !m.items[i].At.IsZero() || !byTime && m.items[i].Price > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		switch x, y := key(a), key(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	n := max(o.Index, 1) - 1
	if n >= len(list) {
		return nil
	}
	at := list[n]
	return slices.DeleteFunc(list, func(i int) bool { return key(i) != key(at) })
}

// pointing words stand for something that was named.
var pointing = phrases("it", "that", "that one", "this", "this one", "the same", "same one", "the same one", "that order", "this order", "that card", "them", "those", "these", "him", "her", "给他", "给她", "转他", "转她", "同一个人",
	"它", "这个", "那个", "这单", "那单", "这张", "那张", "这笔", "那笔", "这款", "那款", "刚才那", "刚才的", "刚说的", "同一个", "就这个", "就那个", "它们", "这门", "那门", "这个班", "该")

// byMention lets words that point mean what was named last, and things named lately weigh more among equals.
func (m *matcher) byMention() {
	last := m.lastMentioned()
	if last < 0 {
		return
	}
	named := slices.ContainsFunc(m.found, func(f []evidence) bool {
		return slices.ContainsFunc(f, func(e evidence) bool { return e.score >= 0.3 })
	})
	for t := range m.s.tokens {
		end := m.s.longest(t, pointing)
		if end == 0 {
			continue
		}
		switch {
		case !named:
			m.add(last, evidence{score: 0.7, start: t, end: end, why: WhyMention})
		case len(m.found[last]) > 0:
			m.add(last, evidence{score: 0.5, start: t, end: end, why: WhyMention})
		}
		return
	}
}
