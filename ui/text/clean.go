package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// blank stands for a character nobody can draw. The bundled fonts have it, so it costs nothing to measure.
	blank = '□'
	// marksPerBase is how many combining marks one letter may carry; real scripts need four at most, heaps of
	// them ("zalgo") draw over the lines above and below.
	marksPerBase = 4
)

// Clean returns s fit to be drawn and measured: control characters, zero-width fillers and the marks that turn
// the reading direction around are left out (a name must not be able to disguise the text behind it), what
// Unicode has not assigned or keeps for private use and invalid bytes become '□', heaps of combining marks are
// cut, line ends become "\n". Joiners stay where they join. A clean string is returned as it is, not copied.
func Clean(s string) string {
	i := dirty(s)
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	c := cleaner{out: &b}
	if i > 0 {
		c.prev, _ = utf8.DecodeLastRuneInString(s[:i])
	}
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		after, _ := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = blank
		}
		c.put(r, after)
	}
	return b.String()
}

// dirty returns where the first rune stands that may need cleaning, less the letter it might combine with, or
// -1. It passes what plain messages are made of.
func dirty(s string) int {
	last := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7f || c == '\n' {
			last, i = i, i+1
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !plain(r) || r < 0xa0 {
			if r == 0xad || r < 0xa0 || !plain(r) && !harmless(r) {
				return last
			}
		}
		last, i = i, i+n
	}
	return -1
}

// harmless are characters outside plain that stand alone and are assigned.
func harmless(r rune) bool {
	return r >= 0xac00 && r < 0xd7a4 || r == 0x3000 || r >= 0x2190 && r < 0x2200 || r >= 0x25a0 && r < 0x2600 ||
		r >= 0x1f300 && r < 0x1f3fb || r >= 0x1f400 && r < 0x1f650
}

type cleaner struct {
	out   *strings.Builder
	prev  rune
	marks int
}

func (c *cleaner) put(r, after rune) {
	switch {
	case r == '\r':
		if after == '\n' {
			return
		}
		r = '\n'
	case r == 0x2028 || r == 0x2029 || r == 0x85:
		r = '\n'
	case r == '\n' || r == '\t':
	case joiner(r):
		if !joins(c.prev) || !joins(after) {
			return
		}
	case selector(r):
		if c.prev == 0 || selector(c.prev) {
			return
		}
	case unicode.In(r, unicode.Mn, unicode.Me):
		if c.marks++; c.marks > marksPerBase {
			return
		}
		c.write(r)
		return
	case hidden(r):
		return
	case !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z):
		r = blank
	}
	c.marks = 0
	c.write(r)
}

func (c *cleaner) write(r rune) {
	c.out.WriteRune(r)
	c.prev = r
}

func joiner(r rune) bool   { return r == 0x200c || r == 0x200d }
func selector(r rune) bool { return r == 0xfe0e || r == 0xfe0f }

// joins reports whether r stands beside a joiner with reason: emoji, and the scripts whose letters join.
func joins(r rune) bool {
	return selector(r) || r >= 0x590 && r < 0x1100 || r >= 0x1f000 && r < 0x20000 || unicode.Is(unicode.So, r)
}

// hidden are the characters that show nothing: controls and the format characters (category Cf), among them
// the bidirectional overrides, and the Hangul fillers.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf) || r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0
}

func invisible(cluster string) bool {
	for _, r := range cluster {
		if !hidden(r) && !selector(r) {
			return false
		}
	}
	return true
}

// Drawn returns s as it is handed to a canvas.Text: tabs become the four spaces that Width counts for them and
// line ends go.
func Drawn(s string) string {
	if strings.IndexByte(s, '\t') >= 0 {
		s = strings.ReplaceAll(s, "\t", "    ")
	}
	return strings.TrimRight(s, "\r\n")
}
