package demo_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"deskhand/assist/backoffice"
)

func TestSchool_RulesOfReads(t *testing.T) {
	f := openSchool(t)
	for _, c := range []struct{ customer, action, args, want string }{
		{"", "courses.get", "course=Q-M9", ""},
		{"", "courses.get", "course=Q-9", "unknown_course@course"},
		{"", "exams.get", "exam=E-T", ""},
		{"", "exams.get", "exam=E-0", "unknown_exam@exam"},
		{"", "enrolments.get", "", "unknown_customer"},
		{"F-1", "enrolments.get", "", ""},
		{"F-1", "enrolments.get", "student=PU-4", "unknown_student@student"},
		{"F-1", "progress.get", "", "which_student@student"},
		{"F-1", "progress.get", "student=PU-4", "unknown_student@student"},
		{"F-2", "progress.advise", "", ""},
		{"", "materials.find", "course=Q-M9", "unknown_customer"},
		{"F-1", "materials.find", "course=Q-M9", ""},
		{"F-1", "materials.find", "course=Q-DRAW", ""}, // finished
		{"F-2", "materials.find", "course=Q-M9", "not_enrolled"},
		{"F-1", "enrolments.places", "course=Q-M9", ""},
		{"F-1", "enrolments.places", "course=Q-TOEFL", "others_full"},
		{"F-2", "enrolments.places", "course=Q-DRAW", "only_class"},
		{"F-2", "enrolments.places", "course=Q-M9", "not_enrolled"},
	} {
		if got := refusalOf(t, f, schoolCall(c.customer, c.action, c.args), false); got != c.want {
			t.Errorf("%s %s %s: got %q, want %q", c.customer, c.action, c.args, got, c.want)
		}
	}
}

func TestSchool_AdviceGoesByTheScores(t *testing.T) {
	f := openSchool(t)
	r := read(t, f, schoolCall("F-1", "progress.advise", "student=PU-1"))
	var topics []string
	for _, x := range r["weak"].([]backoffice.Record) {
		topics = append(topics, x["topic"].(string))
	}
	if !slices.Equal(topics, []string{"graphs", "chance"}) || r["good"] != false || r["missed"] != 2 { // 75 is not weak
		t.Errorf("advice for the weak: %v %v", topics, r)
	}
	r = read(t, f, schoolCall("F-1", "progress.advise", "student=PU-2"))
	if weak := r["weak"].([]backoffice.Record); len(weak) != 1 || weak[0]["topic"] != "writing" || r["good"] != true {
		t.Errorf("advice for the good: %v", r)
	}
	r = read(t, f, schoolCall("F-1", "progress.get", "student=PU-1"))
	if r["average"] != 60 || r["attendance"] != "3/5" || r["best"] != "sets" || r["weakest"] != "graphs" {
		t.Errorf("progress: %v", r)
	}
}

func TestSchool_RecommendsByGoalThenLevel(t *testing.T) {
	f := openSchool(t)
	for _, c := range []struct {
		goal, level, first string
		found              bool
	}{
		{"study abroad", "advanced", "Q-TOEFL", true},
		{"I want to live overseas one day", "beginner", "Q-TOEFL", true},
		{"想去国外读大学", "高级", "Q-TOEFL", true},
		{"better marks at school", "grade9", "Q-M9", true},
		{"数学提分", "初三", "Q-M9", true},
		{"learn to fly", "beginner", "Q-DRAW", false}, // nothing for that: all, those of the level first
	} {
		call := schoolCall("", "courses.recommend", "")
		call.Args["learning_goal"], call.Args["level"] = c.goal, c.level
		r := read(t, f, call)
		list := r["courses"].([]backoffice.Record)
		if list[0]["course"] != c.first || r["found"] != c.found || !c.found && len(list) != 4 {
			t.Errorf("%s, %s: got %v, found %v; want %s, %v", c.goal, c.level, list[0]["course"], r["found"], c.first, c.found)
		}
	}
}

func TestSchool_ExamsAndDiscountsEndWithTheirLastDay(t *testing.T) {
	f := openSchool(t)
	if r := read(t, f, schoolCall("", "exams.get", "exam=E-T")); r["open"] != true || r["days"] != 10 || r["courses"] != "TOEFL Sprint" {
		t.Errorf("on the last day: %v", r)
	}
	if r := read(t, f, schoolCall("", "exams.get", "exam=E-D")); r["open"] != false {
		t.Errorf("a day late: %v", r)
	}
	over := map[string]bool{}
	for _, d := range read(t, f, schoolCall("", "courses.discounts", ""))["discounts"].([]backoffice.Record) {
		over[d["name"].(string)] = d["over"].(bool)
	}
	if over["twins"] || over["spring"] || !over["winter"] {
		t.Errorf("discounts that are over: %v", over)
	}
}

func TestSchool_ItemsAreOnesOwn(t *testing.T) {
	f := openSchool(t)
	ids := func(kind string, c backoffice.Call) (out []string) {
		items, err := f.Items(context.Background(), kind, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range items {
			out = append(out, x.ID)
		}
		return out
	}
	if got := ids("student", schoolCall("F-1", "", "")); !slices.Equal(got, []string{"PU-1", "PU-2", "PU-3"}) {
		t.Errorf("students of F-1: %v", got)
	}
	if got := ids("student", schoolCall("", "", "")); len(got) != 0 {
		t.Errorf("students of nobody: %v", got)
	}
	want := []string{"2026-03-06T17:00", "2026-03-09T09:00", "2026-03-05T17:00"} // Monday at 9:00 has passed for this week
	if got := ids("class", schoolCall("F-1", "", "course=Q-M9")); !slices.Equal(got, want) {
		t.Errorf("classes: got %v, want %v", got, want)
	}
	courses, err := f.Items(context.Background(), "course", schoolCall("F-1", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range courses {
		for _, name := range x.Names {
			if strings.HasPrefix(name, "no ") || strings.HasPrefix(name, "没") {
				t.Errorf("course %s is called %q: a mere no would name it", x.ID, name)
			}
		}
	}
	if id, err := f.Find(context.Background(), backoffice.Details{Phone: "303-555-0101"}); err != nil || id != "F-1" {
		t.Errorf("found by phone: %v %v", id, err)
	}
}
