package page_test

import (
	"embed"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page/pagetest"
	"deskhand/assist/wire"
)

//go:embed testdata/hostile/*.json
var hostile embed.FS

// hostilePage is a company's site whose styles and scripts would break anything that isn't fenced off.
const hostilePage = `<!doctype html><meta charset="utf-8"><title>Hostile</title>
<style>*{all:unset!important;display:none!important;color:red!important;font-size:40px!important}
div{visibility:hidden!important;opacity:0!important;transform:rotate(45deg)!important}html,body{display:block!important;direction:rtl}</style>
<body><script>Object.prototype.extra=1;Array.prototype.each=function(){};window.name="x"</script></body>`

// naughty are all hostile strings that a message may hold.
func naughty(t *testing.T) []string {
	t.Helper()
	var out, list []string
	var cases []struct{ Payload string }
	for file, into := range map[string]any{"blns.json": &list, "html_payloads.json": &cases} {
		data, err := hostile.ReadFile("testdata/hostile/" + file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatalf("read %s: %v", file, err)
		}
	}
	for _, c := range cases {
		list = append(list, c.Payload)
	}
	for _, s := range list {
		if s != "" && utf8.RuneCountInString(s) <= assist.MaxText {
			out = append(out, s)
		}
	}
	if len(out) < 500 {
		t.Fatalf("only %d hostile strings", len(out))
	}
	return out
}

func TestHostileText_IsShownAsText(t *testing.T) {
	h := newFakeHub(t, options())
	all := naughty(t)
	for i, s := range all {
		m := wire.CustomerMessage{From: assist.ActorAgent, Name: s, Text: s, Choices: []assist.Choice{{Label: s, Text: s}}}
		if i%50 == 0 {
			m = wire.CustomerMessage{Kind: assist.KindActivity, From: assist.ActorSystem, Activity: &assist.Activity{Code: assist.ActivityJoined, Args: map[string]string{"name": s}}}
		}
		if i%7 == 0 {
			m.Attachments = []assist.Attachment{{ID: assist.AttachmentID(s), Name: s, Type: "text/html", Size: 5}}
		}
		h.Say(m)
	}
	h.Status(wire.CustomerStatus{Status: assist.StatusHuman, Agent: all[len(all)-1]})
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/chat/northwind?lang=en")
	p.Connected()
	pagetest.Eval[bool](p, `(window.alert = window.confirm = window.prompt = () => { window.executed = true; }, true)`)
	for n := wire.HistoryPage; n < len(all); n += wire.HistoryPage {
		p.Until("older ones", `$$(".m, .ev").length === `+jsonOf(n))
		pagetest.Eval[bool](p, `($(".old").click(), true)`)
	}
	p.Until("all shown", `!$(".old") && $$(".m, .ev").length === `+jsonOf(len(all)))
	shown := map[string]bool{}
	for _, l := range p.Lines() {
		shown[l.Text] = true
	}
	for i, s := range all {
		if i%50 != 0 && !shown[s] {
			t.Errorf("string %d %.60q is not shown as it is", i, s)
		}
	}
	const strange = `$$("*").filter((e) => !["SECTION","HEADER","DIV","H2","SELECT","OPTION","BUTTON","svg","path","SPAN","TEXTAREA","INPUT","A"].includes(e.tagName)).map((e) => e.tagName)`
	if tags := pagetest.Eval[[]string](p, strange); len(tags) > 0 {
		t.Errorf("text became elements: %v", tags)
	}
	if pagetest.Eval[bool](p, `!!window.executed || $$("*").some((e) => [...e.attributes].some((a) => a.name.startsWith("on")))`) {
		t.Error("something of the text was executed or became a handler")
	}
	if bad := pagetest.Eval[[]string](p, `$$("a").filter((a) => !/^https?:$/.test(a.protocol) || a.target !== "_blank" || !a.rel.includes("noopener") || !a.rel.includes("nofollow")).map((a) => a.href)`); len(bad) > 0 {
		t.Errorf("unsafe links: %v", bad)
	}
	if pagetest.Eval[bool](p, `$(".log").scrollWidth > $(".log").clientWidth`) {
		t.Error("a long text makes the transcript scroll sideways")
	}
}

