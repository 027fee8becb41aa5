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
		for _, l := range languages {
			for _, name := range l.names {
				if j := s.after(i, name); j > 0 && !(s.is(i, "polish", "thai") && s.is(i+1, "up", "food")) {
					span := s.span(i, j)
					span.Text = l.tag
					found = append(found, span)
					i = j - 1
				}
			}
		}
	}
	return found
}

var languages = []struct {
	tag   string
	names []string
}{
	{"en", []string{"english", "英语", "英文", "inglés", "ingles", "anglais", "englisch", "inglese"}},
	{"zh", []string{"mandarin", "simplified chinese", "chinese", "中文", "汉语", "普通话", "国语", "华语", "chino", "chinois"}},
	{"yue", []string{"cantonese", "粤语", "广东话", "白话"}},
	{"es", []string{"spanish", "西班牙语", "西语", "español", "espanol", "castellano"}},
	{"fr", []string{"french", "法语", "法文", "français", "francais"}},
	{"de", []string{"german", "德语", "德文", "deutsch"}},
	{"it", []string{"italian", "意大利语", "italiano"}},
	{"pt", []string{"portuguese", "葡萄牙语", "葡语", "português", "portugues"}},
	{"ru", []string{"russian", "俄语", "俄文", "русский", "русски"}},
	{"ja", []string{"japanese", "日语", "日文", "日本語"}},
	{"ko", []string{"korean", "韩语", "韩文", "朝鲜语", "한국어"}},
	{"ar", []string{"arabic", "阿拉伯语", "العربية"}},
	{"hi", []string{"hindi", "印地语"}},
	{"vi", []string{"vietnamese", "越南语"}},
	{"th", []string{"thai", "泰语"}},
	{"pl", []string{"polish", "波兰语", "polski"}},
	{"nl", []string{"dutch", "荷兰语"}},
	{"tr", []string{"turkish", "土耳其语"}},
}

// place is a line of the table.
type place struct {
	code, country    string
	calling          string
	english, chinese string
	names            []string // folded, longest names of the table first within a first token
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
	s := newSource(name)
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
