// Package lang tells in which language a text is written, by its script: on texts of three words that beats
// detection libraries, which want a paragraph. It starts no goroutines.
package lang

import (
	"strings"
	"unicode"

	"deskhand/assist/nlu/text"
)

// The languages that Detect tells apart.
const (
	English = "en"
	Chinese = "zh"
)

// How much each sign counts. Grammar tells more than names: "我想买 aria 3 pro max" is Chinese and "my name is 王小明"
// is English, whichever has more words.
const (
	grammarWeight = 4
	hanWeight     = 2
	wordWeight    = 1
)

// Detect is English, Chinese, or "" where the text does not tell: digits, an e-mail address, "ok", another script.
func Detect(s string) string {
	english, chinese := 0, 0
	for _, word := range strings.Fields(text.Normalise(s)) {
		en, zh := weigh(word)
		english += en
		chinese += zh
	}
	switch {
	case chinese > 0 && chinese >= english:
		return Chinese
	case english > 0:
		return English
	}
	return ""
}

// weigh tells how much a word speaks for each language.
func weigh(word string) (english, chinese int) {
	latin := strings.Builder{}
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Han, r) && strings.ContainsRune(grammar, r):
			chinese += grammarWeight
		case unicode.Is(unicode.Han, r):
			chinese += hanWeight
		case unicode.Is(unicode.Latin, r) || r == '\'':
			latin.WriteRune(r)
		}
	}
	w := strings.Trim(latin.String(), "'")
	switch {
	case w == "" || strings.ContainsAny(word, "@/0123456789_") || neutral(w):
	case functional(w):
		english = grammarWeight
	default:
		english = wordWeight
	}
	return english, chinese
}

// grammar are Chinese characters that hold sentences together and are rare in names.
const grammar = "的了吗是不我你您在有没要这那怎么什呢吧给被把能会想还就都也请帮"

// functional are English words that hold sentences together.
func functional(w string) bool {
	switch w {
	case "i", "i'm", "my", "me", "you", "your", "the", "a", "an", "is", "are", "was", "do", "does", "did", "don't", "can", "can't",
		"what", "what's", "how", "why", "when", "where", "which", "who", "to", "of", "for", "in", "on", "with", "and", "or", "not",
		"it", "it's", "this", "that", "have", "has", "will", "would", "please", "want", "need":
		return true
	}
	return false
}

// neutral are Latin words that people of either language type: they do not tell. "ok" in a Chinese conversation must
// not turn it English.
func neutral(w string) bool {
	switch w {
	case "ok", "okay", "k", "kk", "hi", "hello", "bye", "sos", "app", "vip", "wifi", "sim", "esim", "pin", "sms", "qq", "id", "no",
		"yes", "em", "emm", "emmm", "hmm", "haha", "hahaha", "lol", "wow", "oh", "ah":
		return true
	}
	return false
}
