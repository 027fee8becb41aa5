package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// TabItem is one tab of a strip.
type TabItem struct {
	ID    string
	Text  string
	Count int // shown behind the text unless 0 or below
	Tip   Tip
}

// Tabs is a strip of tabs of which one is chosen. Left and Right move between them, as do clicks. Implements Flow.
type Tabs struct {
	fynewidget.BaseWidget
	member
	tabs     []*tab
	chosen   int
	onChange func(id string)
	drawn    *render
}

// NewTabs returns a strip with the first tab chosen. onChange is called when a person chooses another one.
func NewTabs(onChange func(id string), items ...TabItem) *Tabs {
	t := &Tabs{onChange: onChange}
	t.SetItems(items...)
	t.ExtendBaseWidget(t)
	return t
}

// SetItems replaces the tabs; the chosen one stays if its ID is still there.
func (t *Tabs) SetItems(items ...TabItem) {
	chosen := t.Chosen()
	t.chosen = 0
	kept := t.tabs
	t.tabs = t.tabs[:0:0]
	for i, item := range items {
		var one *tab
		if i < len(kept) {
			one = kept[i]
		} else {
			one = newTab(t, i)
		}
		one.item, one.tip = item, item.Tip
		t.tabs = append(t.tabs, one)
		if item.ID == chosen {
			t.chosen = i
		}
	}
	if t.drawn != nil {
		t.drawn.objects = t.objects()
		t.resized()
		t.Refresh()
	}
}

// SetCount changes the number behind one tab's text.
func (t *Tabs) SetCount(id string, n int) {
	for _, one := range t.tabs {
		if one.item.ID == id && one.item.Count != n {
			one.item.Count = n
			t.resized()
			t.Refresh()
		}
	}
}

// Chosen returns the chosen tab's ID, "" if there are no tabs.
func (t *Tabs) Chosen() string {
	if t.chosen < len(t.tabs) {
		return t.tabs[t.chosen].item.ID
	}
	return ""
}

// Choose makes a tab the chosen one without calling back.
func (t *Tabs) Choose(id string) {
	for i, one := range t.tabs {
		if one.item.ID == id && i != t.chosen {
			t.chosen = i
			t.Refresh()
		}
	}
}

func (t *Tabs) pick(i int) {
	if i < 0 || i >= len(t.tabs) || i == t.chosen {
		return
	}
	t.chosen = i
	t.Refresh()
	if t.onChange != nil {
		t.onChange(t.tabs[i].item.ID)
	}
}

func (t *Tabs) objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(t.tabs))
	for i, one := range t.tabs {
		out[i] = one
	}
	return out
}

const tabGap, tabTall, tabPad = 2, 27, 10

// NaturalWidth implements Flow.
func (t *Tabs) NaturalWidth() (w float32) {
	for _, one := range t.tabs {
		w += one.natural() + tabGap
	}
	return max(0, w-tabGap)
}

// LeastWidth implements Flow.
func (t *Tabs) LeastWidth() float32 { return t.NaturalWidth() }

// HeightFor implements Flow.
func (t *Tabs) HeightFor(float32) float32 { return tabTall }

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	t.drawn = &render{objects: t.objects(), size: t.Size(),
		least: func() fyne.Size { return fyne.NewSize(t.NaturalWidth(), tabTall) },
		layout: func(s fyne.Size) {
			x := float32(0)
			for _, one := range t.tabs {
				w := one.natural()
				place(one, x, (s.Height-tabTall)/2, w, tabTall)
				x += w + tabGap
			}
		}}
	return t.drawn
}

type tab struct {
	press
	strip *Tabs
	at    int
	item  TabItem
	box   *canvas.Rectangle
	words *canvas.Text
}

func newTab(strip *Tabs, at int) *tab {
	t := &tab{strip: strip, at: at, box: newBox(theme.None, nil, theme.RadiusTab)}
	t.words = NewText("", text.Regular, theme.SizeSub, theme.Muted)
	t.act = func() { strip.pick(t.at) }
	t.look = t.paint
	t.ring = focusRing(theme.RadiusTab)
	t.init(t)
	return t
}

func (t *tab) label() (string, text.Face) {
	s, face := text.Clean(t.item.Text), text.Regular
	if t.item.Count > 0 {
		s += " " + strconv.Itoa(t.item.Count)
	}
	if t.strip.chosen == t.at {
		face = text.Bold
	}
	return s, face
}

// natural is the width in the bold face: choosing a tab does not push its neighbours.
func (t *tab) natural() float32 {
	s, _ := t.label()
	return ceil(text.Width(s, text.Bold.For(s), theme.SizeSub)) + 2*tabPad
}

func (t *tab) paint() {
	fill, ink := theme.None, theme.Muted
	switch {
	case t.strip.chosen == t.at:
		fill, ink = theme.PrimarySoft, theme.Primary
	case t.down:
		fill = theme.Down
	case t.over:
		fill, ink = theme.Over, theme.Text
	}
	t.box.FillColor, t.words.Color = fill, ink
	t.box.Refresh()
	t.words.Refresh()
}

// TypedKey implements fyne.Focusable; it adds the arrows to what press does.
func (t *tab) TypedKey(e *fyne.KeyEvent) {
	var to int
	switch e.Name {
	case fyne.KeyLeft:
		to = max(0, t.at-1)
	case fyne.KeyRight:
		to = min(len(t.strip.tabs)-1, t.at+1)
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(t.strip.tabs) - 1
	default:
		t.press.TypedKey(e)
		return
	}
	t.strip.pick(to)
	if c := canvasOf(t); c != nil {
		c.Focus(t.strip.tabs[to])
	}
}

// CreateRenderer implements fyne.Widget.
func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{t.ring, t.box, t.words}, size: t.Size(), restyle: t.paint,
		least: func() fyne.Size { return fyne.NewSize(t.natural(), tabTall) },
		layout: func(s fyne.Size) {
			t.placeRing(s)
			place(t.box, 0, 0, s.Width, s.Height)
			str, face := t.label()
			SetText(t.words, str, face, theme.SizeSub)
			w := text.Width(str, face.For(str), theme.SizeSub)
			placeText(t.words, (s.Width-w)/2, 0, s.Height, face)
		}}
}
