package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// attendanceLeave notes that a student misses a day. Whoever wants may excuse a day without a lesson; the terms say that
// there is none.
func (s *school) attendanceLeave(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, err := s.studentOf(c, func(x *student) bool { return len(x.Enrolments) > 0 })
	if err != nil {
		return nil, nil, err
	}
	facts := backoffice.Record{"student_name": who.Name, "date": c.Args["date"]}
	day, err := time.ParseInLocation(time.DateOnly, c.Args["date"], c.Now.Location())
	switch {
	case err != nil:
		return nil, nil, &backoffice.Refusal{Code: "no_date", Slot: "date", Facts: facts}
	case dayBefore(day, c.Now):
		return nil, nil, &backoffice.Refusal{Code: "past", Slot: "date", Facts: facts}
	case len(who.Enrolments) == 0:
		return nil, nil, &backoffice.Refusal{Code: "no_lessons", Facts: facts}
	case slices.Contains(who.Leaves, c.Args["date"]):
		return nil, nil, &backoffice.Refusal{Code: "already_excused", Facts: facts}
	}
	var lessons []backoffice.Record
	var usual []string
	for _, e := range who.Enrolments {
		course := s.course(e.Course)
		if course == nil {
			continue
		}
		k := course.class(e.Class)
		if k == nil {
			continue
		}
		usual = append(usual, course.name(c.Language)+" "+k.text(c.Language))
		if at, ok := k.on(day); ok {
			lessons = append(lessons, backoffice.Record{"name": course.name(c.Language), "at": at})
		}
	}
	terms := backoffice.Record{"student_name": who.Name, "lessons": lessons, "usual": listed(usual, c.Language)}
	return terms, func() backoffice.Record {
		who.Leaves = append(who.Leaves, c.Args["date"])
		return backoffice.Record{"leave": s.paper("LV"), "student_name": who.Name, "lessons": lessons}
	}, nil
}

// Scores of 100 below which a topic is weak, and below which it isn't strong.
const (
	weakBelow   = 75
	strongAbove = 85
)

func (m mastery) name(language string) string {
	switch {
	case language == "zh" && m.TopicZH != "":
		return m.TopicZH
	case language != "zh" && m.TopicEN != "":
		return m.TopicEN
	}
	return m.Topic
}

// material is what the school has on a topic: a set of exercises each, with a lesson on video.
func (m mastery) material(language string) string {
	if language == "zh" {
		return "《" + m.name(language) + "》专项练习和讲解视频"
	}
	return "exercise set and video “" + m.name(language) + "”"
}

func (m mastery) record(language string) backoffice.Record {
	return backoffice.Record{"topic": m.name(language), "score": m.Score, "material": m.material(language)}
}

// weakest sorts topics by score, the lowest first.
func (x *student) weakest() []mastery {
	all := slices.Clone(x.Progress)
	slices.SortStableFunc(all, func(a, b mastery) int { return a.Score - b.Score })
	return all
}

// missed is how many lessons the student has missed.
func (x *student) missed() (n int, ok bool) {
	var been, held int
	if _, err := fmt.Sscanf(x.Attendance, "%d/%d", &been, &held); err != nil || held < been {
		return 0, false
	}
	return held - been, true
}

func (s *school) progressGet(c backoffice.Call) (backoffice.Record, error) {
	who, err := s.studentOf(c, nil)
	if err != nil {
		return nil, err
	}
	r := backoffice.Record{"student_name": who.Name}
	s.addAttendance(r, who)
	var topics []backoffice.Record
	sum := 0
	for _, m := range who.Progress {
		topics = append(topics, m.record(c.Language))
		sum += m.Score
	}
	if n := len(topics); n > 0 {
		sorted := who.weakest()
		r["topics"], r["average"] = topics, (sum*2+n)/(2*n)
		r["weakest"], r["best"] = sorted[0].name(c.Language), sorted[n-1].name(c.Language)
	}
	var courses []string
	for _, e := range who.Enrolments {
		if course := s.course(e.Course); course != nil {
			courses = append(courses, course.name(c.Language))
		}
	}
	if len(courses) > 0 {
		r["courses"] = listed(courses, c.Language)
	}
	return r, nil
}

func (s *school) addAttendance(r backoffice.Record, who *student) {
	if who.Attendance == "" {
		return
	}
	r["attendance"] = who.Attendance
	if n, ok := who.missed(); ok {
		r["missed"] = n
	}
}

func (s *school) progressAdvise(c backoffice.Call) (backoffice.Record, error) {
	who, err := s.studentOf(c, nil)
	if err != nil {
		return nil, err
	}
	r := backoffice.Record{"student_name": who.Name, "good": false}
	s.addAttendance(r, who)
	var weak []backoffice.Record
	var strong []string
	for _, m := range who.weakest() {
		if m.Score < weakBelow {
			weak = append(weak, m.record(c.Language))
		}
		if m.Score > strongAbove {
			strong = append(strong, m.name(c.Language))
		}
	}
	if sorted := who.weakest(); len(weak) == 0 && len(sorted) > 0 {
		weak, r["good"] = []backoffice.Record{sorted[0].record(c.Language)}, true
	}
	r["weak"] = weak
	if len(strong) > 0 {
		r["strong"] = listed(strong, c.Language)
	}
	return r, nil
}

func (s *school) materialsFind(c backoffice.Call) (backoffice.Record, error) {
	course, err := s.courseOf(c)
	if err != nil {
		return nil, err
	}
	f := s.family(c.Customer)
	if f == nil {
		return nil, unknownCustomer()
	}
	r := backoffice.Record{"course": course.ID, "name": course.name(c.Language), "finished": false}
	own := false
	var topics []backoffice.Record
	for i := range f.Students {
		x := &f.Students[i]
		running := x.takes(course.ID) != nil
		own = own || running || x.finished(course.ID)
		if !running || len(x.Enrolments) > 1 {
			continue // whose topics can't be told to be of this course
		}
		for _, m := range x.Progress {
			topics = append(topics, m.record(c.Language))
		}
	}
	if !own {
		return nil, &backoffice.Refusal{Code: "not_enrolled", Facts: backoffice.Record{"name": course.name(c.Language)}}
	}
	r["topics"], r["finished"] = topics, !slices.ContainsFunc(f.Students, func(x student) bool { return x.takes(course.ID) != nil })
	return r, nil
}

func (s *school) certificatesIssue(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	course, err := s.courseOf(c)
	if err != nil {
		return nil, nil, err
	}
	who, err := s.studentOf(c, func(x *student) bool { return x.finished(course.ID) })
	if err != nil {
		return nil, nil, err
	}
	facts := backoffice.Record{"name": course.name(c.Language), "student_name": who.Name}
	switch {
	case who.finished(course.ID):
	case who.takes(course.ID) != nil:
		return nil, nil, &backoffice.Refusal{Code: "not_finished", Facts: facts}
	default:
		return nil, nil, &backoffice.Refusal{Code: "not_taken", Facts: facts}
	}
	terms := backoffice.Record{"name": facts["name"], "student_name": who.Name, "again": slices.Contains(who.Issued, course.ID)}
	return terms, func() backoffice.Record {
		who.Issued = append(who.Issued, course.ID)
		return backoffice.Record{"certificate": s.paper("CT"), "name": terms["name"], "student_name": who.Name}
	}, nil
}

// isHan tells whether a text is written in Chinese.
func isHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return 0x4e00 <= r && r <= 0x9fff })
}
