package composer

import (
	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	"deskhand/ui/widget/field"
)

// Options are what a View needs of its surroundings.
type Options struct {
	OnCommand func(action string) // accept, take, reopen
	OnPick    func()              // choose files with the system's dialog
	OnSent    func()
}

// View is the composer below the thread.
type View struct {
	stage *stage.Stage
	opts  Options
	p     *Presenter

	Content *widget.Box

	tabs   *widget.Tabs
	field  *field.Field
	frame  *widget.Box
	files  *widget.Box // chips of files and actions
	offers *offerList
	tools  *widget.Box
	send   *widget.Button
	hint   *widget.Label
	band   *widget.Box // instead of the field
	why    *widget.Label
	act    *widget.Button
	action string
	wanted bool // the keyboard is to come here as soon as something may be written
}

// fieldLines are the composer's least and most lines.
const fieldLines, fieldLinesMost = 3, 9

// New returns the composer.
func New(s *stage.Stage, o Options) *View {
	v := &View{stage: s, opts: o}
	v.p = NewPresenter(s.Desk, v.renew)
	v.field = s.Field("", field.Options{Multiline: true, MinLines: fieldLines, MaxLines: fieldLinesMost, EnterSubmits: true,
		Limit: assist.MaxText, Size: theme.SizeText,
		OnChanged: v.typed, OnSubmit: func(string) { v.Send() }, OnKey: v.key, OnFocus: v.focused, OnPaste: v.pasted,
		OnResize: func() { v.Content.Refresh(); refreshParent(s) }, OnCaret: v.caret,
		OnLimit: func() { s.Tell(s.Lang.Refusal(assist.CodeTooLong), true) }})
	v.offers = newOfferList(v.take)
	v.files = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 4, Wrap: true, Padding: widget.Pad(0, 0, 8, 0)})
	v.files.Hide()
	v.frame = widget.NewBox(widget.BoxOptions{Padding: widget.Pad(8, 11), Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusCard}, v.field)
	v.Content = widget.NewColumn(0, widget.Hairline(),
		widget.NewBox(widget.BoxOptions{Padding: widget.Pad(10, 14)}, v.head(), v.offers.Content, v.files, v.frame, v.makeBand(), v.foot()))
	s.Bind(v.speak)
	v.Content.Hide()
	return v
}

func refreshParent(s *stage.Stage) {
	if c := s.Canvas(); c != nil && c.Content() != nil {
		c.Content().Refresh()
	}
}

func (v *View) head() fyne.CanvasObject {
	v.tabs = widget.NewTabs(func(id string) { v.Choose(Mode(id)) })
	v.stage.Bind(func() {
		v.tabs.SetItems(widget.TabItem{ID: string(Reply), Text: v.stage.T("composer.reply"), Tip: v.stage.Tip("composer.reply", "reply")},
			widget.TabItem{ID: string(Note), Text: v.stage.T("composer.note"), Tip: v.stage.Tip("composer.note.tip", "note")})
	})
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, Padding: widget.Pad(0, 0, 8, 0)}, v.tabs, widget.Spacer())
}

func (v *View) makeBand() fyne.CanvasObject {
	v.why = widget.Line("", text.Regular, theme.SizeSub, theme.Muted)
	v.act = widget.NewButton(widget.ButtonOptions{Kind: widget.Primary, OnTap: func() { v.opts.OnCommand(v.action) }})
	v.band = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 10, Align: widget.Center, Padding: widget.Pad(10, 12), MinTall: 54,
		Fill: theme.Raised, Border: theme.Border, Radius: theme.RadiusCard}, widget.Grow(v.why, 1), v.act)
	v.band.Hide()
	return v.band
}

func (v *View) foot() fyne.CanvasObject {
	s := v.stage
	attach := s.IconButton("composer.attach", "attach", widget.IconButtonOptions{Icon: "paperclip", Side: 28, OnTap: v.opts.OnPick})
	slash := widget.NewTap(widget.NewBox(
		widget.BoxOptions{Axis: widget.Row, Gap: 5, Align: widget.Center, Padding: widget.Pad(3, 5)},
		widget.NewKbd("/"), s.Label("composer.macros", text.Regular, theme.SizeSub, theme.Muted)), 6, widget.Tip{}, v.slash)
	v.hint = widget.NewLabel(widget.LabelOptions{Style: widget.TextStyle{Size: theme.SizeTiny, Ink: theme.Muted}, Shrink: true, Align: fyne.TextAlignTrailing})
	v.send = s.Button("composer.send", "send", widget.ButtonOptions{Kind: widget.Primary, IconAfter: "send", OnTap: v.Send})
	v.tools = widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, Padding: widget.Pad(8, 0, 0, 0)},
		attach, slash, widget.Grow(v.hint, 1), v.send)
	return v.tools
}

