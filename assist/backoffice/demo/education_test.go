package demo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
)

// schoolNow is a Monday morning.
func schoolNow() time.Time { return time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC) }

// schoolData is another school than the shipped one: other names, ids, times, teachers and levels.
const schoolData = `
banking: {company: {name: B}}
telecom: {company: {name: T}}
ecommerce: {company: {name: S}}
education:
  company: {name: Elm School, name_zh: 榆树学校, currency: USD}
  courses:
    - {id: Q-TOEFL, name: TOEFL Sprint, name_zh: 托福冲刺班, level: advanced, price: "900.00", teacher: Ana Ruiz, classes: [{id: G-1, time: Mon 18:00, seats: 1}, {id: G-2, time: Tue 18:00, seats: 0}], goal: [study abroad, 出国]}
    - {id: Q-DRAW, name: First Drawing, name_zh: 绘画启蒙, level: beginner, price: "450.05", teacher: 何田, classes: [{id: G-3, time: 周日 10:30, seats: 2}], goal: [fun, 兴趣]}
    - {id: Q-M9, name: Grade 9 Maths, name_zh: 初三数学班, level: grade9, price: "700.00", teacher: Ana Ruiz, classes: [{id: G-4, time: Fri 17:00, seats: 3}, {id: G-5, time: Monday 09:00, seats: 3}, {id: G-6, time: Thu 17:00, seats: 0}], goal: [school marks, 提分]}
    - {id: Q-FULL, name: Chess Club, level: club, price: "10.00", teacher: Bo, classes: [{id: G-7, time: Wed 16:00, seats: 0}], goal: []}
  discounts: [{name: twins, name_zh: 双胞胎, percent: 20}, {name: spring, name_zh: 春季, percent: 10, until: +0d}, {name: winter, name_zh: 冬季, percent: 50, until: -1d}]
  exams: [{id: E-T, name: TOEFL, name_zh: 托福, next: +10d, register_until: +0d}, {id: E-D, name: DELF, next: +5d, register_until: -1d}]
  customers:
    - id: F-1
      name: Mia Berg
      phone: "+1 303 555 0101"
      language: en
      students:
        - {id: PU-1, name: Leo Berg, enrolments: [{course: Q-M9, class: G-4}], progress: [{topic: sets, score: 75}, {topic: 概率, topic_en: chance, score: 74}, {topic: graphs, score: 30}], attendance: "3/5", finished: [Q-DRAW]}
        - {id: PU-2, name: Ida Berg, enrolments: [{course: Q-TOEFL, class: G-1}], progress: [{topic: reading, score: 90}, {topic: writing, score: 86}], attendance: "", finished: []}
        - {id: PU-3, name: Per Berg, enrolments: []}
    - id: F-2
      name: 何雨
      phone: "+86 135 0000 9999"
      language: zh
      students: [{id: PU-4, name: 何雨, enrolments: [{course: Q-DRAW, class: G-3}]}]
    - {id: F-3, name: Nobody Yet, phone: "+1 303 555 0303", language: en, students: []}
`

func openSchool(t *testing.T) *demo.Office {
	t.Helper()
	return openCompany(t, "education", schoolData, schoolNow())
}

// schoolCall reads "student=PU-1 date=2026-03-02" as arguments.
func schoolCall(customer, action, args string) backoffice.Call {
	c := backoffice.Call{Action: action, Customer: customer, Args: map[string]string{}, Language: "en", Now: schoolNow()}
	for _, a := range strings.Fields(args) {
		k, v, _ := strings.Cut(a, "=")
		c.Args[k] = v
	}
	return c
}

