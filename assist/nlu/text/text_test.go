package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestNormalise_FoldsWhatWritesAlike(t *testing.T) {
	for in, want := range map[string]string{
		"  Hello   WORLD ":           "hello world",
		"ＮＷ－７７３１３７７":                 "nw-7731377",
		"don’t “stop”":               "don't \"stop\"",
		"zero\u200bwidth\u202e":      "zerowidth",
		"tab\tand\nline":             "tab and line",
		"bad\xff\xfebytes":           "bad bytes",
		"查 一下　余额":                    "查 一下 余额",
		"\u2460 half ½ ligature ﬁne": "1 half 1⁄2 ligature fine",
		"ok\ufe0f":                   "ok",
		"":                           "",
		"\u200b\u200d":               "",
	} {
		if got := Normalise(in); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNormalise_BoundsLongTexts(t *testing.T) {
	if n := utf8.RuneCountInString(Normalise(strings.Repeat("好", 50_000))); n != MaxRunes {
		t.Errorf("%d runes of a long text are left, want %d", n, MaxRunes)
	}
}

func TestTokens_SplitWordsAndHanCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"where's my order nw-7731377?": "where's|my|order|nw|0000000",
		"我的order到哪了":                   "我|的|order|到|哪|了",
		"haven't got it":               "haven't|got|it",
		"rock 'n' roll'":               "rock|n|roll",
		"!!! ... ？":                    "",
	} {
		var got []string
		for _, tok := range Tokens(Normalise(in)) {
			got = append(got, tok.Text)
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("Tokens(%q) = %s, want %s", in, g, want)
		}
	}
}

func TestStem_BringsFormsTogether(t *testing.T) {
	for _, forms := range [][]string{
		{"refund", "refunds", "refunded", "refunding"}, {"cancel", "cancelled", "cancels"}, {"charge", "charged", "charges", "charging"},
		{"delivery", "deliveries"}, {"pay", "paying", "pays"},
	} {
		for _, f := range forms[1:] {
			if Stem(f) != Stem(forms[0]) {
				t.Errorf("Stem(%q) = %q, Stem(%q) = %q", f, Stem(f), forms[0], Stem(forms[0]))
			}
		}
	}
	for _, w := range []string{"is", "status", "address", "退款", "bus"} {
		if Stem(w) != w {
			t.Errorf("Stem(%q) = %q, want it unchanged", w, Stem(w))
		}
	}
}

// Models hold hashes: a change of any feature makes every stored model useless, and must be meant.
func TestFeatures_HashesStay(t *testing.T) {
	tokens := Tokens(Normalise("Refund me, 退款!"))
	var sum uint32
	for _, f := range Features(tokens) {
		sum = sum*31 + f.Hash + uint32(f.Group)
	}
	for _, f := range EncoderFeatures(tokens) {
		sum = sum*31 + f
	}
	if want := uint32(0x3eb8caf); sum != want {
		t.Errorf("sum of the features is %#x, want %#x: raise the versions of the model and encoder formats", sum, want)
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"hello", "ＮＷ", "\u202eabc", "\xff", "你好，world's 12³", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Normalise(s)
		if !utf8.ValidString(n) || strings.HasPrefix(n, " ") || strings.HasSuffix(n, " ") {
			t.Fatalf("Normalise(%q) = %q", s, n)
		}
		for _, r := range n {
			if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("Normalise(%q) keeps %U", s, r)
			}
		}
		tokens := Tokens(n)
		last := 0
		for _, tok := range tokens {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(n) {
				t.Fatalf("Tokens(%q): %d to %d after %d", n, tok.Start, tok.End, last)
			}
			last = tok.End
		}
		Features(tokens)
		EncoderFeatures(tokens)
	})
}
