package thread

import (
	"slices"
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
	last    string // what is shown, to leave it alone while it is the same
}

func newHandoffCard(v *View) *handoffCard {
	c := &handoffCard{v: v, Content: widget.NewBox(widget.BoxOptions{Padding: widget.Pad(10, 20, 2, 20)})}
	c.Content.Hide()
	return c
}

func (c *handoffCard) show() {
	h := c.v.p.Handoff()
	if h == nil {
		c.last = ""
		if c.Content.Visible() {
			c.Content.Hide()
			refresh(c.v.Content)
		}
		return
	}
	key := strings.Join(slices.Concat([]string{h.Title, h.Reason, h.Summary, h.Intent}, h.Facts, h.Tried, h.Done), "\x00")
	if c.open {
		key += "\x00open"
	}
	if key == c.last && c.Content.Visible() {
		return
	}
	c.last = key
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

func (c *handoffCard) more(h *Handoff) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	small := widget.TextStyle{Size: theme.SizeSmall, Ink: theme.Muted}
	if h.Intent != "" {
		parts = append(parts, widget.Prose(c.v.stage.T("handoff.intent", "name", h.Intent), small))
	}
	if len(h.Facts) > 0 {
		chips := widget.NewBox(widget.BoxOptions{Axis: widget.Row, Gap: 4, Wrap: true})
		for _, f := range h.Facts {
			chips.Add(widget.NewChip(widget.Plain, "", f))
		}
		parts = append(parts, chips)
	}
	if len(h.Tried) > 0 {
		parts = append(parts, widget.Prose(c.v.stage.T("handoff.tried", "list", strings.Join(h.Tried, c.v.stage.T("list.comma"))),
			small))
	}
	for _, d := range h.Done {
		parts = append(parts, widget.Prose(d, small))
	}
	return parts
}
