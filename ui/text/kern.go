package text

import (
	"sync"
	"sync/atomic"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// kernSlots is the side of the dense kerning table: Latin-1, with the general punctuation U+2010–U+202F in
// place of the C1 controls, which are never drawn. It covers nearly every pair of a message.
const kernSlots = 256

// pairLimit bounds the remembered pairs outside the dense table (Greek, Cyrillic, more of Latin).
const pairLimit = 1 << 15

type kernRow [kernSlots]int16

// kerning answers how much two neighbours are moved together, in font units. It asks Fyne's own shaper rather
// than reading the font's tables: the shaper (go-text 0.3.4) leaves out some pairs that the font has, "To"
// among them, and what counts is what is drawn. A row of the table is filled when first used, by shaping one
// string that holds every pair of it: about 0.2 ms.
type kerning struct {
	rows [kernSlots]atomic.Pointer[kernRow]

	mu     sync.Mutex // guards what follows; the shaper keeps buffers
	shaper shaping.HarfbuzzShaper
	face   *font.Face
	pairs  map[[2]rune]int16
}

func kernSlot(r rune) (int, bool) {
	switch {
	case r >= 0 && r < 0x80 || r >= 0xa0 && r < 0x100:
		return int(r), true
	case r >= 0x2010 && r < 0x2030:
		return int(r-0x2010) + 0x80, true
	}
	return 0, false
}

func slotRune(i int) rune {
	if i >= 0x80 && i < 0xa0 {
		return rune(i-0x80) + 0x2010
	}
	return rune(i)
}

// between returns the kerning of two runes that stand side by side. Han and kana are not kerned, and a pair
// across a change of script is shaped in two runs.
func (k *kerning) between(first, second rune) int16 {
	i, ok := kernSlot(first)
	j, ok2 := kernSlot(second)
	if ok && ok2 {
		row := k.rows[i].Load()
		if row == nil {
			row = k.fill(i)
		}
		return row[j]
	}
	if first >= 0x2c00 || second >= 0x2c00 || !sameRun(first, second) {
		return 0
	}
	return k.pair(first, second)
}

func (k *kerning) fill(i int) *kernRow {
	k.mu.Lock()
	defer k.mu.Unlock()
	row := new(kernRow)
	first := slotRune(i)
	if _, ok := k.face.NominalGlyph(first); ok && first >= ' ' {
		var runes []rune
		var slots []int
		for j := range kernSlots {
			second := slotRune(j)
			if _, ok := k.face.NominalGlyph(second); ok && second >= ' ' {
				runes = append(runes, first, second)
				slots = append(slots, j)
			}
		}
		glyphs := k.shape(runes, language.Latin)
		if len(glyphs) == len(runes) {
			nominal := units(k.shape([]rune{first}, language.Latin))
			for n, j := range slots {
				row[j] = units(glyphs[2*n:2*n+1]) - nominal
			}
		}
	}
	k.rows[i].Store(row)
	return row
}

func (k *kerning) pair(first, second rune) int16 {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := [2]rune{first, second}
	if v, ok := k.pairs[key]; ok {
		return v
	}
	script := language.LookupScript(first)
	if !script.Strong() {
		script = language.LookupScript(second)
	}
	v := int16(0)
	if glyphs := k.shape([]rune{first, second}, script); len(glyphs) == 2 {
		v = units(glyphs[:1]) - units(k.shape([]rune{first}, script))
	}
	if len(k.pairs) >= pairLimit {
		clear(k.pairs)
	}
	k.pairs[key] = v
	return v
}

// shape shapes at a size at which one pixel is one font unit.
func (k *kerning) shape(runes []rune, script language.Script) []shaping.Glyph {
	return k.shaper.Shape(shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: di.DirectionLTR, Face: k.face,
		Size: fixed.I(int(k.face.Upem())), Script: script,
	}).Glyphs
}

func units(glyphs []shaping.Glyph) int16 {
	if len(glyphs) == 0 {
		return 0
	}
	return int16(glyphs[0].Advance.Round())
}

// sameRun tells Greek and Cyrillic from Latin; characters common to all scripts count with either.
func sameRun(a, b rune) bool {
	s, t := language.LookupScript(a), language.LookupScript(b)
	return s == t || !s.Strong() || !t.Strong()
}
