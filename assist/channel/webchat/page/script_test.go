package page_test

import (
	"io/fs"
	"regexp"
	"testing"

	"deskhand/assets"
	"deskhand/assist/channel/webchat/page"
)

func TestScript_IsSmall(t *testing.T) {
	script, err := page.Script(assets.Widget)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("widget.js has %d bytes", len(script))
	if len(script) >= page.MaxScript {
		t.Errorf("widget.js has %d bytes, want fewer than %d", len(script), page.MaxScript)
	}
}

func TestWords_BothLanguagesHaveEveryKey(t *testing.T) {
	text, err := fs.ReadFile(assets.Widget, "widget/src/lang.js")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`(?m)^  (\w+): (.*)$`)
	both := regexp.MustCompile(`^\["[^"]+", "[^"]+"\],$`)
	slot := regexp.MustCompile(`\{\d\}`)
	known := map[string]bool{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		known[m[1]] = true
		if !both.MatchString(m[2]) {
			t.Errorf("%s has not both languages: %s", m[1], m[2])
		}
		counts := map[string]int{}
		for _, s := range slot.FindAllString(m[2], -1) {
			counts[s]++
		}
		for s, n := range counts {
			if n != 2 {
				t.Errorf("%s has %s in %d of 2 languages", m[1], s, n)
			}
		}
	}
	if len(known) < 60 {
		t.Fatalf("found only %d keys", len(known))
	}
	used := regexp.MustCompile(`\bw\("(\w+)"`)
	files, err := fs.Glob(assets.Widget, "widget/src/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		source, err := fs.ReadFile(assets.Widget, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(source), -1) {
			if !known[m[1]] && m[1] != "r" && m[1] != "a_" {
				t.Errorf("%s says %q, which has no words", f, m[1])
			}
		}
	}
}
