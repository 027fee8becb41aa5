package demo

import (
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

func (s *school) coursesGet(c backoffice.Call) (backoffice.Record, error) {
	x, err := s.courseOf(c)
	if err != nil {
		return nil, err
	}
	r := s.courseRecord(x, c)
	var classes []backoffice.Record
	for i := range x.Classes {
		classes = append(classes, x.Classes[i].record(c))
	}
	r["classes"] = classes
	r["discounts"] = s.discountRecords(c)
	if d := s.forAll(c.Now); d != nil {
		r["reduced"], r["reduction"] = decimalOf(reduced(hundredths(x.Price), d.Percent)), d.record(c)
	}
	var also []string
	for i := range s.Courses {
		if o := &s.Courses[i]; o.Teacher == x.Teacher && o.ID != x.ID {
			also = append(also, o.name(c.Language))
		}
	}
	if len(also) > 0 {
		r["also"] = listed(also, c.Language)
	}
	return r, nil
}

// courseRecord is a course for a reader.
func (s *school) courseRecord(x *lessonCourse, c backoffice.Call) backoffice.Record {
	r := backoffice.Record{
		"course": x.ID, "name": x.name(c.Language), "level_text": levelText(x.Level, c.Language), "price": x.Price,
		"teacher": x.Teacher, "times": x.times(c.Language), "fits_goal": false, "fits_level": false,
	}
	var goals []string
	for _, g := range x.Goals {
		if isHan(g) == (c.Language == "zh") {
			goals = append(goals, properly(g))
		}
	}
	if len(goals) > 0 {
		r["goals"] = listed(goals, c.Language)
	}
	return r
}

func (s *school) discountRecords(c backoffice.Call) []backoffice.Record {
	var out []backoffice.Record
	for i := range s.Discounts {
		out = append(out, s.Discounts[i].record(c))
	}
	return out
}

func (s *school) coursesDiscounts(c backoffice.Call) (backoffice.Record, error) {
	return backoffice.Record{"discounts": s.discountRecords(c)}, nil
}

func (d *schoolDiscount) record(c backoffice.Call) backoffice.Record {
	r := backoffice.Record{"name": named(d.Name, d.NameZH, c.Language), "percent": d.Percent, "over": d.over(c.Now)}
	if !d.Until.IsZero() {
		r["until"] = d.Until
	}
	return r
}

// over tells whether the last day of the discount has passed; it counts until midnight.
func (d *schoolDiscount) over(now time.Time) bool {
	return !d.Until.IsZero() && dayBefore(d.Until, now)
}

// dayBefore tells whether a day lies before the day of now.
func dayBefore(day, now time.Time) bool {
	return day.In(now.Location()).Format(time.DateOnly) < now.Format(time.DateOnly)
}

// forAll is the best discount that everybody gets who comes in time: one with an end. Others hang on what the school
// must look into, e.g. on brothers and sisters.
func (s *school) forAll(now time.Time) *schoolDiscount {
	var best *schoolDiscount
	for i := range s.Discounts {
		if d := &s.Discounts[i]; !d.Until.IsZero() && !d.over(now) && (best == nil || d.Percent > best.Percent) {
			best = d
		}
	}
	return best
}

// coursesRecommend are the courses for a goal, those of the customer's level first; all courses if none is for that goal.
func (s *school) coursesRecommend(c backoffice.Call) (backoffice.Record, error) {
	var fitting, others []backoffice.Record
	for i := range s.Courses {
		x := &s.Courses[i]
		r := s.courseRecord(x, c)
		r["fits_level"] = sameLevel(x.Level, c.Args["level"])
		if x.serves(c.Args["learning_goal"]) {
			r["fits_goal"] = true
			fitting = append(fitting, r)
		} else {
			others = append(others, r)
		}
	}
	found := len(fitting) > 0
	if !found {
		fitting = others
	}
	slices.SortStableFunc(fitting, func(a, b backoffice.Record) int {
		switch {
		case a["fits_level"] == b["fits_level"]:
			return 0
		case a["fits_level"] == true:
			return -1
		}
		return 1
	})
	return backoffice.Record{"courses": fitting, "found": found}, nil
}

func (s *school) coursesPlacement(c backoffice.Call) (backoffice.Record, error) {
	var out []backoffice.Record
	for i := range s.Courses {
		if x := &s.Courses[i]; x.teaches(c.Args["subject"]) {
			out = append(out, s.courseRecord(x, c))
		}
	}
	return backoffice.Record{"subject": c.Args["subject"], "courses": out}, nil
}

func (s *school) trialsBook(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	x, err := s.courseOf(c)
	if err != nil {
		return nil, nil, err
	}
	facts := backoffice.Record{"name": x.name(c.Language), "times": x.times(c.Language), "value": c.Args["visit_time"]}
	at, err := time.ParseInLocation(slotTime, c.Args["visit_time"], c.Now.Location())
	phone := digitsOf(c.Args["phone"])
	switch {
	case err != nil:
		return nil, nil, &backoffice.Refusal{Code: "no_time", Slot: "visit_time", Facts: facts}
	case !at.After(c.Now):
		return nil, nil, &backoffice.Refusal{Code: "past", Slot: "visit_time", Facts: facts}
	case len(phone) < leastPhone:
		return nil, nil, &backoffice.Refusal{Code: "bad_phone", Slot: "phone", Facts: facts}
	case slices.ContainsFunc(s.Trials, func(t trial) bool { return t.Course == x.ID && t.At.Equal(at) && digitsOf(t.Phone) == phone }):
		facts["at"] = at
		return nil, nil, &backoffice.Refusal{Code: "already_booked", Facts: facts}
	}
	r := backoffice.Record{"name": x.name(c.Language), "teacher": x.Teacher}
	terms := backoffice.Record{"in_class": x.classAt(c.Args["visit_time"], c.Now) != nil}
	for k, v := range r {
		terms[k] = v
	}
	return terms, func() backoffice.Record {
		s.Trials = append(s.Trials, trial{x.ID, at, c.Args["phone"]})
		r["trial"] = s.paper("TL")
		return r
	}, nil
}

func (s *school) examsGet(c backoffice.Call) (backoffice.Record, error) {
	n := slices.IndexFunc(s.Exams, func(e exam) bool { return sameID(e.ID, c.Args["exam"]) })
	if n < 0 {
		return nil, &backoffice.Refusal{Code: "unknown_exam", Slot: "exam", Facts: backoffice.Record{"exam": c.Args["exam"]}}
	}
	e := &s.Exams[n]
	r := backoffice.Record{"exam": e.ID, "name": e.name(c.Language), "open": !e.Register.IsZero() && !dayBefore(e.Register, c.Now)}
	if !e.Next.IsZero() {
		r["next"] = e.Next
		r["days"] = int(startOf(e.Next.In(c.Now.Location())).Sub(startOf(c.Now)).Round(24*time.Hour) / (24 * time.Hour))
	}
	if !e.Register.IsZero() {
		r["register_until"] = e.Register
	}
	var prepare []string
	for i := range s.Courses {
		if x := &s.Courses[i]; x.says(e.Name) || x.says(e.NameZH) {
			prepare = append(prepare, x.name(c.Language))
		}
	}
	if len(prepare) > 0 {
		r["courses"] = listed(prepare, c.Language)
	}
	return r, nil
}

func startOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location())
}

func (e *exam) name(language string) string { return named(e.Name, e.NameZH, language) }

// says tells whether a word stands in the name of the course or its goals.
func (x *lessonCourse) says(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return false
	}
	return slices.ContainsFunc(slices.Concat([]string{x.Name, x.NameZH}, x.Goals), func(n string) bool {
		return strings.Contains(strings.ToLower(n), text)
	})
}
