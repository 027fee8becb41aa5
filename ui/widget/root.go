package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Root is the outermost object of a window: the page, and above it tooltips and notices. Everything in this
// package that shows a tooltip needs its window's content to be a Root.
type Root struct {
	fynewidget.BaseWidget
	page    fyne.CanvasObject
	tips    *tips
	notices *notices
	after   After
}

// NewRoot returns a root around page. after nil is RealAfter.
func NewRoot(page fyne.CanvasObject, after After) *Root {
	if after == nil {
		after = RealAfter
	}
	r := &Root{page: page, after: after, tips: newTips(after), notices: newNotices(after)}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *Root) CreateRenderer() fyne.WidgetRenderer {
	return &render{
		objects: []fyne.CanvasObject{r.page, r.notices, r.tips},
		least:   r.page.MinSize,
		layout: func(s fyne.Size) {
			place(r.page, 0, 0, s.Width, s.Height)
			high := r.notices.MinSize()
			w := min(high.Width, s.Width)
			place(r.notices, s.Width-w-16, s.Height-high.Height-16, w, high.Height)
			r.tips.room = s
		},
		size: r.Size(),
	}
}

// Notify shows a notice at the lower right and returns how to take it away before its time.
func (r *Root) Notify(n Notice) (remove func()) {
	return r.notices.add(n, r.Refresh)
}

func (r *Root) expectTip(anchor fyne.CanvasObject, t Tip) { r.tips.expect(anchor, t) }
func (r *Root) dropTip(anchor fyne.CanvasObject)          { r.tips.drop(anchor) }
