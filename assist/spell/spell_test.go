package spell_test

import (
	"testing"

	"deskhand/assist/spell"
)

func TestAmount(t *testing.T) {
	for _, v := range []struct {
		hundredths         int64
		currency, language string
		want               string
	}{
		{800_000, "CNY", "zh", "捌仟元整"},
		{10_050, "CNY", "zh", "壹佰元伍角整"},
		{1_000_005, "CNY", "zh", "壹万元零伍分"},
		{0, "CNY", "zh", "零元整"},
		{12_001, "USD", "en", "one hundred and twenty dollars and one cent"},
		{100, "GBP", "en", "one pound"},
		{1_234_567_800, "EUR", "en", "twelve million three hundred and forty-five thousand six hundred and seventy-eight euros"},
		{-1, "USD", "en", ""},
	} {
		if got := spell.Amount(v.hundredths, v.currency, v.language); got != v.want {
			t.Errorf("%d %s: got %q, want %q", v.hundredths, v.currency, got, v.want)
		}
	}
}
