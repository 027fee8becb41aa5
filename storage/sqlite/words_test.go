package sqlite

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"deskhand/assist"
)

func FuzzQuestion(f *testing.F) {
	ctx := context.Background()
	s, err := Open(ctx, Options{Dir: f.TempDir(), IndexEvery: time.Hour})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	if _, err := s.Commit(ctx, time.UnixMilli(1), []assist.Write{startWrite(1)}); err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"退款", `"a" OR b`, "é\x00", "NEAR(a b, 3)", "*", "İ ǅ ß", "\xff\xfe", "a\u0301b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range words(text) {
			if w == "" || !utf8.ValidString(w) || strings.ContainsAny(w, "\" *()\x00") {
				t.Fatalf("word %q of %q", w, text)
			}
		}
		if _, err := s.Search(ctx, text, assist.SearchFilter{}); err != nil {
			t.Fatalf("search %q: %v", text, err)
		}
		q := parseQuestion(text)
		if len(q.phrases) > 0 && len(q.phrases) < maxPhrases && len(text) < 40 && !q.finds(words(text)) {
			t.Fatalf("%q does not find itself: %+v", text, q)
		}
	})
}
