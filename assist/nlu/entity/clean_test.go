package entity_test

import (
	"testing"

	"deskhand/assist/nlu/entity"
)

func TestClean_DropsWhatCannotBeSeen(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"a\u200bb\u202ec", "abc"},
		{"line\nline\ttab", "line\nline\ttab"},
		{"nul\x00 bell\x07", "nul bell"},
		{"bad\xff\xfebytes", "badbytes"},
		{"退\ufeff款", "退款"},
		{"fi\u00adne", "fine"},
		{"\u2066iso\u2069", "iso"},
		{"real \ufffd stays", "real \ufffd stays"},
	} {
		if got := entity.Clean(c.in); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]bool{
		"": false, " \n\t": false, "\u200b\u200d\u2060": false, "\u3000": false, "\u2800": false,
		"\u3164": false, "\x00\x01": false, "\xff": false, ".": true, "好": true, "👍": true, "\u202eok": true,
	} {
		if got := entity.Visible(in); got != want {
			t.Errorf("Visible(%q) = %t, want %t", in, got, want)
		}
	}
}
