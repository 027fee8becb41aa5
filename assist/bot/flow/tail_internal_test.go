package flow

import (
	"testing"

	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

func TestStrangeTail_KnowsThatNoneOfTheCardsIsMeant(t *testing.T) {
	cards := []backoffice.Item{{ID: "a", Attributes: map[string]string{"last4": "4821"}}, {ID: "b", Attributes: map[string]string{"last4": "9937"}}}
	for text, want := range map[string]string{
		"block my credit card ending in 5555": "5555",
		"尾号1234的卡丢了":                          "1234",
		"block the card ending 4821":          "",
		"my card is gone":                     "",
	} {
		f, ok := strangeTail(cards, text, opening)
		if ok != (want != "") || ok && (f.trouble == nil || f.trouble.Code != "not_yours" || f.trouble.Value != want) {
			t.Errorf("%q: %v %+v, want %q", text, ok, f.trouble, want)
		}
	}
	if _, ok := strangeTail([]backoffice.Item{{ID: "c"}}, "card ending 5555", opening); ok {
		t.Error("items without last digits can't be told apart by them")
	}
}

func TestAllThere_IsForQuestionsThatNeedNoChoice(t *testing.T) {
	items := []backoffice.Item{{ID: "a"}, {ID: "b"}}
	ask := &pack.Intent{Kind: pack.Answer, Slots: []pack.SlotRef{{Name: "account", Optional: true}}}
	do := &pack.Intent{Kind: pack.Action, Slots: ask.Slots}
	s := &pack.Slot{Name: "account", Type: pack.Item}
	for text, want := range map[string]bool{
		"both": true, "the balances of all my accounts": true, "两个账户分别有多少钱": true, "都要": true, "全部": true,
		"that's all": false, "my savings account": false, "钱都花哪去了": false,
	} {
		if got := allThere(ask, s, items, text); got != want {
			t.Errorf("%q: %v", text, got)
		}
		if allThere(do, s, items, text) || allThere(ask, s, items[:1], text) {
			t.Errorf("%q: a change, or a single item, is no matter of all", text)
		}
	}
}
