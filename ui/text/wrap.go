package text

// Line is one line of a wrapped text. What is drawn is s[Start:End]; spaces at the line's end and the line
// break, s[End:Next], are not.
type Line struct {
	Start, End int     // byte offsets of what is drawn
	Next       int     // where the next line starts; len(s) for the last
	Width      float32 // of s[Start:End]
}

// Wrap cuts s into lines no wider than width: Latin at spaces, Han between any two, no closing mark at the
// start of a line, no opening one at its end; a word longer than a line is cut between grapheme clusters.
// "\n" always starts a new line. The result has at least one line and leaves out nothing but the spaces at a
// line's end; a line is wider than width only where a single cluster is.
func Wrap(s string, face Face, size, width float32) []Line {
	return AppendWrap(make([]Line, 0, 4), s, face, size, width)
}

// AppendWrap is Wrap that appends to dst, for callers who keep their slices.
func AppendWrap(dst []Line, s string, face Face, size, width float32) []Line {
	w := wrapper{pen: newPen(face, size), s: s, limit: toPx(width), lines: dst}
	for i := 0; i < len(s); {
		if s[i] == '\n' {
			w.newline(i)
			i++
			continue
		}
		i = w.take(i)
	}
	w.emit(w.end, len(s), w.endX)
	return w.lines
}

// wrapper holds the line being filled. Positions are measured from where the line starts.
type wrapper struct {
	pen
	s     string
	limit px
	lines []Line

	start int // offset of the line's first character
	x     px  // where the next character goes
	end   int // offset behind the last character that is not a space
	endX  px  // and its position

	canBreak bool // a place to break was seen since start
	brkEnd   int  // where the line would end
	brkEndX  px
	brkNext  int // where the next one would start
	brkNextX px

	prev      rune
	prevClass class
}

// take places the cluster at i and returns its end.
func (w *wrapper) take(i int) int {
	r, first, end := next(w.s, i)
	cl := classOf(r, w.prev)
	if cl == space && first != end {
		cl = word // a mark upon a space is something to see
	}
	adv := w.cluster(w.s, r, i, first, end)
	var k px
	if i > w.start {
		if w.prev != 0 {
			k = w.kern(w.prev, r)
		}
		if breaks(w.prevClass, cl) {
			w.canBreak = true
			w.brkEnd, w.brkEndX, w.brkNext, w.brkNextX = w.end, w.endX, i, w.x+k
		}
	}
	if cl != space {
		for w.x+k+adv > w.limit && i > w.start {
			if w.canBreak {
				w.breakHere()
			} else {
				w.emit(w.end, i, w.endX)
			}
			if i == w.start { // the first of its line: nothing to kern with
				k, w.x = 0, 0
			}
		}
	}
	w.x += k + adv
	if cl != space {
		w.end, w.endX = end, w.x
	}
	w.prev, w.prevClass = r, cl
	return end
}

// breakHere ends the line at the last place seen and carries over what stands behind it.
func (w *wrapper) breakHere() {
	x, end, endX := w.x-w.brkNextX, w.end, w.endX-w.brkNextX
	w.emit(w.brkEnd, w.brkNext, w.brkEndX)
	w.x = x
	if end > w.start {
		w.end, w.endX = end, endX
	}
}

// emit closes the line and starts the next one, empty, at next.
func (w *wrapper) emit(end, next int, width px) {
	w.lines = append(w.lines, Line{Start: w.start, End: end, Next: next, Width: width.float()})
	w.start, w.end, w.endX, w.canBreak = next, next, 0, false
}

func (w *wrapper) newline(i int) {
	w.emit(w.end, i+1, w.endX)
	w.x, w.prev, w.prevClass, w.last = 0, 0, word, ""
}
