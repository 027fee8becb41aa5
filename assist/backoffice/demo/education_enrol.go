package demo

import (
	"slices"

	"deskhand/assist/backoffice"
)

// studentOf is the customer's own student that a call is about; another one's is refused like one that there is not.
// Without a student it is the only one, or the only one that fits.
func (s *school) studentOf(c backoffice.Call, fits func(*student) bool) (*student, error) {
	f := s.family(c.Customer)
	if f == nil {
		return nil, unknownCustomer()
	}
	id := c.Args["student"]
	var all, fitting []*student
	for i := range f.Students {
		x := &f.Students[i]
		if id != "" && sameID(x.ID, id) {
			return x, nil
		}
		if all = append(all, x); fits != nil && fits(x) {
			fitting = append(fitting, x)
		}
	}
	switch {
	case id != "":
		return nil, &backoffice.Refusal{Code: "unknown_student", Slot: "student", Facts: backoffice.Record{"student": id}}
	case len(all) == 0:
		return nil, &backoffice.Refusal{Code: "no_student"}
	case len(all) == 1:
		return all[0], nil
	case len(fitting) == 1:
		return fitting[0], nil
	}
	return nil, &backoffice.Refusal{Code: "which_student", Slot: "student", Facts: backoffice.Record{"names": listed(namesOfStudents(all), c.Language)}}
}

func namesOfStudents(all []*student) []string {
	var names []string
	for _, x := range all {
		names = append(names, x.Name)
	}
	return names
}

// takes is the student's enrolment in a course, nil if there is none.
func (x *student) takes(course string) *enrolment {
	n := slices.IndexFunc(x.Enrolments, func(e enrolment) bool { return sameID(e.Course, course) })
	if n < 0 {
		return nil
	}
	return &x.Enrolments[n]
}

func (x *student) finished(course string) bool {
	return slices.ContainsFunc(x.Finished, func(id string) bool { return sameID(id, course) })
}

func (s *school) enrolmentsGet(c backoffice.Call) (backoffice.Record, error) {
	f := s.family(c.Customer)
	if f == nil {
		return nil, unknownCustomer()
	}
	var who []*student
	if c.Args["student"] == "" {
		for i := range f.Students {
			who = append(who, &f.Students[i])
		}
	} else {
		x, err := s.studentOf(c, nil)
		if err != nil {
			return nil, err
		}
		who = append(who, x)
	}
	var running, finished []backoffice.Record
	for _, x := range who {
		for _, e := range x.Enrolments {
			if r := s.enrolmentRecord(x, e, c); r != nil {
				running = append(running, r)
			}
		}
		for _, id := range x.Finished {
			if course := s.course(id); course != nil {
				finished = append(finished, backoffice.Record{"student_name": x.Name, "course": course.ID, "name": course.name(c.Language)})
			}
		}
	}
	return backoffice.Record{"enrolments": running, "finished": finished, "who": listed(namesOfStudents(who), c.Language)}, nil
}

func (s *school) enrolmentRecord(x *student, e enrolment, c backoffice.Call) backoffice.Record {
	course := s.course(e.Course)
	if course == nil {
		return nil
	}
	r := backoffice.Record{"student": x.ID, "student_name": x.Name, "course": course.ID, "name": course.name(c.Language), "teacher": course.Teacher, "class": e.Class, "when": e.Class}
	if k := course.class(e.Class); k != nil {
		r["when"] = k.text(c.Language)
		if at := k.next(c.Now); !at.IsZero() {
			r["next"] = at
		}
	}
	return r
}

func (s *school) enrolmentsCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	course, err := s.courseOf(c)
	if err != nil {
		return nil, nil, err
	}
	who, err := s.studentOf(c, nil)
	if err != nil {
		return nil, nil, err
	}
	facts := backoffice.Record{"name": course.name(c.Language), "student_name": who.Name, "open": course.open(c.Language, ""), "times": course.times(c.Language)}
	if e := who.takes(course.ID); e != nil {
		facts["when"] = s.whenOf(course, e.Class, c.Language)
		return nil, nil, &backoffice.Refusal{Code: "already_enrolled", Facts: facts}
	}
	k, err := course.seat(c, facts)
	if err != nil {
		return nil, nil, err
	}
	terms := backoffice.Record{
		"name": course.name(c.Language), "student_name": who.Name, "teacher": course.Teacher, "price": course.Price, "class": k.ID,
		"when": k.text(c.Language), "first": k.next(c.Now), "seats": k.Seats, "again": who.finished(course.ID),
	}
	if d := s.forAll(c.Now); d != nil {
		terms["reduced"], terms["reduction"] = decimalOf(reduced(hundredths(course.Price), d.Percent)), d.record(c)
	}
	return terms, func() backoffice.Record {
		k.Seats--
		who.Enrolments = append(who.Enrolments, enrolment{course.ID, k.ID})
		return backoffice.Record{
			"enrolment": s.paper("EN"), "name": terms["name"], "student_name": who.Name, "when": terms["when"], "first": terms["first"], "price": course.Price,
		}
	}, nil
}

