package lang

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Number writes n with the thousands apart.
func (c *Catalogue) Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	digits := strings.TrimPrefix(s, "-")
	if len(digits) <= 4 && c.Tag() == Chinese || len(digits) <= 3 {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:len(s)-len(digits)])
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Bytes writes a file's size.
func (c *Catalogue) Bytes(n int64) string {
	switch {
	case n < 1000:
		return c.Number(n) + " B"
	case n < 1000*1000:
		return c.Number((n+500)/1000) + " kB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

// Clock writes the time of day: "14:02".
func (c *Catalogue) Clock(t time.Time) string { return t.In(c.location).Format("15:04") }

// Day writes a day as people say it: today, yesterday, tomorrow, a weekday and date, with the year if it is another.
func (c *Catalogue) Day(t, now time.Time) string {
	t, now = t.In(c.location), now.In(c.location)
	switch daysBetween(t, now) {
	case 0:
		return c.T("time.today")
	case 1:
		return c.T("time.yesterday")
	case -1:
		return c.T("time.tomorrow")
	}
	if c.Tag() == Chinese {
		weekday := [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}[t.Weekday()]
		if t.Year() != now.Year() {
			return t.Format("2006年1月2日 ") + weekday
		}
		return t.Format("1月2日 ") + weekday
	}
	if t.Year() != now.Year() {
		return t.Format("Mon, Jan 2, 2006")
	}
	return t.Format("Mon, Jan 2")
}

// Date writes a date in short, with the year if it is another: "Nov 9".
func (c *Catalogue) Date(t, now time.Time) string {
	t, now = t.In(c.location), now.In(c.location)
	layout := "Jan 2"
	if c.Tag() == Chinese {
		layout = "1月2日"
	}
	if t.Year() != now.Year() {
		layout = "Jan 2, 2006"
		if c.Tag() == Chinese {
			layout = "2006年1月2日"
		}
	}
	return t.Format(layout)
}

// Moment writes day and time of something past or to come, without the day if it is today.
func (c *Catalogue) Moment(t, now time.Time) string {
	if daysBetween(t.In(c.location), now.In(c.location)) == 0 {
		return c.Clock(t)
	}
	return c.Day(t, now) + " " + c.Clock(t)
}

// SameDay tells whether two moments are on the same day where the reader is.
func (c *Catalogue) SameDay(a, b time.Time) bool {
	return daysBetween(a.In(c.location), b.In(c.location)) == 0
}

// Location is where the reader is.
func (c *Catalogue) Location() *time.Location { return c.location }

// daysBetween is how many midnights lie between a and b.
func daysBetween(a, b time.Time) int {
	midnight := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	}
	return int(math.Round(midnight(b).Sub(midnight(a)).Hours() / 24)) // negative where a is to come
}

// Ago writes in a few letters how long something is past: "now", "2m", "3h", then the date.
func (c *Catalogue) Ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case d < time.Minute:
		return c.T("time.now")
	case d < time.Hour:
		return c.T("time.minutes", "n", int(d.Minutes()))
	case d < 24*time.Hour:
		return c.T("time.hours", "n", int(d.Hours()))
	case d < 7*24*time.Hour:
		return c.T("time.days", "n", int(d.Hours()/24))
	}
	return c.Date(t, now)
}

// Wait writes a running time: "0:48", "12:05", "1:02:03". It is the same in all languages.
func (c *Catalogue) Wait(d time.Duration) string {
	s := max(0, int(d.Seconds()))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Left writes how long there is still time, in hours and minutes; never less than a minute.
func (c *Catalogue) Left(d time.Duration) string {
	minutes := max(1, int(d.Minutes()))
	if minutes < 60 {
		return c.T("time.left.minutes", "m", minutes)
	}
	return c.T("time.left.hours", "h", minutes/60, "m", minutes%60)
}
