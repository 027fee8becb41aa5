package widget

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"deskhand/ui/text"
	"deskhand/ui/theme"
)

// Tone is what a coloured thing means.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Good
	Caution
	Danger
	Accent
	Machine // what a program wrote or proposes
)

// Ink is the tone's colour for text and marks.
func (t Tone) Ink() theme.Color {
	return [...]theme.Color{theme.Muted, theme.OK, theme.Warn, theme.Bad, theme.Primary, theme.AI}[t]
}

// Soft is the tone's fill, on which its Ink is legible.
func (t Tone) Soft() theme.Color {
	return [...]theme.Color{theme.Bubble, theme.OKSoft, theme.WarnSoft, theme.BadSoft, theme.PrimarySoft, theme.AISoft}[t]
}

func (t Tone) icon() string {
	return [...]string{"info", "circle-check", "triangle-alert", "circle-alert", "info", "bot"}[t]
}

// Notice is a short message that comes and goes.
type Notice struct {
	Tone   Tone
	Text   string
	Action string // label of a button; "" none
	OnAct  func()
	For    time.Duration // 0: 6 s; below 0: until it is removed
}

// maxNotices bounds what is shown at once; the oldest makes room.
const maxNotices = 4

// notices stacks notices, newest below.
type notices struct {
	fynewidget.BaseWidget
	after After
	rows  *Box
	shown []*shownNotice
}

type shownNotice struct {
	box    *Box
	cancel func()
}

func newNotices(after After) *notices {
	n := &notices{after: after, rows: NewColumn(8)}
	n.ExtendBaseWidget(n)
	return n
}

func (n *notices) CreateRenderer() fyne.WidgetRenderer {
	return &render{
		objects: []fyne.CanvasObject{n.rows},
		least: func() fyne.Size {
			if len(n.shown) == 0 {
				return fyne.Size{}
			}
			w := min(360, n.rows.NaturalWidth())
			return fyne.NewSize(w, n.rows.HeightFor(w))
		},
		layout: func(s fyne.Size) { place(n.rows, 0, 0, s.Width, s.Height) },
		size:   n.Size(),
	}
}

func (n *notices) add(notice Notice, relayout func()) (remove func()) {
	s := &shownNotice{}
	remove = func() {
		i := slices.Index(n.shown, s)
		if i < 0 {
			return
		}
		if s.cancel != nil {
			s.cancel()
		}
		n.shown = slices.Delete(n.shown, i, i+1)
		n.renew()
		relayout()
	}
	s.box = noticeBox(notice, remove)
	if len(n.shown) == maxNotices {
		if n.shown[0].cancel != nil {
			n.shown[0].cancel()
		}
		n.shown = slices.Delete(n.shown, 0, 1)
	}
	n.shown = append(n.shown, s)
	if d := notice.For; d >= 0 {
		if d == 0 {
			d = 6 * time.Second
		}
		s.cancel = n.after(d, remove)
	}
	n.renew()
	relayout()
	return remove
}

func (n *notices) renew() {
	rows := make([]fyne.CanvasObject, len(n.shown))
	for i, s := range n.shown {
		rows[i] = s.box
	}
	n.rows.Set(rows...)
}

func noticeBox(notice Notice, remove func()) *Box {
	words := Prose(notice.Text, TextStyle{Size: theme.SizeSub})
	parts := []fyne.CanvasObject{NewIcon(notice.Tone.icon(), notice.Tone.Ink(), 16), Grow(words, 1)}
	if notice.Action != "" {
		parts = append(parts, NewButton(ButtonOptions{Text: notice.Action, Kind: Quiet, Small: true, OnTap: func() {
			remove()
			if notice.OnAct != nil {
				notice.OnAct()
			}
		}}))
	}
	parts = append(parts, NewIconButton(IconButtonOptions{Icon: "x", Side: 24, OnTap: remove}))
	b := NewBox(BoxOptions{Axis: Row, Gap: 10, Padding: Pad(8, 8, 8, 12), Align: Center,
		Fill: theme.Surface, Border: theme.Border, Radius: theme.RadiusCard}, parts...)
	b.back.Shadow = canvas.Shadow{Color: theme.Shade, BlurRadius: 16, Offset: fyne.NewPos(0, 4)}
	return b
}

// Banner returns a coloured box with a bold title, more of the title, and details below it.
func Banner(tone Tone, title, rest, details string) *Box {
	head := []Span{{Text: title, Face: text.Bold}}
	if rest != "" {
		head = append(head, Span{Text: " · " + rest})
	}
	b := NewBox(BoxOptions{Padding: Pad(10, 12), Fill: tone.Soft(), Radius: theme.RadiusCard},
		NewParagraph(ParagraphOptions{Spans: head, Style: TextStyle{Size: theme.SizeSub, Ink: tone.Ink()}}))
	if details != "" {
		b.Add(Prose(details, TextStyle{Size: theme.SizeSmall}))
	}
	return b
}
