// Package spell writes amounts of money in words, as cheques have them. It starts no goroutine.
package spell

import "strings"

// Amount is an amount, given in hundredths, in the words of a language: "one hundred and twenty dollars" in English,
// 壹佰贰拾元整 in Chinese ("zh"). It is empty for amounts below zero.
func Amount(hundredths int64, currency, language string) string {
	switch {
	case hundredths < 0:
		return ""
	case language == "zh":
		return capital(hundredths)
	}
	return english(hundredths, currency)
}

const (
	small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
	tens  = "- ten twenty thirty forty fifty sixty seventy eighty ninety"
)

func nth(words string, n int64) string { return strings.Fields(words)[n] }

func english(cents int64, currency string) string {
	unit := map[string][2]string{"USD": {"dollar", "dollars"}, "CNY": {"yuan", "yuan"}, "EUR": {"euro", "euros"}, "GBP": {"pound", "pounds"}}[currency]
	part := [2]string{"cent", "cents"}
	if currency == "CNY" {
		part = [2]string{"fen", "fen"}
	}
	if currency == "GBP" {
		part = [2]string{"penny", "pence"}
	}
	if unit[0] == "" {
		unit = [2]string{currency, currency}
	}
	text := strings.TrimSpace(spelt(cents/100) + " " + one(cents/100, unit))
	if rest := cents % 100; rest != 0 {
		text += " and " + spelt(rest) + " " + one(rest, part)
	}
	return text
}

func one(n int64, unit [2]string) string {
	if n == 1 {
		return unit[0]
	}
	return unit[1]
}

// spelt is a whole number in English.
func spelt(n int64) string {
	switch {
	case n < 20:
		return nth(small, n)
	case n < 100:
		if n%10 == 0 {
			return nth(tens, n/10)
		}
		return nth(tens, n/10) + "-" + nth(small, n%10)
	case n < 1000:
		return nth(small, n/100) + " hundred" + after(n%100, " and ")
	}
	for _, big := range []struct {
		size int64
		name string
	}{{1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}, {1e3, "thousand"}} {
		if n >= big.size {
			link := " "
			if n%big.size < 100 {
				link = " and "
			}
			return spelt(n/big.size) + " " + big.name + after(n%big.size, link)
		}
	}
	return ""
}

func after(n int64, link string) string {
	if n == 0 {
		return ""
	}
	return link + spelt(n)
}

// capital writes an amount in the characters of Chinese accounting (Ministry of Finance, 会计基础工作规范, article 52):
// 整 stands after 元 or 角 if nothing follows, and 零 for digits that are left out in between.
func capital(cents int64) string {
	text := ""
	if whole := cents / 100; whole > 0 {
		text = capitalWhole(whole) + "元"
	}
	jiao, fen := cents/10%10, cents%10
	switch {
	case jiao == 0 && fen == 0:
		if text == "" {
			text = "零元"
		}
		return text + "整"
	case jiao > 0:
		text += capitalDigit(jiao) + "角"
	case text != "":
		text += "零"
	}
	if fen == 0 {
		return text + "整"
	}
	return text + capitalDigit(fen) + "分"
}

func capitalDigit(n int64) string { return string([]rune("零壹贰叁肆伍陆柒捌玖")[n]) }

// capitalWhole writes a whole number by groups of four digits: 亿, 万 and the rest.
func capitalWhole(n int64) string {
	text, gap := "", false
	for _, group := range []struct {
		size int64
		name string
	}{{1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		part := n / group.size % 1e4
		if part == 0 {
			gap = text != ""
			continue
		}
		if text != "" && (gap || part < 1000) {
			text += "零"
		}
		text, gap = text+capitalGroup(part)+group.name, false
	}
	return text
}

func capitalGroup(n int64) string {
	text, gap := "", false
	for _, place := range []struct {
		size int64
		name string
	}{{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}} {
		digit := n / place.size % 10
		if digit == 0 {
			gap = text != ""
			continue
		}
		if gap {
			text, gap = text+"零", false
		}
		text += capitalDigit(digit) + place.name
	}
	return text
}
