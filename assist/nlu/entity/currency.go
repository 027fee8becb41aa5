package entity

import "slices"

// yuan is what 元 and 块 mean: the company's money, if it is counted so.
func yuan(c Context) string {
	if slices.Contains([]string{"HKD", "TWD", "JPY", "MOP", "SGD"}, c.Currency) {
		return c.Currency
	}
	return "CNY"
}

// dollar is what $ and "dollars" mean: the company's dollars, else those of the United States.
func dollar(c Context) string {
	if slices.Contains([]string{"AUD", "CAD", "NZD", "SGD", "HKD", "TWD"}, c.Currency) {
		return c.Currency
	}
	return "USD"
}

// currency reads a currency at token i and returns the token behind it, 0 if there is none.
func (s *source) currency(i int, c Context) (code string, end int) {
	switch s.kind(i) {
	case mark:
		return s.currencyMark(i, c)
	case word:
		return s.currencyWord(i, c)
	case han:
		return s.currencyHan(i, c)
	}
	return "", 0
}

func (s *source) currencyMark(i int, c Context) (string, int) {
	switch s.word(i) {
	case "$":
		return dollar(c), i + 1
	case "¥":
		if c.Currency == "JPY" {
			return "JPY", i + 1
		}
		return "CNY", i + 1
	case "€":
		return "EUR", i + 1
	case "£":
		return "GBP", i + 1
	case "₩":
		return "KRW", i + 1
	case "₹":
		return "INR", i + 1
	case "฿":
		return "THB", i + 1
	case "₽":
		return "RUB", i + 1
	}
	return "", 0
}

// currencyWord reads English names and the codes themselves.
func (s *source) currencyWord(i int, c Context) (string, int) {
	if s.is(i+1, "$") && s.glued(i+1) {
		switch s.word(i) {
		case "us":
			return "USD", i + 2
		case "hk":
			return "HKD", i + 2
		case "a", "au":
			return "AUD", i + 2
		case "c", "ca":
			return "CAD", i + 2
		case "s", "sg":
			return "SGD", i + 2
		case "nz":
			return "NZD", i + 2
		case "nt":
			return "TWD", i + 2
		}
	}
	if code, ok := qualified[s.word(i)]; ok {
		if j := i + 1; s.is(j, "dollar", "dollars", "pound", "pounds", "yuan", "yen", "won", "francs", "franc", "rupees", "rupee") {
			for _, q := range code {
				if q.unit == s.word(j)[:3] {
					return q.code, j + 1
				}
			}
		}
	}
	switch w := s.word(i); w {
	case "dollar", "dollars", "bucks", "buck":
		return dollar(c), i + 1
	default:
		if code, ok := currencyNames[w]; ok {
			return code, i + 1
		}
	}
	return "", 0
}

type qualifiedUnit struct{ unit, code string }

var qualified = map[string][]qualifiedUnit{
	"us":         {{"dol", "USD"}},
	"american":   {{"dol", "USD"}},
	"australian": {{"dol", "AUD"}},
	"aussie":     {{"dol", "AUD"}},
	"canadian":   {{"dol", "CAD"}},
	"singapore":  {{"dol", "SGD"}},
	"hk":         {{"dol", "HKD"}},
	"taiwan":     {{"dol", "TWD"}},
	"british":    {{"pou", "GBP"}},
	"chinese":    {{"yua", "CNY"}},
	"japanese":   {{"yen", "JPY"}},
	"korean":     {{"won", "KRW"}},
	"swiss":      {{"fra", "CHF"}},
	"indian":     {{"rup", "INR"}},
}

var currencyNames = map[string]string{
	"usd": "USD", "eur": "EUR", "euro": "EUR", "euros": "EUR", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
	"sterling": "GBP", "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "kuai": "CNY", "renminbi": "CNY", "hkd": "HKD", "jpy": "JPY",
	"yen": "JPY", "krw": "KRW", "aud": "AUD", "cad": "CAD", "sgd": "SGD", "chf": "CHF", "francs": "CHF", "twd": "TWD", "ntd": "TWD",
	"mop": "MOP", "thb": "THB", "baht": "THB", "inr": "INR", "rupees": "INR", "rupee": "INR", "nzd": "NZD", "myr": "MYR", "ringgit": "MYR",
	"pln": "PLN", "zloty": "PLN", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "rub": "RUB", "rubles": "RUB", "vnd": "VND",
}

// hanCurrencies are Chinese names.
var hanCurrencies = tableOf(
	entry[string]{"美元", "USD"},
	entry[string]{"美金", "USD"},
	entry[string]{"美刀", "USD"},
	entry[string]{"刀", "USD"},
	entry[string]{"欧元", "EUR"},
	entry[string]{"英镑", "GBP"},
	entry[string]{"港币", "HKD"},
	entry[string]{"港元", "HKD"},
	entry[string]{"港纸", "HKD"},
	entry[string]{"日元", "JPY"},
	entry[string]{"日币", "JPY"},
	entry[string]{"日圆", "JPY"},
	entry[string]{"韩元", "KRW"},
	entry[string]{"韩币", "KRW"},
	entry[string]{"澳元", "AUD"},
	entry[string]{"澳币", "AUD"},
	entry[string]{"加元", "CAD"},
	entry[string]{"加币", "CAD"},
	entry[string]{"新元", "SGD"},
	entry[string]{"新加坡元", "SGD"},
	entry[string]{"新币", "SGD"},
	entry[string]{"瑞士法郎", "CHF"},
	entry[string]{"瑞郎", "CHF"},
	entry[string]{"台币", "TWD"},
	entry[string]{"新台币", "TWD"},
	entry[string]{"泰铢", "THB"},
	entry[string]{"卢比", "INR"},
	entry[string]{"卢布", "RUB"},
	entry[string]{"澳门元", "MOP"},
	entry[string]{"葡币", "MOP"},
	entry[string]{"纽元", "NZD"},
	entry[string]{"林吉特", "MYR"},
	entry[string]{"人民币", "CNY"},
)

func (s *source) currencyHan(i int, c Context) (string, int) {
	switch s.word(i) {
	case "块":
		if s.is(i+1, "钱") {
			return yuan(c), i + 2
		}
		return yuan(c), i + 1
	case "元", "圆":
		if j := s.after(i+1, "人民币"); j > 0 {
			return "CNY", j
		}
		if s.is(i, "元") && s.is(i+1, "旦") || s.is(i+1, "宵") {
			return "", 0
		}
		return yuan(c), i + 1
	}
	return hanCurrencies.at(s, i)
}
