package widget

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// MenuItem is one row of a menu. An item without text is a separator.
type MenuItem struct {
	Text     string
	Icon     string
	Keys     string // shortcut, shown at the right
	Checked  bool
	Harm     bool
	Disabled bool
	OnTap    func()
}

// Menu is an open menu.
type Menu struct {
	layer *layer
	list  *menuList
}

// ShowMenu opens items below anchor. Up, Down, Home, End and first letters move, Enter takes, Escape leaves.
func ShowMenu(anchor fyne.CanvasObject, items []MenuItem, onClose func()) *Menu {
	return openMenu(canvasOf(anchor), absolute(anchor), anchor.Size(), items, onClose)
}

// ShowMenuAt opens items at a position of c, as for a click with the second button.
func ShowMenuAt(c fyne.Canvas, pos fyne.Position, items []MenuItem, onClose func()) *Menu {
	return openMenu(c, pos, fyne.Size{}, items, onClose)
}

func openMenu(c fyne.Canvas, pos fyne.Position, anchor fyne.Size, items []MenuItem, onClose func()) *Menu {
	m := &Menu{}
	m.list = newMenuList(items, func(i int) {
		m.Close()
		if f := items[i].OnTap; f != nil {
			f()
		}
	})
	box := popupBox(BoxOptions{Padding: Pad(5), Radius: theme.RadiusCard}, m.list)
	m.layer = openLayer(c, layerOptions{Box: box, Initial: m.list, OnClose: onClose,
		Place: func(room fyne.Size) (fyne.Position, fyne.Size) {
			w := max(box.NaturalWidth(), min(anchor.Width, 320))
			return beside(pos, anchor, fyne.NewSize(w, box.HeightFor(w)), room)
		}})
	return m
}

// Close takes the menu away. A second call does nothing.
func (m *Menu) Close() { m.layer.close() }

// Open reports whether the menu is shown.
func (m *Menu) Open() bool { return m.layer.open }

const menuRow, menuGap = 30, 9

// menuList draws the rows and holds the keyboard.
type menuList struct {
	fynewidget.BaseWidget
	items []MenuItem
	at    int // the marked row, -1 none
	take  func(int)
	mark  *canvas.Rectangle
	rows  []fyne.CanvasObject
	texts []*canvas.Text // in step with items, nil for separators
	keys  []*canvas.Text
	icons []*Icon
}

func newMenuList(items []MenuItem, take func(int)) *menuList {
	l := &menuList{items: items, at: -1, take: take, mark: newBox(theme.PrimarySoft, nil, 6)}
	l.mark.Hide()
	l.rows = []fyne.CanvasObject{l.mark}
	for _, it := range items {
		l.addRow(it)
	}
	l.ExtendBaseWidget(l)
	for i, it := range items {
		if it.Checked {
			l.at = i
		}
	}
	if l.at < 0 {
		l.move(0, 1)
	}
	return l
}

func (l *menuList) addRow(it MenuItem) {
	if it.Text == "" {
		line := canvas.NewRectangle(theme.Line)
		l.rows = append(l.rows, line)
		l.texts, l.keys, l.icons = append(l.texts, nil), append(l.keys, nil), append(l.icons, nil)
		return
	}
	ink, name := theme.Text, it.Icon
	switch {
	case it.Disabled:
		ink = theme.Ghost
	case it.Harm:
		ink = theme.Bad
	}
	if it.Checked {
		name = "check"
	}
	words := NewText(text.Clean(it.Text), text.Regular, theme.SizeSub, ink)
	keys := NewText(it.Keys, text.Regular, theme.SizeTiny, theme.Faint)
	l.rows = append(l.rows, words, keys)
	var icon *Icon
	if name != "" {
		icon = NewIcon(name, ink, 16)
		l.rows = append(l.rows, icon)
	}
	l.texts, l.keys, l.icons = append(l.texts, words), append(l.keys, keys), append(l.icons, icon)
}

