package page_test

import (
	"fmt"
	"testing"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page/pagetest"
	"deskhand/assist/wire"
)

// texts are the stored texts in order.
func texts(h *fakeHub) []string {
	var out []string
	for _, m := range h.Stored() {
		out = append(out, m.Text)
	}
	return out
}

func equal(a, b []string) bool {
	return fmt.Sprintf("%q", a) == fmt.Sprintf("%q", b)
}

func TestReload_KeepsTheDraft(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Focus()
	p.Paste("half a sent")
	p.Reload()
	p.Connected()
	p.Until("the draft is back", `$(".comp textarea").value === "half a sent"`)
	p.Focus()
	p.Send("ence")
	p.See("half a sentence")
	p.Sent()
	p.Reload()
	p.See("half a sentence")
	if got := pagetest.Eval[string](p, `$(".comp textarea").value`); got != "" {
		t.Errorf("the draft %q is still there after sending", got)
	}
}

func TestNetwork_WrittenOfflineIsDeliveredOnceInOrder(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("first")
	p.Sent()
	h.With(func() { h.down = true })
	h.Kick(0)
	p.Until("says so", `$(".net").dataset.state === "waiting" || $(".net").dataset.state === "connecting"`)
	p.Send("second")
	p.Send("third")
	p.Until("counts what waits", `$(".net").textContent.includes("2 waiting to be sent") || $(".net").textContent.includes("connecting")`)
	p.Reload() // what waits survives the page
	p.Until("still waiting", `$$(".m.cu").length === 2`)
	h.With(func() { h.down = false })
	h.Await("both arrive", func() bool { return len(h.Stored()) == 3 })
	p.Sent()
	if got, want := texts(h), []string{"first", "second", "third"}; !equal(got, want) {
		t.Errorf("stored %q, want %q", got, want)
	}
	p.Until("shown once each", `$$(".m.cu").length === 3`)
}

func TestNetwork_LostAckIsNotADouble(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	h.With(func() { h.forget = 2 })
	p.Send("one")
	p.Send("two")
	h.Await("both stored, none acknowledged, the line cut", func() bool { return len(h.Stored()) == 2 && len(h.Frames("hello")) >= 2 })
	p.Sent()
	p.Send("three")
	h.Await("three", func() bool { return len(h.Stored()) == 3 })
	p.Sent()
	if got, want := texts(h), []string{"one", "two", "three"}; !equal(got, want) {
		t.Errorf("stored %q, want %q", got, want)
	}
	if n := len(p.Lines()); n != 3 {
		t.Errorf("%d lines shown, want 3", n)
	}
}

func TestTabs_OneSendsAndNothingIsDoubled(t *testing.T) {
	h := newFakeHub(t, options())
	one := chat(t, h)
	one.Send("from one")
	one.Sent()
	two := one.Another()
	two.Open(h.server.URL + "/chat/northwind?lang=en")
	two.Connected()
	two.See("from one")
	h.With(func() { h.deaf = true }) // sent, never acknowledged
	two.Send("from two")
	two.Send("more from two")
	h.Await("sent on", func() bool { return len(h.Frames("send")) == 3 })
	h.With(func() { h.deaf = false; h.down = true })
	h.Kick(0)
	one.Until("one sees what two wrote", `$$(".m.cu").length === 3`)
	h.With(func() { h.down = false })
	h.Await("all arrive", func() bool { return len(h.Stored()) == 3 })
	one.Sent()
	two.Sent()
	if got, want := texts(h), []string{"from one", "from two", "more from two"}; !equal(got, want) {
		t.Errorf("stored %q, want %q", got, want)
	}
	for name, p := range map[string]*pagetest.Tab{"one": one, "two": two} {
		if n := len(p.Lines()); n != 3 {
			t.Errorf("tab %s shows %d lines, want 3", name, n)
		}
	}
	if n := len(h.Frames("send")); n != 5 {
		t.Errorf("%d send frames, want 5: each of the two once more after the cut", n)
	}
}

func TestUnacked_AtMostTheLimitInFlight(t *testing.T) {
	h := newFakeHub(t, options())
	h.limits.Unacked = 3
	h.deaf = true
	p := chat(t, h)
	for i := range 6 {
		p.Send(fmt.Sprintf("m%d", i))
	}
	p.Until("all shown", `$$(".m.cu").length === 6`)
	h.Await("three in flight", func() bool { return len(h.Frames("send")) == 3 })
	h.With(func() { h.deaf = false })
	h.Kick(wire.CloseInternal)
	h.Await("all arrive", func() bool { return len(h.Stored()) == 6 })
	if got, want := texts(h), []string{"m0", "m1", "m2", "m3", "m4", "m5"}; !equal(got, want) {
		t.Errorf("stored %q, want %q", got, want)
	}
}

func TestClose_CodesSayWhetherToReconnect(t *testing.T) {
	for _, code := range []int{wire.CloseProtocol, wire.CloseAuth, wire.CloseReplaced} {
		h := newFakeHub(t, options())
		p := chat(t, h)
		h.Kick(code)
		p.Until("stopped and offers to reconnect", `$(".net").dataset.state === "stopped" && !$$(".bar button")[1].hidden`)
		if n := len(h.Frames("hello")); n != 1 {
			t.Errorf("close %d: %d hellos, want 1", code, n)
		}
		pagetest.Eval[bool](p, `($$(".bar button")[1].click(), true)`)
		p.Connected()
	}
	for _, code := range []int{wire.CloseGoingAway, wire.CloseSlow, wire.CloseSilent, wire.CloseRateLimited} {
		h := newFakeHub(t, options())
		p := chat(t, h)
		h.Kick(code)
		h.Await("a second hello", func() bool { return len(h.Frames("hello")) == 2 })
		p.Connected()
	}
}

