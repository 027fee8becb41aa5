package flow

import (
	"testing"

	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

func TestArea(t *testing.T) {
	for _, tc := range []struct {
		text, want string
		how        manner
	}{
		{"Is there an outage around East Ring 7?", "East Ring 7", opening},
		{"no signal in harbour street since this morning", "harbour street", opening},
		{"internet is down in my area", "", opening},
		{"is something broken at the moment", "", opening},
		{"东环七路是不是断网了", "东环七路", opening},
		{"我们在东环七路，没网", "东环七路", opening},
		{"我家这个小区没信号", "", opening},
		{"没信号", "", opening},
		{"East Ring 7", "East Ring 7", asked},
		{"i'm near the old mill", "old mill", asked},
		{"滨江", "滨江", asked},
		{"东环七路", "东环七路", asked},
		{"my place", "", asked},
		{"i don't know", "", asked},
		{"不知道", "", asked},
	} {
		turn := &Turn{State: NewState()}
		if countHan(tc.text) > 0 {
			turn.State.Language = "zh"
		}
		got := ""
		if f := turn.area(tc.text, tc.how); f.value != nil {
			got = f.value.V
		}
		if got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestOwnAddress(t *testing.T) {
	turn := &Turn{State: NewState(), person: &backoffice.Person{Address: "12 Quay Rd, Dublin"}}
	for text, own := range map[string]bool{
		"the one on file": true, "to my home address please": true, "same address as always": true, "send it home": true, "寄到我家": true, "家里地址就行": true, "我登记的地址": true,
		"44 High St, Cork": false, "to my mother": false, "home farm": false, "寄到公司": false, "我家楼下的菜鸟驿站": false,
	} {
		if got := turn.ownAddress(text, asked).value != nil; got != own {
			t.Errorf("%q: got %v, want %v", text, got, own)
		}
	}
	if f := turn.ownAddress("i need a new sim for my home", opening); f.value != nil {
		t.Error("a wish for a card was taken for an address")
	}
}

func TestPlace_KeepsItsLanguage(t *testing.T) {
	for text, want := range map[string]string{"roaming in Japan": "Japan", "去日本漫游多少钱": "日本"} {
		if f := place(&pack.Slot{Type: pack.Place, Kind: "country"}, text); f.value == nil || f.value.V != want || f.value.EN != "Japan" || f.value.ZH != "日本" {
			t.Errorf("%q: got %+v", text, f.value)
		}
	}
}
