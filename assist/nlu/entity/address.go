package entity

import (
	"slices"
	"strings"
)

// Addresses finds postal addresses as the customer wrote them, without what leads in to them ("change it
// to", 送到) and what follows ("please", 谢谢). It wants proof that it is one: a street with a number. Where an
// address was asked for, Tail takes whatever was answered. language is that of the conversation.
func Addresses(text, language string) []Span {
	s := newSource(text)
	var found []Span
	for _, a := range s.addresses() {
		span := s.bytes(a.start, a.end)
		span.Text = Clean(span.Text)
		found = append(found, span)
	}
	return found
}

// Tail is the answer to a question for a free text (address, reason, symptom, purpose) as the customer wrote
// it, cleaned, without what leads in to it ("change it to", "the reason is", 改成) and courtesies. "" if
// nothing remains. language is that of the conversation.
func Tail(text, language string) string {
	s := newSource(text)
	i, j := 0, len(s.tokens)
	for i < j {
		next := s.longest(i, leadIns)
		if next > 0 && s.longest(i, weakLeads) == next && !s.addressAt(next) {
			break // "it's broken" is said as it is
		}
		if next == 0 && (s.kind(i) == mark && !s.is(i, "#", "\"", "(", "$", "¥", "€", "£")) {
			next = i + 1
		}
		if next == 0 {
			break
		}
		i = next
	}
	j = s.withoutCourtesy(i, j)
	if i >= j {
		return ""
	}
	return strings.TrimSpace(Clean(s.span(i, j).Text))
}

// leadIns lead in to a free answer, longer ones before their beginnings.
var leadIns = phrases(
	"could you please", "can you please", "can you", "could you", "please", "pls", "plz", "ok", "okay", "sure", "well", "um", "yes", "yeah", "so",
	"change the address to", "change the shipping address to", "change my address to", "change address to", "change it to", "change to", "update the address to", "update it to",
	"update to", "send it to", "send them to", "send to", "ship it to", "ship them to", "ship to", "deliver it to", "deliver them to", "deliver to", "make it", "put it", "set it to", "switch it to",
	"my new address is", "my address is", "the new address is", "the correct address is", "the right address is", "the address is", "new address is", "new address", "my address", "the address", "address is", "address",
	"it should go to", "it should be", "it's", "it is", "its", "i live at", "i live in", "i'm at", "i am at", "we're at", "i've moved to", "i moved to", "we moved to", "mail it to", "post it to", "use",
	"the reason is that", "the reason is", "reason is", "reason", "the problem is that", "the problem is",
	"麻烦帮我", "请帮我", "帮我", "麻烦", "请", "好的", "嗯", "那就", "就", "我的新地址是", "我的地址是", "新地址是", "收货地址是", "收货地址改成", "收货地址改为", "收货地址改到", "收货地址", "地址改成", "地址改为", "地址改到", "地址换成", "地址是",
	"地址", "把地址改成", "把地址改到", "把地址换成", "改成", "改为", "改到", "改送到", "改寄到", "换成", "换到", "更改为", "送到", "送去", "寄到", "寄去", "寄往", "发到", "发往", "邮到", "我住在", "我家在", "我搬到了", "搬到了", "原因是", "是",
)

// weakLeads lead in to addresses only: other answers begin with them.
var weakLeads = phrases("it's", "it is", "its", "it should be", "use", "so", "make it", "put it", "well", "是", "就", "那就", "请", "i live in")

// addressAt reports whether an address begins at token i.
func (s *source) addressAt(i int) bool {
	for _, a := range s.addresses() {
		if a.start == s.startOf(i) {
			return true
		}
	}
	return false
}

// courtesies follow an answer, longer ones before their ends.
var courtesies = phrases(
	"thank you very much", "thank you so much", "thank you", "thanks a lot", "many thanks", "thanks", "thx", "cheers", "please", "pls", "plz", "if possible", "if you can", "instead", "ok", "okay", "will you", "would you",
	"谢谢啦", "谢谢了", "谢谢你", "谢谢您", "谢谢", "多谢", "麻烦了", "麻烦你了", "麻烦您了", "辛苦了", "可以吗", "行吗", "好吗", "可不可以", "行不行", "吧", "哈", "哦", "啊", "呢", "呀",
)

// withoutCourtesy is the token behind the last one that tells something.
func (s *source) withoutCourtesy(i, j int) int {
	for j > i {
		if s.kind(j-1) == mark && !s.is(j-1, ")", "\"", "%", "]") {
			j--
			continue
		}
		k := max(i, j-5)
		for k < j && s.longest(k, courtesies) != j {
			k++
		}
		if k == j {
			break
		}
		j = k
	}
	return j
}

