package entity_test

import (
	"testing"
	"time"

	"deskhand/assist/nlu/entity"
)

// BenchmarkMessage reads everything there is to read in a message of about 60 characters. The aim is 100 µs.
func BenchmarkMessage(b *testing.B) {
	c := entity.Context{Now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Language: "en", Currency: "USD", Country: "US"}
	patterns := []entity.Pattern{{Kind: "order", Shape: "NW-9999999"}, {Kind: "transfer", Shape: "TR-99999"}, {Kind: "account", Shape: "6222-9999"}}
	items := shop(c.Now).orders
	for name, text := range map[string]string{
		"en": "pls change NW-7731377 to 12 Main St, ring 415 555 0134 Friday",
		"zh": "我想把前天下的那单耳机改送到杭州市文一西路969号，明天下午三点前能到吗，电话13899990000，谢谢你们了哈",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				entity.Amounts(text, c)
				entity.Dates(text, c)
				entity.Durations(text)
				entity.Phones(text, c)
				entity.Emails(text)
				entity.Identifiers(text, patterns)
				entity.Codes(text)
				entity.CardTails(text)
				entity.Addresses(text, "en")
				entity.Numbers(text)
				entity.Ordinals(text)
				entity.Countries(text)
				entity.Cities(text)
				entity.Languages(text)
				entity.Match(text, items, c, nil)
				entity.YesNo(text, "en")
				entity.Mask(text)
			}
		})
	}
	for name, f := range map[string]func(string){
		"Amounts":     func(t string) { entity.Amounts(t, c) },
		"Dates":       func(t string) { entity.Dates(t, c) },
		"Phones":      func(t string) { entity.Phones(t, c) },
		"Addresses":   func(t string) { entity.Addresses(t, "zh") },
		"Match":       func(t string) { entity.Match(t, items, c, nil) },
		"YesNo":       func(t string) { entity.YesNo(t, "zh") },
		"Mask":        func(t string) { entity.Mask(t) },
		"Ordinals":    func(t string) { entity.Ordinals(t) },
		"Languages":   func(t string) { entity.Languages(t) },
		"Countries":   func(t string) { entity.Countries(t) },
		"Emails":      func(t string) { entity.Emails(t) },
		"Identifiers": func(t string) { entity.Identifiers(t, patterns) },
		"CardTails":   func(t string) { entity.CardTails(t) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f("我想把前天下的那单耳机改送到杭州市文一西路969号，明天下午三点前能到吗，电话13899990000，谢谢你们了哈")
			}
		})
	}
}
