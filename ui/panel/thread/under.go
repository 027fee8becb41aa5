package thread

import (
	"deskhand/ui/text"
	"deskhand/ui/theme"
	"deskhand/ui/widget"
	bubbles "deskhand/ui/widget/thread"
)

// under puts what the bot understood under what the customer said: a line, or all of it where it was unfolded.
func (v *View) under(it *bubbles.Item, e Entry) {
	switch {
	case len(e.Understood) == 0 || !v.explains && !v.unfolded[e.ID]:
		return
	case v.unfolded[e.ID]:
		for i, f := range e.Understood {
			line := f.Name + "  "
			if i > 0 {
				line = "\n" + line
			}
			it.Open = append(it.Open, widget.Span{Text: line, Ink: theme.Faint}, widget.Span{Text: f.Value, Face: text.Medium, Ink: theme.Text})
		}
	}
	for _, p := range e.Under {
		s := widget.Span{Text: p.Text}
		if p.Bold {
			s.Face, s.Ink = text.Bold, theme.Muted
		}
		if p.Doubt {
			s.Ink = theme.Warn
		}
		it.Under = append(it.Under, s)
	}
}

// unfold shows all that the bot understood, or the line again.
func (v *View) unfold(e Entry) {
	if v.unfolded[e.ID] = !v.unfolded[e.ID]; !v.unfolded[e.ID] {
		delete(v.unfolded, e.ID)
	}
	v.thread.Update(v.item(e))
}

// Explain shows under what customers said what the bot understood, or leaves it out.
func (v *View) Explain(on bool) {
	if on == v.explains {
		return
	}
	v.explains = on
	clear(v.unfolded)
	v.redraw()
}

// redraw draws every line anew and keeps the place.
func (v *View) redraw() {
	for _, e := range v.entries {
		if len(e.Understood) > 0 {
			v.thread.Update(v.item(e))
		}
	}
}

// Unfold shows all that is known of the handoff and of the customer's last words, or the short of it.
func (v *View) Unfold(on bool) {
	if v.card.open != on {
		v.card.toggle()
	}
	clear(v.unfolded)
	entries := v.p.Entries()
	for i := len(entries) - 1; i >= 0 && on; i-- {
		if len(entries[i].Understood) > 0 {
			v.unfolded[entries[i].ID] = true
			break
		}
	}
	v.redraw()
}
