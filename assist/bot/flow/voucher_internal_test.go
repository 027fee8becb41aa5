package flow

import (
	"testing"

	"deskhand/assist/backoffice"
)

func TestVoucher(t *testing.T) {
	turn := &Turn{Profile: backoffice.Profile{Shapes: map[string]string{"order": "NW-9999999", "product": "P-999"}}}
	for text, want := range map[string]string{
		"my code spring30 doesn't work": "SPRING30", "the voucher Spring 30 fails": "SPRING30", "code WELCOME is refused": "WELCOME",
		"优惠码HAPPY88用不了": "HAPPY88", "spring30这个码怎么不能用": "SPRING30", "券码是 xmas-25": "XMAS25", "promo code: 10FALLX nothing happens": "10FALLX",
		"my code doesn't work on NW-7731377": "", "the code for P-101 fails": "", "code was 10 percent off": "", "my discount code isn't accepted": "",
		"the 10percent code": "", "mail me at anna22@firm.example": "", "优惠码用不了": "",
	} {
		got := ""
		if f := turn.voucher(text, opening); f.value != nil {
			got = f.value.V
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"welcome": "WELCOME", "it's fall 10": "FALL10", "no": "", "never mind": "", "不知道": "", "I don't know": "", "算了": ""} {
		got := ""
		if f := turn.voucher(text, asked); f.value != nil {
			got = f.value.V
		}
		if got != want {
			t.Errorf("asked, %s: got %q, want %q", text, got, want)
		}
	}
}

func TestOwnEmail(t *testing.T) {
	turn := &Turn{person: &backoffice.Person{Email: "ida@example.no"}}
	for text, want := range map[string]bool{
		"the one you have on file": true, "my usual address please": true, "same as always": true, "发我预留的邮箱": true, "就注册的那个邮箱": true, "to my email please": true, "我的邮箱就行": true,
		"accounts at work": false, "email": false, "my accountant's": false, "发给我同事": false,
	} {
		if f := turn.ownEmail(text, asked); (f.value != nil) != want {
			t.Errorf("%s: got %v, want %v", text, f.value != nil, want)
		}
	}
	if f := turn.ownEmail("email me the receipt please", opening); f.value != nil {
		t.Error("a wish for an e-mail was taken for the address on file")
	}
}
