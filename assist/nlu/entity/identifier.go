package entity

import (
	"slices"
	"strings"
)

// Pattern is the shape of a kind of identifier, which is data of a company: in Shape a 9 is any digit, a ?
// any letter, everything else itself without regard to case: "NW-9999999", "TR-99999", "6222-9999".
type Pattern struct {
	Kind  string // what it identifies, e.g. "order"
	Shape string
}

// Identifier is an identifier that stands in the text.
type Identifier struct {
	Span            // Text is the identifier as it was typed
	Value   string  // in the form of the pattern: NW-7731377; with a Problem, what was typed, in capitals
	Kind    string  // of the pattern
	Partial bool    // its letters were missing: 7731377 alone; other patterns and meanings are possible
	Problem Problem // ProblemLength: the letters of the pattern with too few or too many digits
}

// Identifiers finds identifiers however they are spaced, cased or full-width: "nw 773 1377", "ＮＷ－７７３１３７７",
// and the digits alone. Several patterns may claim the same stretch.
func Identifiers(text string, patterns []Pattern) []Identifier {
	s := newSource(text)
	list := s.stream()
	var found []Identifier
	shapes := make([]string, len(patterns))
	for n, p := range patterns {
		shapes[n] = compact(p.Shape)
	}
	for i := range list {
		for n, p := range patterns {
			shape := shapes[n]
			id, ok := s.shaped(list, i, shape, p)
			if !ok {
				id, ok = s.bareDigits(list, i, shape, p)
			}
			if !ok {
				id, ok = s.misshapen(list, i, shape, p)
			}
			if ok {
				found = append(found, id)
			}
		}
	}
	return slices.DeleteFunc(found, func(a Identifier) bool {
		return a.Partial && slices.ContainsFunc(found, func(b Identifier) bool {
			return b.Start <= a.Start && a.End <= b.End && (b.End-b.Start > a.End-a.Start)
		})
	})
}

// compact is the shape without what stands between its letters and digits.
func compact(shape string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9', 'a' <= r && r <= 'z', r == '?':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, shape)
}

func fitsShape(c, shape byte) bool {
	switch shape {
	case '9':
		return isDigit(c)
	case '?':
		return isLatin(c)
	}
	return c == shape
}

// shaped reads a whole identifier of the shape at glyph i.
func (s *source) shaped(list []glyph, i int, shape string, p Pattern) (Identifier, bool) {
	if i+len(shape) > len(list) || len(shape) == 0 || i > 0 && list[i].sep == joined && !s.endsWord(list, i) {
		return Identifier{}, false
	}
	for k := range len(shape) {
		if !fitsShape(list[i+k].c, shape[k]) || k > 0 && list[i+k].sep == parted {
			return Identifier{}, false
		}
	}
	end := i + len(shape)
	if end < len(list) && isDigit(list[end].c) && (list[end].sep == joined || list[end].sep == dashed) {
		return Identifier{}, false
	}
	if i > 0 && isDigit(list[i].c) && isDigit(list[i-1].c) && list[i].sep != parted {
		return Identifier{}, false
	}
	return Identifier{Span: s.glyphs(list, i, end), Value: fill(p.Shape, list[i:end]), Kind: p.Kind}, true
}

// endsWord reports whether glyph i may begin an identifier although a glyph is joined to it: never, but for
// digits that follow letters typed in one piece, as in "order7731377".
func (s *source) endsWord(list []glyph, i int) bool {
	return isDigit(list[i].c) != isDigit(list[i-1].c)
}

// glyphs is the stretch of the text from glyph i to before glyph j.
func (s *source) glyphs(list []glyph, i, j int) Span {
	return s.bytes(list[i].start, list[j-1].end)
}

// fill writes the glyphs in the form of the shape.
func fill(shape string, list []glyph) string {
	var b strings.Builder
	for i := range len(shape) {
		switch c := shape[i]; {
		case c == '9':
			b.WriteByte(list[0].c)
		case c == '?':
			b.WriteByte(list[0].c - 'a' + 'A')
		case compact(shape[i:i+1]) == "":
			b.WriteByte(c)
			continue
		default:
			b.WriteByte(c)
		}
		list = list[1:]
	}
	return b.String()
}

