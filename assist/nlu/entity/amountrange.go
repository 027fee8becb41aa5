package entity

import "slices"

// rangeEnd is where the second number of 500-600 or 五百到六百 ends, 0 if there is none.
func (r *moneyReader) rangeEnd(a *amount) int {
	s, i := r.s, a.end
	between := s.is(i, "and") && s.is(a.start-1, "between")
	if !s.is(i, "-", "~", "到", "至") && !between || s.kind(i) == mark && !s.glued(i) && s.glued(i+1) {
		return 0
	}
	b := amount{start: i + 1}
	j := r.prefix(i+1, &b)
	b.n = s.numeral(j)
	b.end = b.n.end
	if b.n.end == 0 || b.n.micro <= a.n.micro && b.n.problem == "" {
		return 0
	}
	r.suffix(&b)
	round := a.n.micro%(10*one) == 0 && b.n.micro%(10*one) == 0
	if a.marked || b.marked || round || between {
		a.currency, a.marked = b.currency, a.marked || b.marked
		return b.end
	}
	return 0
}

// approximate looks for words round the amount that make it none to be used exactly.
func (r *moneyReader) approximate(a *amount) {
	s := r.s
	switch {
	case s.is(a.start-1, "about", "around", "roughly", "approximately", "approx", "circa", "under", "over", "below", "above", "~", "约", "近", "超", "maybe", "nearly", "almost", "say"),
		s.is(a.start-1, "than", "to", "least", "most") && s.is(a.start-2, "more", "less", "up", "at", "close"),
		s.is(a.start-1, "of") && s.is(a.start-2, "sort", "kind"),
		s.is(a.start-1, "概", "约", "多", "少", "过", "于") && s.is(a.start-2, "大", "最", "至", "超", "低", "不", "差"),
		a.start >= 3 && s.after(a.start-3, "差不多") == a.start:
		a.about = true
	}
	switch {
	case s.is(a.end, "左", "上") && s.is(a.end+1, "右", "下"), s.is(a.end, "ish", "plus", "+", "以"),
		s.after(a.end, "or so") > 0, s.after(a.end, "or thereabouts") > 0, s.after(a.end, "give or take") > 0, s.is(a.end, "max", "tops", "出"):
		a.about = true
	case s.is(a.end, "-") && s.is(a.end+1, "ish"):
		a.about = true
	}
}

// fillers may stand round a number that is the whole answer.
var fillers = []string{
	"please", "pls", "plz", "thanks", "thx", "just", "make", "it", "to", "the", "amount", "is", "for", "ok", "okay", "um", "uh", "let", "'s", "let's", "do", "only", "total", "altogether", "i", "want", "transfer", "send", "top", "up", "by", "me", "well", "then", "of", "yes", "no", "put", "add", "pay",
	"吧", "就", "转", "充", "的", "我", "要", "想", "是", "给", "呀", "哦", "啊", "了", "先", "嗯", "金", "额", "改", "成", "为", "值", "他", "她", "它", "付", "打", "汇", "款", "谢", "请", "帮", "一", "共", "总", "好", "不", "对", "换", "到",
}

func isFiller(t token) bool {
	return t.kind == mark && t.text != "-" && t.text != "/" || slices.Contains(fillers, t.text)
}
