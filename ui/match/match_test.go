package match_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"deskhand/ui/match"
)

func shown(text string, f match.Found) string {
	var b strings.Builder
	at := 0
	for _, r := range f.Ranges {
		b.WriteString(text[at:r[0]] + "[" + text[r[0]:r[1]] + "]")
		at = r[1]
	}
	return b.String() + text[at:]
}

func TestFind(t *testing.T) {
	for _, v := range []struct{ text, query, want string }{
		{"Transfer conversation", "tr", "[Tr]ansfer conversation"},
		{"Hand to bot", "TO B", "Hand [to b]ot"},
		{"Transfer conversation", "tc", "[T]ransfer [c]onversation"},
		{"王晓明", "wxm", "[王晓明]"},
		{"王晓明", "xm", "王[晓明]"},
		{"宽带断线", "kddx", "[宽带断线]"},
		{"重庆分店", "cq", "[重庆]分店"}, // 重 is chong or zhong
		{"重庆分店", "zq", "[重庆]分店"},
		{"王 晓明", "wxm", ""}, // not one after the other
		{"王晓明 Wang", "晓", "王[晓]明 Wang"},
		{"Anna", "x", ""},
		{"Anna", "", "Anna"},
		{"İstanbul", "stan", "İ[stan]bul"}, // letters whose lower case has another length
	} {
		f, ok := match.Find(v.text, v.query)
		if got := shown(v.text, f); ok != (v.want != "") || ok && got != v.want {
			t.Errorf("Find(%q, %q): got %q %t, want %q", v.text, v.query, got, ok, v.want)
		}
	}
}

func TestFind_BeginningsComeFirst(t *testing.T) {
	order := []string{"order", "new order", "reorder", "our dear"}
	last := 1000
	for _, text := range order {
		f, ok := match.Find(text, "order")
		if text == "our dear" {
			f, ok = match.Find(text, "ord")
		}
		if !ok || f.Score >= last {
			t.Errorf("%q: score %d, want below %d", text, f.Score, last)
		}
		last = f.Score
	}
}

func TestHolds_IsNoFuzzySearch(t *testing.T) {
	if match.Holds("Transfer conversation", "tc") {
		t.Error("letters in order are let through a filter")
	}
	if !match.Holds("退款 refund", "tk") || !match.Holds("x", "") {
		t.Error("initials or the empty query are not let through")
	}
}

func FuzzFind(f *testing.F) {
	f.Add("王晓明 order", "wx")
	f.Add("\xff\xfe", "\xff")
	f.Fuzz(func(t *testing.T, text, query string) {
		found, _ := match.Find(text, query)
		at := 0
		for _, r := range found.Ranges {
			if r[0] < at || r[1] <= r[0] || r[1] > len(text) {
				t.Fatalf("ranges %v of %q", found.Ranges, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[r[0]:r[1]]) {
				t.Fatalf("range %v cuts a character of %q", r, text)
			}
			at = r[1]
		}
	})
}