// bareDigits reads the digits of a shape without its letters: "7731377", "773 1377". Fewer than four are no
// identifier.
func (s *source) bareDigits(list []glyph, i int, shape string, p Pattern) (Identifier, bool) {
	letters := 0
	for letters < len(shape) && !isDigit(shape[letters]) {
		letters++
	}
	n := len(shape) - letters
	if letters == 0 || n < 4 || !runStarts(list, i, joined) || afterLetters(list, i) && list[i].sep == dashed {
		return Identifier{}, false
	}
	if i > 0 && isDigit(list[i-1].c) && list[i].sep == dashed || i > 0 && list[i].sep == joined && lettersBefore(list, i) < 3 {
		return Identifier{}, false // order7731377 is one, A7731377 is something else
	}
	run, end := digitRun(list, i, joined)
	if len(run) < 6 && (i > 0 && isDigit(list[i-1].c) && list[i].sep == spaced || end < len(list) && isDigit(list[end].c) && list[end].sep == spaced) {
		run = "" // few digits beside others are a part of something longer
	}
	if len(run) != n {
		if !runStarts(list, i, dashed) {
			return Identifier{}, false
		}
		if run, end = digitRun(list, i, dashed); len(run) != n {
			return Identifier{}, false
		}
	}
	if beforeLetters(list, end) || end < len(list) && list[end].sep == dashed {
		return Identifier{}, false
	}
	for k := range n {
		if !fitsShape(list[i+k].c, shape[letters+k]) {
			return Identifier{}, false
		}
	}
	at := 0
	for left := letters; left > 0; at++ {
		if compact(p.Shape[at:at+1]) != "" {
			left--
		}
	}
	if strings.Contains(shape[:letters], "?") {
		return Identifier{}, false
	}
	return Identifier{Span: s.glyphs(list, i, end), Value: p.Shape[:at] + fill(p.Shape[at:], list[i:end]), Kind: p.Kind, Partial: true}, true
}

// lettersBefore is how many letters are joined to glyph i.
func lettersBefore(list []glyph, i int) int {
	n := 0
	for i > n && isLatin(list[i-n-1].c) && list[i-n].sep == joined {
		n++
	}
	return n
}

// misshapen reads the fixed beginning of a shape with too few or too many digits behind it.
func (s *source) misshapen(list []glyph, i int, shape string, p Pattern) (Identifier, bool) {
	fixed := strings.IndexAny(shape, "9?")
	if fixed < 1 || strings.Trim(shape[fixed:], "9") != "" || i > 0 && list[i].sep == joined || i+fixed >= len(list) {
		return Identifier{}, false
	}
	for k := range fixed {
		if list[i+k].c != shape[k] || k > 0 && list[i+k].sep > spaced {
			return Identifier{}, false
		}
	}
	at := list[i+fixed].sep
	if at == parted || (fixed < 2 || isDigit(shape[0])) && at != dashed || fixed < 3 && at == spaced {
		return Identifier{}, false
	}
	_, end := digitRun(list, i+fixed, joined)
	for end < len(list) && list[end].sep == dashed && isDigit(list[end].c) {
		_, end = digitRun(list, end, joined)
	}
	if end == i+fixed || end-i == len(shape) || beforeLetters(list, end) {
		return Identifier{}, false
	}
	// What fits when the spaces inside of it are read on is shaped.
	if run, _ := digitRun(list, i+fixed, dashed); len(run) == len(shape)-fixed {
		return Identifier{}, false
	}
	span := s.glyphs(list, i, end)
	return Identifier{Span: span, Value: strings.ToUpper(s.lowOf(list, i, end)), Kind: p.Kind, Problem: ProblemLength}, true
}

// lowOf is the folded text from glyph i to before glyph j.
func (s *source) lowOf(list []glyph, i, j int) string {
	return s.low[list[i].start:list[j-1].end]
}
