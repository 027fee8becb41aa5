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

// neutral are Latin words that people of either language type: they do not tell. "ok" in a Chinese
// conversation must not turn it English.
var neutral = map[string]bool{
	"ok": true, "okay": true, "k": true, "kk": true, "hi": true, "hello": true, "bye": true, "sos": true, "app": true, "vip": true,
	"wifi": true, "sim": true, "esim": true, "pin": true, "sms": true, "qq": true, "id": true, "no": true, "yes": true, "emmm": true,
	"em": true, "emm": true, "en": true, "hmm": true, "haha": true, "hahaha": true, "lol": true, "wow": true, "oh": true, "ah": true,
}

// Detect is English, Chinese, or "" where the text does not tell: digits, an e-mail address, "ok", another
// script. One Han character among Latin words counts as much as one and a half words, since names of products
// and plans are Latin in Chinese sentences, hardly ever the other way round.
func Detect(s string) string {
	han, latin := 0, 0
	for _, word := range strings.Fields(text.Normalise(s)) {
		h, l := scripts(word)
		han += h
		if l && h == 0 && !strings.ContainsAny(word, "@/0123456789_") && !neutral[strings.Trim(word, ".,!?;:'\"()-~")] {
			latin++
		}
	}
	switch {
	case 3*han > 2*latin:
		return Chinese
	case latin > 0:
		return English
	}
	return ""
}

// scripts counts the Han characters of a word and tells whether it has Latin letters.
func scripts(word string) (han int, latin bool) {
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin = true
		}
	}
	return han, latin
}
