package lang_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/ui/keymap"
	"deskhand/ui/lang"
)

func open(t *testing.T, tag string) *lang.Catalogue {
	t.Helper()
	c, err := lang.New(lang.Options{Files: assets.Lang, Tag: tag, Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// keyTakers are the functions whose first argument is a key.
var keyTakers = map[string]bool{"T": true, "Label": true, "Button": true, "IconButton": true, "Field": true, "Tip": true,
	"row": true, "card": true, "label": true, "empty": true, "toggle": true, "words": false}

// keysInCode are the literal keys that the code of the user interface asks for, with N's in all their forms.
func keysInCode(t *testing.T) map[string]string {
	t.Helper()
	keys := map[string]string{}
	for _, root := range []string{"../../ui", "../../cmd/deskhand"} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool { collect(n, path, keys); return true })
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if len(keys) < 100 {
		t.Fatalf("only %d keys found in code: the walk is broken", len(keys))
	}
	return keys
}

var keyLike = regexp.MustCompile(`^[a-z]+(\.[a-z_]+)+$`)

func collect(n ast.Node, path string, keys map[string]string) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return
	}
	key, err := strconv.Unquote(lit.Value)
	if err != nil || !keyLike.MatchString(key) {
		return
	}
	switch {
	case name == "N":
		keys[key+".one"], keys[key+".other"] = path, path
	case name == "empty":
		keys[key], keys[key+".next"] = path, path
	case keyTakers[name]:
		keys[key] = path
	}
}

func TestCatalogue_EveryKeyInCodeHasATextInBothLanguages(t *testing.T) {
	en, zh := open(t, lang.English), open(t, lang.Chinese)
	for key, path := range keysInCode(t) {
		if !en.Has(lang.English, key) {
			t.Errorf("%s: %s has no English text", path, key)
		}
		if !zh.Has(lang.Chinese, key) && !strings.HasSuffix(key, ".one") {
			t.Errorf("%s: %s has no Chinese text", path, key)
		}
	}
}

func TestCatalogue_LanguagesHaveTheSameKeysAndArguments(t *testing.T) {
	c := open(t, lang.English)
	en, zh := c.Keys(lang.English), c.Keys(lang.Chinese)
	for _, key := range en {
		if !strings.HasSuffix(key, ".one") && !slices.Contains(zh, key) {
			t.Errorf("%s: no Chinese text", key)
		}
	}
	args := regexp.MustCompile(`\{[a-z]+\}`)
	for _, key := range zh {
		if !slices.Contains(en, key) {
			t.Errorf("%s: no English text", key)
			continue
		}
		inEnglish := args.FindAllString(c.T(key), -1)
		if err := c.Use(lang.Chinese); err != nil {
			t.Fatal(err)
		}
		inChinese := args.FindAllString(c.T(key), -1)
		if err := c.Use(lang.English); err != nil {
			t.Fatal(err)
		}
		slices.Sort(inEnglish)
		slices.Sort(inChinese)
		if !slices.Equal(inEnglish, inChinese) {
			t.Errorf("%s: arguments are %v in English, %v in Chinese", key, inEnglish, inChinese)
		}
	}
}

// TestCatalogue_KeysMadeOfData covers the keys that code puts together.
func TestCatalogue_KeysMadeOfData(t *testing.T) {
	var keys []string
	add := func(prefix string, codes ...string) {
		for _, c := range codes {
			keys = append(keys, prefix+c)
		}
	}
	for _, name := range assist.Codes() {
		add("error.", name)
	}
	for _, s := range assist.Statuses() {
		add("status.", string(s))
	}
	for _, r := range assist.Roles() {
		add("role.", string(r))
	}
	for _, a := range keymap.Actions() {
		add("action.", a.ID)
		add("keys.group.", a.Group)
	}
	activities := []string{assist.ActivityWaiting, assist.ActivityLeaveMessage, assist.ActivityJoined, assist.ActivityTransferred,
		assist.ActivityAgentLost, assist.ActivityToBot, assist.ActivityBotAway, assist.ActivityResolved, assist.ActivityReopened}
	add("activity.", activities...)
	add("activity.short.", activities...)
	add("state.", "available", "busy", "away", "offline")
	add("alert.", "assigned", "transferred", "waiting", "lost", "requeued", "mention", "approval")
	add("command.state.", "draft", "verified", "confirmed", "waiting", "approved", "executing", "done", "failed", "unknown", "reconciled", "declined", "voided")
	add("approval.why.", "always", "action", "split", "day")
	add("delivery.", "queued", "sent", "delivered", "read", "failed")
	add("inbox.tab.", "mine", "queue", "bot", "all")
	add("inbox.empty.", "mine", "queue", "bot", "all", "mine.next", "queue.next", "bot.next", "all.next")
	add("thread.", "none", "none.next", "loading", "loading.next", "gone", "gone.next")
	add("inbox.", "loading", "loading.next", "none", "none.next")
	add("composer.", "waiting", "resolved", "bot", "other", "theirs", "readonly", "files.unreadable")
	add("macro.action.", "tag", "priority", "snooze", "resolve", "note")
	add("snooze.", "hour", "tomorrow", "monday")
	add("action.", "accept", "take", "reopen", "wake")
	add("language.", "en", "zh")
	add("disposition.", lang.Dispositions()...)
	c := open(t, lang.English)
	for _, key := range keys {
		for _, tag := range lang.Tags() {
			if !c.Has(tag, key) {
				t.Errorf("%s: no text in %s", key, tag)
			}
		}
	}
}

