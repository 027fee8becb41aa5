package demo

import (
	"slices"
	"strconv"
	"strings"
)

// teachable is something that schools teach, or that people learn for.
type teachable struct {
	name   word
	marks  []string // in a course's name or goals: the course is about it
	called []string // what people call it
	wished []string // what people say who learn for it
}

// teachables are subjects.
func teachables() []teachable {
	return []teachable{
		{
			word{"English", "英语"}, []string{"english", "ielts", "toefl", "英语", "雅思", "托福"},
			[]string{"english", "英语", "英文"}, nil,
		},
		{
			word{"maths", "数学"}, []string{"math", "algebra", "geometry", "数学", "奥数"},
			[]string{"maths", "math", "mathematics", "数学"}, []string{"algebra", "geometry", "代数", "几何"},
		},
		{
			word{"programming", "编程"}, []string{"programming", "python", "java", "coding", "编程"},
			[]string{"programming", "coding", "编程"}, []string{"code", "developer", "programmer", "software", "程序员", "写代码", "敲代码", "软件开发", "数据分析"},
		},
		{word{"physics", "物理"}, []string{"physics", "物理"}, []string{"physics", "物理"}, nil},
		{word{"chemistry", "化学"}, []string{"chemistry", "化学"}, []string{"chemistry", "化学"}, nil},
		{word{"biology", "生物"}, []string{"biology", "生物"}, []string{"biology", "生物"}, nil},
		{word{"Chinese", "语文"}, []string{"chinese", "语文", "作文", "中文"}, []string{"chinese", "mandarin", "语文", "中文", "作文"}, nil},
		{word{"Japanese", "日语"}, []string{"japanese", "日语"}, []string{"japanese", "日语"}, nil},
		{word{"French", "法语"}, []string{"french", "法语"}, []string{"french", "法语"}, nil},
		{word{"German", "德语"}, []string{"german", "德语"}, []string{"german", "德语"}, nil},
		{word{"Spanish", "西班牙语"}, []string{"spanish", "西班牙语"}, []string{"spanish", "西班牙语"}, nil},
		{word{"piano", "钢琴"}, []string{"piano", "钢琴"}, []string{"piano", "钢琴"}, nil},
		{word{"drawing", "美术"}, []string{"drawing", "painting", "美术", "画画", "绘画"}, []string{"drawing", "painting", "美术", "画画", "绘画"}, nil},
	}
}

// purposes are what people learn for, whatever the subject.
func purposes() []teachable {
	return []teachable{
		{
			marks:  []string{"study abroad", "出国", "留学", "ielts", "toefl", "雅思", "托福"},
			wished: []string{"abroad", "overseas", "foreign university", "immigration", "emigrate", "出国", "留学", "移民", "国外", "海外"},
		},
		{
			marks:  []string{"career", "转行", "job", "求职"},
			wished: []string{"career", "new job", "better job", "another job", "switch jobs", "switch careers", "change careers", "转行", "换工作", "找工作", "跳槽", "求职", "改行"},
		},
		{
			marks: []string{"marks", "提分", "成绩", "grades"},
			wished: []string{
				"marks", "grades", "school exams", "homework", "catch up", "提分", "成绩", "提高分数", "跟不上", "中考", "补课", "考高分", "及格",
			},
		},
	}
}

// covers tells whether a goal, or a course's name, is about it.
func (t teachable) covers(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(t.marks, func(m string) bool { return strings.Contains(text, m) })
}

// saidIn tells whether a text in small letters speaks of it.
func (t teachable) saidIn(text string) bool {
	return slices.ContainsFunc(slices.Concat(t.marks, t.called, t.wished), func(w string) bool { return strings.Contains(text, strings.ToLower(w)) })
}

// isAbout tells whether the course is about a subject.
func (x *lessonCourse) isAbout(t teachable) bool {
	return slices.ContainsFunc(slices.Concat([]string{x.Name, x.NameZH}, x.Goals), t.covers)
}

// teaches tells whether the course is about the subject that a text names.
func (x *lessonCourse) teaches(subject string) bool {
	low := strings.ToLower(strings.TrimSpace(subject))
	if low == "" {
		return false
	}
	return x.says(low) || slices.ContainsFunc(teachables(), func(t teachable) bool { return t.saidIn(low) && x.isAbout(t) })
}

// properly writes in small letters what demo.yaml does, but for names of exams.
func properly(goal string) string {
	if slices.Contains([]string{"ielts", "toefl", "gre", "gmat", "sat"}, goal) {
		return strings.ToUpper(goal)
	}
	return goal
}

// commonLevels are levels that people commonly say they have.
func commonLevels() []string {
	levels := []string{"beginner", "elementary", "intermediate", "advanced"}
	for n := 1; n <= 12; n++ {
		levels = append(levels, "grade"+strconv.Itoa(n))
	}
	return levels
}

// gradeOf is the school year of a level such as grade8.
func gradeOf(level string) (int, bool) {
	digits, ok := strings.CutPrefix(plainLevel(level), "grade")
	n, err := strconv.Atoi(digits)
	return n, ok && err == nil && 1 <= n && n <= 12
}

func plainLevel(level string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(level))
}

func gradeHan(n int) string {
	return strings.Fields("一年级 二年级 三年级 四年级 五年级 六年级 初一 初二 初三 高一 高二 高三")[n-1]
}

func levelText(level, language string) string {
	if n, ok := gradeOf(level); ok {
		return word{"grade " + strconv.Itoa(n), gradeHan(n)}.in(language)
	}
	w, ok := map[string]word{
		"beginner": {"beginner", "零基础入门"}, "elementary": {"elementary", "初级"}, "intermediate": {"intermediate", "中级"},
		"upperintermediate": {"upper intermediate", "中高级"}, "advanced": {"advanced", "高级"},
	}[plainLevel(level)]
	if !ok {
		return level
	}
	return w.in(language)
}

// levelAliases are what people call a level.
func levelAliases(level string) []string {
	if n, ok := gradeOf(level); ok {
		more := []string{"grade " + strconv.Itoa(n), "year " + strconv.Itoa(n), gradeHan(n)}
		if n >= 7 && n <= 9 {
			more = append(more, string([]rune("七八九")[n-7])+"年级")
		}
		return more
	}
	return map[string][]string{
		"beginner":     {"beginner", "beginners", "complete beginner", "zero", "from scratch", "no experience", "no knowledge", "new to it", "basic", "basics", "never", "nothing", "零基础", "入门", "初学者", "新手", "小白", "没学过", "没基础", "没有基础", "完全不会", "不会"},
		"elementary":   {"elementary", "初级", "一点点", "a little", "a bit"},
		"intermediate": {"intermediate", "medium", "average", "some experience", "some knowledge", "halfway", "中级", "中等", "一般", "有基础", "有一点基础", "有点基础", "学过", "四级", "六级"},
		"advanced":     {"advanced", "expert", "fluent", "very good", "高级", "精通", "熟练", "流利"},
	}[plainLevel(level)]
}

// levelNames are those by which a course may be called. What people say of themselves ("no experience") is not among them:
// a mere no must not name a course.
func levelNames(level string) []string {
	if _, ok := gradeOf(level); ok {
		return levelAliases(level)
	}
	return []string{levelText(level, "en"), levelText(level, "zh")}
}

// sameLevel compares a level with what the slot holds.
func sameLevel(level, held string) bool {
	if plainLevel(level) == plainLevel(held) {
		return held != ""
	}
	low := strings.ToLower(held)
	return slices.ContainsFunc(levelAliases(level), func(a string) bool { return a == low })
}
