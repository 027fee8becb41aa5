package entity

import (
	_ "embed"
	"strings"
	"sync"
)

// Place is a country, a region of several countries, or a city.
type Place struct {
	Span
	Code    string // ISO 3166 alpha-2 of a country; a lower-case name such as "europe" for a region; "" for a city
	Country string // alpha-2 of the country that a city is in
	English string
	Chinese string
}

// Countries finds countries and regions of the world by their names in both languages.
func Countries(text string) []Place {
	return find(text, func(p *place) bool { return p.code != "" })
}

// Cities finds large cities of the world by their names in both languages.
func Cities(text string) []Place {
	return find(text, func(p *place) bool { return p.code == "" })
}

// Languages finds languages by name, as tags: "en", "zh", "fr", …
func Languages(text string) []Span {
	s := newSource(text)
	var found []Span
	for i := 0; i < len(s.tokens); i++ {
		tag, j := languages.at(s, i)
		if j == 0 {
			continue
		}
		span := s.span(i, j)
		span.Text = tag
		found = append(found, span)
		i = j - 1
	}
	return found
}

// languages are names of languages, in English, Chinese and themselves.
var languages = tableOf(
	entry[string]{"english", "en"},
	entry[string]{"英语", "en"},
	entry[string]{"英文", "en"},
	entry[string]{"inglés", "en"},
	entry[string]{"ingles", "en"},
	entry[string]{"anglais", "en"},
	entry[string]{"englisch", "en"},
	entry[string]{"inglese", "en"},
	entry[string]{"mandarin", "zh"},
	entry[string]{"simplified chinese", "zh"},
	entry[string]{"chinese", "zh"},
	entry[string]{"中文", "zh"},
	entry[string]{"汉语", "zh"},
	entry[string]{"普通话", "zh"},
	entry[string]{"国语", "zh"},
	entry[string]{"华语", "zh"},
	entry[string]{"chino", "zh"},
	entry[string]{"chinois", "zh"},
	entry[string]{"cantonese", "yue"},
	entry[string]{"粤语", "yue"},
	entry[string]{"广东话", "yue"},
	entry[string]{"白话", "yue"},
	entry[string]{"spanish", "es"},
	entry[string]{"西班牙语", "es"},
	entry[string]{"西语", "es"},
	entry[string]{"español", "es"},
	entry[string]{"espanol", "es"},
	entry[string]{"castellano", "es"},
	entry[string]{"french", "fr"},
	entry[string]{"法语", "fr"},
	entry[string]{"法文", "fr"},
	entry[string]{"français", "fr"},
	entry[string]{"francais", "fr"},
	entry[string]{"german", "de"},
	entry[string]{"德语", "de"},
	entry[string]{"德文", "de"},
	entry[string]{"deutsch", "de"},
	entry[string]{"italian", "it"},
	entry[string]{"意大利语", "it"},
	entry[string]{"italiano", "it"},
	entry[string]{"portuguese", "pt"},
	entry[string]{"葡萄牙语", "pt"},
	entry[string]{"葡语", "pt"},
	entry[string]{"português", "pt"},
	entry[string]{"portugues", "pt"}, //nolint:misspell // as it is typed
	entry[string]{"russian", "ru"},
	entry[string]{"俄语", "ru"},
	entry[string]{"俄文", "ru"},
	entry[string]{"русский", "ru"},
	entry[string]{"русски", "ru"},
	entry[string]{"japanese", "ja"},
	entry[string]{"日语", "ja"},
	entry[string]{"日文", "ja"},
	entry[string]{"日本語", "ja"},
	entry[string]{"korean", "ko"},
	entry[string]{"韩语", "ko"},
	entry[string]{"韩文", "ko"},
	entry[string]{"朝鲜语", "ko"},
	entry[string]{"한국어", "ko"},
	entry[string]{"arabic", "ar"},
	entry[string]{"阿拉伯语", "ar"},
	entry[string]{"العربية", "ar"},
	entry[string]{"hindi", "hi"},
	entry[string]{"印地语", "hi"},
	entry[string]{"vietnamese", "vi"},
	entry[string]{"越南语", "vi"},
	entry[string]{"thai", "th"},
	entry[string]{"泰语", "th"},
	entry[string]{"polish", "pl"},
	entry[string]{"波兰语", "pl"},
	entry[string]{"polski", "pl"},
	entry[string]{"dutch", "nl"},
	entry[string]{"荷兰语", "nl"},
	entry[string]{"turkish", "tr"},
	entry[string]{"土耳其语", "tr"},
)

// place is a line of the table.
type place struct {
	code, country    string
	calling          string
	english, chinese string
}

//go:embed places.tsv
var placesText string

// gazetteer is the table of places by the first token of their names, split once when first needed.
type gazetteer struct {
	byFirst  map[string][]placeName
	callings map[string]string // by country
	codes    map[string]bool
}

type placeName struct {
	name  string
	place *place
}

var places = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{byFirst: make(map[string][]placeName), callings: make(map[string]string), codes: make(map[string]bool)}
	for line := range strings.Lines(placesText) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		p := &place{code: f[0], country: f[1], calling: f[2]}
		for n, names := range f[3:5] {
			for k, name := range strings.Split(names, "|") {
				if k == 0 && n == 0 {
					p.english = name
				} else if k == 0 {
					p.chinese = name
				}
				g.add(name, p)
			}
		}
		if p.calling != "" {
			g.callings[p.code] = p.calling
			g.codes[p.calling] = true
		}
	}
	return g
})

// add files a name under its first token, longer names before their beginnings.
func (g *gazetteer) add(name string, p *place) {
	s := readSource(name)
	if len(s.tokens) == 0 {
		return
	}
	first := s.tokens[0].text
	list := append(g.byFirst[first], placeName{s.low, p})
	for i := len(list) - 1; i > 0 && len(list[i].name) > len(list[i-1].name); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	g.byFirst[first] = list
}

// find finds the places that are wanted.
func find(text string, want func(*place) bool) []Place {
	s := newSource(text)
	g := places()
	var found []Place
	for i := 0; i < len(s.tokens); i++ {
		for _, n := range g.byFirst[s.word(i)] {
			j := s.after(i, n.name)
			if j == 0 || !want(n.place) || s.notPlace(i, j, n.name) {
				continue
			}
			found = append(found, Place{
				Span: s.span(i, j), Code: n.place.code, Country: n.place.country, English: n.place.english, Chinese: n.place.chinese,
			})
			i = j - 1
			break
		}
	}
	return found
}

// notPlace tells short names that mean something else unless they are written as names are: "us", "uk", "it".
func (s *source) notPlace(i, j int, name string) bool {
	switch {
	case name == "us" || name == "uae" || name == "eu":
		raw := s.span(i, j).Text
		return name == "us" && raw != "US" && !s.is(i-1, "the")
	case name == "turkey":
		return s.is(j, "sandwich")
	case name == "georgia" || name == "jordan" || name == "chad":
		return false
	}
	return false
}

// callingCode is the E.164 calling code of a country, "" if it is not known.
func callingCode(country string) string { return places().callings[strings.ToUpper(country)] }

// isCallingCode reports whether some country has the calling code.
func isCallingCode(code string) bool { return places().codes[code] }
