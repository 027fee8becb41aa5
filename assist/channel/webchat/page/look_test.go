package page_test

import (
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page/pagetest"
	"deskhand/assist/wire"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// talk fills the hub with a conversation that shows most of what the page can show.
func talk(h *fakeHub, zh bool) {
	mine := func(s string) { h.Say(wire.CustomerMessage{From: assist.ActorCustomer, Text: s}) }
	bot := func(s string, choices ...string) {
		m := wire.CustomerMessage{From: assist.ActorBot, Text: s, Bot: &assist.BotTurn{Intent: "x"}}
		for _, c := range choices {
			m.Choices = append(m.Choices, assist.Choice{Label: c, Text: c})
		}
		h.Say(m)
	}
	joined := wire.CustomerMessage{Kind: assist.KindActivity, From: assist.ActorSystem, Activity: &assist.Activity{Code: assist.ActivityJoined, Args: map[string]string{"name": "Li Wei"}}}
	if zh {
		mine("家里宽带断了一晚上了")
		bot("给您添麻烦了。我刚检测了您的光猫：光信号过低（-29.5 dBm），是线路故障，需要师傅上门。什么时间方便？", "明天 9:00–11:00", "明天 15:00–17:00", "其他时间")
		mine("明天下午三点")
		bot("为您预约：\n滨江区 江南大道 58 号 3-1202\n11月23日（周一）15:00\n确认吗？", "确认", "修改")
		return
	}
	mine("pls cancel the two chargers i ordered")
	bot("You mean order NW-7731377, 2 × USB-C Fast Charger, $50.00, packed and not sent yet. Shall I cancel it? The $50.00 go back to your card.", "Yes, cancel it", "No, keep it")
	mine("Yes, cancel it")
	bot("Done. NW-7731377 is cancelled, the refund takes 3 to 5 days.")
	h.Say(joined)
	h.Say(wire.CustomerMessage{From: assist.ActorAgent, Name: "Li Wei", Text: "Hi Maria, I saw your return too: your $329.00 are approved, on your card by Nov 27. See https://shop.example/returns?id=7#top."})
}

// checkScript is a small audit in the manner of axe: names, roles, contrast, ids and target sizes of all that shows.
const checkScript = `(() => {
	const bad = [], shown = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden" && !e.closest(".sr");
	const rgb = (c) => { const m = c.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
	const over = (f, b) => [0, 1, 2].map((i) => f[i] * f[3] + b[i] * (1 - f[3])).concat(1);
	const ground = (e) => { const stack = []; for (; e; e = e.parentElement) stack.push(rgb(getComputedStyle(e).backgroundColor)); return stack.reverse().reduce((b, f) => over(f, b), [255, 255, 255, 1]); };
	const lum = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
	const contrast = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
	for (const e of $$("*")) {
		if (!shown(e)) continue;
		const name = e.getAttribute("aria-label") || e.innerText?.trim() || e.closest("label")?.innerText.trim();
		const tag = e.tagName + "." + e.className;
		if (/^(BUTTON|A|INPUT|TEXTAREA|SELECT)$/.test(e.tagName) || e.getAttribute("role") === "dialog" || e.getAttribute("role") === "log") if (!name) bad.push("no name: " + tag);
		if (e.tagName === "IMG" && !e.alt) bad.push("no alt: " + tag);
		if (e.tagName === "BUTTON" && !e.disabled) { const b = e.getBoundingClientRect(); if (b.height < 20 || b.width < 24) bad.push("small target: " + tag + " " + b.width + "x" + b.height); }
		if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.disabled || e.tagName === "OPTION") continue;
		const back = ground(e), c = contrast(over(rgb(getComputedStyle(e).color), back), back);
		if (c < 4.5) bad.push("contrast " + c.toFixed(2) + ": " + tag + " " + e.textContent.slice(0, 30));
	}
	for (const e of $$("textarea,.btn.q")) { const c = contrast(rgb(getComputedStyle(e, "::placeholder").color), ground(e)); if (e.placeholder && c < 4.5) bad.push("placeholder contrast " + c.toFixed(2)); }
	return bad;
})()`

func TestLook_BothLanguagesAndThemes(t *testing.T) {
	for _, c := range []struct{ lang, theme string }{{"en", "light"}, {"zh", "dark"}, {"en", "dark"}, {"zh", "light"}} {
		t.Run(c.lang+" "+c.theme, func(t *testing.T) {
			h := newFakeHub(t, demoOptions())
			talk(h, c.lang == "zh")
			p := browser.Visitor(t)
			p.Size(1280, 800)
			p.Media("prefers-reduced-motion", "reduce")
			p.Open(h.server.URL + "/?lang=" + c.lang + "&theme=" + c.theme)
			p.Launch()
			p.Connected()
			h.Tell(wire.CustomerMarks{Read: 3})
			p.Until("the conversation", `$$(".m").length >= 4 && $(".dh.dark") !== null === `+jsonOf(c.theme == "dark"))
			if got := pagetest.Eval[string](p, `getComputedStyle($(".panel")).animationName`); got != "none" {
				t.Errorf("the window moves (%s) although the visitor asked for less motion", got)
			}
			if bad := pagetest.Eval[[]string](p, checkScript); len(bad) > 0 {
				t.Errorf("not accessible:\n%s", strings.Join(bad, "\n"))
			}
			t.Log(p.Shot(t.ArtifactDir(), "shop-"+c.lang+"-"+c.theme+".png"))
			h.Status(wire.CustomerStatus{Status: assist.StatusResolved, AskRating: true, Position: 2})
			p.Until("the rating", `$(".rate legend")`)
			pagetest.Eval[bool](p, pickScript("input", "photo of the broken box.png", `"x"`))
			h.With(func() { h.down = true })
			h.Kick(0)
			p.Send("one more thing")
			p.Until("the line is down", `$(".net").dataset.state === "waiting"`)
			if bad := pagetest.Eval[[]string](p, checkScript); len(bad) > 0 {
				t.Errorf("not accessible while offline:\n%s", strings.Join(bad, "\n"))
			}
			t.Log(p.Shot(t.ArtifactDir(), "offline-"+c.lang+"-"+c.theme+".png"))
		})
	}
}

func TestLook_PhoneIsFilled(t *testing.T) {
	h := newFakeHub(t, demoOptions())
	talk(h, false)
	p := browser.Visitor(t)
	p.Size(390, 760)
	p.Media("prefers-reduced-motion", "reduce")
	p.Open(h.server.URL + "/?lang=en&theme=light")
	p.Launch()
	p.Connected()
	p.Until("the conversation fills the screen", `$$(".m").length === 5 && $(".panel").getBoundingClientRect().width === innerWidth && $(".panel").getBoundingClientRect().height === innerHeight`)
	if pagetest.Eval[bool](p, `document.documentElement.scrollWidth > innerWidth`) {
		t.Error("the page scrolls sideways on a phone")
	}
	t.Log(p.Shot(t.ArtifactDir(), "phone.png"))
	pagetest.Eval[bool](p, `($("header .ic").click(), true)`)
	p.Until("closed by its cross", `!$(".dh.open") && $(".launch").getClientRects().length === 1`)
	t.Log(p.Shot(t.ArtifactDir(), "phone-closed.png"))
}

func TestLanguageAndTheme_SwitchWhileRunning(t *testing.T) {
	h := newFakeHub(t, options())
	talk(h, false)
	p := browser.Visitor(t)
	p.Media("prefers-color-scheme", "light")
	p.Open(h.server.URL + "/chat/northwind")
	p.Connected()
	p.Until("English and light", `$(".bar button").textContent === "Talk to a person" && !$(".dh.dark")`)
	p.Media("prefers-color-scheme", "dark")
	p.Until("dark with the system", `$(".dh.dark")`)
	pagetest.Eval[bool](p, `(() => { const s = $("select"); s.value = "zh"; s.dispatchEvent(new Event("change")); return true; })()`)
	p.Until("Chinese", `$(".bar button").textContent === "转人工" && $(".ev").textContent === "Li Wei 已接入" && $("h2").textContent === "北风数码" && $(".dh").lang === "zh-Hans"`)
	h.Await("the hub knows", func() bool { return len(h.Frames("language")) == 1 })
	pagetest.Eval[bool](p, `(window.Deskhand.theme("light"), true)`)
	p.Until("light by force", `!$(".dh.dark")`)
	p.Reload()
	p.Connected()
	p.Until("still Chinese", `$(".bar button").textContent === "转人工"`)
}

func TestKeyboard_AloneIsEnough(t *testing.T) {
	h := newFakeHub(t, demoOptions())
	h.Say(wire.CustomerMessage{From: assist.ActorBot, Text: "Which?", Choices: []assist.Choice{{Label: "Red", Text: "Red"}, {Label: "Blue", Text: "Blue"}}})
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/?lang=en")
	p.Until("the launcher", `$(".launch")`)
	reach(t, p, `.launch`)
	p.Press(kb.Enter)
	p.Until("open with the caret in the composer", `$(".dh.open") && root().activeElement === $(".comp textarea")`)
	p.Connected()
	p.Until("the choices", `$(".ch button")`)
	back := func(selector string) {
		t.Helper()
		for range 20 {
			if pagetest.Eval[bool](p, `root().activeElement?.matches("`+selector+`")`) {
				return
			}
			p.Press(kb.Tab, chromedp.ModifierShift)
		}
		t.Fatalf("%s is out of Tab's reach", selector)
	}
	back(".bar button")
	p.Press(kb.Enter)
	h.Await("a person asked for", func() bool { return len(h.Frames("human")) == 1 })
	back(".ch button")
	if outline := pagetest.Eval[string](p, `getComputedStyle(root().activeElement).outlineStyle`); outline != "solid" {
		t.Errorf("the focused button has outline %q, want a visible one", outline)
	}
	p.Press(" ")
	p.See("Blue")
	back(".log")
	back("select")
	p.Press(kb.Escape)
	p.Until("closed, the focus on the launcher", `!$(".dh.open") && root().activeElement === $(".launch") && $(".launch").getAttribute("aria-expanded") === "false"`)
}

func reach(t *testing.T, p *pagetest.Tab, selector string) {
	t.Helper()
	for range 60 {
		if pagetest.Eval[bool](p, `root()?.activeElement?.matches("`+selector+`") ?? false`) {
			return
		}
		p.Press(kb.Tab)
	}
	t.Fatalf("%s is out of Tab's reach", selector)
}

func TestScreenReader_RolesAndQuietUpdates(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("hello")
	p.Sent()
	pagetest.Eval[bool](p, `(window.added = [], new MutationObserver((l) => l.forEach((m) => m.addedNodes.forEach((n) => window.added.push(n.className)))).observe($(".log"), { childList: true }), true)`)
	h.Say(wire.CustomerMessage{From: assist.ActorBot, Text: "Hi"})
	p.See("Hi")
	h.Tell(wire.CustomerMarks{Read: 1})
	p.Until("read", `$(".meta.r").textContent.startsWith("read")`)
	if got := pagetest.Eval[[]string](p, `window.added.filter((c) => c.startsWith("m "))`); len(got) != 1 {
		t.Errorf("%d bubbles were announced for one new message", len(got))
	}
	want := map[string]string{".log": "log", ".net": "status", ".say": "alert", ".banner": "status"}
	for selector, role := range want {
		if got := pagetest.Eval[string](p, `$("`+selector+`").getAttribute("role")`); got != role {
			t.Errorf("%s has role %q, want %q", selector, got, role)
		}
	}
	if got := pagetest.Eval[string](p, `$$(".m").at(-1).textContent`); got != "Assistant: Hi" {
		t.Errorf("a screen reader hears %q, want the speaker first", got)
	}
}