// extent is a stretch of source.low.
type extent struct{ start, end int }

// addresses finds what has a street and a number.
func (s *source) addresses() []extent {
	var found []extent
	for i := 0; i < len(s.tokens); i++ {
		start, end := s.westernAddress(i)
		if end == 0 {
			start, end = s.hanAddress(i)
		}
		if end > 0 {
			found = append(found, extent{s.tokens[start].start, s.tokens[end-1].end})
			i = end - 1
		}
	}
	return found
}

var streetWords = []string{
	"street", "st", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr", "court", "ct", "boulevard", "blvd", "way", "place", "pl", "square", "sq",
	"terrace", "close", "crescent", "quay", "row", "highway", "hwy", "parkway", "pkwy", "gardens", "mews", "hill", "grove", "alley", "plaza", "circle",
	"walk", "embankment", "wharf", "broadway", "parade", "esplanade", "green", "park", "heights", "mall", "straße", "strasse", "str", "weg", "platz",
}

// streetFirst are words that come before the name of a street, the number behind it.
var streetFirst = []string{"via", "viale", "piazza", "corso", "rue", "calle", "avenida", "plaza", "ul", "ulica", "rua", "largo", "place"}

// westernAddress reads an address that begins at token i: "Flat 3, 14 Elm Street, Leeds", "Via Roma 12".
func (s *source) westernAddress(i int) (start, end int) {
	at := i
	if s.is(at, "flat", "apt", "apartment", "unit", "suite", "room", "floor", "block") && (s.kind(at+1) == digit || s.is(at+1, "#")) {
		for at++; at < i+6 && at < len(s.tokens) && (!s.is(at, ",") && (at == i+1 || s.glued(at) || s.is(at, "#"))); at++ {
		}
		if s.is(at, ",") {
			at++
		}
	}
	street := s.street(at)
	if street == 0 {
		return 0, 0
	}
	return i, s.addressEnd(street)
}

// street reads a house number and a street, and returns the token behind them.
func (s *source) street(i int) int {
	if slices.Contains(streetFirst, s.word(i)) {
		for k := i + 1; k < i+6 && k < len(s.tokens); k++ {
			if s.kind(k) == digit {
				return k + 1
			}
			if s.kind(k) != word && !s.is(k, ".", ",", "'") {
				return 0
			}
		}
		return 0
	}
	if s.kind(i) != digit || len(s.word(i)) > 5 || s.glued(i) && s.is(i-1, "-", ".", "/", "$", "¥", "€", "£") {
		return 0
	}
	for k := i + 1; k < i+7 && k < len(s.tokens); k++ {
		if k > i+1 && slices.Contains(streetWords, s.word(k)) && !s.is(k+1, "to") {
			return k + 1
		}
		if s.kind(k) != word && !s.is(k, ".", "'", "-", "/") && !(s.kind(k) == digit && s.is(k+1, "st", "nd", "rd", "th")) {
			return 0
		}
		if s.is(k, "to", "and", "for", "from", "is", "my", "days", "of", "i", "in", "it", "on", "at", "by", "off", "a") || s.is(k, "the") && k > i+1 {
			return 0
		}
	}
	return 0
}

// addressEnd goes on behind the street to where the address ends.
func (s *source) addressEnd(i int) int {
	for i < len(s.tokens) {
		switch {
		case s.is(i, "please", "pls", "thanks", "thank", "instead", "because", "for", "from", "not", "asap", "but", "and", "so", "is", "it's", "if", "can", "could", "i", "my", "when", "by", "on", "before", "to", "tomorrow", "today", "rather", "now", "with", "as"):
			return s.trimMarks(i)
		case s.is(i, ".") && i+1 < len(s.tokens) && (s.is(i-1, "st", "rd", "ave", "blvd", "dr", "apt", "no", "ln", "str", "ste", "pl", "sq") || s.glued(i+1)):
		case s.kind(i) == mark && !s.is(i, ",", "-", "#", "/", "'", "(", ")", "&"):
			return s.trimMarks(i)
		case s.kind(i) == han:
			return s.trimMarks(i)
		}
		i++
	}
	return s.trimMarks(i)
}

// trimMarks is the token behind the last one before i that is no mark.
func (s *source) trimMarks(i int) int {
	for i > 0 && s.kind(i-1) == mark && !s.is(i-1, ")") {
		i--
	}
	return i
}
