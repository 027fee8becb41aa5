package pack_test

import (
	"testing"
	"testing/fstest"
	"time"

	"deskhand/assist/pack"
)

// spoken runs one template in the voice.
func spoken(t *testing.T, v pack.Voice, template string, value any) string {
	t.Helper()
	all := files()
	for _, language := range pack.Languages() {
		all["common/replies."+language+".yaml"] = "thanks: {answer: ['" + template + "']}\nask: {any: [x]}\n"
	}
	fsys := fstest.MapFS{}
	for name, text := range all {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	packs, err := pack.Load(fsys, nil, "common")
	if err != nil {
		t.Fatal(err)
	}
	got, err := packs[0].Say("thanks.answer", 0, v, map[string]any{"value": value})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestWords(t *testing.T) {
	for _, tc := range []struct{ language, currency, amount, want string }{
		{"en", "USD", "120.00", "one hundred and twenty dollars"},
		{"en", "USD", "1.00", "one dollar"},
		{"en", "USD", "1001.01", "one thousand and one dollars and one cent"},
		{"en", "CNY", "5000.00", "five thousand yuan"},
		{"en", "GBP", "21.50", "twenty-one pounds and fifty pence"},
		{"en", "USD", "1234567.89", "one million two hundred and thirty-four thousand five hundred and sixty-seven dollars and eighty-nine cents"},
		{"zh", "CNY", "120.00", "壹佰贰拾元整"},
		{"zh", "CNY", "0.05", "伍分"},
		{"zh", "CNY", "0.00", "零元整"},
		{"zh", "CNY", "0.50", "伍角整"},
		{"zh", "CNY", "1409.50", "壹仟肆佰零玖元伍角整"},
		{"zh", "CNY", "6007.14", "陆仟零柒元壹角肆分"},
		{"zh", "CNY", "1680.32", "壹仟陆佰捌拾元叁角贰分"},
		{"zh", "CNY", "107000.53", "壹拾万柒仟元伍角叁分"},
		{"zh", "CNY", "16409.02", "壹万陆仟肆佰零玖元零贰分"},
		{"zh", "CNY", "325.04", "叁佰贰拾伍元零肆分"},
		{"zh", "CNY", "100000005.00", "壹亿零伍元整"},
		{"zh", "CNY", "10001000.00", "壹仟万壹仟元整"},
	} {
		v := pack.Voice{Language: tc.language, Currency: tc.currency, Now: time.Unix(0, 0)}
		if got := spoken(t, v, "{{words .value}}", tc.amount); got != tc.want {
			t.Errorf("%s %s in %s: got %q, want %q", tc.currency, tc.amount, tc.language, got, tc.want)
		}
	}
}

func TestFunctions(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	en, zh := pack.Voice{Language: "en", Currency: "USD", Now: now}, pack.Voice{Language: "zh", Currency: "CNY", Now: now}
	names := []map[string]any{{"name": "Red", "name_zh": "红"}, {"name": "Blue"}, {"name": "Green"}}
	for _, tc := range []struct {
		v        pack.Voice
		template string
		value    any
		want     string
	}{
		{en, "{{money .value}}", "1234567.5", "$1\u202f234\u202f567.50"},
		{en, "{{money .value}}", "-3.00", "-$3.00"},
		{en, "{{money .value}}", "a lot", "a lot"},
		{zh, "{{money .value}}", "25", "¥25.00"},
		{en, "{{date .value}}", "2026-03-06", "Friday 6 March"},
		{en, "{{date .value}}", "2027-03-06", "6 March 2027"},
		{en, "{{datetime .value}}", "2026-03-06T15:04", "Friday 6 March at 15:04"},
		{zh, "{{datetime .value}}", now, "3月2日（周一） 10:00"},
		{en, "{{day .value}}", now.AddDate(0, 0, 1), "tomorrow"},
		{zh, "{{day .value}}", "2026-03-01", "昨天"},
		{en, "{{join .value \"name\"}}", names, "Red, Blue and Green"},
		{zh, "{{join .value \"name\"}}", names, "红、Blue、Green"},
		{en, "{{tail .value}}", "6222-0001", "0001"},
		{zh, "{{pick .value \"name\"}}", names[0], "红"},
		{en, "{{.value}} {{plural .value \"day\" \"days\"}}", 1, "1 day"},
		{en, "{{if .result}}yes{{else}}no{{end}}", nil, "no"},
	} {
		if got := spoken(t, tc.v, tc.template, tc.value); got != tc.want {
			t.Errorf("%s of %v in %s: got %q, want %q", tc.template, tc.value, tc.v.Language, got, tc.want)
		}
	}
}