func TestCatalogue_ErrorsSayWhatToDo(t *testing.T) {
	c := open(t, lang.English)
	for code := range assist.Codes() {
		text := c.Refusal(code)
		if strings.Count(text, ".") < 2 && !strings.Contains(text, ";") {
			t.Errorf("code %d: %q has one sentence: what is wrong and what to do are two things", code, text)
		}
	}
	if got := c.Refusal(12345); got != c.T("error.internal") {
		t.Errorf("unknown code: got %q", got)
	}
}

func TestCatalogue_SwitchTellsObservers(t *testing.T) {
	c := open(t, lang.English)
	var heard []string
	stop := c.Observe(func() { heard = append(heard, c.T("inbox.title")) })
	for _, tag := range []string{lang.Chinese, lang.Chinese, lang.English} {
		if err := c.Use(tag); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	if err := c.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	if want := []string{"收件箱", "Inbox"}; !slices.Equal(heard, want) {
		t.Errorf("observer heard %q, want %q", heard, want)
	}
	if err := c.Use("tlh"); err == nil || c.Tag() != lang.Chinese {
		t.Errorf("unknown language: error %v, tag %s", err, c.Tag())
	}
}

func TestCatalogue_PluralsAndArguments(t *testing.T) {
	c := open(t, lang.English)
	for n, want := range map[int]string{1: "1 message waits", 2: "2 messages wait", 1200: "1,200 messages wait"} {
		if got := c.N("link.queued", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	if got := c.T("no.such.key"); got != "no.such.key" {
		t.Errorf("unknown key: got %q", got)
	}
	if got := c.T("inbox.you", "text", "{n} {text}"); got != "You: {n} {text}" {
		t.Errorf("braces in an argument: got %q", got)
	}
}

func TestCatalogue_DatesAndTimes(t *testing.T) {
	now := time.Date(2026, 3, 4, 15, 30, 0, 0, time.UTC) // a Wednesday
	at := func(d time.Duration) time.Time { return now.Add(-d) }
	for _, v := range []struct {
		tag, got, want string
		f              func(c *lang.Catalogue) string
	}{
		{tag: "en", want: "Today", f: func(c *lang.Catalogue) string { return c.Day(at(15*time.Hour), now) }},
		{tag: "en", want: "Yesterday", f: func(c *lang.Catalogue) string { return c.Day(at(16*time.Hour), now) }},
		{tag: "en", want: "Tomorrow", f: func(c *lang.Catalogue) string { return c.Day(at(-9*time.Hour), now) }},
		{tag: "zh-Hans", want: "3月6日 周五", f: func(c *lang.Catalogue) string { return c.Day(at(-48*time.Hour), now) }},
		{tag: "en", want: "Mon, Mar 2", f: func(c *lang.Catalogue) string { return c.Day(at(48*time.Hour), now) }},
		{tag: "zh-Hans", want: "3月2日 周一", f: func(c *lang.Catalogue) string { return c.Day(at(48*time.Hour), now) }},
		{tag: "zh-Hans", want: "2025年3月4日 周二", f: func(c *lang.Catalogue) string { return c.Day(now.AddDate(-1, 0, 0), now) }},
		{tag: "en", want: "now", f: func(c *lang.Catalogue) string { return c.Ago(at(-time.Second), now) }},
		{tag: "en", want: "2m", f: func(c *lang.Catalogue) string { return c.Ago(at(150*time.Second), now) }},
		{tag: "zh-Hans", want: "3 小时", f: func(c *lang.Catalogue) string { return c.Ago(at(3*time.Hour), now) }},
		{tag: "en", want: "0:48", f: func(c *lang.Catalogue) string { return c.Wait(48 * time.Second) }},
		{tag: "en", want: "1:02:03", f: func(c *lang.Catalogue) string { return c.Wait(3723 * time.Second) }},
		{tag: "en", want: "0:00", f: func(c *lang.Catalogue) string { return c.Wait(-time.Second) }},
		{tag: "en", want: "213 kB", f: func(c *lang.Catalogue) string { return c.Bytes(213_400) }},
		{tag: "en", want: "-12,345", f: func(c *lang.Catalogue) string { return c.Number(-12345) }},
	} {
		if got := v.f(open(t, v.tag)); got != v.want {
			t.Errorf("%s: got %q, want %q", v.tag, got, v.want)
		}
	}
}

func TestPick(t *testing.T) {
	for locale, want := range map[string]string{"zh_CN.UTF-8": lang.Chinese, "zh-Hant-TW": lang.Chinese, "ZH": lang.Chinese, "en_GB": lang.English, "": lang.English, "zhu": lang.English} {
		if got := lang.Pick(locale); got != want {
			t.Errorf("%q: got %s, want %s", locale, got, want)
		}
	}
}
