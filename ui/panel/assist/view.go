package assist

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// Options are what a View needs of its surroundings.
type Options struct {
	OnMacro func(assist.Macro)          // put it into the composer
	OnOpen  func(assist.ConversationID) // look at a past conversation
}

// View is the panel.
type View struct {
	stage   *stage.Stage
	p       *Presenter
	opts    Options
	Content fyne.CanvasObject
	sheet   *widget.Box
	scroll  *widget.Scroll
	shown   string // what is shown, to leave it alone while it is the same
}

// New returns the panel.
func New(s *stage.Stage, o Options) *View {
	v := &View{stage: s, p: NewPresenter(s.Desk), opts: o}
	v.sheet = widget.NewBox(widget.BoxOptions{Gap: 10, Padding: widget.Pad(12)})
	v.scroll = widget.NewScroll(v.sheet)
	v.Content = v.scroll
	s.Bind(func() { v.shown = ""; v.fill() })
	return v
}

// Show turns to a conversation.
func (v *View) Show(id assist.ConversationID) {
	v.p.Show(id)
	v.shown = ""
	v.fill()
	v.scroll.ToTop()
}

// Apply shows what has changed.
func (v *View) Apply(ch *state.Change) {
	if ch.Details[v.p.id] || ch.Threads[v.p.id] || ch.Directory {
		v.fill()
	}
}

func (v *View) fill() {
	macros, past := v.p.Macros(), v.p.Past()
	key := strconv.FormatInt(int64(v.p.id), 10)
	for _, m := range macros {
		key += "/" + m.Name
	}
	for _, r := range past {
		key += "#" + strconv.FormatInt(int64(r.Rev), 10)
	}
	if key == v.shown {
		return
	}
	v.shown = key
	var parts []fyne.CanvasObject
	for _, m := range macros {
		parts = append(parts, v.macro(m))
	}
	if len(past) > 0 {
		parts = append(parts, v.past(past))
	}
	if len(parts) == 0 {
		parts = append(parts, widget.Empty(widget.EmptyOptions{Icon: "lightbulb", Title: v.stage.T("assist.none"), Next: v.stage.T("assist.none.next")}))
	}
	v.sheet.Set(parts...)
	v.scroll.Relayout()
}

func (v *View) macro(m assist.Macro) fyne.CanvasObject {
	words := widget.NewParagraph(widget.ParagraphOptions{Style: widget.TextStyle{Size: theme.SizeSub}, MaxLines: 4, Spans: []widget.Span{{Text: v.p.Text(m)}}})
	head := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, MinTall: 22},
		widget.NewChip(widget.Accent, "", "/"+m.Name), widget.Grow(widget.Line(m.Title, text.Regular, theme.SizeSmall, theme.Muted), 1))
	foot := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 6, Align: widget.Center, Padding: widget.Pad(4, 0, 0, 0)},
		widget.NewButton(widget.ButtonOptions{Text: v.stage.T("assist.insert"), Small: true, OnTap: func() { v.opts.OnMacro(m) }}))
	return widget.NewBox(widget.BoxOptions{Gap: 5, Padding: widget.Pad(11, 12), Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusCard},
		head, words, foot)
}

func (v *View) past(rows []wire.Row) fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Caption(v.stage.T("assist.before"))}
	for _, r := range rows {
		words := strings.Join(strings.Fields(r.Last.Text), " ")
		if r.Last.Activity != "" {
			words = v.stage.Lang.ActivityCode(r.Last.Activity)
		}
		if r.Disposition != "" {
			words = strings.TrimSuffix(v.stage.Lang.Disposition(r.Disposition)+" · "+words, " · ")
		}
		row := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Center, Padding: widget.Pad(2, 4), MinTall: 26},
			widget.Grow(widget.Line(words, text.Regular, theme.SizeSub, theme.Text), 1),
			widget.NewLabel(widget.LabelOptions{Text: v.stage.Lang.Date(r.CreatedAt, v.stage.State.HubNow()), Style: widget.TextStyle{Size: theme.SizeTiny, Ink: theme.Faint}}))
		parts = append(parts, widget.NewTap(row, 6, widget.Tip{}, func() { v.opts.OnOpen(r.ID) }))
	}
	return widget.Card(parts...)
}