func (l *menuList) indent() float32 {
	for _, it := range l.items {
		if it.Icon != "" || it.Checked {
			return 10 + 16 + 8
		}
	}
	return 10
}

func (l *menuList) least() fyne.Size {
	var w, h float32
	for _, it := range l.items {
		if it.Text == "" {
			h += menuGap
			continue
		}
		h += menuRow
		s := text.Clean(it.Text)
		row := l.indent() + text.Width(s, text.Regular, theme.SizeSub) + 14
		if it.Keys != "" {
			row += 20 + text.Width(it.Keys, text.Regular, theme.SizeTiny)
		}
		w = max(w, row)
	}
	return fyne.NewSize(ceil(max(160, w)), h)
}

// CreateRenderer implements fyne.Widget.
func (l *menuList) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: l.rows, least: l.least, layout: l.layout, size: l.Size()}
}

func (l *menuList) layout(s fyne.Size) {
	y, n := float32(0), 1
	l.mark.Hide()
	for i, it := range l.items {
		if it.Text == "" {
			place(l.rows[n], 0, y+4, s.Width, 1)
			y, n = y+menuGap, n+1
			continue
		}
		if i == l.at {
			place(l.mark, 0, y, s.Width, menuRow)
			l.mark.Show()
		}
		placeText(l.texts[i], l.indent(), y, menuRow, text.Regular)
		kw := text.Width(it.Keys, text.Regular, theme.SizeTiny)
		placeText(l.keys[i], s.Width-10-kw, y, menuRow, text.Regular)
		n += 2
		if l.icons[i] != nil {
			place(l.icons[i], 10, y+(menuRow-16)/2, 16, 16)
			n++
		}
		y += menuRow
	}
}

func (l *menuList) usable(i int) bool { return l.items[i].Text != "" && !l.items[i].Disabled }

// move marks the first usable row from i on in the given direction, around the end.
func (l *menuList) move(i, step int) {
	n := len(l.items)
	for tries := 0; tries < n; tries++ {
		i = (i%n + n) % n
		if l.usable(i) {
			l.at = i
			l.Refresh()
			return
		}
		i += step
	}
}

func (l *menuList) rowAt(y float32) int {
	top := float32(0)
	for i, it := range l.items {
		h := float32(menuRow)
		if it.Text == "" {
			h = menuGap
		}
		if y >= top && y < top+h {
			return i
		}
		top += h
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (l *menuList) Tapped(e *fyne.PointEvent) {
	if i := l.rowAt(e.Position.Y); i >= 0 && l.usable(i) {
		l.take(i)
	}
}

// MouseIn implements desktop.Hoverable.
func (l *menuList) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (l *menuList) MouseMoved(e *desktop.MouseEvent) {
	if i := l.rowAt(e.Position.Y); i >= 0 && i != l.at && l.usable(i) {
		l.at = i
		l.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (l *menuList) MouseOut() {}

// FocusGained implements fyne.Focusable.
func (l *menuList) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *menuList) FocusLost() {}

// TypedRune implements fyne.Focusable: the next row that begins with it.
func (l *menuList) TypedRune(r rune) {
	for k := 1; k <= len(l.items); k++ {
		i := (l.at + k) % len(l.items)
		if l.usable(i) && strings.HasPrefix(strings.ToLower(l.items[i].Text), string(unicode.ToLower(r))) {
			l.move(i, 1)
			return
		}
	}
}

// TypedKey implements fyne.Focusable.
func (l *menuList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		l.move(l.at+1, 1)
	case fyne.KeyUp:
		l.move(l.at-1, -1)
	case fyne.KeyHome:
		l.move(0, 1)
	case fyne.KeyEnd:
		l.move(len(l.items)-1, -1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.at >= 0 && l.usable(l.at) {
			l.take(l.at)
		}
	case fyne.KeyEscape:
		escape(l)
	}
}