func TestSchool_RulesOfChanges(t *testing.T) {
	for _, c := range []struct{ customer, action, args, want string }{
		// who
		{"", "enrolments.create", "course=Q-M9 student=PU-1", "unknown_customer"},
		{"F-1", "enrolments.create", "course=Q-M9 student=PU-4", "unknown_student@student"}, // another's, and nobody's
		{"F-1", "enrolments.create", "course=Q-M9 student=PU-9", "unknown_student@student"},
		{"F-1", "enrolments.create", "course=Q-M9", "which_student@student"},
		{"F-3", "enrolments.create", "course=Q-M9", "no_student"},
		{"F-1", "enrolments.create", "course=Q-NONE student=PU-3", "unknown_course@course"},
		// seats
		{"F-1", "enrolments.create", "course=Q-M9 student=PU-3", ""},
		{"F-1", "enrolments.create", "course=Q-M9 student=PU-1", "already_enrolled"},
		{"F-1", "enrolments.create", "course=Q-FULL student=PU-3", "course_full"},
		{"F-1", "enrolments.create", "course=Q-TOEFL student=PU-3", ""}, // the last seat
		{"F-1", "enrolments.create", "course=Q-TOEFL student=PU-3 class_time=2026-03-03T18:00", "class_full"},
		{"F-1", "enrolments.create", "course=Q-TOEFL student=PU-3 class_time=2026-03-03T19:00", "no_class"},
		{"F-1", "enrolments.create", "course=Q-DRAW student=PU-1", ""}, // finished before: may be taken again
		// change of class
		{"F-1", "enrolments.change_class", "course=Q-M9 class_time=2026-03-09T09:00", ""}, // only one student takes it
		{"F-1", "enrolments.change_class", "course=Q-M9 class_time=2026-03-09T09:30", "no_class@class_time"},
		{"F-1", "enrolments.change_class", "course=Q-M9 class_time=2026-03-09", "no_class@class_time"},
		{"F-1", "enrolments.change_class", "course=Q-M9 class_time=2026-03-06T17:00", "same_class@class_time"},
		{"F-1", "enrolments.change_class", "course=Q-M9 class_time=2026-03-05T17:00", "class_full@class_time"},
		{"F-1", "enrolments.change_class", "course=Q-M9 student=PU-2 class_time=2026-03-09T09:00", "not_enrolled"},
		{"F-1", "enrolments.change_class", "course=Q-DRAW student=PU-1 class_time=2026-03-08T10:30", "finished"},
		{"F-2", "enrolments.change_class", "course=Q-M9 class_time=2026-03-09T09:00", "not_enrolled"},
		// leave: today counts, yesterday doesn't; a day without a lesson may be excused
		{"F-1", "attendance.request_leave", "student=PU-1 date=2026-03-02", ""},
		{"F-1", "attendance.request_leave", "student=PU-1 date=2026-03-06", ""},
		{"F-1", "attendance.request_leave", "student=PU-1 date=2026-03-01", "past@date"},
		{"F-1", "attendance.request_leave", "student=PU-1 date=soon", "no_date@date"},
		{"F-1", "attendance.request_leave", "student=PU-3 date=2026-03-06", "no_lessons"},
		{"F-1", "attendance.request_leave", "student=PU-4 date=2026-03-06", "unknown_student@student"},
		{"F-2", "attendance.request_leave", "date=2026-03-08", ""},
		// certificates: of what is finished only
		{"F-1", "certificates.issue", "course=Q-DRAW", ""},
		{"F-1", "certificates.issue", "course=Q-DRAW student=PU-1", ""},
		{"F-1", "certificates.issue", "course=Q-M9 student=PU-1", "not_finished"},
		{"F-1", "certificates.issue", "course=Q-TOEFL student=PU-1", "not_taken"},
		{"F-1", "certificates.issue", "course=Q-DRAW student=PU-4", "unknown_student@student"},
		{"F-2", "certificates.issue", "course=Q-DRAW", "not_finished"},
		// trials are for anybody
		{"", "trials.book", "course=Q-M9 visit_time=2026-03-02T10:01 phone=3035550999", ""},
		{"", "trials.book", "course=Q-M9 visit_time=2026-03-02T10:00 phone=3035550999", "past@visit_time"},
		{"", "trials.book", "course=Q-M9 visit_time=friday phone=3035550999", "no_time@visit_time"},
		{"", "trials.book", "course=Q-M9 visit_time=2026-03-06T17:00 phone=12", "bad_phone@phone"},
		{"", "trials.book", "course=Q-X visit_time=2026-03-06T17:00 phone=3035550999", "unknown_course@course"},
	} {
		if got := refusalOf(t, openSchool(t), schoolCall(c.customer, c.action, c.args), true); got != c.want {
			t.Errorf("%s %s %s: got %q, want %q", c.customer, c.action, c.args, got, c.want)
		}
	}
}

