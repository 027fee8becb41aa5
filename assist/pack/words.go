package pack

import (
	"fmt"

	"deskhand/assist/spell"
)

// words writes an amount in words, in the way that cheques are written: "one hundred and twenty", 壹佰贰拾元整.
func (v Voice) words(x any) string {
	cents, ok := Cents(fmt.Sprint(x))
	if !ok || cents < 0 {
		return fmt.Sprint(x)
	}
	return spell.Amount(cents, v.Currency, v.Language)
}
