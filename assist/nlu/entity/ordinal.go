package entity

import "slices"

// Order is what a superlative or comparison sorts by.
type Order string

// The orders.
const (
	Latest   Order = "latest"   // also "my last order", 上一单
	Earliest Order = "earliest" // also "the older one"
	Cheapest Order = "cheapest"
	Dearest  Order = "dearest"
	Other    Order = "other" // "the other one", 另一个
)

// Ordinal is a place in a list that was shown or that time or price gives.
type Ordinal struct {
	Span
	Index     int   // 1 is the first, -1 the last, -2 the last but one; with By, counted in that order; 0 if not by counting
	All, Both bool  // "all of them", "both"
	None      bool  // "neither", 都不是
	By        Order // "" if by counting
}

// Ordinals finds positions: "the second one", 第二个, 最后一个, "both", "the cheapest", or nothing but "2".
func Ordinals(text string) []Ordinal {
	s := newSource(text)
	var found []Ordinal
	for i := 0; i < len(s.tokens); {
		o, end := s.ordinal(i)
		if end <= i {
			i++
			continue
		}
		o.Span = s.span(i, end)
		found = append(found, o)
		i = end
	}
	return found
}

// named are the orders that have names, by phrase.
var named = []struct {
	o    Ordinal
	said phraseSet
}{
	{Ordinal{By: Latest, Index: 2}, phrases("上上单", "上上个订单", "上上笔", "the one before last", "second latest", "second most recent", "last but one")},
	{Ordinal{By: Latest, Index: 1}, phrases("most recent", "latest", "newest", "newer", "more recent", "recent one", "last order", "last purchase", "last transfer", "last payment", "last ticket",
		"last one i ordered", "last one i bought", "last thing i ordered", "last thing i bought", "just ordered", "just bought", "just placed", "上一单", "上一个订单", "上个订单", "上一笔", "上笔", "上单", "上次买的", "上次那个", "上次的",
		"最近一单", "最近那单", "最近的一单", "最近的订单", "最近一次", "最近一笔", "最近那笔", "最近的那个", "最近的那", "最近买的", "最近下的", "最新的", "最新", "刚下的", "刚买的", "刚刚下的", "刚刚买的", "刚才下的", "刚才买的", "最后一单", "最后一笔", "最后那单", "新的那个", "新的那", "新那个", "晚一点的", "较新的")},
	{Ordinal{By: Earliest, Index: 1}, phrases("oldest", "earliest", "older", "earlier one", "older one", "old one", "first order", "最早的", "最早", "最老的", "最旧的", "更早的", "早一点的", "较早的", "早些的", "旧的那个", "旧的那", "老的那个", "老的那", "旧那个", "之前那个")},
	{Ordinal{By: Cheapest, Index: 1}, phrases("cheapest", "cheaper", "least expensive", "lowest priced", "lower priced", "less expensive", "最便宜", "便宜的那个", "便宜的那", "便宜那个", "便宜点的", "便宜一点的", "便宜些的", "更便宜的", "价格最低")},
	{Ordinal{By: Dearest, Index: 1}, phrases("most expensive", "more expensive", "priciest", "pricier", "dearest", "expensive one", "最贵", "贵的那个", "贵的那", "贵那个", "贵点的", "贵一点的", "更贵的", "价格最高")},
	{Ordinal{By: Other}, phrases("the other one", "the other", "other one", "my other", "not this one", "not that one", "另一个", "另外一个", "另外那个", "另一单", "另外一单", "另外那单", "另一张", "另外一张", "另外那张", "另一笔", "另外那", "另外的", "别的那个", "其他那个", "不是这个", "不是那个", "不是这张", "不是这单")},
	{Ordinal{None: true}, phrases("neither", "none of them", "none of these", "none of those", "none", "都不是", "都不要", "都不对", "一个都不", "哪个都不")},
	{Ordinal{Both: true}, phrases("both", "both of them", "the two of them", "the two", "two of them", "两个都", "两个全", "两单都", "两张都", "两笔都", "两件都", "俩都", "两样都", "两者都", "两者", "两个一起")},
	{Ordinal{All: true}, phrases("all of them", "all of those", "all of these", "all three", "all four", "them all", "everything", "each of them", "every one of them", "all my", "全部", "所有的", "所有", "全都", "都要", "统统", "通通", "一起都")},
}

// namedAt finds a named order by its number.
var namedAt = func() table[int] {
	var list []entry[int]
	for n, x := range named {
		for _, same := range x.said {
			for _, p := range same {
				list = append(list, entry[int]{p, n})
			}
		}
	}
	return tableOf(list...)
}()

// ordinal reads a position at token i and returns the token behind it, 0 if there is none.
func (s *source) ordinal(i int) (Ordinal, int) {
	if n, end := namedAt.at(s, i); end > 0 {
		return named[n].o, end
	}
	if s.kind(i) == han {
		return s.hanOrdinal(i)
	}
	return s.wordOrdinal(i)
}

// notPlaces follow "first", "last" and "second" where they are no position.
var notPlaces = []string{
	"time", "times", "week", "month", "year", "night", "name", "names", "digits", "four", "4", "weekend", "monday", "tuesday", "wednesday", "thursday",
	"friday", "saturday", "sunday", "hand", "class", "floor", "of", "thing", "day", "minute", "thought", "thoughts", "3", "2", "three", "two", "few", "couple", "quarter",
}

