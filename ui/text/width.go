package text

import "math"

// px is a length in 1/64 of a pixel, the unit of Fyne's shaper.
type px int32

func (p px) float() float32 { return float32(p) / 64 }

func toPx(f float32) px {
	switch f *= 64; {
	case f >= math.MaxInt32/2:
		return math.MaxInt32 / 2
	case f <= 0:
		return 0
	default:
		return px(f)
	}
}

// pen adds up advances in one face at one size, with the shaper's rounding (harfbuzz font.emScalef): each
// advance to the nearest 1/64 px, each kerning towards zero.
type pen struct {
	t     *table
	face  Face
	size  float32
	scale float32 // font units to 1/64 px
	last  string  // the cluster before, if it was drawn in a font of others: a space goes on in that font
}

func newPen(face Face, size float32) pen {
	t := face.table()
	size = wholeSize(size)
	return pen{t: t, face: face, size: size, scale: size * 64 / t.upem}
}

// wholeSize rounds up as the shaper does, and keeps a size of zero or less from dividing by it.
func wholeSize(size float32) float32 {
	return max(1, float32(math.Ceil(float64(size))))
}

func (p *pen) scaled(units int16) px { return px(float32(units)*p.scale + 0.5) }

func (p *pen) kern(first, second rune) px {
	if k := p.t.between(first, second); k != 0 {
		return px(float32(k) * p.scale)
	}
	return 0
}

// cluster returns the advance of the cluster s[i:end] whose first rune is r, ending at first.
func (p *pen) cluster(s string, r rune, i, first, end int) px {
	switch {
	case r == ' ' && first == end:
		return p.space()
	case r == '\t':
		return 4 * p.space() // see Drawn
	case r < 0x20:
		p.last = ""
		return 0
	}
	if adv := p.t.advance(r); adv != missing && (first == end || combines(s[first:end])) {
		p.last = ""
		return p.scaled(adv)
	}
	p.last = s[i:end]
	return p.foreign(p.last)
}

// space is the advance of a space: of the font that the cluster before it is drawn in.
func (p *pen) space() px {
	if p.last != "" {
		return p.foreign(p.last+" ") - p.foreign(p.last)
	}
	return p.scaled(max(0, p.t.advance(' ')))
}

// Width returns how wide s is drawn on one line. Line breaks count nothing, a tab four spaces.
func Width(s string, face Face, size float32) float32 {
	p := newPen(face, size)
	var x px
	prev := rune(0)
	for i := 0; i < len(s); {
		r, first, end := next(s, i)
		if prev != 0 {
			x += p.kern(prev, r)
		}
		x += p.cluster(s, r, i, first, end)
		prev = r
		i = end
	}
	return x.float()
}

// Offset returns the byte offset in s of the cluster boundary nearest to x, where s is drawn on one line from 0.
func Offset(s string, face Face, size, x float32) int {
	p := newPen(face, size)
	want, pos := toPx(x), px(0)
	prev := rune(0)
	for i := 0; i < len(s); {
		r, first, end := next(s, i)
		if prev != 0 {
			pos += p.kern(prev, r)
		}
		adv := p.cluster(s, r, i, first, end)
		if want < pos+adv/2 {
			return i
		}
		pos += adv
		prev = r
		i = end
	}
	return len(s)
}

// Metrics are the vertical measures of one face at one size.
type Metrics struct {
	Ascent float32 // from the top of the object to the baseline
	Height float32 // of the object, what Fyne answers as MinSize().Height
}

// MetricsOf returns the vertical measures of face at size. All faces of both scripts have the same.
func MetricsOf(face Face, size float32) Metrics {
	p := newPen(face, size)
	round := func(units float32) float32 {
		return float32(math.Round(float64(units*p.scale))) / 64
	}
	a, d, g := round(p.t.ascent), round(p.t.descent), round(p.t.gap)
	return Metrics{Ascent: a, Height: a - d + g}
}

// Centre returns the y at which a text object of that face and size is centred in a box of the given height
// so that texts of different sizes and neighbours share whole-pixel baselines. Fyne rounds the baseline up
// inside the texture, hence the two roundings.
func Centre(box float32, face Face, size float32) float32 {
	m := MetricsOf(face, size)
	base := math.Round(float64((box-m.Height)/2 + m.Ascent))
	return float32(base - math.Ceil(float64(m.Ascent)))
}

// OnBaseline returns the y at which a text object of that face and size has its baseline at the given y.
func OnBaseline(y float32, face Face, size float32) float32 {
	m := MetricsOf(face, size)
	return float32(math.Round(float64(y)) - math.Ceil(float64(m.Ascent)))
}
