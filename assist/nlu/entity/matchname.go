package entity

import (
	"slices"
	"strings"
)

// piece of a name, or of the text: a word, a number, or two Chinese characters that follow each other.
type bit struct {
	text       string
	start, end int // tokens
	han        bool
	num        bool
}

// bits cuts a source into the pieces that names are compared by.
func (s *source) bits() []bit {
	list := make([]bit, 0, len(s.tokens))
	for i, t := range s.tokens {
		switch t.kind {
		case word:
			list = append(list, bit{text: stem(t.text), start: i, end: i + 1})
		case digit:
			list = append(list, bit{text: t.text, start: i, end: i + 1, num: true})
		case han:
			if s.kind(i+1) == han {
				list = append(list, bit{text: s.low[t.start:s.tokens[i+1].end], start: i, end: i + 2, han: true})
			} else if s.kind(i-1) != han {
				list = append(list, bit{text: t.text, start: i, end: i + 1, han: true})
			}
		}
	}
	return list
}

// stem takes the plural and the possessive off an English word.
func stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "sses")):
		return w[:len(w)-2]
	case len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' && w[len(w)-2] != 'u' && w[len(w)-2] != 'i':
		return w[:len(w)-1]
	}
	return w
}

// generic pieces say what kind of thing a name is of, and not which one.
var generic = []string{
	"a", "an", "the", "of", "for", "and", "in", "to", "with", "my", "our", "your", "one", "two", "on", "at", "by", "from", "or", "is", "it", "me", "i", "you", "we", "all",
	"plan", "card", "account", "order", "course", "class", "product", "item", "pack", "ticket", "number", "student", "exam", "program", "programme", "package",
	"套餐", "账户", "帐户", "订单", "课程", "商品", "产品", "学生", "工单", "银行", "卡片", "的课", "一个", "这个", "那个",
}

// glance is a name as it is compared.
type glance struct {
	item, child int // child is -1 for the item itself
	bits        []bit
	weight      []float64
	total       float64
	whole       bool // counts only when all of it is there: the sound of a Chinese name
}

// byName finds items and their children by their names.
func (m *matcher) byName() {
	text := m.s.bits()
	if len(text) == 0 {
		return
	}
	names := m.glances()
	spread := weigh(names, len(m.items))
	var all []mention
	for _, g := range names {
		all = append(all, g.mentions(m.s, text, spread)...)
	}
	for i, a := range all {
		if !beaten(a, all, i) {
			m.add(a.item, evidence{score: a.score, start: a.start, end: a.end, why: a.why, child: m.child(a)})
		}
	}
	m.byKin()
}

func (m *matcher) child(a mention) *Item {
	if a.child < 0 {
		return nil
	}
	return &m.items[a.item].Children[a.child]
}

// glances prepares the names of all items.
func (m *matcher) glances() []glance {
	var list []glance
	latin := slices.ContainsFunc(m.s.tokens, func(t token) bool { return t.kind == word })
	add := func(item, child int, names []string) {
		for _, name := range names {
			s := readSource(name)
			if b := s.bits(); len(b) > 0 {
				list = append(list, glance{item: item, child: child, bits: b})
			}
			if latin && child < 0 && s.isHanName() {
				for _, sound := range sounds(name) {
					list = append(list, glance{item: item, child: child, bits: readSource(sound).bits(), whole: true})
				}
			}
		}
	}
	for i := range m.items {
		add(i, -1, m.items[i].Names)
		for k := range m.items[i].Children {
			add(i, k, m.items[i].Children[k].Names)
		}
	}
	return list
}

// weigh weighs each piece of the names by how few items have it, and returns how many do.
func weigh(names []glance, items int) map[string]int {
	spread := make(map[string]int, 4*len(names))
	last := make(map[string]int, 4*len(names))
	for _, g := range names {
		for _, b := range g.bits {
			if last[b.text] != g.item+1 {
				last[b.text] = g.item + 1
				spread[b.text]++
			}
		}
	}
	for n := range names {
		g := &names[n]
		g.weight = make([]float64, len(g.bits))
		for k, b := range g.bits {
			w := 1 / float64(spread[b.text])
			switch {
			case slices.Contains(generic, b.text):
				w *= 0.1
			case b.han:
				w *= 0.5
			case b.num:
				w *= 0.7
			}
			g.weight[k] = w
			g.total += w
		}
	}
	return spread
}

