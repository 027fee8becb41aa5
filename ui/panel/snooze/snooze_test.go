package snooze_test

import (
	"testing"
	"time"

	"deskhand/assist/wire"
	"deskhand/ui/panel"
	"deskhand/ui/panel/paneltest"
	"deskhand/ui/panel/snooze"
)

func TestParse(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	for s, want := range map[string]string{"14:30": "2026-03-02 14:30", "9:00": "2026-03-03 09:00", "2026-03-05 08:15": "2026-03-05 08:15",
		" 2026/3/5 8:15 ": "2026-03-05 08:15", "3-1 8:00": "2027-03-01 08:00", "12：05": "2026-03-02 12:05",
		"2026-03-01 10:00": "", "2028-01-01 10:00": "", "soon": "", "": "", "25:00": ""} {
		got, ok := snooze.Parse(s, now, time.UTC)
		if ok != (want != "") || ok && got.Format("2006-01-02 15:04") != want {
			t.Errorf("%q: got %v %t, want %q", s, got, ok, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2026-03-05 08:15")
	now := time.Date(2026, 2, 28, 23, 59, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		if at, ok := snooze.Parse(s, now, time.UTC); ok && !at.After(now) {
			t.Errorf("%q: %v is past", s, at)
		}
	})
}

func TestSnoozeTimes_MondayOnlyWhenItIsNotTomorrow(t *testing.T) {
	for _, v := range []struct {
		day  int // of March 2026; the 1st is a Sunday
		want int
	}{{1, 2}, {2, 3}, {6, 3}, {7, 3}} {
		now := time.Date(2026, 3, v.day, 16, 0, 0, 0, time.UTC)
		times := panel.SnoozeTimes(now, time.UTC)
		if len(times) != v.want {
			t.Errorf("March %d: %d times, want %d", v.day, len(times), v.want)
		}
		for _, x := range times {
			if !x.At.After(now) || x.Key == "snooze.monday" && (x.At.Weekday() != time.Monday || x.At.Hour() != 9) {
				t.Errorf("March %d: %s is %v", v.day, x.Key, x.At)
			}
		}
	}
}

func TestUntil_TellsWhen(t *testing.T) {
	f := paneltest.New(t)
	snooze.Until(f.Desk, 4, f.Clock.Add(time.Hour))
	c := f.Fake.Calls[0].(wire.AgentDo)
	if c.Do != wire.DoSnooze || !c.Until.Equal(f.Clock.Add(time.Hour)) || len(f.Told) != 1 || f.Told[0] != "Put off until 11:00, or until the customer writes." {
		t.Errorf("heard %+v, told %q", c, f.Told)
	}
}
