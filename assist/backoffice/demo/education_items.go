package demo

import (
	"slices"
	"strings"

	"deskhand/assist/backoffice"
)

// items are what the slots of the school may mean.
func (s *school) items(kind string, c backoffice.Call) ([]backoffice.Item, error) {
	switch kind {
	case "course":
		return s.courseItems(c), nil
	case "student":
		return s.studentItems(c), nil
	case "class":
		return s.classItems(c), nil
	case "exam":
		return s.examItems(), nil
	case "goal":
		return s.goalItems(c), nil
	case "level":
		return s.levelItems(), nil
	case "subject":
		return s.subjectItems(c), nil
	}
	return nil, backoffice.ErrUnsupported
}

// courseItems are all courses. Attributes: taken, own and certifiable tell what they are to the customer.
func (s *school) courseItems(c backoffice.Call) []backoffice.Item {
	f := s.family(c.Customer)
	var out []backoffice.Item
	for i := range s.Courses {
		x := &s.Courses[i]
		taken, finished := f.takes(x.ID), f.finished(x.ID)
		out = append(out, backoffice.Item{
			ID: x.ID, Kind: "course", Names: s.namesOfCourse(x), NameZH: x.NameZH,
			Attributes: map[string]string{
				"price": x.Price, "taken": marked(taken), "own": marked(taken || finished),
				"certifiable": marked(finished || taken && !f.finishedAny()), // who has finished none hears that of the one under way
			},
		})
	}
	return out
}

func marked(is bool) string {
	if is {
		return yes
	}
	return no
}

func (f *family) takes(course string) bool {
	return f != nil && slices.ContainsFunc(f.Students, func(x student) bool { return x.takes(course) != nil })
}

func (f *family) finished(course string) bool {
	return f != nil && slices.ContainsFunc(f.Students, func(x student) bool { return x.finished(course) })
}

func (f *family) finishedAny() bool {
	return f != nil && slices.ContainsFunc(f.Students, func(x student) bool { return len(x.Finished) > 0 })
}

