package field

import (
	"slices"
	"strings"
)

// edit is the kind of a change; neighbouring changes of one kind are undone together.
type edit uint8

const (
	typing   edit = iota // characters one after the other
	erasing              // Backspace
	deleting             // Delete
	other                // pasted, dropped, replaced: undone alone
)

const (
	historySteps = 500     // steps kept; the oldest go first
	historyBytes = 4 << 20 // of text held by them
)

// change says that removed, at that place, became inserted; caret and anchor stood so before it.
type change struct {
	at                int
	removed, inserted string
	caret, anchor     int
}

func (c change) size() int { return len(c.removed) + len(c.inserted) }

// history holds the changes that can be taken back and those taken back already.
type history struct {
	done, undone []change
	bytes        int // held by done
	kind         edit
	open         bool // the next change of the same kind may join the last
}

func (h *history) close() { h.open = false }

func (h *history) record(c change, kind edit) {
	h.undone = nil
	if h.open && kind == h.kind && h.join(c, kind) {
		return
	}
	h.done = append(h.done, c)
	h.bytes += c.size()
	h.kind, h.open = kind, kind != other
	drop := 0
	for len(h.done)-drop > historySteps || h.bytes > historyBytes && drop < len(h.done)-1 {
		h.bytes -= h.done[drop].size()
		drop++
	}
	h.done = slices.Delete(h.done, 0, drop)
}

// join makes c part of the last change where a person would call them one: a word with the space behind it, a run of
// Backspace.
func (h *history) join(c change, kind edit) bool {
	last := &h.done[len(h.done)-1]
	switch kind {
	case typing:
		wordEnds := strings.HasSuffix(last.inserted, " ") && c.inserted != " "
		if c.removed != "" || c.at != last.at+len(last.inserted) || wordEnds || strings.Contains(c.inserted, "\n") {
			return false
		}
		last.inserted += c.inserted
	case erasing:
		if c.inserted != "" || c.at+len(c.removed) != last.at || last.inserted != "" {
			return false
		}
		last.removed = c.removed + last.removed
		last.at = c.at
	case deleting:
		if c.inserted != "" || c.at != last.at || last.inserted != "" {
			return false
		}
		last.removed += c.removed
	default:
		return false
	}
	h.bytes += c.size()
	return true
}

// undo returns the change to apply in order to take back the last one.
func (h *history) undo() (change, bool) {
	if len(h.done) == 0 {
		return change{}, false
	}
	c := h.done[len(h.done)-1]
	h.done = h.done[:len(h.done)-1]
	h.bytes -= c.size()
	h.undone = append(h.undone, c)
	h.open = false
	return change{at: c.at, removed: c.inserted, inserted: c.removed, caret: c.caret, anchor: c.anchor}, true
}

// redo returns the change to apply in order to do again what undo took back.
func (h *history) redo() (change, bool) {
	if len(h.undone) == 0 {
		return change{}, false
	}
	c := h.undone[len(h.undone)-1]
	h.undone = h.undone[:len(h.undone)-1]
	h.done = append(h.done, c)
	h.bytes += c.size()
	h.open = false
	end := c.at + len(c.inserted)
	return change{at: c.at, removed: c.removed, inserted: c.inserted, caret: end, anchor: end}, true
}
