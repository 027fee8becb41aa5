package entity

import "strings"

// hanPlaces are the characters that names of places end with, from large to small.
const hanPlaces = "省市区县镇乡村路街道巷弄里苑园厦场座栋幢楼"

// hanAddress reads a Chinese address that begins at token i: at least one kind of place, then a street or
// estate, and a number.
func (s *source) hanAddress(i int) (start, end int) {
	if s.kind(i) != han || i > 0 && s.kind(i-1) == han && !s.leadsIn(i) {
		return 0, 0
	}
	if s.leadsIn(i+1) || s.longest(i, leadIns) > 0 {
		return 0, 0
	}
	streets, numbers, kinds := 0, 0, 0
	last := 0
	k := i
scan:
	for ; k < len(s.tokens); k++ {
		w := s.word(k)
		switch {
		case s.kind(k) == mark && !s.is(k, "-", "#", ",", "、", "(", ")", "/", "·"):
			break scan
		case s.is(k, ",", "、") && (kinds == 0 || !s.addressGoesOn(k+1)):
			break scan
		case k > i && streets == 0 && s.longest(k, leadIns) > 0 && !s.is(k, "是"):
			return 0, 0 // the address begins behind that
		case s.after(k, "谢谢") > 0 || s.after(k, "麻烦") > 0 || s.after(k, "可以吗") > 0 || s.after(k, "行吗") > 0 || s.after(k, "不是") > 0:
			break scan
		case s.is(k, "吧", "吗", "的", "了", "呢", "啊") || s.after(k, "这个") > 0:
			break scan
		case s.kind(k) == digit || hanDigit(w) >= 0 && s.is(k+1, "号", "栋", "幢", "楼", "室", "单", "弄", "层", "座"):
			numbers++
		}
		if s.kind(k) == han && strings.Contains(hanPlaces, w) {
			kinds++
			if strings.Contains("路街道巷弄里苑园厦场村", w) {
				streets++
			}
		}
		last = k + 1
	}
	if streets == 0 || numbers == 0 || kinds == 0 || last-i < 4 {
		return 0, 0
	}
	return i, s.trimMarks(last)
}

// addressGoesOn reports whether what follows a comma still tells a place.
func (s *source) addressGoesOn(i int) bool {
	for k := i; k < len(s.tokens) && k < i+12 && !s.is(k, ",", "。"); k++ {
		if s.kind(k) == han && strings.Contains(hanPlaces+"号室元层", s.word(k)) && k > i {
			return true
		}
	}
	return false
}

// leadsIn reports whether something that leads in to an address ends before token i.
func (s *source) leadsIn(i int) bool {
	if s.is(i-1, "成", "为") {
		return s.is(i-2, "改", "换", "变", "更")
	}
	if s.is(i-1, "了") {
		return s.is(i-2, "到", "成", "为")
	}
	return s.is(i-1, "到", "是", "在", "去", "往", "址", "住", "寄", "送", "发", "至") && !(s.is(i-1, "发", "寄", "送") && s.is(i, "到", "往", "去", "给", "至"))
}
