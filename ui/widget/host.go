package widget

import (
	"time"

	"fyne.io/fyne/v2"
)

// After calls f on Fyne's main goroutine when d has passed, unless cancel is called before.
type After func(d time.Duration, f func()) (cancel func())

// RealAfter is After by the wall clock.
func RealAfter(d time.Duration, f func()) (cancel func()) {
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

// tipHost is what shows tooltips for the objects above it: the Root, or the layer of something modal.
type tipHost interface {
	expectTip(anchor fyne.CanvasObject, t Tip)
	dropTip(anchor fyne.CanvasObject)
}

// canvasOf returns the canvas that o is on, nil if none.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil || o == nil {
		return nil
	}
	return app.Driver().CanvasForObject(o)
}

// hostOf returns who shows tooltips for o: the top overlay if it can, else the window's Root; nil if neither.
func hostOf(o fyne.CanvasObject) tipHost {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	if top := c.Overlays().Top(); top != nil {
		h, _ := top.(tipHost)
		return h
	}
	h, _ := c.Content().(tipHost)
	return h
}

// absolute returns where o is on its canvas.
func absolute(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

// escape closes the top overlay over o if it is one of ours that may be dismissed.
func escape(o fyne.CanvasObject) {
	if c := canvasOf(o); c != nil {
		if l, ok := c.Overlays().Top().(*layer); ok {
			l.dismiss()
		}
	}
}
