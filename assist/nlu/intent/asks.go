package intent

import (
	"slices"
	"strings"

	"deskhand/assist/nlu/text"
)

// states tells whether a clause only says how things are: it has a subject and neither asks nor wishes. What can't be
// told counts as asking, since orders have no mark of their own ("check my balance", 查余额). The words are those of
// grammar, which each language has few of; no trade's.
func states(clause string) bool {
	if strings.ContainsAny(clause, "?？") {
		return false
	}
	var words []string
	var han strings.Builder
	for _, t := range text.Tokens(text.Normalise(clause)) {
		if t.Han {
			han.WriteString(t.Text)
			continue
		}
		words = append(words, t.Text)
	}
	if han.Len() > 0 {
		return statesHan(han.String())
	}
	return statesLatin(words)
}

func statesLatin(words []string) bool {
	if len(words) == 0 {
		return true
	}
	for i, w := range words {
		if slices.Contains(asking, w) || i > 0 && slices.Contains([]string{"you", "u", "i", "we"}, w) && slices.Contains(auxiliaries, words[i-1]) {
			return false
		}
	}
	for len(words) > 1 && slices.Contains(openers, words[0]) {
		words = words[1:]
	}
	return slices.Contains(subjects, words[0])
}

var (
	// asking are the words of questions, requests and wishes.
	asking = []string{"what", "what's", "whats", "which", "how", "how's", "when", "when's", "where", "where's", "wheres", "who", "who's", "why", "please", "pls", "plz",
		"want", "wanna", "wanted", "need", "like", "wish", "wondering", "wonder", "help", "trying", "looking", "let", "let's", "hoping", "hope", "would", "i'd", "we'd", "i'll", "we'll", "must", "gotta"}
	auxiliaries = []string{"can", "could", "would", "will", "do", "did", "may", "should", "shall", "have", "am", "are"}
	openers     = []string{"hi", "hello", "hey", "so", "well", "and", "but", "because", "oh", "ok", "okay", "just", "actually", "sorry", "since", "as", "then", "also", "yes", "no", "ah"}
	subjects    = []string{"i", "i'm", "im", "i've", "ive", "i'll", "my", "our", "we", "we're", "we've", "it", "it's", "its", "the", "this", "that", "that's", "these", "those",
		"he", "he's", "she", "she's", "they", "they're", "there", "there's", "a", "an", "his", "her", "their", "your", "you", "you're", "someone", "somebody", "something",
		"nobody", "nothing", "one", "both", "some", "all", "yesterday", "today", "last", "two", "three"}
)

func statesHan(s string) bool {
	if asksByForm(s) {
		return false
	}
	for _, some := range []string{"前几", "这几", "那几", "好几", "过几", "十几", "几十"} {
		s = strings.ReplaceAll(s, some, "") // 几 asks how many, but not in "a few days ago"
	}
	for _, w := range []string{"吗", "呢", "么", "什", "怎", "咋", "啥", "多少", "几", "哪", "谁", "为何", "如何", "能不能", "可不可", "是不是", "有没有", "要不要", "会不会", "能否", "是否",
		"想", "要", "帮", "请", "麻烦", "给我", "可以", "需要", "希望", "能", "求", "替我", "查", "看看", "问", "一下", "下", "吧", "别"} {
		if strings.Contains(s, w) {
			return false
		}
	}
	for _, w := range []string{"了", "过", "着", "没", "不", "有", "是", "已", "刚", "太", "很", "被", "一直", "的", "在", "到"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// asksByForm tells whether Han characters ask without a word for it: 到了没, 到没到, 按月还是按期.
func asksByForm(s string) bool {
	runes := []rune(strings.TrimRight(s, "啊呀呢哦了"))
	last := len(runes) - 1
	if last < 0 {
		return false
	}
	if strings.ContainsRune("没不否", runes[last]) || strings.HasSuffix(string(runes), "没有") {
		return true
	}
	for i := 1; i < last; i++ {
		if (runes[i] == '不' || runes[i] == '没') && runes[i-1] == runes[i+1] {
			return true
		}
	}
	_, or, ok := strings.Cut(s, "还是")
	return ok && or != "" && !strings.ContainsAny(firstRune(or), "没不很太")
}
