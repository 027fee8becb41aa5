package entity

import "time"

// midnight is the start of the day of t.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// addDays counts calendar days, whatever the clocks do in between.
func addDays(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+n, 0, 0, 0, 0, t.Location())
}

// addMonths counts months; a day that the month hasn't is its last one.
func addMonths(t time.Time, n int) time.Time {
	first := monthStart(t, n)
	return addDays(first, min(t.Day(), monthDays(first))-1)
}

// monthStart is the first day of the month n months after that of t.
func monthStart(t time.Time, n int) time.Time {
	return time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, t.Location())
}

// monthDays is how many days the month of t has.
func monthDays(t time.Time) int {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// weekStart is the Monday of the week n weeks after that of t.
func weekStart(t time.Time, n int) time.Time {
	return addDays(t, -weekday(t)+7*n)
}

// weekday counts from Monday, 0, to Sunday, 6.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// quarterStart is the first day of the quarter n quarters after that of t.
func quarterStart(t time.Time, n int) time.Time {
	q := (int(t.Month()) - 1) / 3
	return time.Date(t.Year(), time.Month(3*(q+n)+1), 1, 0, 0, 0, 0, t.Location())
}

// yearStart is New Year's Day of the year n years after that of t.
func yearStart(t time.Time, n int) time.Time {
	return time.Date(t.Year()+n, 1, 1, 0, 0, 0, 0, t.Location())
}

// dateOf is the day y-m-d, and whether there is such a day.
func dateOf(y, m, d int, at *time.Location) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, at)
	return t, 1 <= m && m <= 12 && d >= 1 && t.Day() == d
}

// clockOn is the time of day on the day of t.
func clockOn(t time.Time, hour, minute int) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, hour, minute, 0, 0, t.Location())
}

// shift moves t by a length of time, forwards or backwards; days and months keep to midnight, hours and
// minutes to the minute.
func shift(t time.Time, d Duration, sign int) time.Time {
	if d.Clock != 0 && d.Days == 0 && d.Months == 0 {
		return t.Add(time.Duration(sign) * d.Clock).Truncate(time.Minute)
	}
	return addDays(addMonths(t, sign*d.Months), sign*d.Days)
}
