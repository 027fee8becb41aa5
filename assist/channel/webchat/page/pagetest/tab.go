package pagetest

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Tab is one tab of one visitor. Its methods fail the test when the page doesn't do as told within Within.
type Tab struct {
	t   testing.TB
	ctx context.Context
}

// Another opens another tab of the same visitor, sharing its storage.
func (p *Tab) Another() *Tab {
	p.t.Helper()
	return newTab(p.ctx, p.t)
}

func (p *Tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, Within)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// Open goes to the address.
func (p *Tab) Open(address string) {
	p.t.Helper()
	p.do("open "+address, chromedp.Navigate(address))
}

// Reload loads the page again, as F5 does.
func (p *Tab) Reload() {
	p.t.Helper()
	p.do("reload", chromedp.Reload())
}

// Media sets what the visitor's system prefers, e.g. "prefers-color-scheme", "dark".
func (p *Tab) Media(feature, value string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
	})
	if err != nil {
		p.t.Fatalf("prefer %s %s: %v", feature, value, err)
	}
}

// Size sets the visible part of the page in CSS pixels.
func (p *Tab) Size(width, height int64) {
	p.t.Helper()
	p.do("resize", chromedp.EmulateViewport(width, height))
}

// Eval runs JavaScript in the page and reads its (awaited) result as T. $ finds an element of the widget by selector, and $$ all.
func Eval[T any](p *Tab, script string) T {
	p.t.Helper()
	v, err := try[T](p, script)
	if err != nil {
		p.t.Fatalf("run %.200q: %v", script, err)
	}
	return v
}

func try[T any](p *Tab, script string) (T, error) {
	ctx, stop := context.WithTimeout(p.ctx, Within)
	defer stop()
	const find = `const root = () => document.querySelector("[data-deskhand]")?.shadowRoot;
		const $ = (s) => root()?.querySelector(s), $$ = (s) => [...(root()?.querySelectorAll(s) ?? [])];`
	return chromedp.Run(ctx, chromedp.Evaluate[T]("(async () => {"+find+" return ("+script+"); })()", chromedp.EvalAwaitPromise))
}

// Until waits until the JavaScript condition holds.
func (p *Tab) Until(what, condition string) {
	p.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(Within)
	var last error
	for {
		ok, err := try[bool](p, "!!("+condition+")")
		if ok {
			return
		}
		last = err
		select {
		case <-tick.C:
		case <-limit:
			p.t.Fatalf("the page never came to: %s (%v); it shows:\n%s", what, last, p.Text())
		}
	}
}

// Launch opens the widget's window by its button.
func (p *Tab) Launch() {
	p.t.Helper()
	p.Until("the launcher", `$(".launch")`)
	Eval[bool](p, `($(".dh.open") || $(".launch").click(), true)`)
	p.Until("the window is open", `$(".dh.open")`)
	p.Until("the composer has the focus", `root().activeElement === $(".comp textarea")`)
}

// Connected waits until the page says that it is connected.
func (p *Tab) Connected() {
	p.t.Helper()
	p.Until("connected", `$(".net")?.dataset.state === "ready"`)
}

// Focus puts the caret into the composer.
func (p *Tab) Focus() {
	p.t.Helper()
	p.Until("the composer", `$(".comp textarea") && ($(".comp textarea").focus(), root().activeElement === $(".comp textarea"))`)
}

// Type types text into whatever has the focus, key by key.
func (p *Tab) Type(text string) {
	p.t.Helper()
	p.do("type", chromedp.KeyEvent(text))
}

// Paste puts text into whatever has the focus at one go, as an input method or a paste does.
func (p *Tab) Paste(text string) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		p.t.Fatalf("insert text: %v", err)
	}
}

// Compose shows text as an input method's unfinished composition in the focused field.
func (p *Tab) Compose(text string) {
	p.t.Helper()
	n := int64(len([]rune(text)))
	if _, err := chromedp.Call(p.ctx, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n}); err != nil {
		p.t.Fatalf("compose: %v", err)
	}
}

// Press presses a key (kb.Enter, kb.Escape, kb.Tab...), modifiers held.
func (p *Tab) Press(key string, modifiers ...chromedp.Modifier) {
	p.t.Helper()
	var held int64
	for _, m := range modifiers {
		held |= int64(m)
	}
	for _, r := range key {
		k, ok := kb.Keys[r]
		if !ok {
			p.t.Fatalf("no key for %q", r)
		}
		// One keyDown that carries its text, as a keyboard's: cancelling it cancels the text. (chromedp.KeyEvent sends the text apart.)
		down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: k.Key, Code: k.Code, Text: k.Text, UnmodifiedText: k.Unmodified,
			WindowsVirtualKeyCode: k.Windows, NativeVirtualKeyCode: k.Native, Modifiers: held}
		up := down
		up.Type, up.Text, up.UnmodifiedText = input.DispatchKeyEventTypeKeyUp, "", ""
		for _, e := range []input.DispatchKeyEventParams{down, up} {
			if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, e); err != nil {
				p.t.Fatalf("press %q: %v", key, err)
			}
		}
	}
}

// Send writes text into the composer and presses Enter.
func (p *Tab) Send(text string) {
	p.t.Helper()
	p.Focus()
	p.Paste(text)
	p.Press("\r")
}

// Line is one bubble of the transcript.
type Line struct {
	Mine bool   `json:"mine"`
	Text string `json:"text"`
}

// Lines are the bubbles shown, top to bottom.
func (p *Tab) Lines() []Line {
	p.t.Helper()
	return Eval[[]Line](p, `$$(".m").map((e) => ({ mine: e.classList.contains("cu"), text: e.querySelector(".tx")?.textContent ?? "" }))`)
}

// See waits for a bubble with exactly that text.
func (p *Tab) See(text string) {
	p.t.Helper()
	want, err := json.Marshal(text)
	if err != nil {
		p.t.Fatalf("quote %q: %v", text, err)
	}
	p.Until("a message "+string(want), `$$(".m .tx").some((e) => e.textContent === `+string(want)+`)`)
}

// Sent waits until no message is unacknowledged any more.
func (p *Tab) Sent() {
	p.t.Helper()
	p.Until("everything sent", `$(".m.cu") && ![...$$(".meta.r")].some((e) => /sending|waiting|uploading|发送中|待发送|上传/.test(e.textContent))`)
}

// Text is all that the widget shows, for messages about failed tests.
func (p *Tab) Text() string {
	s, err := try[string](p, `$(".panel") ? $(".panel").innerText : document.body.innerText`)
	if err != nil {
		return err.Error()
	}
	s = strings.TrimSpace(s)
	return s[max(0, len(s)-2000):]
}

// Shot saves a picture of the tab and returns its path.
func (p *Tab) Shot(dir, name string) string {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, Within)
	defer stop()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("take a picture: %v", err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, png, 0o644); err != nil {
		p.t.Fatalf("save the picture: %v", err)
	}
	return path
}