func TestReconnect_WhenTheHubDrains(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("hello")
	p.Sent()
	h.Tell(wire.Reconnect{AfterMS: 20})
	h.Await("a second hello that resumes", func() bool { return len(h.Frames("hello")) == 2 })
	resume, _ := h.Frames("hello")[1]["resume"].(map[string]any)
	if resume["conversation"] != 7.0 || resume["seq"] != 1.0 || resume["epoch"] != "e1" {
		t.Errorf("resumed with %v, want conversation 7, seq 1, epoch e1", resume)
	}
}

func TestSilence_OfFortySecondsIsALostLine(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	pagetest.Eval[bool](p, `(() => { const now = Date.now; Date.now = () => now.call(Date) + 41000; return true; })()`)
	h.Await("a second hello", func() bool { return len(h.Frames("hello")) == 2 })
	p.Connected()
}

// novelty is a frame of a newer hub.
type novelty struct {
	Twist int `json:"twist"`
}

func (novelty) Type() string { return "novelty" }

func TestPing_IsAnsweredAndUnknownFramesPassedOver(t *testing.T) {
	h := newFakeHub(t, options())
	chat(t, h)
	h.Tell(novelty{1})
	h.Tell(wire.Ping{})
	h.Await("a pong", func() bool { return len(h.Frames("pong")) == 1 })
}

func TestFiles_UploadShowAndRefuse(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	pagetest.Eval[bool](p, pickScript("input", "photo.png", `Uint8Array.from(atob("`+pixel+`"), (c) => c.charCodeAt(0))`))
	pagetest.Eval[bool](p, pickScript("drop", "notes.txt", `"some notes"`))
	pagetest.Eval[bool](p, pickScript("paste", "more.txt", `"more notes"`))
	p.Until("three in the tray", `$$(".tray .file").length === 3`)
	pagetest.Eval[bool](p, `($$(".tray .file")[2].click(), true)`)
	p.Until("one taken out", `$$(".tray .file").length === 2`)
	p.Send("see these")
	h.Await("stored", func() bool { return len(h.Stored()) == 1 })
	if a := h.Stored()[0].Attachments; len(a) != 2 || a[0].Type != "image/png" || a[1].Type != "text/plain" {
		t.Fatalf("attached %+v, want a picture and a text", a)
	}
	p.Reload()
	p.Until("the picture is fetched with the token", `$(".m img")?.complete && $(".m img").naturalWidth === 1 && $(".m img").src.startsWith("blob:")`)
	p.Until("the other is offered", `$(".m .file")?.getAttribute("aria-label") === "Download notes.txt"`)

	pagetest.Eval[bool](p, pickScript("input", "run.exe", `"MZ program"`))
	p.Send("run this")
	p.Until("refused in words", `$(".meta.bad")?.textContent.startsWith("Not sent: this kind of file is not accepted")`)
	h.With(func() { h.limits.File = 1_500_000 })
	h.Kick(wire.CloseInternal)
	h.Await("back", func() bool { return len(h.Frames("hello")) >= 3 })
	p.Connected()
	pagetest.Eval[bool](p, pickScript("input", "big.bin", `new Uint8Array(2 << 20)`))
	p.Until("too big in words", `$(".say").textContent === "big.bin is larger than 1.5 MB"`)
}

func TestFiles_ChosenOfflineSurviveAReload(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	h.With(func() { h.down = true })
	h.Kick(0)
	pagetest.Eval[bool](p, pickScript("input", "notes.txt", `"some notes"`))
	p.Send("with a file")
	p.Until("waits", `$(".m.cu .file")`)
	p.Reload()
	p.Until("still waits", `$(".m.cu .file")`)
	h.With(func() { h.down = false })
	h.Await("stored with its file", func() bool { return len(h.Stored()) == 1 && len(h.Stored()[0].Attachments) == 1 })
}

// pixel is a PNG of one pixel in base64.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// pickScript gives the widget a file by its button, by dropping or by pasting.
func pickScript(way, name, content string) string {
	script := `(() => { const dt = new DataTransfer(); dt.items.add(new File([` + content + `], "` + name + `"));`
	switch way {
	case "input":
		script += `const i = $("input[type=file]"); i.files = dt.files; i.dispatchEvent(new Event("change"));`
	case "drop":
		script += `$(".panel").dispatchEvent(new DragEvent("drop", { dataTransfer: dt, bubbles: true, cancelable: true }));`
	case "paste":
		script += `$(".comp textarea").dispatchEvent(new ClipboardEvent("paste", { clipboardData: dt, bubbles: true, cancelable: true }));`
	}
	return script + ` return true; })()`
}

func TestStorage_BlockedStillWorks(t *testing.T) {
	h := newFakeHub(t, options())
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/hostile")
	pagetest.Eval[bool](p, `(() => {
		for (const name of ["localStorage", "indexedDB"]) Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
		return true;
	})()`)
	pagetest.Eval[bool](p, embedScript(h, "northwind"))
	p.Launch()
	p.Connected()
	p.Send("nothing is kept")
	p.Sent()
	h.With(func() { h.add(wire.CustomerMessage{Kind: assist.KindText, From: assist.ActorAgent, Text: "still you"}) })
	h.Kick(wire.CloseInternal)
	p.See("still you")
	if n := len(h.Stored()); n != 2 {
		t.Errorf("%d stored, want 2", n)
	}
}
