package bot

import (
	"strings"
	"unicode"

	"deskhand/assist/nlu/entity"
)

// speak follows the customer's language where a text shows it clearly.
func (d *Dialogue) speak(x *exchange, parts []Part) {
	language := ""
	for _, p := range parts {
		if language == "" {
			language = p.Reading.Language
		}
	}
	n, latin := han(x.text), words(x.text)
	switch {
	case language == "" || language == x.State.Language:
	case x.State.Turns == 0 && x.State.Await == "":
		x.State.Language = language
	case language == "zh" && n >= 4, language == "en" && n == 0 && latin >= 3:
		if _, pressed := x.State.Buttons[x.text]; !pressed {
			x.State.Language = language
		}
	}
}

func han(text string) int {
	n := 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// words counts the words in Latin letters.
func words(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) && !strings.ContainsFunc(w, unicode.IsDigit) {
			n++
		}
	}
	return n
}

func (d *Dialogue) changeLanguage(x *exchange) {
	named := entity.Languages(x.text)
	for _, l := range named {
		if l.Text == "en" || l.Text == "zh" {
			x.State.Language = l.Text
			return
		}
	}
	if len(named) == 0 { // "change the language": there are two
		if x.State.Language == "zh" {
			x.State.Language = "en"
		} else {
			x.State.Language = "zh"
		}
	}
}
