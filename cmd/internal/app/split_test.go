package app

import (
	"io/fs"
	"log/slog"
	"strings"
	"testing"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/pack"
)

// The shipped models tell errands from the background that is told with them.
func TestSplit_ErrandsAndTheirBackground(t *testing.T) {
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		t.Fatal(err)
	}
	models := NewModels("", nil, slog.New(slog.DiscardHandler))
	for name, messages := range map[string]map[string]string{
		"ecommerce": {
			"where is my parcel and can i get an invoice for it":        "track_package|invoice_request",
			"查一下NW-7731377到哪了，顺便看看积分":                                   "track_package|loyalty_points",
			"这个杯子碎了，给我换一个，另外我还有多少积分":                                    "exchange_item|loyalty_points",
			"hi, my order NW-7740018 hasn't moved for days. cancel it":  "cancel_order",
			"i'd like to return the shoes, my order is NW-7731377":      "return_item",
			"we moved house. what is the warranty on the speaker":       "warranty_info",
			"I bought it last week and it was fine, where's my invoice": "invoice_request",
		},
		"education": {
			"周三的课我来不了，帮我请个假，还有作业在哪下载":                        "leave_request|learning_material",
			"i want to sign up my son for python, he is ten": "enroll",
			"my last result was bad. what should i practise": "study_advice",
		},
		"telecom": {
			"my internet is down and also how much is my bill":  "network_fault|bill_query",
			"流量老不够，帮我加个流量包":                                     "addon_buy",
			"i lost my sim, my phone number is 085 123 4567":    "sim_lost",
			"I'm off to Spain on Friday, how much data is left": "usage_query",
		},
		"banking": {
			"卡昨天寄到了，帮我激活":                            "card_activate",
			"转账给张三500块，还有帮我查下余额":                     "transfer_money|account_balance",
			"my card was stolen, what's my balance":  "card_lost|account_balance",
			"I lost my card and I need a new one":    "card_lost",
			"my salary came in, what's my balance":   "account_balance",
			"what's my balance. send me a statement": "account_balance|statement_request",
		},
	} {
		loaded, err := pack.Load(packs, backoffice.Actions(), name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := models.Reader(loaded[0])
		if err != nil {
			t.Fatal(err)
		}
		for message, want := range messages {
			var got []string
			for _, p := range intent.Split(message, m, func(i string) bool { return loaded[0].Intents[i].Duty }) {
				got = append(got, p.Reading.Best().Intent)
			}
			if g := strings.Join(got, "|"); g != want {
				t.Errorf("%s: %q is read as %s, want %s", name, message, g, want)
			}
		}
	}
}