func read(t *testing.T, f *demo.Office, c backoffice.Call) backoffice.Record {
	t.Helper()
	r, err := f.Read(context.Background(), c)
	if err != nil {
		t.Fatalf("%s %v: %v", c.Action, c.Args, err)
	}
	return r
}

func do(t *testing.T, f *demo.Office, key string, c backoffice.Call) backoffice.Record {
	t.Helper()
	r, err := f.Execute(context.Background(), key, c)
	if err != nil {
		t.Fatalf("%s %v: %v", c.Action, c.Args, err)
	}
	return r
}

func TestSchool_TheFirstFreeClassIsTakenAndSeatsAreCounted(t *testing.T) {
	f := openSchool(t)
	// On Monday at 10:00 the class of Monday at 9:00 meets in a week, that of Friday sooner.
	got := do(t, f, "k1", schoolCall("F-1", "enrolments.create", "course=Q-M9 student=PU-3"))
	if got["when"] != "Friday 17:00" || got["first"] != time.Date(2026, 3, 6, 17, 0, 0, 0, time.UTC) || got["price"] != "700.00" {
		t.Errorf("enrolled in %v", got)
	}
	do(t, f, "k2", schoolCall("F-1", "enrolments.create", "course=Q-TOEFL student=PU-3"))
	if code := refusalOf(t, f, schoolCall("F-1", "enrolments.create", "course=Q-TOEFL student=PU-1"), true); code != "course_full" {
		t.Errorf("behind the last seat: got %q, want course_full", code)
	}
	do(t, f, "k3", schoolCall("F-1", "enrolments.change_class", "course=Q-M9 student=PU-3 class_time=2026-03-09T09:00"))
	for _, k := range read(t, f, schoolCall("", "courses.schedule", "course=Q-M9"))["classes"].([]backoffice.Record) {
		want := map[string]int{"G-4": 3, "G-5": 2, "G-6": 0}[k["class"].(string)]
		if k["seats"] != want {
			t.Errorf("class %v has %v seats after enrolling and changing, want %d", k["class"], k["seats"], want)
		}
	}
}

func TestSchool_TermsNameTheFeeAndWhatIsTakenOff(t *testing.T) {
	f := openSchool(t)
	check := func(now time.Time) backoffice.Record {
		c := schoolCall("F-1", "enrolments.create", "course=Q-DRAW student=PU-1")
		c.Now = now
		r, err := f.Check(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := check(schoolNow().Add(13 * time.Hour)) // the last evening of the discount
	if r["price"] != "450.05" || r["reduced"] != "405.05" || r["again"] != true || r["when"] != "Sunday 10:30" {
		t.Errorf("terms: %v", r)
	}
	if r := check(schoolNow().Add(14 * time.Hour)); r["reduced"] != nil {
		t.Errorf("a day after the discount: %v", r)
	}
}

func TestSchool_LeaveNamesTheLessonsAndIsNotedOnce(t *testing.T) {
	f := openSchool(t)
	friday, monday := schoolCall("F-1", "attendance.request_leave", "student=PU-1 date=2026-03-06"), schoolCall("F-1", "attendance.request_leave", "student=PU-1 date=2026-03-02")
	r, err := f.Check(context.Background(), friday)
	if lessons, _ := r["lessons"].([]backoffice.Record); err != nil || len(lessons) != 1 || lessons[0]["at"] != time.Date(2026, 3, 6, 17, 0, 0, 0, time.UTC) {
		t.Errorf("a day with a lesson: %v %v", r, err)
	}
	r, err = f.Check(context.Background(), monday)
	if lessons, _ := r["lessons"].([]backoffice.Record); err != nil || len(lessons) != 0 || r["usual"] != "Grade 9 Maths Friday 17:00" {
		t.Errorf("a day without a lesson: %v %v", r, err)
	}
	do(t, f, "k", friday)
	if code := refusalOf(t, f, friday, true); code != "already_excused" {
		t.Errorf("the same day again: got %q", code)
	}
}
