package shell

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deskhand/assist"
	"deskhand/ui/panel/approvals"
	assistpanel "deskhand/ui/panel/assist"
	"deskhand/ui/panel/composer"
	"deskhand/ui/panel/customer"
	"deskhand/ui/panel/history"
	"deskhand/ui/panel/inbox"
	"deskhand/ui/panel/search"
	"deskhand/ui/panel/settings"
	"deskhand/ui/panel/thread"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// parts are the panels of the desk.
type parts struct {
	inbox    *inbox.View
	thread   *thread.View
	composer *composer.View
	customer *customer.View
	history  *history.View
	assist   *assistpanel.View
	search   *search.View
	settings *settings.View
	approval *approvals.View

	rail   rail
	side   *widget.Tabs
	stack  *fyne.Container // the side's panels
	pages  *fyne.Container
	place  string // which page is shown
	left   *widget.Splitter
	right  *widget.Splitter
	sideID string
}

// The widths that the columns come with, and their bounds.
const (
	inboxWide, inboxLeast, inboxMost = 304, 240, 480
	sideWide, sideLeast, sideMost    = 372, 280, 560
	threadLeast                      = 420
)

// The pages.
const (
	pageInbox     = "inbox"
	pageCustomers = "customers"
	pageSettings  = "settings"
	pageApprovals = "approvals"
)

// build makes all panels and puts them together.
func (d *desk) build() {
	s := d.stage
	d.inbox = inbox.New(s, inbox.Options{OnOpen: d.show, OnList: func() { d.settled = true }, OnEnter: d.write, OnMenu: d.rowMenu, OnState: d.stateMenu, OnSearch: d.palette})
	d.thread = thread.New(s, thread.Options{OnCommand: d.act, OnMore: d.moreMenu, OnFile: d.saveFile, OnQuote: func(t string) { d.composer.Quote(t) }}, d.attended)
	d.thread.Explain(d.explains())
	d.composer = composer.New(s, composer.Options{OnCommand: d.act, OnPick: d.pickFiles, OnSent: func() { d.thread.ToEnd() }})
	d.customer = customer.New(s)
	d.history = history.New(s, d.show)
	d.assist = assistpanel.New(s, assistpanel.Options{OnMacro: func(m assist.Macro) { d.composer.TakeMacro(m) }, OnOpen: d.show})
	d.search = search.New(s, search.Options{OnOpen: d.openHit, OnCustomer: d.openCustomer})
	d.settings = settings.New(s, d.settingsOptions())
	d.approval = approvals.New(s, d.show)
	d.pages = container.NewStack(d.inboxPage(), d.search.Content, d.settings.Content, d.approval.Content)
	d.page = widget.NewBox(widget.BoxOptions{Axis: widget.Row}, d.buildRail(), widget.Grow(d.pages, 1))
	d.goTo(pageInbox)
}

func (d *desk) inboxPage() fyne.CanvasObject {
	chat := widget.NewColumn(0, widget.Grow(d.thread.Content, 1), d.composer.Content)
	d.right = widget.NewSplitter(widget.SplitOptions{Fixed: d.sidePanel(), Rest: chat, FixedRight: true, Width: d.width("side", sideWide),
		Least: sideLeast, Most: sideMost, LeastRest: threadLeast, OnChange: func(w float32) { d.keepWidth("side", w) }})
	d.left = widget.NewSplitter(widget.SplitOptions{Fixed: d.inbox.Content, Rest: d.right, Width: d.width("inbox", inboxWide),
		Least: inboxLeast, Most: inboxMost, LeastRest: threadLeast + sideLeast, OnChange: func(w float32) { d.keepWidth("inbox", w) }})
	return d.left
}

func (d *desk) sidePanel() fyne.CanvasObject {
	d.stack = container.NewStack(d.assist.Content, d.customer.Content, d.history.Content)
	d.side = widget.NewTabs(d.chooseSide)
	d.stage.Bind(func() {
		d.side.SetItems(widget.TabItem{ID: "assist", Text: d.stage.T("side.assist"), Tip: d.stage.Tip("side.assist", "assist")},
			widget.TabItem{ID: "customer", Text: d.stage.T("side.customer"), Tip: d.stage.Tip("side.customer", "customer")},
			widget.TabItem{ID: "history", Text: d.stage.T("side.history"), Tip: d.stage.Tip("side.history", "history")})
	})
	chosen := d.keep.Value("side")
	if chosen == "" {
		chosen = "assist"
	}
	d.chooseSide(chosen)
	head := widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 10), MinTall: 43}, d.side)
	return widget.NewBox(widget.BoxOptions{Fill: theme.Raised}, head, widget.Hairline(), widget.Grow(d.stack, 1))
}

func (d *desk) chooseSide(id string) {
	d.side.Choose(id)
	for i, name := range []string{"assist", "customer", "history"} {
		if name == id {
			d.stack.Objects[i].Show()
		} else {
			d.stack.Objects[i].Hide()
		}
	}
	if d.sideID != id {
		d.sideID = id
		d.keep.Set("side", id)
	}
}

func (d *desk) countHistory() { d.side.SetCount("history", d.history.Count()) }

func (d *desk) width(name string, usual float32) float32 {
	if w, err := strconv.ParseFloat(d.shell.opts.Settings.Value("width/"+name), 32); err == nil {
		return float32(w)
	}
	return usual
}

func (d *desk) keepWidth(name string, w float32) {
	d.shell.opts.Settings.Set("width/"+name, strconv.FormatFloat(float64(w), 'f', 0, 32))
}

// explains tells whether the thread shows what the bot understood; it does unless somebody has said no.
func (d *desk) explains() bool { return d.shell.opts.Settings.Value("understanding") != "off" }

// explain shows what the bot understood, or leaves it out, also after the next start.
func (d *desk) explain(on bool) {
	value := "off"
	if on {
		value = "on"
	}
	d.shell.opts.Settings.Set("understanding", value)
	d.thread.Explain(on)
}

// goTo shows a page.
func (d *desk) goTo(page string) {
	d.place = page
	for i, name := range []string{pageInbox, pageCustomers, pageSettings, pageApprovals} {
		if name == page {
			d.pages.Objects[i].Show()
		} else {
			d.pages.Objects[i].Hide()
		}
	}
	d.rail.mark(page)
	switch page {
	case pageCustomers:
		d.search.Focus()
	case pageSettings:
		d.settings.Fill()
	}
	d.pages.Refresh()
}

// attended tells whether the person looks at the conversation.
func (d *desk) attended() bool { return d.place == pageInbox && d.shell.active }