// namesOfCourse are a course's names, its teacher, and what people call it by where no other course could be meant.
func (s *school) namesOfCourse(x *lessonCourse) []string {
	names := []string{x.Name}
	add := func(more ...string) {
		for _, n := range more {
			if n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	add(x.NameZH)
	alone := func(of func(*lessonCourse) bool) bool {
		n := 0
		for i := range s.Courses {
			if of(&s.Courses[i]) {
				n++
			}
		}
		return n == 1
	}
	if alone(func(o *lessonCourse) bool { return o.Teacher == x.Teacher }) {
		add(x.Teacher)
	}
	if alone(func(o *lessonCourse) bool { return o.Level == x.Level }) {
		add(levelNames(x.Level)...)
	}
	for _, g := range x.Goals {
		if !strings.Contains(g, " ") && alone(func(o *lessonCourse) bool { return slices.Contains(o.Goals, g) }) {
			add(g)
		}
	}
	for _, t := range teachables() {
		if x.isAbout(t) && alone(func(o *lessonCourse) bool { return o.isAbout(t) }) {
			add(t.called...)
		}
	}
	return names
}

// studentItems are the customer's students. Attributes: takes and certifiable are about the course of the call.
func (s *school) studentItems(c backoffice.Call) []backoffice.Item {
	f := s.family(c.Customer)
	if f == nil {
		return nil
	}
	var out []backoffice.Item
	for i := range f.Students {
		x := &f.Students[i]
		item := backoffice.Item{ID: x.ID, Kind: "student", Names: []string{x.Name}, Attributes: map[string]string{
			"takes": marked(x.takes(c.Args["course"]) != nil), "certifiable": marked(x.finished(c.Args["course"])),
		}}
		if given := []rune(x.Name); isHan(x.Name) && len(given) == 3 {
			item.Names = append(item.Names, string(given[1:]))
		}
		if x.Name == f.Name {
			item.Attributes["self"] = "true"
		}
		out = append(out, item)
	}
	return out
}

// classItems are the classes of the course, by their first meeting after now. Attribute offered: one can change to it.
func (s *school) classItems(c backoffice.Call) []backoffice.Item {
	x := s.course(c.Args["course"])
	if x == nil {
		return nil
	}
	now := map[string]bool{}
	if f := s.family(c.Customer); f != nil {
		for i := range f.Students {
			who := &f.Students[i]
			if e := who.takes(x.ID); e != nil && (c.Args["student"] == "" || sameID(c.Args["student"], who.ID)) {
				now[e.Class] = true
			}
		}
	}
	var out []backoffice.Item
	for i := range x.Classes {
		k := &x.Classes[i]
		at := k.next(c.Now)
		if at.IsZero() {
			continue
		}
		out = append(out, backoffice.Item{
			ID: at.Format(slotTime), Kind: "class", Names: []string{k.text("en"), k.text("zh")}, NameZH: k.text("zh"), At: at,
			Attributes: map[string]string{"class": k.ID, "offered": marked(!k.full() && !now[k.ID])},
		})
	}
	return out
}

func (s *school) examItems() []backoffice.Item {
	var out []backoffice.Item
	for i := range s.Exams {
		e := &s.Exams[i]
		out = append(out, backoffice.Item{ID: e.ID, Kind: "exam", Names: []string{e.Name}, NameZH: e.NameZH, At: e.Next})
	}
	return out
}

// goalItems are what the courses are for; goals of the same courses are one.
func (s *school) goalItems(c backoffice.Call) []backoffice.Item {
	var out []backoffice.Item
	for _, group := range s.goals() {
		item := backoffice.Item{ID: group[0], Kind: "goal"}
		for _, g := range group {
			if isHan(g) && item.NameZH == "" {
				item.NameZH = g
			}
			if !isHan(g) && len(item.Names) == 0 {
				item.Names = append(item.Names, properly(g))
			}
		}
		if c.Language == "zh" && item.NameZH != "" {
			item.ID = item.NameZH
		}
		item.Names = append(item.Names, group...)
		for _, t := range slices.Concat(teachables(), purposes()) {
			if slices.ContainsFunc(group, t.covers) {
				item.Names = append(item.Names, slices.Concat(t.called, t.wished)...)
			}
		}
		out = append(out, item)
	}
	return out
}

// goals are the goals of the courses, those together that courses have in common.
func (s *school) goals() [][]string {
	var groups [][]string
	for i := range s.Courses {
		own := slices.Clone(s.Courses[i].Goals)
		if len(own) == 0 {
			continue
		}
		groups = slices.DeleteFunc(groups, func(g []string) bool {
			if !slices.ContainsFunc(g, func(x string) bool { return slices.Contains(own, x) }) {
				return false
			}
			for _, x := range own {
				if !slices.Contains(g, x) {
					g = append(g, x)
				}
			}
			own = g
			return true
		})
		groups = append(groups, own)
	}
	return groups
}

// serves tells whether a course is for a goal, as the slot holds it.
func (x *lessonCourse) serves(goal string) bool {
	low := strings.ToLower(strings.TrimSpace(goal))
	if low == "" {
		return false
	}
	for _, g := range x.Goals {
		if strings.Contains(low, strings.ToLower(g)) {
			return true
		}
		for _, t := range slices.Concat(teachables(), purposes()) {
			if t.covers(g) && t.saidIn(low) {
				return true
			}
		}
	}
	return x.teaches(low)
}

// levelItems are the levels of the courses, and behind them those that people commonly have. Attribute taught: a course
// is of that level.
func (s *school) levelItems() []backoffice.Item {
	var out []backoffice.Item
	add := func(level, taught string) {
		if level != "" && !slices.ContainsFunc(out, func(x backoffice.Item) bool { return sameLevel(x.ID, level) }) {
			out = append(out, backoffice.Item{
				ID: level, Kind: "level", Names: append([]string{levelText(level, "en")}, levelAliases(level)...), NameZH: levelText(level, "zh"),
				Attributes: map[string]string{"taught": taught},
			})
		}
	}
	for _, x := range s.Courses {
		add(x.Level, yes)
	}
	for _, level := range commonLevels() {
		add(level, no)
	}
	return out
}

// subjectItems are what people may want to find their level in.
func (s *school) subjectItems(c backoffice.Call) []backoffice.Item {
	var out []backoffice.Item
	for _, t := range teachables() {
		item := backoffice.Item{ID: t.name.in(c.Language), Kind: "subject", Names: slices.Concat([]string{t.name.en}, t.called), NameZH: t.name.zh}
		item.Attributes = map[string]string{"taught": marked(slices.ContainsFunc(s.Courses, func(x lessonCourse) bool { return x.isAbout(t) }))}
		out = append(out, item)
	}
	return out
}
