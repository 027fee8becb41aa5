package entity

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// source is a text prepared for reading: full-width and other compatibility forms folded, in lower case,
// without characters that can't be seen, and cut into tokens. at leads back to the text as given.
type source struct {
	raw    string
	low    string
	at     []int32 // offset in raw of each byte of low, and of its end
	tokens []token
	stream func() []glyph // see readStream; read once, when first needed
}

type kind uint8

const (
	word  kind = iota + 1 // a run of letters, with the apostrophes inside it
	digit                 // a run of ASCII digits
	han                   // one Chinese character
	mark                  // one character of anything else
)

// token is a word, a number, a Chinese character or a mark of source.low.
type token struct {
	kind       kind
	gap        bool // white space stands before it
	start, end int  // in low
	text       string
}

// recent is the source that was read last: the readers are called one after the other for one message, and
// sources don't change once they are made.
var recent atomic.Pointer[source]

// newSource prepares a text, or gives the source that was made for it a moment ago.
func newSource(text string) *source {
	if s := recent.Load(); s != nil && s.raw == text {
		return s
	}
	s := readSource(text)
	recent.Store(s)
	return s
}

// readSource prepares a text.
func readSource(text string) *source {
	s := &source{raw: text, at: make([]int32, 0, len(text)+8)}
	low := make([]byte, 0, len(text)+8)
	add := func(at int, folded ...byte) {
		for range folded {
			s.at = append(s.at, int32(at))
		}
		low = append(low, folded...)
	}
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && c >= ' ' && c != 0x7f {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			low, s.at = append(low, c), append(s.at, int32(i))
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if 0x4e00 <= r && r <= 0x9fff {
			low, s.at = append(low, text[i:i+3]...), append(s.at, int32(i), int32(i), int32(i))
			i += 3
			continue
		}
		var buf [64]byte
		add(i, appendFolded(buf[:0], r, size)...)
		i += size
	}
	s.low, s.at = string(low), append(s.at, int32(len(text)))
	s.cut()
	s.stream = sync.OnceValue(s.readStream)
	return s
}

// appendFolded appends what stands for the character r, encoded in size bytes: nothing where it can't be seen.
func appendFolded(b []byte, r rune, size int) []byte {
	switch {
	case unicode.IsSpace(r):
		return append(b, ' ')
	case hidden(r), r == utf8.RuneError && size <= 1: // as Clean drops them
		return b
	case 0x4e00 <= r && r <= 0x9fff:
		return utf8.AppendRune(b, r)
	case strings.ContainsRune("‘’‛ʼ′", r):
		return append(b, '\'')
	case strings.ContainsRune("“”„″", r):
		return append(b, '"')
	case strings.ContainsRune("‐‑‒–—―−﹣－", r):
		return append(b, '-')
	case isFraction(r):
		return utf8.AppendRune(b, r)
	case unicode.Is(unicode.Nd, r):
		return append(b, '0'+digitValue(r))
	}
	var one [4]byte
	n := utf8.EncodeRune(one[:], r)
	for _, f := range string(norm.NFKC.Bytes(one[:n])) {
		switch {
		case unicode.IsSpace(f):
			b = append(b, ' ')
		case !hidden(f):
			b = utf8.AppendRune(b, unicode.ToLower(f))
		}
	}
	return b
}

// isFraction tells the characters that NFKC would make digits of a number they are no digits of: 1½ is not 11/2.
func isFraction(r rune) bool {
	return unicode.Is(unicode.No, r)
}

// digitValue is the value of a decimal digit of any script. Their blocks of ten start at the zero, and five
// blocks of mathematical digits stand one behind the other from U+1D7CE.
func digitValue(r rune) byte {
	if 0x1d7ce <= r && r <= 0x1d7ff {
		return byte((r - 0x1d7ce) % 10)
	}
	n := byte(0)
	for n < 9 && unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return n
}