// Show turns to another conversation; 0 shows nothing.
func (v *View) Show(id assist.ConversationID) {
	draft := v.p.Show(id)
	v.wanted = false
	v.tabs.Choose(string(v.p.Mode()))
	v.invite()
	v.field.SetText(draft)
	v.offers.close()
	if id == 0 {
		v.Content.Hide()
		return
	}
	v.Content.Show()
	v.renew()
}

// Choose turns to reply or note.
func (v *View) Choose(m Mode) {
	draft := v.p.Choose(m)
	v.tabs.Choose(string(m))
	v.invite()
	if v.field.Text() != draft {
		v.field.SetText(draft)
	}
	v.renew()
	v.Focus()
}

// Focus puts the keyboard into the field, if something may be written.
func (v *View) Focus() {
	if v.wanted = !v.p.CanWrite(); !v.wanted && v.p.ID() != 0 {
		v.stage.Canvas().Focus(v.field)
	}
}

// Presenter is what decides.
func (v *View) Presenter() *Presenter { return v.p }

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	id := v.p.ID()
	if len(ch.Threads) > 0 {
		v.p.Settle()
	}
	if id != 0 && (ch.Details[id] || ch.Rows[id] || ch.Me || ch.Lists) {
		v.renew()
	}
}

// renew shows what may be written now, and the files.
func (v *View) renew() {
	if v.p.ID() == 0 {
		return
	}
	can := v.p.CanWrite()
	action, words := v.p.Instead()
	v.action = action
	if words != "" {
		v.why.SetText(v.stage.T(words))
	}
	show(v.act, action != "")
	if action != "" {
		v.act.SetText(v.stage.T("action." + action))
		v.act.SetTip(v.stage.Tip("action."+action, action))
	}
	changed := show(v.frame, can)
	changed = show(v.band, !can && words != "") || changed
	changed = show(v.tools, can) || changed
	fill, border := theme.Surface, theme.Border
	if v.p.Mode() == Note {
		fill = theme.WarnSoft
	}
	if v.field.Focused() {
		border = theme.Primary
	}
	v.frame.Restyle(fill, border)
	changed = v.showFiles() || changed
	if draft := v.p.text; v.field.Text() != draft {
		v.field.SetText(draft)
	}
	if changed {
		v.Content.Refresh()
		refreshParent(v.stage)
	}
	if can && v.wanted {
		v.Focus()
	}
}

func show(o fyne.CanvasObject, on bool) (changed bool) {
	if o.Visible() == on {
		return false
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
	return true
}

func (v *View) focused(on bool) {
	border := theme.Border
	if on {
		border = theme.Primary
	}
	fill := theme.Surface
	if v.p.Mode() == Note {
		fill = theme.WarnSoft
	}
	v.frame.Restyle(fill, border)
	if !on {
		v.offers.close()
	}
}

func (v *View) speak() {
	v.hint.SetText(v.stage.T("composer.hint"))
	v.invite()
	v.renew()
}

// invite says in the empty field what is written there.
func (v *View) invite() {
	key := "composer.placeholder"
	if v.p.Mode() == Note {
		key = "composer.placeholder.note"
	}
	v.field.SetPlaceholder(v.stage.T(key))
}

// Send sends what is written.
func (v *View) Send() {
	if !v.p.Send(v.field.Text()) {
		return
	}
	v.field.Clear()
	v.offers.close()
	v.renew()
	v.opts.OnSent()
}

// Insert puts text at the caret.
func (v *View) Insert(s string) {
	if !v.p.CanWrite() {
		return
	}
	v.field.InsertAtCaret(s)
	v.Focus()
}

// Quote puts a customer's words into the text, marked as quoted.
func (v *View) Quote(s string) { v.Insert(quoted(s)) }

// TakeMacro puts a macro into the text.
func (v *View) TakeMacro(m assist.Macro) {
	if v.p.CanWrite() {
		v.Insert(v.p.Take(Offer{Macro: &m}))
	}
}

// Tick is called once a second.
func (v *View) Tick() { v.p.Tick() }

// Write replaces what is written by s, as if it had been typed.
func (v *View) Write(s string) {
	if v.p.CanWrite() && v.field.Text() != s {
		v.field.SetText(s)
		v.p.Typed(s)
	}
}
