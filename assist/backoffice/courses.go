package backoffice

// Courses are what a school teaches, when, by whom and for how much.
func Courses() Domain {
	which := []Field{{Name: "course", Type: ID}}
	listed := []Field{
		{Name: "course", Type: ID}, {Name: "name", Type: Text}, {Name: "level_text", Type: Text}, {Name: "price", Type: Money},
		{Name: "teacher", Type: Text}, {Name: "times", Type: Text}, {Name: "fits_goal", Type: Bool}, {Name: "fits_level", Type: Bool},
	}
	return Domain{Name: "courses", Actions: []Action{
		{Name: "courses.get", Args: which, Result: course()},
		{Name: "courses.schedule", Args: which, Result: course()},
		{Name: "courses.teachers", Args: which, Result: course()},
		{
			Name: "courses.recommend",
			Args: []Field{{Name: "learning_goal", Type: Text}, {Name: "level", Type: Text}},
			Result: []Field{
				{Name: "courses", Type: List, Optional: true, Fields: listed}, // best first; those that fit the goal, else all
				{Name: "found", Type: Bool},
			},
		},
		{Name: "courses.discounts", Result: []Field{{Name: "discounts", Type: List, Optional: true, Fields: discount()}}},
		{
			// Which courses a level is to be found for.
			Name: "courses.placement", Args: []Field{{Name: "subject", Type: Text}},
			Result: []Field{{Name: "subject", Type: Text}, {Name: "courses", Type: List, Optional: true, Fields: listed}},
		},
	}}
}

// course are the fields of one course.
func course() []Field {
	return []Field{
		{Name: "course", Type: ID}, {Name: "name", Type: Text}, {Name: "level_text", Type: Text}, {Name: "price", Type: Money},
		{Name: "teacher", Type: Text}, {Name: "fits_goal", Type: Bool, Optional: true}, {Name: "fits_level", Type: Bool, Optional: true}, // where one was asked for
		{Name: "also", Type: Text, Optional: true},     // what else the teacher teaches
		{Name: "goals", Type: Text, Optional: true},    // what the course is for
		{Name: "reduced", Type: Money, Optional: true}, // the price with a discount that is for everybody and has an end
		{Name: "reduction", Type: Object, Optional: true, Fields: discount()},
		{Name: "classes", Type: List, Optional: true, Fields: class()},
		{Name: "times", Type: Text}, // of all classes, in words
		{Name: "discounts", Type: List, Optional: true, Fields: discount()},
	}
}

// class are the fields of one class of a course: it meets once a week.
func class() []Field {
	return []Field{
		{Name: "class", Type: ID},
		{Name: "when", Type: Text},     // Saturday 09:00
		{Name: "next", Type: DateTime}, // first meeting after now
		{Name: "seats", Type: Number},  // that are free
		{Name: "full", Type: Bool},
	}
}

func discount() []Field {
	return []Field{
		{Name: "name", Type: Text}, {Name: "percent", Type: Number}, {Name: "until", Type: Date, Optional: true}, {Name: "over", Type: Bool},
	}
}

// Trials are lessons to try a course, for whoever leaves a phone number.
func Trials() Domain {
	return Domain{Name: "trials", Actions: []Action{{
		Name: "trials.book", Change: true,
		Args: []Field{{Name: "course", Type: ID}, {Name: "visit_time", Type: DateTime}, {Name: "phone", Type: Text}},
		Terms: []Field{
			{Name: "name", Type: Text}, {Name: "teacher", Type: Text}, {Name: "in_class", Type: Bool}, // at the time of a regular class
		},
		Result: []Field{{Name: "trial", Type: ID}, {Name: "name", Type: Text}, {Name: "teacher", Type: Text}},
	}}}
}

// Exams are those that a school prepares for.
func Exams() Domain {
	return Domain{Name: "exams", Actions: []Action{{
		Name: "exams.get", Args: []Field{{Name: "exam", Type: ID}},
		Result: []Field{
			{Name: "exam", Type: ID}, {Name: "name", Type: Text},
			{Name: "next", Type: Date, Optional: true}, {Name: "days", Type: Number, Optional: true}, // until the exam
			{Name: "register_until", Type: Date, Optional: true}, {Name: "open", Type: Bool},
			{Name: "courses", Type: Text, Optional: true}, // that prepare for it
		},
	}}}
}