// cut fills tokens.
func (s *source) cut() {
	s.tokens = make([]token, 0, len(s.low)/3+4)
	gap := false
	for i := 0; i < len(s.low); {
		r, size := utf8.DecodeRuneInString(s.low[i:])
		if r == ' ' {
			gap = true
			i++
			continue
		}
		k, end := kindOf(r), i+size
		if k == word || k == digit {
			end = s.runEnd(end, k)
		}
		s.tokens = append(s.tokens, token{kind: k, gap: gap, start: i, end: end, text: s.low[i:end]})
		gap, i = false, end
	}
}

// runEnd is where the run of letters or digits that goes on at i ends.
func (s *source) runEnd(i int, k kind) int {
	for i < len(s.low) {
		r, size := utf8.DecodeRuneInString(s.low[i:])
		switch {
		case kindOf(r) == k, k == word && unicode.Is(unicode.M, r):
			i += size
		case k == word && r == '\'' && i+1 < len(s.low) && 'a' <= s.low[i+1] && s.low[i+1] <= 'z':
			i += 2
		default:
			return i
		}
	}
	return i
}

func kindOf(r rune) kind {
	switch {
	case '0' <= r && r <= '9':
		return digit
	case 'a' <= r && r <= 'z':
		return word
	case 0x4e00 <= r && r <= 0x9fff:
		return han
	case r < utf8.RuneSelf:
		return mark
	case r == '〇' || unicode.Is(unicode.Han, r):
		return han
	case unicode.IsLetter(r):
		return word
	}
	return mark
}

// span is the stretch of the text as given from token i to before token j.
func (s *source) span(i, j int) Span {
	return s.bytes(s.tokens[i].start, s.tokens[j-1].end)
}

// bytes is the stretch of the text as given that low[start:end] was folded from.
func (s *source) bytes(start, end int) Span {
	a, b := int(s.at[start]), int(s.at[end])
	// What can't be seen, and white space, behind the last character is no part of the value.
	if end > start && end < len(s.at) {
		last := int(s.at[end-1])
		_, size := utf8.DecodeRuneInString(s.raw[last:])
		b = min(b, last+size)
	}
	return Span{Start: a, End: b, Text: s.raw[a:b]}
}

// word is the text of token i, "" outside of the tokens.
func (s *source) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].text
}

// is reports whether token i is one of the words.
func (s *source) is(i int, words ...string) bool {
	w := s.word(i)
	if w == "" {
		return false
	}
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// after is the number of the token that follows the phrase when it starts at token i, else 0. The phrase is
// in lower case, a space between its English words, none between its Chinese characters.
func (s *source) after(i int, phrase string) int {
	if i < 0 {
		return 0
	}
	for i < len(s.tokens) && phrase != "" {
		t := s.tokens[i]
		rest, ok := strings.CutPrefix(phrase, t.text)
		if !ok || t.kind == word && rest != "" && isLatin(rest[0]) {
			return 0
		}
		phrase = strings.TrimPrefix(rest, " ")
		i++
	}
	if phrase != "" {
		return 0
	}
	return i
}

// afterAny is after for the first of the phrases that stands there; longer ones must come first.
func (s *source) afterAny(i int, phrases ...string) int {
	for _, p := range phrases {
		if j := s.after(i, p); j > 0 {
			return j
		}
	}
	return 0
}

// kind is the kind of token i, 0 outside of the tokens.
func (s *source) kind(i int) kind {
	if i < 0 || i >= len(s.tokens) {
		return 0
	}
	return s.tokens[i].kind
}

// glued reports whether token i follows the one before it without white space.
func (s *source) glued(i int) bool {
	return i > 0 && i < len(s.tokens) && !s.tokens[i].gap
}

func isLatin(c byte) bool { return 'a' <= c && c <= 'z' }

// chinese reports whether the text has Chinese characters.
func (s *source) chinese() bool {
	for _, t := range s.tokens {
		if t.kind == han {
			return true
		}
	}
	return false
}
