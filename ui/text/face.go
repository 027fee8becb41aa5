package text

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"

	"deskhand/assets"
)

// Face is one of the bundled fonts. Regular, Bold and Italic are what a theme answers for the text
// styles of the same name; the others are drawn through canvas.Text.FontSource.
type Face uint8

// The faces of assets/fonts and what they are for.
const (
	Regular Face = iota // text, both scripts
	Medium              // text with some weight, both scripts
	Bold                // headings, both scripts
	Italic              // text, both scripts
	Caps                // small capital labels with letter spacing, Latin only
	Num                 // columns of figures, Latin only
	Big                 // big figures, Latin only
	faceCount
)

// File returns the name of the face's font file inside assets.Fonts.
func (f Face) File() string {
	switch f {
	case Medium:
		return "fonts/ui-500.otf"
	case Bold:
		return "fonts/ui-600.otf"
	case Italic:
		return "fonts/ui-400i.otf"
	case Caps:
		return "fonts/caps-600.otf"
	case Num:
		return "fonts/num-400.otf"
	case Big:
		return "fonts/big-700.otf"
	default:
		return "fonts/ui-400.otf"
	}
}

// Plain returns the face itself, or for a Latin-only face the one of both scripts that stands in for it
// where the text holds other characters: Bold for Caps and Big, Regular for Num.
func (f Face) Plain() Face {
	switch f {
	case Caps, Big:
		return Bold
	case Num:
		return Regular
	default:
		return f
	}
}

// For returns the face to draw s in: f where it has every glyph of s, else the one that stands in for it. Only the faces
// that a theme answers go on to Fyne's emoji and symbols; a canvas.Text with a FontSource falls back to whatever the
// system has, hence the choice.
func (f Face) For(s string) Face {
	if f == Regular || f == Bold || f == Italic {
		return f
	}
	t := f.table()
	for _, r := range s {
		if t.advance(r) == missing && r >= ' ' && !hidden(r) {
			return f.theme()
		}
	}
	return f
}

// theme returns the face of a theme's text style that is nearest.
func (f Face) theme() Face {
	if f == Medium {
		return Regular
	}
	return f.Plain()
}

// missing marks a rune the face has no glyph for.
const missing int16 = -1

// table holds what is needed of one font: advances and kerning, in font units.
type table struct {
	upem     float32
	ascent   float32
	descent  float32 // below the baseline: negative
	gap      float32
	advances [1 << 16]int16
	kerning
}

func (t *table) advance(r rune) int16 {
	if r < 0 || int(r) >= len(t.advances) {
		return missing
	}
	return t.advances[r]
}

// parsed are the tables of the faces, read from the embedded fonts when first asked for: about 2 ms a face.
var parsed = [faceCount]func() *table{
	sync.OnceValue(func() *table { return load(Regular) }),
	sync.OnceValue(func() *table { return load(Medium) }),
	sync.OnceValue(func() *table { return load(Bold) }),
	sync.OnceValue(func() *table { return load(Italic) }),
	sync.OnceValue(func() *table { return load(Caps) }),
	sync.OnceValue(func() *table { return load(Num) }),
	sync.OnceValue(func() *table { return load(Big) }),
}

func (f Face) table() *table {
	if f >= faceCount {
		f = Regular
	}
	return parsed[f]()
}

func load(f Face) *table {
	data, err := assets.Fonts.ReadFile(f.File())
	if err != nil {
		panic(fmt.Sprintf("text: embedded font %s: %v", f.File(), err))
	}
	t, err := parse(data)
	if err != nil {
		panic(fmt.Sprintf("text: embedded font %s: %v", f.File(), err))
	}
	return t
}

func parse(data []byte) (*table, error) {
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	extents, ok := face.FontHExtents()
	if !ok {
		return nil, fmt.Errorf("font has no line metrics")
	}
	t := &table{
		upem:   float32(face.Upem()),
		ascent: extents.Ascender, descent: extents.Descender, gap: extents.LineGap,
		kerning: kerning{face: face, pairs: make(map[[2]rune]int16)},
	}
	for i := range t.advances {
		t.advances[i] = missing
	}
	for it := face.Cmap.Iter(); it.Next(); {
		r, glyph := it.Char()
		if glyph != 0 && int(r) < len(t.advances) {
			t.advances[r] = int16(face.HorizontalAdvance(glyph))
		}
	}
	return t, nil
}
