package flow

import (
	"slices"
	"strings"
	"time"

	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// moment reads a day, or a day with its time.
func (t *Turn) moment(s *pack.Slot, text string) found {
	all := slices.DeleteFunc(entity.Dates(text, t.Context()), func(d entity.Date) bool { return d.Negated })
	if len(all) == 0 {
		return found{}
	}
	if others := slices.DeleteFunc(slices.Clone(all), t.sameTime); len(others) > 0 { // "Thursday, not Friday"
		all = others
	}
	d := all[0]
	if len(all) > 1 && corrects(text) {
		d = all[len(all)-1]
	}
	if day, ok := t.part(s.Name); ok && d.TimeOnly && d.HasTime() { // the hour of a day that was said before
		return t.settled(s, d, day+d.Minute()[len(day):])
	}
	switch {
	case d.Invalid:
		return troubled("invalid", d.Text)
	case d.Vague, d.Grain > entity.Day:
		return troubled("vague", d.Text)
	case s.Future && d.Past:
		return troubled("past", d.Text)
	case s.Past && !d.Past && d.From.After(t.Now):
		return troubled("future", d.Text)
	case s.Type == pack.Date:
		return taken(d.Span, d.Day())
	case !d.HasTime():
		return found{part: d.Day(), trouble: &Trouble{Code: "time", Value: d.Text, Facts: map[string]any{"day": d.Day()}}}
	case d.Ambiguous && d.TimeOnly:
		return troubled("ambiguous", d.Text)
	}
	return taken(d.Span, d.Minute())
}

// sameTime tells whether a day, or a time, is the one that a correction may put another in the place of.
func (t *Turn) sameTime(d entity.Date) bool {
	switch {
	case t.amending == "" || d.From.IsZero() || d.TimeOnly:
		return false
	case d.HasTime() && len(t.amending) > len(time.DateOnly):
		return d.Minute() == t.amending
	}
	return strings.HasPrefix(t.amending, d.Day())
}

// meantAsTime leaves out a day that is only part of a description: "broken since this morning" is no wish for a visit.
func (t *Turn) meantAsTime(i *pack.Intent, f found, how manner) found {
	describes := slices.ContainsFunc(i.Slots, func(r pack.SlotRef) bool { return t.Pack.Slots[r.Name].Opening })
	if how != asked && describes && f.value == nil {
		return found{}
	}
	return f
}

// settled is a time whose day was said before.
func (t *Turn) settled(s *pack.Slot, d entity.Date, value string) found {
	if s.Future && value <= t.Now.Format("2006-01-02T15:04") {
		return troubled("past", d.Text)
	}
	return taken(d.Span, value)
}

func (t *Turn) part(slot string) (string, bool) {
	r := t.State.Errand
	if r == nil {
		return "", false
	}
	day, ok := r.Part[slot]
	return day, ok
}

// period reads a stretch of days; both ends belong to it.
func (t *Turn) period(s *pack.Slot, text string) found {
	for _, d := range entity.Dates(text, t.Context()) {
		switch {
		case d.Negated:
			continue
		case d.Invalid:
			return troubled("invalid", d.Text)
		case d.From.IsZero() || d.Vague:
			return troubled("vague", d.Text)
		case s.Past && d.From.After(t.Now):
			return troubled("future", d.Text)
		}
		last := d.To
		if last.After(d.From) {
			last = last.AddDate(0, 0, -1)
		}
		if s.Past && last.After(t.Now) {
			last = t.Now
		}
		return taken(d.Span, d.From.Format("2006-01-02")+"/"+last.Format("2006-01-02"))
	}
	for _, d := range entity.Durations(text) {
		if d.Months != 0 || d.Days != 0 {
			return taken(d.Span, t.Now.AddDate(0, -d.Months, -d.Days).Format("2006-01-02")+"/"+t.Now.Format("2006-01-02"))
		}
	}
	return found{}
}

// duration reads a length of time; asked for it, the customer may also say "as long as it takes".
func (t *Turn) duration(s *pack.Slot, text string, how manner) found {
	if all := entity.Durations(text); len(all) > 0 {
		return taken(all[0].Span, all[0].Text)
	}
	if how == asked {
		return t.freeText(s, text, how)
	}
	return found{}
}
