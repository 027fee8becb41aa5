package pack

import (
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"time"

	"deskhand/assist/backoffice"
)

// functions are those of the templates, for a reader.
func functions(v Voice) template.FuncMap {
	return template.FuncMap{
		"money": v.Money, "words": v.words, "date": v.Date, "time": v.clock, "datetime": v.DateTime, "day": v.day, "join": v.join,
		"tail": tail, "pick": v.pick, "plural": plural,
	}
}

// fieldsOf is a record by field name, whatever its type.
func fieldsOf(x any) (map[string]any, bool) {
	switch x := x.(type) {
	case map[string]any:
		return x, true
	case backoffice.Record:
		return x, true
	case map[string]string:
		m := make(map[string]any, len(x))
		for k, v := range x {
			m[k] = v
		}
		return m, true
	}
	return nil, false
}

// Money writes "329.00" as $329.00; what is no decimal string stays as it is.
func (v Voice) Money(x any) string {
	text := fmt.Sprint(x)
	cents, ok := Cents(text)
	if !ok {
		return text
	}
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	number := grouped(cents/100) + fmt.Sprintf(".%02d", cents%100)
	switch v.Currency {
	case "USD":
		return sign + "$" + number
	case "CNY":
		return sign + "¥" + number
	case "EUR":
		return sign + "€" + number
	case "GBP":
		return sign + "£" + number
	case "":
		return sign + number
	}
	return sign + v.Currency + " " + number
}

// grouped parts thousands by a narrow space that doesn't break, from five digits on (ISO 80000-1, 7.3.1): a comma means
// a decimal to half the world, and whoever copies the amount or searches for it finds the figures as they are.
func grouped(n int64) string {
	s := fmt.Sprint(n)
	if len(s) < leastGrouped {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

const leastGrouped = 5

// moment reads a time, as a record or as a slot holds it.
func (v Voice) moment(x any) (t time.Time, ok bool) {
	switch x := x.(type) {
	case time.Time:
		return x.In(v.zone()), !x.IsZero()
	case string:
		for _, layout := range []string{time.DateOnly, "2006-01-02T15:04", time.RFC3339} {
			if t, err := time.ParseInLocation(layout, x, v.zone()); err == nil {
				return t.In(v.zone()), true
			}
		}
	}
	return time.Time{}, false
}

func (v Voice) zone() *time.Location {
	if v.Now.IsZero() {
		return time.UTC
	}
	return v.Now.Location()
}

// Date writes a day, as a record (time.Time) or a slot (2006-01-02) holds it.
func (v Voice) Date(x any) string {
	t, ok := v.moment(x)
	switch {
	case !ok:
		return fmt.Sprint(x)
	case v.Language == "zh" && t.Year() == v.Now.Year():
		return t.Format("1月2日") + weekdayZH(t)
	case v.Language == "zh":
		return t.Format("2006年1月2日")
	case t.Year() == v.Now.Year():
		return t.Format("Monday 2 January")
	}
	return t.Format("2 January 2006")
}

func weekdayZH(t time.Time) string {
	return "（周" + string([]rune("日一二三四五六")[t.Weekday()]) + "）"
}

func (v Voice) clock(x any) string {
	t, ok := v.moment(x)
	if !ok {
		return fmt.Sprint(x)
	}
	return t.Format("15:04")
}

// DateTime writes a day and a time of day.
func (v Voice) DateTime(x any) string {
	t, ok := v.moment(x)
	switch {
	case !ok:
		return fmt.Sprint(x)
	case v.Language == "zh":
		return v.Date(t) + " " + t.Format("15:04")
	}
	return v.Date(t) + " at " + t.Format("15:04")
}

// day says today, tomorrow and yesterday where they fit, else the date.
func (v Voice) day(x any) string {
	t, ok := v.moment(x)
	if !ok {
		return fmt.Sprint(x)
	}
	y, m, d := v.Now.Date()
	today := time.Date(y, m, d, 12, 0, 0, 0, v.zone())
	y, m, d = t.Date()
	names := map[int][2]string{-1: {"yesterday", "昨天"}, 0: {"today", "今天"}, 1: {"tomorrow", "明天"}}
	n, near := names[int(time.Date(y, m, d, 12, 0, 0, 0, v.zone()).Sub(today).Round(24*time.Hour)/(24*time.Hour))]
	switch {
	case !near:
		return v.Date(t)
	case v.Language == "zh":
		return n[1]
	}
	return n[0]
}

// join lists texts, or a field of records, as people do: a, b and c.
func (v Voice) join(list any, field ...string) string {
	var names []string
	r := reflect.ValueOf(list)
	if !r.IsValid() || r.Kind() != reflect.Slice {
		return ""
	}
	for i := range r.Len() {
		x := r.Index(i).Interface()
		if len(field) > 0 {
			x = v.pick(x, field[0])
		}
		if s := fmt.Sprint(x); s != "" {
			names = append(names, s)
		}
	}
	if v.Language == "zh" {
		return strings.Join(names, "、")
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// tail is the last four characters, of a card or account number.
func tail(x any) string {
	r := []rune(fmt.Sprint(x))
	return string(r[max(0, len(r)-4):])
}

// pick is a field of a record in the reader's language: name_zh or name, place_en or place.
func (v Voice) pick(record any, field string) any {
	m, ok := fieldsOf(record)
	if !ok {
		return ""
	}
	if x, ok := m[field+"_"+v.Language]; ok && x != nil && x != "" {
		return x
	}
	if x, ok := m[field]; ok && x != nil {
		return x
	}
	return ""
}

// plural is the word that fits the number, one or many.
func plural(n any, one, many string) string {
	if s := fmt.Sprint(n); s == "1" || s == "1.00" {
		return one
	}
	return many
}
