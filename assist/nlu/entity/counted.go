package entity

import (
	"slices"
	"strings"
)

// counts reports whether the number of a, which begins at token j and has no currency, belongs to something
// that is no money.
func (r *moneyReader) counts(j int, a *amount) bool {
	s := r.s
	if r.partOfWord(j, a) || r.named(j) || r.measures(a) {
		return true
	}
	if a.n.problem == ProblemAmbiguous && !a.n.loose && s.kind(j) == digit && s.dotted(j) {
		return true
	}
	if a.n.spelt || a.n.dotted || a.n.words && !a.n.scaled && s.kind(j) == word && a.n.problem != "" {
		return !r.alone(a)
	}
	if a.n.words && !a.n.scaled && a.n.micro < 20*one {
		return !r.alone(a)
	}
	// Nine figures and more in one piece are a phone, a card or an order, unless they are round.
	return s.kind(j) == digit && len(s.word(j)) >= 9 && !strings.HasSuffix(s.word(j), "00000")
}

// dotted reports digits with more than one dot, which are versions, addresses and dates.
func (s *source) dotted(j int) bool {
	dots := 0
	for i := j + 1; s.glued(i) && s.is(i, ".") && s.kind(i+1) == digit && s.glued(i+1); i += 2 {
		dots++
	}
	return dots > 1
}

// partOfWord tells numbers that are glued to letters, hyphens, slashes and colons.
func (r *moneyReader) partOfWord(j int, a *amount) bool {
	s := r.s
	if s.kind(j) != digit && !s.is(j, ".") {
		return false
	}
	if s.glued(j) && (s.kind(j-1) == word || s.is(j-1, "/", "#", "@", "_", "*", "+", "№")) {
		return true
	}
	if s.glued(j) && s.is(j-1, "-", ":") && s.glued(j-1) && s.kind(j-2) != han {
		return s.kind(j-2) == word || s.kind(j-2) == digit
	}
	if s.is(j-1, "-") && !a.negative && s.kind(j-2) == word && s.glued(j) {
		return true
	}
	end := a.end
	if s.glued(end) && (s.is(end, "/", ":", "%", "@", "_", "°", "′") || s.kind(end) == word && !s.is(end, "k", "w", "to", "for", "from", "and", "please", "ish")) {
		return true
	}
	if s.glued(end) && s.is(end, "-") && s.glued(end+1) && (s.kind(end+1) == digit || s.kind(end+1) == word) && !s.is(end+1, "ish") {
		return r.rangeEnd(a) == 0
	}
	return false
}

// nouns before a number that say what it numbers.
var numbered = []string{
	"order", "orders", "no", "number", "nr", "ticket", "card", "account", "acct", "ending", "grade", "level", "version", "room", "flat",
	"apt", "apartment", "unit", "code", "pin", "otp", "page", "line", "ext", "extension", "ip", "year", "suite", "step", "option",
	"chapter", "lesson", "class", "error", "ends", "digits", "phone", "tel", "mobile", "floor", "bus", "route", "january", "february",
	"march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr",
	"jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "at",
}

// named reports whether the word before token j says that the number is a name.
func (r *moneyReader) named(j int) bool {
	s := r.s
	before := s.word(j - 1)
	if slices.Contains(numbered, before) {
		return before != "at" || s.kind(j) == digit && len(s.word(j)) <= 2
	}
	if s.is(j-1, ".", "#", ":") && slices.Contains(numbered[:12], s.word(j-2)) {
		return true
	}
	if s.is(j-1, "in", "is", "with") && s.is(j-2, "ending", "ends", "number", "code") {
		return true
	}
	switch before {
	case "第", "初", "周", "期", "拜", "号", "码", "楼", "版", "年":
		return true
	case "卡", "户":
		return s.kind(j) == digit && len(s.word(j)) == 4
	case "月":
		return !s.is(j-2, "每", "个")
	case "是", "为":
		return s.is(j-2, "号", "码", "单", "证")
	}
	return false
}

// units behind a number that say what it measures or counts. Plain nouns are not here: nobody can list them,
// and such an amount is Bare.
var units = []string{
	"gb", "gbs", "g", "mb", "mbps", "tb", "kg", "km", "cm", "mm", "min", "mins", "minute", "minutes", "hour", "hours", "hr", "hrs", "h", "sec",
	"seconds", "second", "day", "days", "week", "weeks", "month", "months", "year", "years", "yr", "yrs", "am", "pm", "a.m", "p.m", "o'clock",
	"oclock", "%", "percent", "points", "point", "times", "items", "item", "pieces", "pcs", "people", "persons", "st", "nd", "rd", "th", "stars", "x",
	"digits", "pounder", "degrees", "students", "kids", "children", "lessons", "classes", "orders", "cards", "accounts", "more", "of", "or", "watt", "watts",
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
	"个", "件", "副", "台", "条", "张", "笔", "次", "天", "日", "号", "月", "年", "点", "时", "分", "秒", "周", "岁", "人", "位", "名", "兆", "级", "班", "期", "楼",
	"层", "路", "弄", "室", "栋", "单", "折", "度", "斤", "米", "流", "套", "门", "节", "课", "星", "组", "根", "只", "双", "把", "本", "页", "寸", "倍", "份", "家",
	"句", "种", "样", "些", "下", "会", "起", "直", "定", "般", "边", "切", "共", "样", "小", "礼", "%", "多", "几", "刻",
}

// measures reports whether the word behind the number says that it is no money.
func (r *moneyReader) measures(a *amount) bool {
	s, i := r.s, a.end
	if !slices.Contains(units, s.word(i)) {
		return false
	}
	switch {
	case s.is(i, "or"): // "500 or so"; else a choice, which the caller sees
		return false
	case s.is(i, "of"), s.is(i, "more"):
		return a.n.words || len(s.word(a.start)) <= 2
	case s.is(i, "g", "m", "h", "x"):
		return true
	case s.is(i, "may"): // "500 may be too much"
		return s.kind(a.start) == digit && len(s.word(a.start)) <= 2
	case s.is(i, "多") && (a.n.scaled || s.kind(a.start) == digit):
		return false
	case s.is(i, "下", "会", "起", "直", "定", "般", "边", "切", "共", "样", "小", "些"): // 一下, 一会, 一起, …
		return !a.n.scaled && a.n.words
	case s.is(i, "日", "周") && a.n.scaled:
		return true
	}
	return true
}

// alone reports whether nothing but fillers stands beside the number: it is the whole answer.
func (r *moneyReader) alone(a *amount) bool {
	for i, t := range r.s.tokens {
		if (i < a.start || i >= a.end) && !isFiller(t) {
			return false
		}
	}
	return true
}