// wordOrdinal reads "the second one", "2nd", "number 2", "the last", "the former", and nothing but "2".
func (s *source) wordOrdinal(i int) (Ordinal, int) {
	switch {
	case s.is(i, "former"):
		return Ordinal{Index: 1}, i + 1
	case s.is(i, "latter"):
		return Ordinal{Index: -1}, i + 1
	case s.is(i, "number", "option", "no", "nr", "#", "choice"):
		j := i + 1
		if s.is(j, ".") {
			j++
		}
		if n, end := s.smallCount(j); end > 0 && n >= 1 && n <= 20 {
			return Ordinal{Index: n}, end
		}
		return Ordinal{}, 0
	case s.is(i, "second", "third") && s.is(i+1, "last") || s.is(i, "second", "third") && s.is(i+1, "to") && s.is(i+2, "last"):
		end := i + 2
		if !s.is(i+1, "last") {
			end++
		}
		return Ordinal{Index: -ordinalWords[s.word(i)]}, end
	case s.is(i, "penultimate"):
		return Ordinal{Index: -2}, i + 1
	}
	n, end, suffixed := s.dayNumber(i)
	if s.is(i, "last") {
		n, end, suffixed = -1, i+1, true
	}
	if !suffixed {
		return s.onlyNumber(i)
	}
	if n > 20 || slices.Contains(notPlaces, s.word(end)) || s.is(i-1, "at", "a", "one", "safety") && !s.is(end, "one") || monthNumber(s.word(end)) > 0 {
		return Ordinal{}, 0
	}
	if s.is(end, "one", "ones", "item", "order", "option", "card", "product", "account", "line", "ticket") {
		return Ordinal{Index: n}, end + 1
	}
	if s.is(i-1, "the", "my", "and", "that") || end == len(s.tokens) && i == 0 || s.is(i, "1", "2", "3", "4", "5", "6") {
		return Ordinal{Index: n}, end
	}
	return Ordinal{}, 0
}

// smallCount reads a count in figures or words.
func (s *source) smallCount(i int) (n, end int) {
	v := s.numeral(i)
	if v.end == 0 || v.problem != "" || v.micro%one != 0 || v.micro > 100*one || v.scaled || v.decimals > 0 {
		return 0, 0
	}
	return int(v.micro / one), v.end
}

// onlyNumber reads a small number that is the whole answer.
func (s *source) onlyNumber(i int) (Ordinal, int) {
	if i != 0 {
		return Ordinal{}, 0
	}
	n, end := s.smallCount(0)
	for k := end; k < len(s.tokens); k++ {
		if !s.is(k, ".", "!", "please", "pls", "吧", "号", ")") {
			return Ordinal{}, 0
		}
	}
	if end == 0 || n < 1 || n > 20 {
		return Ordinal{}, 0
	}
	return Ordinal{Index: n}, end
}

// listWords are what Chinese counts things by, and 那 before them.
var listWords = []string{"个", "单", "笔", "张", "件", "副", "条", "台", "款", "种", "项", "样", "行", "位", "门", "节", "班", "户", "套", "家", "名"}

// hanOrdinal reads 第二个, 最后一个, 倒数第二个, 前者, 后者, 头一个, and nothing but 二.
func (s *source) hanOrdinal(i int) (Ordinal, int) {
	switch {
	case s.after(i, "前者") > 0:
		return Ordinal{Index: 1}, i + 2
	case s.after(i, "后者") > 0:
		return Ordinal{Index: -1}, i + 2
	case s.is(i, "头", "首") && s.is(i+1, "一") && slices.Contains(listWords, s.word(i+2)):
		return Ordinal{Index: 1}, i + 3
	case s.is(i, "头", "首") && s.is(i+1, "个"):
		return Ordinal{Index: 1}, i + 2
	case s.after(i, "最后") > 0 && (s.is(i+2, "一", "那", "1", "面") || slices.Contains(listWords, s.word(i+2))):
		end := i + 3
		if slices.Contains(listWords, s.word(end)) {
			end++
		}
		return Ordinal{Index: -1}, end
	}
	sign, at := 1, i
	if j := s.after(i, "倒数"); j > 0 {
		sign, at = -1, j
	}
	if !s.is(at, "第") {
		return s.onlyNumber(i)
	}
	n, end := 0, 0
	if s.kind(at+1) == digit && len(s.word(at+1)) <= 2 {
		v, _ := digits(s.word(at + 1))
		n, end = int(v), at+2
	} else if v := s.numeral(at + 1); v.end > 0 && v.problem == "" && v.micro%one == 0 && v.micro <= 20*one {
		n, end = int(v.micro/one), v.end
	}
	if end == 0 || n < 1 || n > 20 || s.is(end, "次", "天", "周", "季", "年", "月", "代", "时", "章", "课", "一") {
		return Ordinal{}, 0
	}
	if slices.Contains(listWords, s.word(end)) {
		end++
	}
	return Ordinal{Index: sign * n}, end
}
