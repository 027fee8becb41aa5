package app_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
)

// What is wrong in a company's own packs and articles keeps the hub from starting, and is told by file and line.
func TestStart_RefusesFaultyPacks(t *testing.T) {
	own := t.TempDir()
	for name, text := range map[string]string{
		"spa/pack.yaml":       "name: spa\ntitle: {en: Spa, zh: 水疗}\nintents:\n  massage: {title: {en: book a massage, zh: 预约按摩}, kind: dance}\n",
		"spa/replies.en.yaml": "massage: {answer: [\"Fine.\"]}\n", "spa/replies.zh.yaml": "massage: {answer: [好。]}\n",
		"spa/phrases.en.tsv": "intent\ttext\nmasage\tmy back hurts\n", "spa/phrases.zh.tsv": "intent\ttext\nmassage\t想按摩\n",
		"spa/articles.en.md": "# hours · Hours\n? when\n\nAlways.\n", "spa/articles.zh.md": "# hours · 时间\n? 几点\n\n全天。\n",
		"articles/a.en.md": "no heading\n",
	} {
		path := filepath.Join(own, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for what, tc := range map[string]struct {
		tweak func(*config.Config)
		want  []string
	}{
		"a faulty pack": {func(c *config.Config) { c.Bot.Packs, c.Inboxes[0].Packs = own, []string{"spa"} },
			[]string{"spa/pack.yaml:4: ", `spa/phrases.en.tsv:2: unknown intent "masage"`}},
		"no such pack":    {func(c *config.Config) { c.Inboxes[1].Packs = []string{"ecomerce"} }, []string{"ecomerce/pack.yaml: the file is missing"}},
		"faulty articles": {func(c *config.Config) { c.Bot.Articles = filepath.Join(own, "articles") }, []string{"a.en.md:1"}},
	} {
		c := deskConfig(t, tc.tweak)
		a, err := app.Start(t.Context(), app.Options{Config: c, Log: slog.New(slog.DiscardHandler), Reader: plainReader})
		if err == nil {
			t.Errorf("%s: the hub started", what)
			if err := a.Close(); err != nil {
				t.Error(err)
			}
			continue
		}
		for _, want := range tc.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %q, want %q", what, err, want)
			}
		}
	}
}
