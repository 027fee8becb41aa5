package ime

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// locate tells the daemon where on the screen the caret is, so that the candidates are shown there.
func (s *session) locate(r request) {
	if s.stalled {
		return
	}
	if s.screen == nil {
		scr, err := openScreen(s.c.opt.Env)
		if err != nil {
			s.c.opt.Log.Debug("candidates can't follow the caret", "err", err)
			scr = &screen{} // not asked again for this session
		}
		s.screen = scr
	}
	x, y, err := s.screen.translate(r.box.window, r.box.x, r.box.y)
	if err != nil {
		return
	}
	at := [4]int32{int32(x), int32(y), int32(r.box.w), int32(r.box.h)}
	if at == s.located {
		return
	}
	s.located = at
	s.call(r, "SetCursorLocation", at[0], at[1], at[2], at[3])
}

func (s *session) closeScreen() {
	if s.screen != nil {
		s.screen.close()
	}
}

// windowOf returns the X11 window that shows the canvas.
func windowOf(c fyne.Canvas) (id uint32, ok bool) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		native, isNative := w.(driver.NativeWindow)
		if w.Canvas() != c || !isNative {
			continue
		}
		native.RunNative(func(context any) {
			if x, isX := context.(driver.X11WindowContext); isX && x.WindowHandle != 0 {
				id, ok = uint32(x.WindowHandle), true
			}
		})
	}
	return id, ok
}
