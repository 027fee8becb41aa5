package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// school is the demo company of the industry education.
type school struct {
	Company   about            `yaml:"company" json:"company"`
	Courses   []lessonCourse   `yaml:"courses" json:"courses"`
	Discounts []schoolDiscount `yaml:"discounts" json:"discounts"`
	Exams     []exam           `yaml:"exams" json:"exams"`
	Customers []family         `yaml:"customers" json:"customers"`
	Trials    []trial          `yaml:"-" json:"trials"`
	Papers    int              `yaml:"-" json:"papers"` // references given out since the start
}

type lessonCourse struct {
	ID      string        `yaml:"id" json:"id"`
	Name    string        `yaml:"name" json:"name"`
	NameZH  string        `yaml:"name_zh" json:"name_zh"`
	Level   string        `yaml:"level" json:"level"`
	Price   string        `yaml:"price" json:"price"`
	Teacher string        `yaml:"teacher" json:"teacher"`
	Classes []lessonClass `yaml:"classes" json:"classes"`
	Goals   []string      `yaml:"goal" json:"goal"`
}

type schoolDiscount struct {
	Name    string    `yaml:"name" json:"name"`
	NameZH  string    `yaml:"name_zh" json:"name_zh"`
	Percent int       `yaml:"percent" json:"percent"`
	Until   time.Time `yaml:"until" json:"until"`
}

type exam struct {
	ID       string    `yaml:"id" json:"id"`
	Name     string    `yaml:"name" json:"name"`
	NameZH   string    `yaml:"name_zh" json:"name_zh"`
	Next     time.Time `yaml:"next" json:"next"`
	Register time.Time `yaml:"register_until" json:"register_until"`
}

// family is a customer and the students that the customer speaks for.
type family struct {
	ID       string    `yaml:"id" json:"id"`
	Name     string    `yaml:"name" json:"name"`
	Phone    string    `yaml:"phone" json:"phone"`
	Email    string    `yaml:"email" json:"email"`
	Language string    `yaml:"language" json:"language"`
	Students []student `yaml:"students" json:"students"`
}

type student struct {
	ID         string      `yaml:"id" json:"id"`
	Name       string      `yaml:"name" json:"name"`
	Enrolments []enrolment `yaml:"enrolments" json:"enrolments"`
	Progress   []mastery   `yaml:"progress" json:"progress"`
	Attendance string      `yaml:"attendance" json:"attendance"` // lessons attended of those held: 11/12
	Finished   []string    `yaml:"finished" json:"finished"`     // course ids
	Leaves     []string    `yaml:"-" json:"leaves"`              // days, 2006-01-02
	Issued     []string    `yaml:"-" json:"issued"`              // courses with a certificate
}

type enrolment struct {
	Course string `yaml:"course" json:"course"`
	Class  string `yaml:"class" json:"class"`
}

// mastery is how well a student knows a topic, of 100.
type mastery struct {
	Topic   string `yaml:"topic" json:"topic"`
	TopicEN string `yaml:"topic_en" json:"topic_en"`
	TopicZH string `yaml:"topic_zh" json:"topic_zh"`
	Score   int    `yaml:"score" json:"score"`
}

// trial is a lesson that somebody tries a course with.
type trial struct {
	Course string    `json:"course"`
	At     time.Time `json:"at"`
	Phone  string    `json:"phone"`
}

func (s *school) profile() backoffice.Profile {
	p := s.Company.profile()
	p.Country = map[string]string{"USD": "US", "CNY": "CN", "GBP": "GB"}[s.Company.Currency]
	var students []string
	for _, f := range s.Customers {
		for _, x := range f.Students {
			students = append(students, x.ID)
		}
	}
	if shape := shapeOf(students); strings.Contains(shape, "9") {
		p.Shapes = map[string]string{"student": shape}
	}
	return p
}

