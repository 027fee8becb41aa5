package field

import (
	"strings"
	"unicode/utf8"

	"deskhand/ui/text"
)

// buffer is the text with its selection and its history. Offsets are bytes and always lie between grapheme
// clusters. It knows nothing of drawing.
type buffer struct {
	text   string
	caret  int // where typing goes; one end of the selection
	anchor int // the other end; equal to caret when nothing is selected
	limit  int // most runes, 0 is no limit
	single bool
	past   history
}

func (b *buffer) selection() (from, to int) { return min(b.caret, b.anchor), max(b.caret, b.anchor) }

func (b *buffer) selected() string {
	from, to := b.selection()
	return b.text[from:to]
}

// moveTo puts the caret at i, drawing the selection along if keep is set.
func (b *buffer) moveTo(i int, keep bool) {
	b.caret = min(max(i, 0), len(b.text))
	if !keep {
		b.anchor = b.caret
	}
	b.past.close()
}

func (b *buffer) selectRange(from, to int) {
	b.anchor = snap(b.text, from)
	b.caret = snap(b.text, to)
	b.past.close()
}

// snap moves i down to the start of the cluster it lies in.
func snap(s string, i int) int {
	i = min(max(i, 0), len(s))
	if i == 0 || i == len(s) {
		return i
	}
	for !utf8.RuneStart(s[i]) {
		i--
	}
	if start := text.Prev(s, i); text.Next(s, start) > i {
		return start
	}
	return i
}

// insert puts s in the place of the selection. What exceeds the limit is left out; it reports whether anything was.
func (b *buffer) insert(s string, kind edit) (cut bool) {
	from, to := b.selection()
	return b.replace(from, to, s, kind)
}

// replace puts s in the place of text[from:to] and the caret behind it.
func (b *buffer) replace(from, to int, s string, kind edit) (cut bool) {
	s = b.accepted(s)
	if b.limit > 0 {
		room := b.limit - utf8.RuneCountInString(b.text) + utf8.RuneCountInString(b.text[from:to])
		if s, cut = firstRunes(s, room); cut && s == "" && from == to {
			return true
		}
	}
	if from == to && s == "" {
		return cut
	}
	b.past.record(change{at: from, removed: b.text[from:to], inserted: s, caret: b.caret, anchor: b.anchor}, kind)
	b.text = b.text[:from] + s + b.text[to:]
	b.caret = from + len(s)
	b.anchor = b.caret
	return cut
}

// accepted makes typed or pasted text fit to keep: controls and direction marks go, a single line has no breaks.
func (b *buffer) accepted(s string) string {
	s = text.Clean(s)
	if b.single && strings.ContainsAny(s, "\n\t") {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\t' }), " ")
	}
	return s
}

// firstRunes returns the whole clusters of s that fit into n runes, and whether something was left out.
func firstRunes(s string, n int) (string, bool) {
	for i := 0; i < len(s); {
		end := text.Next(s, i)
		n -= utf8.RuneCountInString(s[i:end])
		if n < 0 {
			return s[:i], true
		}
		i = end
	}
	return s, false
}

// remove takes out text[from:to].
func (b *buffer) remove(from, to int, kind edit) { b.replace(from, to, "", kind) }

// backspace takes out the selection, else what lies between target and the caret.
func (b *buffer) removeTo(target int, kind edit) {
	from, to := b.selection()
	if from == to {
		from, to = min(target, b.caret), max(target, b.caret)
	}
	b.remove(from, to, kind)
}

func (b *buffer) undo() bool { return b.apply(b.past.undo()) }
func (b *buffer) redo() bool { return b.apply(b.past.redo()) }

func (b *buffer) apply(c change, ok bool) bool {
	if !ok {
		return false
	}
	b.text = b.text[:c.at] + c.inserted + b.text[c.at+len(c.removed):]
	b.caret, b.anchor = c.caret, c.anchor
	return true
}

// set replaces everything and forgets the history: another draft is another text.
func (b *buffer) set(s string) {
	s = b.accepted(s)
	if b.limit > 0 {
		s, _ = firstRunes(s, b.limit)
	}
	b.text, b.caret, b.anchor, b.past = s, len(s), len(s), history{}
}
