package demo

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// lessonClass is a group that meets at the same time every week.
type lessonClass struct {
	ID    string `yaml:"id" json:"id"`
	Time  string `yaml:"time" json:"time"` // "Sat 09:00"
	Seats int    `yaml:"seats" json:"seats"`
}

var weekly = regexp.MustCompile(`^\s*(\S+?)\s*(\d{1,2}):(\d{2})\s*$`)

// meets reads when a class meets; false where its time can't be read.
func (k *lessonClass) meets() (day time.Weekday, hour, minute int, ok bool) {
	m := weekly.FindStringSubmatch(k.Time)
	if m == nil {
		return 0, 0, 0, false
	}
	day, ok = weekday(m[1])
	hour, _ = strconv.Atoi(m[2]) // digits by the expression
	minute, _ = strconv.Atoi(m[3])
	return day, hour, minute, ok && hour < 24 && minute < 60
}

// weekday reads the name of a day in either language.
func weekday(name string) (time.Weekday, bool) {
	low := strings.ToLower(strings.TrimSuffix(name, "."))
	for d := time.Sunday; d <= time.Saturday; d++ {
		full := strings.ToLower(d.String())
		if len(low) >= 3 && strings.HasPrefix(full, low) {
			return d, true
		}
		for _, prefix := range []string{"周", "星期", "礼拜"} {
			if name == prefix+weekdayHan(d) {
				return d, true
			}
		}
	}
	return 0, name == "周天" || name == "星期天"
}

func weekdayHan(d time.Weekday) string { return string([]rune("日一二三四五六")[d]) }

// next is the first meeting after now; zero where the time of the class can't be read.
func (k *lessonClass) next(now time.Time) time.Time {
	day, hour, minute, ok := k.meets()
	if !ok {
		return time.Time{}
	}
	ahead := (int(day) - int(now.Weekday()) + 7) % 7
	at := time.Date(now.Year(), now.Month(), now.Day()+ahead, hour, minute, 0, 0, now.Location())
	if !at.After(now) {
		at = time.Date(now.Year(), now.Month(), now.Day()+ahead+7, hour, minute, 0, 0, now.Location())
	}
	return at
}

// on tells whether the class meets on that day.
func (k *lessonClass) on(date time.Time) (at time.Time, ok bool) {
	day, hour, minute, ok := k.meets()
	if !ok || day != date.Weekday() {
		return time.Time{}, false
	}
	return time.Date(date.Year(), date.Month(), date.Day(), hour, minute, 0, 0, date.Location()), true
}

// text says when the class meets: Saturday 09:00, 周六 09:00.
func (k *lessonClass) text(language string) string {
	day, hour, minute, ok := k.meets()
	if !ok {
		return k.Time
	}
	clock := time.Date(2000, 1, 1, hour, minute, 0, 0, time.UTC).Format("15:04")
	if language == "zh" {
		return "周" + weekdayHan(day) + " " + clock
	}
	return day.String() + " " + clock
}

func (k *lessonClass) full() bool { return k.Seats <= 0 }

func (k *lessonClass) record(c backoffice.Call) backoffice.Record {
	r := backoffice.Record{"class": k.ID, "when": k.text(c.Language), "seats": max(k.Seats, 0), "full": k.full()}
	if at := k.next(c.Now); !at.IsZero() {
		r["next"] = at
	}
	return r
}

// classAt is the class of the course that a class_time means: its id, or a time at which it meets.
func (x *lessonCourse) classAt(value string, now time.Time) *lessonClass {
	at, err := time.ParseInLocation(slotTime, value, now.Location())
	for i := range x.Classes {
		k := &x.Classes[i]
		if sameID(k.ID, value) {
			return k
		}
		if meeting, ok := k.on(at); err == nil && ok && meeting.Equal(at) {
			return k
		}
	}
	return nil
}

// slotTime is how slots hold a time.
const slotTime = "2006-01-02T15:04"

// times says when all classes of a course meet, and which of them are full.
func (x *lessonCourse) times(language string) string {
	var all []string
	for i := range x.Classes {
		k := &x.Classes[i]
		switch {
		case !k.full():
			all = append(all, k.text(language))
		case language == "zh":
			all = append(all, k.text(language)+"（已满）")
		default:
			all = append(all, k.text(language)+" (full)")
		}
	}
	return listed(all, language)
}

// open says when the classes meet that have a free seat, but one.
func (x *lessonCourse) open(language, but string) string {
	var all []string
	for i := range x.Classes {
		if k := &x.Classes[i]; !k.full() && k.ID != but {
			all = append(all, k.text(language))
		}
	}
	return listed(all, language)
}
