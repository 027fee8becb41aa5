package backoffice

// Enrolments are the courses that a school's students take.
func Enrolments() Domain {
	return Domain{Name: "enrolments", Actions: []Action{
		{
			Name: "enrolments.get", Args: []Field{{Name: "student", Type: ID, Optional: true}}, // without a student: all of them
			Result: []Field{
				{Name: "enrolments", Type: List, Optional: true, Fields: []Field{
					{Name: "student", Type: ID}, {Name: "student_name", Type: Text}, {Name: "course", Type: ID}, {Name: "name", Type: Text},
					{Name: "class", Type: ID}, {Name: "when", Type: Text}, {Name: "next", Type: DateTime, Optional: true}, {Name: "teacher", Type: Text},
				}},
				{Name: "finished", Type: List, Optional: true, Fields: []Field{
					{Name: "student_name", Type: Text}, {Name: "course", Type: ID}, {Name: "name", Type: Text},
				}},
				{Name: "who", Type: Text}, // whose they are
			},
		},
		{
			Name: "enrolments.create", Change: true,
			// The class may be left to the school: the first one with a free seat.
			Args: []Field{{Name: "course", Type: ID}, {Name: "student", Type: ID}, {Name: "class_time", Type: DateTime, Optional: true}},
			Terms: []Field{
				{Name: "name", Type: Text}, {Name: "student_name", Type: Text}, {Name: "teacher", Type: Text}, {Name: "price", Type: Money},
				{Name: "class", Type: ID}, {Name: "when", Type: Text}, {Name: "first", Type: DateTime}, {Name: "seats", Type: Number},
				{Name: "reduced", Type: Money, Optional: true}, {Name: "reduction", Type: Object, Optional: true, Fields: discount()},
				{Name: "again", Type: Bool}, // the student has finished this course before
			},
			Result: []Field{
				{Name: "enrolment", Type: ID}, {Name: "name", Type: Text}, {Name: "student_name", Type: Text},
				{Name: "when", Type: Text}, {Name: "first", Type: DateTime}, {Name: "price", Type: Money},
			},
		},
		{
			// Tells early, before a class is asked for, whether there is one to change to.
			Name: "enrolments.places", Args: []Field{{Name: "course", Type: ID}, {Name: "student", Type: ID, Optional: true}},
			Result: []Field{{Name: "name", Type: Text}, {Name: "now", Type: Text}, {Name: "places", Type: List, Fields: class()}},
		},
		{
			Name: "enrolments.change_class", Change: true,
			Args: []Field{{Name: "course", Type: ID}, {Name: "class_time", Type: DateTime}, {Name: "student", Type: ID, Optional: true}},
			Terms: []Field{
				{Name: "name", Type: Text}, {Name: "student_name", Type: Text}, {Name: "before", Type: Text},
				{Name: "class", Type: ID}, {Name: "when", Type: Text}, {Name: "first", Type: DateTime}, {Name: "seats", Type: Number},
			},
			Result: []Field{{Name: "name", Type: Text}, {Name: "student_name", Type: Text}, {Name: "class", Type: ID}, {Name: "when", Type: Text}, {Name: "first", Type: DateTime}},
		},
	}}
}

// Attendance is who comes to which lesson.
func Attendance() Domain {
	lessons := Field{Name: "lessons", Type: List, Optional: true, Fields: []Field{{Name: "name", Type: Text}, {Name: "at", Type: DateTime}}}
	return Domain{Name: "attendance", Actions: []Action{{
		Name: "attendance.request_leave", Change: true,
		Args:   []Field{{Name: "student", Type: ID, Optional: true}, {Name: "date", Type: Date}},
		Terms:  []Field{{Name: "student_name", Type: Text}, lessons, {Name: "usual", Type: Text, Optional: true}}, // no lessons that day: when there are
		Result: []Field{{Name: "leave", Type: ID}, {Name: "student_name", Type: Text}, lessons},
	}}}
}

// Progress is how a student gets on, and what to do about it.
func Progress() Domain {
	who := []Field{{Name: "student", Type: ID, Optional: true}}
	topic := []Field{{Name: "topic", Type: Text}, {Name: "score", Type: Number}, {Name: "material", Type: Text, Optional: true}}
	return Domain{Name: "progress", Actions: []Action{
		{
			Name: "progress.get", Args: who,
			Result: []Field{
				{Name: "student_name", Type: Text}, {Name: "topics", Type: List, Optional: true, Fields: topic}, {Name: "courses", Type: Text, Optional: true},
				{Name: "average", Type: Number, Optional: true}, {Name: "best", Type: Text, Optional: true}, {Name: "weakest", Type: Text, Optional: true},
				{Name: "attendance", Type: Text, Optional: true}, {Name: "missed", Type: Number, Optional: true},
			},
		},
		{
			Name: "progress.advise", Args: who,
			Result: []Field{
				{Name: "student_name", Type: Text}, {Name: "weak", Type: List, Optional: true, Fields: topic}, // weakest first
				{Name: "good", Type: Bool}, // nothing is weak: weak holds what could still be better
				{Name: "strong", Type: Text, Optional: true}, {Name: "missed", Type: Number, Optional: true}, {Name: "attendance", Type: Text, Optional: true},
			},
		},
	}}
}

// Materials are what a course works with.
func Materials() Domain {
	return Domain{Name: "materials", Actions: []Action{{
		Name: "materials.find", Args: []Field{{Name: "course", Type: ID}},
		Result: []Field{
			{Name: "course", Type: ID}, {Name: "name", Type: Text},
			{Name: "topics", Type: List, Optional: true, Fields: []Field{{Name: "topic", Type: Text}, {Name: "score", Type: Number}, {Name: "material", Type: Text}}},
			{Name: "finished", Type: Bool},
		},
	}}}
}

// Certificates say that a student has finished a course.
func Certificates() Domain {
	return Domain{Name: "certificates", Actions: []Action{{
		Name: "certificates.issue", Change: true,
		Args:   []Field{{Name: "course", Type: ID}, {Name: "student", Type: ID, Optional: true}},
		Terms:  []Field{{Name: "name", Type: Text}, {Name: "student_name", Type: Text}, {Name: "again", Type: Bool}}, // issued before
		Result: []Field{{Name: "certificate", Type: ID}, {Name: "name", Type: Text}, {Name: "student_name", Type: Text}},
	}}}
}
