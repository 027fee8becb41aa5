package pack

import (
	"fmt"
	"strings"
)

// Cents reads a decimal string of up to two places, as the back office writes amounts.
func Cents(text string) (int64, bool) {
	digits, negative := strings.CutPrefix(text, "-")
	whole, part, _ := strings.Cut(digits, ".")
	if whole == "" || len(part) > 2 || len(whole) > 15 {
		return 0, false
	}
	n := int64(0)
	for _, r := range whole + (part + "00")[:2] {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int64(r-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

// Decimal writes hundredths as the back office does: 1234.50.
func Decimal(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}