func (s *school) person(id string) (backoffice.Person, bool) {
	f := s.family(id)
	if f == nil {
		return backoffice.Person{}, false
	}
	p := backoffice.Person{ID: f.ID, Name: f.Name, Phone: f.Phone, Email: f.Email, Language: f.Language}
	for i := range f.Students {
		for _, e := range f.Students[i].Enrolments {
			x := s.course(e.Course)
			if x == nil {
				continue
			}
			parts := []string{f.Students[i].Name, x.name(f.Language)}
			if k := x.class(e.Class); k != nil {
				parts = append(parts, k.text(f.Language))
			}
			p.Notes = append(p.Notes, listedShort(parts, f.Language))
		}
	}
	return p, true
}

// listedShort joins the parts of a note.
func listedShort(parts []string, language string) string {
	if language == "zh" {
		return strings.Join(parts, "，")
	}
	return strings.Join(parts, ", ")
}

func (s *school) find(by backoffice.Details) (string, bool) {
	for _, f := range s.Customers {
		if by.OrderID == "" && samePhone(f.Phone, by.Phone) {
			return f.ID, true
		}
	}
	return "", false
}

func (s *school) family(id string) *family {
	n := slices.IndexFunc(s.Customers, func(f family) bool { return f.ID == id && id != "" })
	if n < 0 {
		return nil
	}
	return &s.Customers[n]
}

func (s *school) course(id string) *lessonCourse {
	n := slices.IndexFunc(s.Courses, func(x lessonCourse) bool { return sameID(x.ID, id) })
	if n < 0 {
		return nil
	}
	return &s.Courses[n]
}

// courseOf is the course that a call is about.
func (s *school) courseOf(c backoffice.Call) (*lessonCourse, error) {
	if x := s.course(c.Args["course"]); x != nil {
		return x, nil
	}
	return nil, &backoffice.Refusal{Code: "unknown_course", Slot: "course", Facts: backoffice.Record{"course": c.Args["course"], "offered": s.offered(c.Language)}}
}

// offered names all courses.
func (s *school) offered(language string) string {
	var names []string
	for i := range s.Courses {
		names = append(names, s.Courses[i].name(language))
	}
	return listed(names, language)
}

func (x *lessonCourse) name(language string) string { return named(x.Name, x.NameZH, language) }

func (x *lessonCourse) class(id string) *lessonClass {
	n := slices.IndexFunc(x.Classes, func(k lessonClass) bool { return k.ID == id })
	if n < 0 {
		return nil
	}
	return &x.Classes[n]
}

func (s *school) actions() map[string]rule {
	return map[string]rule{
		"courses.get":              {read: s.coursesGet},
		"courses.schedule":         {read: s.coursesGet},
		"courses.teachers":         {read: s.coursesGet},
		"courses.recommend":        {read: s.coursesRecommend},
		"courses.discounts":        {read: s.coursesDiscounts},
		"courses.placement":        {read: s.coursesPlacement},
		"trials.book":              {change: s.trialsBook},
		"exams.get":                {read: s.examsGet},
		"enrolments.get":           {read: s.enrolmentsGet},
		"enrolments.create":        {change: s.enrolmentsCreate},
		"enrolments.places":        {read: s.enrolmentsPlaces},
		"enrolments.change_class":  {change: s.enrolmentsChangeClass},
		"attendance.request_leave": {change: s.attendanceLeave},
		"progress.get":             {read: s.progressGet},
		"progress.advise":          {read: s.progressAdvise},
		"materials.find":           {read: s.materialsFind},
		"certificates.issue":       {change: s.certificatesIssue},
		"privacy.export":           {change: s.privacyExport},
	}
}

func (s *school) privacyExport(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	f := s.family(c.Customer)
	if f == nil {
		return nil, nil, unknownCustomer()
	}
	return backoffice.Record{"email": f.Email, "phone": f.Phone}, func() backoffice.Record {
		return backoffice.Record{"reference": s.paper("PD"), "ready": c.Now.AddDate(0, 0, 2)}
	}, nil
}

// paper is the reference of something that the school wrote down.
func (s *school) paper(kind string) string {
	s.Papers++
	return fmt.Sprintf("%s-%06d", kind, 520000+s.Papers*41)
}