func TestHostileText_IsSentUnchanged(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	var want []string
	for _, s := range naughty(t) {
		if s = strings.TrimSpace(s); s != "" && len(want) < 60 && (strings.ContainsAny(s, "<>\"'\\") || len(s) != utf8.RuneCountInString(s)) {
			want = append(want, s)
		}
	}
	for _, s := range want {
		pagetest.Eval[bool](p, `(() => { const box = $(".comp textarea"); box.value = `+jsonOf(s)+`; $(".send").click(); return true; })()`)
	}
	h.Await("all stored", func() bool { return len(h.Stored()) == len(want) })
	for i, got := range texts(h) {
		// A text field makes every line break \n and the page takes outer white space away; nothing else may change.
		if w := pagetest.Eval[string](p, `(() => { const b = document.createElement("textarea"); b.value = `+jsonOf(want[i])+`; return b.value.trim(); })()`); got != w {
			t.Errorf("message %d arrived as %.80q, want %.80q", i, got, w)
		}
	}
}

func TestHostileText_HalfASurrogatePairIsMended(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	pagetest.Eval[bool](p, `(() => { const box = $(".comp textarea"); box.value = "cut \ud83d off"; box.dispatchEvent(new Event("input")); $(".send").click(); return true; })()`)
	h.Await("stored", func() bool { return len(h.Stored()) == 1 })
	if got := h.Stored()[0].Text; got != "cut \ufffd off" {
		t.Errorf("stored %q, want the half pair replaced", got)
	}
	p.Sent()
}

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("page_test: " + err.Error())
	}
	return string(b)
}

func TestEmbed_OnAnotherOriginUnderTheDocumentedPolicy(t *testing.T) {
	h := newFakeHub(t, options())
	p := browser.Visitor(t)
	other := strings.Replace(h.server.URL, "127.0.0.1", "localhost", 1)
	if other == h.server.URL {
		t.Fatalf("the hub listens at %s, want 127.0.0.1 so that localhost is another origin", other)
	}
	p.Open(other + "/strict")
	pagetest.Eval[bool](p, `(window.violations = [], document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective + " " + e.blockedURI)), true)`)
	p.Launch()
	p.Connected()
	pagetest.Eval[bool](p, pickScript("input", "photo.png", `Uint8Array.from(atob("`+pixel+`"), (c) => c.charCodeAt(0))`))
	p.Send("from another origin")
	p.Sent()
	h.Await("stored with its file", func() bool { return len(h.Stored()) == 1 && len(h.Stored()[0].Attachments) == 1 })
	p.Reload()
	p.Until("the picture", `$(".m img")?.naturalWidth === 1`)
	if got := pagetest.Eval[int](p, `$(".panel").getBoundingClientRect().width`); got != 380 {
		t.Errorf("the panel is %d wide, want 380: are its styles blocked?", got)
	}
	if got := pagetest.Eval[[]string](p, `window.violations ?? []`); len(got) > 0 {
		t.Errorf("the policy was violated: %v", got)
	}
}

func TestHostilePage_TheWidgetStandsItsGround(t *testing.T) {
	h := newFakeHub(t, options())
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/hostile")
	pagetest.Eval[bool](p, embedScript(h, "northwind"))
	p.Launch()
	p.Connected()
	p.Send("hello in there")
	p.Sent()
	style := pagetest.Eval[map[string]string](p, `(() => { const c = getComputedStyle($(".panel")), b = $(".panel").getBoundingClientRect();
		return { display: c.display, font: c.fontSize, direction: c.direction, visibility: c.visibility, width: String(b.width), opacity: getComputedStyle(root().host).opacity, transform: getComputedStyle(root().host).transform }; })()`)
	for k, want := range map[string]string{"display": "flex", "font": "14px", "direction": "ltr", "visibility": "visible", "width": "380", "opacity": "1", "transform": "none"} {
		if style[k] != want {
			t.Errorf("%s is %q on a hostile page, want %q", k, style[k], want)
		}
	}
}
