package entity

import "time"

// Grain is how finely a date is told.
type Grain uint8

// The grains. A time of day without minutes ("in the morning") is DayPart.
const (
	Minute Grain = iota + 1
	DayPart
	Day
	Week
	Month
	Quarter
	Year
	Range // from one day to another
)

// Date is a resolved date, date with time, or period. From is in it, To is the first moment behind it; with
// Minute both are the moment itself.
type Date struct {
	Span
	From, To  time.Time // in the location of Context.Now
	Grain     Grain
	Past      bool       // it is over: To is not behind Now
	Vague     bool       // no certain date: 改天, "sometime next week", "before the weekend"; From and To may be zero
	Ambiguous bool       // 3/4 may be two dates, "at 5" two times; Other is the other one
	Other     *time.Time // the other reading of From
	TimeOnly  bool       // a clock time without a date; From is the next such time
	Invalid   bool       // no such date: February 30, 25:00; From and To are zero
}

// Day is From as 2006-01-02.
func (d Date) Day() string { return d.From.Format(time.DateOnly) }

// Minute is From as 2006-01-02T15:04, local time.
func (d Date) Minute() string { return d.From.Format("2006-01-02T15:04") }

// HasTime reports whether the date has a clock time.
func (d Date) HasTime() bool { return d.Grain == Minute }

// Dates finds dates, times and periods in the order of the text. A date and the time of day said with it are
// one, wherever in the same clause they stand.
func Dates(text string, c Context) []Date { return nil }

// Duration is a length of time: Months and Days of the calendar and Clock beside them.
type Duration struct {
	Span
	Months, Days int
	Clock        time.Duration
	Approximate  bool
}

// Durations finds lengths of time in the order of the text: "18 months", 两年半, "half an hour".
func Durations(text string) []Duration { return nil }