// mention is a place in the text that may name an item.
type mention struct {
	item, child int
	start, end  int // tokens
	score       float64
	exact       bool // no misspelling in it
	count       int  // pieces of the text that it explains
	why         string
}

// partings stand between two names.
var partings = phrases("and", "or", "vs", "versus", "than", "to", "with", ",", ";", "和", "跟", "与", "或", "还是", "比", "、", "/", "换成", "换", "到", "给", "从", "into", "for", "not", "不是", "而")

// mentions finds where the text names g: pieces of the name that stand near each other, each used once.
func (g *glance) mentions(s *source, text []bit, spread map[string]int) []mention {
	var found []mention
	var open *attempt
	flush := func() {
		if open != nil {
			if m, ok := open.close(spread); ok {
				found = append(found, m)
			}
			open = nil
		}
	}
	for t := range text {
		k, width, quality := g.match(s, text, t, open)
		if k < 0 {
			continue
		}
		if open != nil && (text[t].start-open.end > 2 || s.partedBetween(open.end, text[t].start)) {
			flush()
			k, width, quality = g.match(s, text, t, nil)
		}
		if open != nil && open.used[k] {
			flush()
		}
		if open == nil {
			open = &attempt{g: g, used: make([]bool, len(g.bits)), start: text[t].start, quality: 1}
		}
		open.take(k, width, text[t], quality)
		open.end = max(open.end, text[min(t+extra(width), len(text)-1)].end)
		if open.end < text[t].end {
			open.end = text[t].end
		}
	}
	flush()
	return found
}

// extra is how many more pieces of the text a match takes: two words that are one in the name.
func extra(width int) int {
	if width < 0 {
		return 1
	}
	return 0
}

// partedBetween reports whether a word that parts names stands between two tokens.
func (s *source) partedBetween(i, j int) bool {
	for ; i < j; i++ {
		if s.longest(i, partings) > 0 {
			return true
		}
	}
	return false
}

// match finds the piece of the name that piece t of the text is: its number or -1, how many pieces of the name
// it covers (-1 if it takes two of the text), and how well it fits.
func (g *glance) match(s *source, text []bit, t int, open *attempt) (k, width int, quality float64) {
	b := text[t]
	free := func(k int) bool { return open == nil || !open.used[k] }
	for k, n := range g.bits {
		if n.text == b.text && free(k) {
			return k, 1, 1
		}
	}
	for k, n := range g.bits {
		if n.text == b.text {
			return k, 1, 1
		}
	}
	if b.han || b.num {
		return -1, 0, 0
	}
	for k := range g.bits {
		if k+1 < len(g.bits) && !g.bits[k].han && len(b.text) > 2 && g.bits[k].text+g.bits[k+1].text == b.text && free(k) {
			return k, 2, 1
		}
		if t+1 < len(text) && !text[t+1].han && b.text+text[t+1].text == g.bits[k].text && len(b.text) > 1 && free(k) {
			return k, -1, 1
		}
	}
	for k, n := range g.bits {
		if !n.han && !n.num && !g.whole && free(k) && !slices.Contains(generic, n.text) {
			if q := alike(b.text, n.text, len(text)); q > 0 {
				return k, 1, q
			}
		}
	}
	return -1, 0, 0
}

// beaten reports whether a longer name of another item explains all that a does, and more of the text.
func beaten(a mention, all []mention, self int) bool {
	for i, b := range all {
		if i == self || b.item == a.item {
			continue
		}
		inside := b.start <= a.start && a.end <= b.end && b.count > a.count
		if inside && b.exact {
			return true
		}
		if b.start < a.end && a.start < b.end && b.exact && !a.exact && b.count >= a.count {
			return true
		}
	}
	return false
}