// seat is the class that the call wants, else the one that meets next of those with a free seat.
func (x *lessonCourse) seat(c backoffice.Call, facts backoffice.Record) (*lessonClass, error) {
	if wish := c.Args["class_time"]; wish != "" {
		k := x.classAt(wish, c.Now)
		if k != nil && !k.full() {
			return k, nil
		}
		if k == nil {
			return nil, &backoffice.Refusal{Code: "no_class", Facts: facts}
		}
		facts["when"] = k.text(c.Language)
		return nil, &backoffice.Refusal{Code: "class_full", Facts: facts}
	}
	var best *lessonClass
	for i := range x.Classes {
		if k := &x.Classes[i]; !k.full() && !k.next(c.Now).IsZero() && (best == nil || k.next(c.Now).Before(best.next(c.Now))) {
			best = k
		}
	}
	if best == nil {
		return nil, &backoffice.Refusal{Code: "course_full", Facts: facts}
	}
	return best, nil
}

func (s *school) whenOf(x *lessonCourse, class, language string) string {
	if k := x.class(class); k != nil {
		return k.text(language)
	}
	return class
}

// enrolled is the student's own enrolment that a change of class is about.
func (s *school) enrolled(c backoffice.Call) (*lessonCourse, *student, *enrolment, backoffice.Record, error) {
	course, err := s.courseOf(c)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	who, err := s.studentOf(c, func(x *student) bool { return x.takes(course.ID) != nil })
	if err != nil {
		return nil, nil, nil, nil, err
	}
	facts := backoffice.Record{"name": course.name(c.Language), "student_name": who.Name, "times": course.times(c.Language)}
	e := who.takes(course.ID)
	if e == nil {
		code := "not_enrolled"
		if who.finished(course.ID) {
			code = "finished"
		}
		return nil, nil, nil, nil, &backoffice.Refusal{Code: code, Facts: facts}
	}
	facts["now"], facts["open"] = s.whenOf(course, e.Class, c.Language), course.open(c.Language, e.Class)
	return course, who, e, facts, nil
}

func (s *school) enrolmentsPlaces(c backoffice.Call) (backoffice.Record, error) {
	course, _, e, facts, err := s.enrolled(c)
	if err != nil {
		return nil, err
	}
	var places []backoffice.Record
	for i := range course.Classes {
		if k := &course.Classes[i]; !k.full() && k.ID != e.Class {
			places = append(places, k.record(c))
		}
	}
	switch {
	case len(places) > 0:
		return backoffice.Record{"name": facts["name"], "now": facts["now"], "places": places}, nil
	case len(course.Classes) < 2:
		return nil, &backoffice.Refusal{Code: "only_class", Facts: facts}
	}
	return nil, &backoffice.Refusal{Code: "others_full", Facts: facts}
}

func (s *school) enrolmentsChangeClass(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	course, who, e, facts, err := s.enrolled(c)
	if err != nil {
		return nil, nil, err
	}
	k := course.classAt(c.Args["class_time"], c.Now)
	code := ""
	switch {
	case k == nil:
		code = "no_class"
	case k.ID == e.Class:
		code = "same_class"
	case k.full():
		code = "class_full"
	}
	if k != nil {
		facts["when"] = k.text(c.Language)
	}
	if code != "" {
		return nil, nil, &backoffice.Refusal{Code: code, Slot: "class_time", Facts: facts}
	}
	terms := backoffice.Record{
		"name": course.name(c.Language), "student_name": who.Name, "before": facts["now"], "class": k.ID, "when": k.text(c.Language),
		"first": k.next(c.Now), "seats": k.Seats,
	}
	return terms, func() backoffice.Record {
		if old := course.class(e.Class); old != nil {
			old.Seats++
		}
		k.Seats--
		e.Class = k.ID
		return backoffice.Record{"name": terms["name"], "student_name": who.Name, "class": k.ID, "when": terms["when"], "first": terms["first"]}
	}, nil
}
