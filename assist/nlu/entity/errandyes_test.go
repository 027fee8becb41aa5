package entity_test

import (
	"testing"

	"deskhand/assist/nlu/entity"
)

// The errand's own verb with 吧 is a yes to that errand, and to no other.
func TestYesNo_TheErrandsVerb(t *testing.T) {
	for _, c := range []struct {
		text, action string
		want         entity.Answer
	}{
		{"换吧", "换货", entity.Answer{Verdict: entity.Yes}},
		{"那行 改吧", "修改收货地址", entity.Answer{Verdict: entity.Yes}},
		{"换吧", "退货", entity.Answer{}},
		{"换", "换货", entity.Answer{Verdict: entity.Yes}},
		{"换", "退货", entity.Answer{}},
		{"麻烦办一下", "退货", entity.Answer{Verdict: entity.Yes}},
		{"先别办", "退货", entity.Answer{Verdict: entity.No}},
		{"别换吧", "换货", entity.Answer{Verdict: entity.No}},
		{"取消吧", "取消订单", entity.Answer{Verdict: entity.No}}, // of what, it doesn't say
		{"yes but to maria2@work.example", "get an invoice", entity.Answer{Reason: entity.Correction}},
		{"yes @maria", "get an invoice", entity.Answer{Reason: entity.Addressed}},
	} {
		if got := entity.YesNo(c.text, "", c.action); got != c.want {
			t.Errorf("%s, %s: got %+v, want %+v", c.text, c.action, got, c.want)
		}
	}
}

func TestMask_VouchersAreNoSecret(t *testing.T) {
	for text, want := range map[string]string{
		"The code FALL10 is fine": "The code FALL10 is fine", "优惠码FALL10有效": "优惠码FALL10有效", "my code 483920": "my code ******",
		"password is abc123": "password is ******", "密码是abc123": "密码是******", "passcode: a1b2c3": "passcode: ******",
	} {
		if got := entity.Mask(text); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
