package thread

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"

	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
)

// handoffCard tells above the messages why the bot brought in a person; a click shows all that it knows.
type handoffCard struct {
	v       *View
	Content *widget.Box
	open    bool

	last     *Handoff // what is shown, to leave it alone while it is the same
	lastOpen bool
}

func newHandoffCard(v *View) *handoffCard {
	c := &handoffCard{v: v, Content: widget.NewBox(widget.BoxOptions{Padding: widget.Pad(10, 20, 2, 20)})}
	c.Content.Hide()
	return c
}

func (c *handoffCard) show() {
	h := c.v.p.Handoff()
	if h == nil {
		c.last = nil
		if c.Content.Visible() {
			c.Content.Hide()
			refresh(c.v.Content)
		}
		return
	}
	if c.Content.Visible() && c.open == c.lastOpen && reflect.DeepEqual(h, c.last) {
		return
	}
	c.last, c.lastOpen = h, c.open
	c.Content.Set(widget.NewTap(c.box(h), theme.RadiusCard, c.v.stage.Tip("handoff.tip", ""), c.toggle))
	c.Content.Show()
	refresh(c.v.Content)
}

func refresh(o fyne.CanvasObject) {
	if o != nil {
		o.Refresh()
	}
}

func (c *handoffCard) toggle() {
	c.open = !c.open
	c.show()
}

func (c *handoffCard) box(h *Handoff) fyne.CanvasObject {
	small := widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Muted}
	arrow := "chevron-down"
	if c.open {
		arrow = "chevron-up"
	}
	most := 1
	if c.open {
		most = 0
	}
	title := widget.NewParagraph(widget.ParagraphOptions{Style: small, MaxLines: most,
		Spans: []widget.Span{{Text: h.Title}, {Text: h.Reason, Face: text.Bold, Ink: theme.Text}}})
	parts := []fyne.CanvasObject{widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Start},
		widget.NewIcon("bot", theme.AI, 16), widget.Grow(title, 1), widget.NewIcon(arrow, theme.Muted, 16))}
	if h.Summary != "" {
		p := widget.NewParagraph(widget.ParagraphOptions{Style: widget.TextStyle{Size: theme.SizeSub}, MaxLines: most * 2,
			Spans: []widget.Span{{Text: h.Summary}}})
		parts = append(parts, p)
	}
	if c.open {
		parts = append(parts, c.more(h)...)
	}
	return widget.NewBox(widget.BoxOptions{Gap: 4, Padding: widget.Pad(7, 12), Fill: theme.Raised, Border: theme.Border, Radius: theme.RadiusCard}, parts...)
}

// more is what is known beyond the summary, a name and its values a line.
func (c *handoffCard) more(h *Handoff) []fyne.CanvasObject {
	s := c.v.stage
	parts := []fyne.CanvasObject{widget.NewBox(widget.BoxOptions{Padding: widget.Pad(4, 0)}, widget.Hairline())}
	for _, f := range h.Rows {
		parts = append(parts, cardRow(f.Name, widget.Prose(f.Value, widget.TextStyle{Size: theme.SizeSmall})))
	}
	if len(h.Known) > 0 {
		chips := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 4, Wrap: true})
		for _, f := range h.Known {
			chips.Add(widget.NewChip(widget.Plain, "", f))
		}
		parts = append(parts, cardRow(s.T("handoff.known"), chips))
	}
	for _, list := range []struct {
		key   string
		lines []string
	}{{"handoff.tried", h.Tried}, {"handoff.done", h.Done}} {
		if len(list.lines) > 0 {
			parts = append(parts, cardRow(s.T(list.key), widget.Prose(strings.Join(list.lines, "\n"), widget.TextStyle{Size: theme.SizeSmall})))
		}
	}
	return parts
}

// cardName is how wide the names in the card are.
const cardName = 84

func cardRow(name string, value fyne.CanvasObject) fyne.CanvasObject {
	left := widget.NewBox(widget.BoxOptions{Width: cardName}, widget.Line(name, text.Regular, theme.SizeSmall, theme.Muted))
	return widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 8, Align: widget.Start}, left, widget.Grow(value, 1))
}
