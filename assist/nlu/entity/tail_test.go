package entity_test

import (
	"testing"

	"deskhand/assist/nlu/entity"
)

func TestTail_TakesTheAnswerAsItWasWritten(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"please send it to my office, thanks", "my office"},
		{"it's 5 Long Lane, Leeds", "5 Long Lane, Leeds"},
		{"It's broken", "It's broken"},
		{"Too small.", "Too small"},
		{"the reason is that it hums", "it hums"},
		{"改成公司吧，谢谢", "公司"},
		{"是北京市朝阳区建国路88号", "北京市朝阳区建国路88号"},
		{"是坏的", "是坏的"},
		{"尺寸不合适", "尺寸不合适"},
		{"\u202e我不喜欢\u200b颜色", "我不喜欢颜色"},
		{"please", ""},
		{"", ""},
		{"\u200b", ""},
	} {
		if got := entity.Tail(c.in, "en"); got != c.want {
			t.Errorf("Tail(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestYesNo_ACancellationIsAYesOnlyToOne(t *testing.T) {
	for _, c := range []struct {
		text   string
		action []string
		want   entity.Verdict
	}{
		{"yes, cancel it", []string{"cancel", "取消"}, entity.Yes},
		{"yes, cancel it", []string{"transfer", "转账"}, entity.Unclear},
		{"是的，取消", []string{"转账"}, entity.Unclear},
		{"yes, cancel it", nil, entity.Unclear},
		{"ok cancel", []string{"cancel"}, entity.Unclear},
		{"cancel", []string{"cancel"}, entity.No},
	} {
		if got := entity.YesNo(c.text, "en", c.action...); got.Verdict != c.want {
			t.Errorf("YesNo(%q, %v) = %+v, want %d", c.text, c.action, got, c.want)
		}
	}
}

func TestSamePhone(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"13800138001", "+86 138 0013 8001", true},
		{"07700 900123", "+44 7700 900123", true},
		{"(415) 555-0134", "+1 415 555 0134", true},
		{"0044 7700 900123", "07700900123", true},
		{"+44 (0)7700 900123", "+44 7700 900123", true},
		{"１３８ ００１３ ８００１", "+86 138 0013 8001", true},
		{"555 0134", "+1 415 555 0134", false},
		{"13800138002", "+86 138 0013 8001", false},
		{"8001", "8001", false},
		{"", "", false},
	} {
		if got := entity.SamePhone(c.a, c.b); got != c.want {
			t.Errorf("SamePhone(%q, %q) = %t", c.a, c.b, got)
		}
	}
}

func TestDate_OnADayThatWasSaidBefore(t *testing.T) {
	c := at(t)
	day, clock := entity.Dates("下周五", c)[0], entity.Dates("9:30", c)[0]
	if got := clock.On(day, c); got.Minute() != "2026-03-13T09:30" || got.TimeOnly || got.Past {
		t.Errorf("9:30 on 下周五 is %+v", got)
	}
	if got := clock.On(entity.Dates("today", c)[0], c); !got.Past {
		t.Errorf("9:30 on this day, at ten, is %+v, want it past", got)
	}
}
