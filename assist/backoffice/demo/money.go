package demo

import (
	"fmt"
	"strconv"
	"strings"
)

// hundredths reads an amount of demo.yaml, a decimal string of up to two places; what is none counts as nothing.
func hundredths(text string) int64 {
	whole, part, _ := strings.Cut(text, ".")
	if len(part) > 2 {
		return 0
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// decimalOf writes hundredths as demo.yaml does.
func decimalOf(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}
