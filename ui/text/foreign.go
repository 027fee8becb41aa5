package text

import (
	"sync"

	"fyne.io/fyne/v2"
)

// foreignKey names one measured cluster; the face counts because a theme may answer bold with other fonts.
type foreignKey struct {
	cluster string
	style   fyne.TextStyle
	size    float32
}

// foreignLimit bounds what is remembered; a conversation in a script we have no font for uses a few hundred.
const foreignLimit = 8192

// foreignWidths remembers what Fyne answered, since asking costs up to 0.4 ms a cluster. When full it starts
// afresh: the clusters on screen are asked for again and the rest is forgotten.
var foreignWidths = struct {
	sync.RWMutex // guards widths
	widths       map[foreignKey]px
}{widths: make(map[foreignKey]px)}

// foreign returns the advance of a cluster the bundled face has no glyphs for. Fyne knows the fonts that stand
// in; without a running app (tools, tests of layout) an em for what is wide and 0.6 em else is assumed.
func (p *pen) foreign(cluster string) px {
	if invisible(cluster) {
		return 0
	}
	key := foreignKey{cluster: cluster, style: p.face.style(), size: p.size}
	foreignWidths.RLock()
	w, ok := foreignWidths.widths[key]
	foreignWidths.RUnlock()
	if ok {
		return w
	}
	if fyne.CurrentApp() == nil {
		return px(p.size * 64 * guess(cluster))
	}
	w = toPx(fyne.MeasureText(cluster, p.size, key.style).Width)
	foreignWidths.Lock()
	defer foreignWidths.Unlock()
	if len(foreignWidths.widths) >= foreignLimit {
		clear(foreignWidths.widths)
	}
	foreignWidths.widths[key] = w
	return w
}

func (f Face) style() fyne.TextStyle {
	switch f.Plain() {
	case Bold:
		return fyne.TextStyle{Bold: true}
	case Italic:
		return fyne.TextStyle{Italic: true}
	default:
		return fyne.TextStyle{}
	}
}

// guess is in em.
func guess(cluster string) float32 {
	for _, r := range cluster {
		if r >= 0x1100 && r < 0x1200 || r >= 0x2600 && r < 0x27c0 || r >= 0x2e80 && r < 0xfb00 || r >= 0x1f000 {
			return 1
		}
	}
	return 0.6
}
