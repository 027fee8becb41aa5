package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// tipDelay is how long the pointer rests on something before its tooltip comes.
const tipDelay = 450 * time.Millisecond

// tips is the layer that shows one tooltip. It lets all events through.
type tips struct {
	fynewidget.BaseWidget
	after  After
	room   fyne.Size // of the window
	anchor fyne.CanvasObject
	cancel func()

	box   *canvas.Rectangle
	words *canvas.Text
	cap   *canvas.Rectangle
	keys  *canvas.Text
}

func newTips(after After) *tips {
	t := &tips{after: after}
	t.box = newBox(theme.Tip, nil, 6)
	t.box.Shadow = canvas.Shadow{Color: theme.Shade, BlurRadius: 8, Offset: fyne.NewPos(0, 2)}
	t.words = NewText("", text.Regular, theme.SizeSmall, theme.OnTip)
	t.cap = newBox(theme.Tip, theme.TipBorder, theme.RadiusSmall)
	t.keys = NewText("", text.Regular, theme.SizeTiny, theme.TipMuted)
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

func (t *tips) CreateRenderer() fyne.WidgetRenderer {
	return &render{objects: []fyne.CanvasObject{t.box, t.words, t.cap, t.keys}}
}

func (t *tips) expect(anchor fyne.CanvasObject, tip Tip) {
	t.drop(t.anchor)
	t.anchor = anchor
	t.cancel = t.after(tipDelay, func() {
		if t.anchor == anchor && anchor.Visible() {
			t.show(tip)
		}
	})
}

func (t *tips) drop(anchor fyne.CanvasObject) {
	if anchor == nil || anchor != t.anchor {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	t.anchor, t.cancel = nil, nil
	t.Hide()
}

// show puts the tooltip under its anchor, or above if there is no room, inside the window.
func (t *tips) show(tip Tip) {
	const padX, high, keyGap, keyPad = 9, 26, 8, 5
	SetText(t.words, text.Clean(tip.Text), text.Regular, theme.SizeSmall)
	SetText(t.keys, tip.Keys, text.Regular, theme.SizeTiny)
	placeText(t.words, padX, 0, high, text.Regular)
	w := 2*padX + t.words.Size().Width
	t.cap.Hide()
	t.keys.Hide()
	if tip.Keys != "" {
		x := w - padX + keyGap
		placeText(t.keys, x+keyPad, 0, high, text.Regular)
		kw := t.keys.Size().Width + 2*keyPad
		place(t.cap, x, (high-16)/2, kw, 16)
		w += keyGap + kw
		t.cap.Show()
		t.keys.Show()
	}
	place(t.box, 0, 0, w, high)
	pos, size := absolute(t.anchor), t.anchor.Size()
	x := min(max(4, pos.X+(size.Width-w)/2), max(4, t.room.Width-w-4))
	y := pos.Y + size.Height + 6
	if y+high > t.room.Height {
		y = max(4, pos.Y-high-6)
	}
	place(t, x, y, w, high)
	t.Show()
	// Fyne does not know yet on which canvas an object is that it has never painted: the anchor asks for the repaint.
	canvas.Refresh(t.anchor)
}
