package entity_test

import (
	"testing"

	"deskhand/assist/nlu/entity"
)

func TestAreas(t *testing.T) {
	for text, want := range map[string]string{
		"Is there an outage around East Ring 7?":                  "East Ring 7",
		"is the internet down in mill park right now":             "mill park",
		"no signal at all near Harbour Street since this morning": "Harbour Street",
		"my phone has no bars on the Kingsway":                    "Kingsway",
		"bad reception in Isle of Dogs, can you fix it":           "Isle of Dogs",
		"any known faults for Nørrebro today":                     "Nørrebro",
		"outage in westside?":                                     "westside",
		"calls drop in my kitchen":                                "",
		"no signal at home":                                       "",
		"is there an outage in my area":                           "",
		"nothing works at the moment":                             "",
		"weak signal in the evening":                              "",
		"no network on my phone":                                  "",
		"no signal for three days":                                "",
		"signal is terrible around here":                          "",
		"reception is bad at 12 Quay Rd, Dublin":                  "12 Quay Rd, Dublin",
		"东环七路是不是断网了":                                              "东环七路",
		"请问滨江区今天有故障吗":                                             "滨江区",
		"我在翠苑小区附近没信号":                                             "翠苑小区",
		"查一下城西银泰那边是不是坏了":                                          "城西银泰",
		"你好，长江路这一片宽带都断了吗？":                                        "长江路",
		"滨江区江南大道手机没信号":                                            "滨江区江南大道",
		"家里没信号":                                                   "",
		"我们这边是不是断网了":                                              "",
		"小区没信号":                                                   "",
		"手机老是没信号":                                                 "",
		"在地下室打不了电话":                                               "",
		"东环7路还在抢修吗":                                               "东环7路",
		"我家那边 松鹤苑 信号很差":                                           "松鹤苑",
	} {
		got := ""
		language := "en"
		if len(text) > 0 && text[0] > 127 {
			language = "zh"
		}
		if all := entity.Areas(text, language); len(all) > 0 {
			got = all[0].Text
			if text[all[0].Start:all[0].End] == "" {
				t.Errorf("%s: an empty span", text)
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzAreas(f *testing.F) {
	f.Add("东环七路，那边 in mill park，附近")
	f.Add("in in in 路路路 \u200b在的")
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range []string{"en", "zh"} {
			for _, a := range entity.Areas(text, language) {
				if a.Start < 0 || a.End > len(text) || a.Start >= a.End {
					t.Fatalf("%q: span %d to %d", text, a.Start, a.End)
				}
			}
		}
		entity.Everywhere(text)
		entity.WithoutPlaceWord(text)
	})
}
