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

// chat opens the full-page chat of a visitor who was never here.
func chat(t *testing.T, h *fakeHub) *pagetest.Tab {
	t.Helper()
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/chat/northwind?lang=en")
	p.Connected()
	return p
}

func TestSend_AcknowledgedAndRead(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("pls cancel the two chargers i ordered")
	p.Until("sent", `$(".meta.r")?.textContent.startsWith("sent ")`)
	h.Tell(wire.CustomerMarks{Read: 1})
	p.Until("read", `$(".meta.r")?.textContent.startsWith("read ")`)
	if got := h.Stored(); len(got) != 1 || got[0].Text != "pls cancel the two chargers i ordered" {
		t.Fatalf("stored %+v, want the one message", got)
	}
	id := string(h.Stored()[0].ClientID)
	if len(id) != 36 || id[14] != '7' {
		t.Errorf("client_id %q is no UUID of version 7", id)
	}
}

func TestReceive_MarksDeliveredAndReadOnlyWhenSeen(t *testing.T) {
	h := newFakeHub(t, options())
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/shopless")
	pagetest.Eval[bool](p, embedScript(h, `northwind`))
	p.Launch()
	p.Send("hello")
	p.Sent()
	p.Press(kb.Escape)
	p.Until("closed", `!$(".dh.open")`)
	h.Say(wire.CustomerMessage{From: assist.ActorBot, Text: "Hi, I am a program."})
	h.Await("delivered 2", func() bool { return marked(h, "delivered") == 2 })
	if got := marked(h, "read"); got != 1 {
		t.Errorf("read %d while the window is closed, want 1", got)
	}
	p.Until("one unread", `$(".badge").textContent === "1" && $(".launch").getAttribute("aria-label") === "Open chat, 1 new"`)
	p.Launch()
	h.Await("read 2", func() bool { return marked(h, "read") == 2 })
	p.Until("nothing unread", `$(".badge").textContent === ""`)
}

func marked(h *fakeHub, what string) int {
	most := 0
	for _, f := range h.Frames("mark") {
		if n, ok := f[what].(float64); ok {
			most = max(most, int(n))
		}
	}
	return most
}

// embedScript puts the widget onto the page that is shown, as a company's site does.
func embedScript(h *fakeHub, inbox string) string {
	return `(() => { const s = document.createElement("script"); s.src = "` + h.server.URL + `/widget.js"; s.dataset.inbox = "` + inbox +
		`"; s.dataset.language = "en"; document.body.append(s); return true; })()`
}

func TestTyping_PreviewOnlyIfTheInboxShowsIt(t *testing.T) {
	for _, preview := range []bool{true, false} {
		h := newFakeHub(t, options())
		h.inbox.Preview = preview
		p := chat(t, h)
		p.Focus()
		p.Type("is it late")
		h.Await("typing", func() bool { return len(h.Frames("typing")) > 0 })
		p.Press(kb.Enter)
		p.Sent()
		for _, f := range h.Frames("typing") {
			if _, has := f["text"]; has != preview && f["off"] != true {
				t.Errorf("preview %v: typing frame %v", preview, f)
			}
		}
	}
}

func TestComposer_EnterInACompositionNeverSends(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Focus()
	p.Compose("ni hao")
	pagetest.Eval[bool](p, `(() => { // the two shapes of Enter that browsers send while an input method composes
		const box = $(".comp textarea");
		const safari = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
		Object.defineProperty(safari, "keyCode", { value: 229 });
		return box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })) && box.dispatchEvent(safari);
	})()`)
	p.Press(kb.Enter)
	if n := pagetest.Eval[int](p, `$$(".m").length`); n != 0 {
		t.Fatalf("%d messages sent by Enter while composing", n)
	}
	p.Compose("")
	pagetest.Eval[bool](p, `($(".comp textarea").value = "", true)`)
	p.Paste("你好")
	p.Press(kb.Enter)
	p.See("你好")
	p.Sent()
	if got := h.Stored(); len(got) != 1 || got[0].Text != "你好" {
		t.Errorf("stored %+v, want one message", got)
	}
}

func TestComposer_ShiftEnterBreaksTheLine(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Focus()
	p.Type("one")
	p.Press(kb.Enter, chromedp.ModifierShift)
	p.Type("two")
	p.Press(kb.Enter)
	p.See("one\ntwo")
}

func TestComposer_TooLongIsKeptAndSaid(t *testing.T) {
	h := newFakeHub(t, options())
	h.limits.Text = 20
	p := chat(t, h)
	p.Send(strings.Repeat("字", 21))
	p.Until("the reason", `$(".say").textContent === "the message is too long, at most 20 characters"`)
	if got := pagetest.Eval[int](p, `$(".comp textarea").value.length`); got != 21 {
		t.Errorf("%d characters left in the composer, want 21", got)
	}
}

func TestSend_RefusedForGoodIsSaidAndCanBeDiscarded(t *testing.T) {
	h := newFakeHub(t, options())
	h.refuse["no"] = wire.Failure{Code: assist.CodeTooLong, Name: "too_long"}
	p := chat(t, h)
	p.Send("no")
	p.Until("the reason", `$(".meta.bad")?.textContent.startsWith("Not sent: the message is too long")`)
	p.Send("yes")
	h.Await("the next one goes", func() bool { return len(h.Stored()) == 1 })
	pagetest.Eval[bool](p, `([...$$(".meta.bad button")].at(-1).click(), true)`)
	p.Until("gone", `$$(".m").length === 1`)
}

func TestSend_BusyHubIsTriedAgain(t *testing.T) {
	h := newFakeHub(t, options())
	h.refuse["wait"] = wire.Failure{Code: assist.CodeBusy, Name: "busy", RetryAfterMS: 30}
	p := chat(t, h)
	p.Send("wait")
	h.Await("two tries", func() bool { return len(h.Frames("send")) >= 2 })
	h.With(func() { delete(h.refuse, "wait") })
	p.Sent()
	if n := len(h.Stored()); n != 1 {
		t.Errorf("%d stored, want 1", n)
	}
}

func TestChoices_PressingOneSendsItsText(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("cancel")
	p.Sent()
	h.Say(wire.CustomerMessage{From: assist.ActorBot, Text: "Shall I cancel it?", Choices: []assist.Choice{{Label: "Yes", Text: "Yes, cancel it"}, {Label: "No", Text: "No, keep it"}}})
	p.Until("two buttons", `$$(".ch button:enabled").length === 2`)
	pagetest.Eval[bool](p, `($(".ch button").click(), true)`)
	p.See("Yes, cancel it")
	p.Until("not twice", `$$(".ch button:disabled").length === 2`)
	p.Sent()
	if got := h.Stored(); got[len(got)-1].Text != "Yes, cancel it" {
		t.Errorf("last stored %q", got[len(got)-1].Text)
	}
}

func TestStatus_QueueAgentTypingAndPerson(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("hello")
	p.Sent()
	p.Until("says that a program answers", `$(".sub").textContent.startsWith("Assistant") && $(".log").textContent.includes("our assistant, a program")`)
	pagetest.Eval[bool](p, `($(".bar button").click(), true)`)
	h.Await("asked for a person", func() bool { return len(h.Frames("human")) == 1 })
	h.Status(wire.CustomerStatus{Status: assist.StatusWaiting, Position: 2, WaitS: 170})
	p.Until("place and wait", `$(".banner").textContent === "You are number 2 in the queue. About 3 min."`)
	h.Say(wire.CustomerMessage{Kind: assist.KindActivity, From: assist.ActorSystem, Activity: &assist.Activity{Code: assist.ActivityJoined, Args: map[string]string{"name": "Li Wei"}}})
	h.Status(wire.CustomerStatus{Status: assist.StatusHuman, Agent: "Li Wei"})
	p.Until("joined", `$(".ev")?.textContent === "Li Wei joined" && $(".sub").textContent === "Li Wei is with you" && $(".banner").textContent === ""`)
	h.Tell(wire.CustomerPeerTyping{Name: "Li Wei"})
	p.Until("types", `$(".typing").textContent === "Li Wei is typing…"`)
	h.Tell(wire.CustomerPeerTyping{Off: true})
	p.Until("types no more", `$(".typing").textContent === ""`)
	pagetest.Eval[bool](p, `($(".bar button").click(), true)`)
	p.Until("said that somebody is here", `$("div.sr[role=status]").textContent === "Li Wei is already with you."`)
	h.Status(wire.CustomerStatus{Status: assist.StatusWaiting, LeaveMessage: true})
	p.Until("leave a message", `$(".banner").textContent.startsWith("Nobody is here right now.")`)
	if n := len(h.Frames("human")); n != 1 {
		t.Errorf("asked %d times for a person, want 1", n)
	}
}

func TestRating_ScoreAndComment(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("thanks")
	p.Sent()
	h.Status(wire.CustomerStatus{Status: assist.StatusResolved, AskRating: true})
	p.Until("the question", `$(".rate legend")?.textContent === "How did we do?" && $(".rate button").disabled`)
	pagetest.Eval[bool](p, `($$(".rate input")[3].click(), $(".rate textarea").value = "quick", $(".rate button").click(), true)`)
	p.Until("thanked", `$(".rate").textContent === "Thank you for your rating."`)
	if f := h.Frames("rate"); len(f) != 1 || f[0]["score"] != 4.0 || f[0]["comment"] != "quick" {
		t.Errorf("rated %v, want score 4 with a comment", f)
	}
}

func TestHistory_OlderOnDemandAndGapsAskedFor(t *testing.T) {
	h := newFakeHub(t, options())
	for range 120 {
		h.Say(wire.CustomerMessage{From: assist.ActorAgent, Name: "Li Wei", Text: "line"})
	}
	p := chat(t, h)
	p.Until("the last 50", `$$(".m").length === 50`)
	pagetest.Eval[bool](p, `($(".log").scrollTop = 0, true)`)
	p.Until("50 more", `$$(".m").length === 100`)
	pagetest.Eval[bool](p, `($(".old").click(), true)`)
	p.Until("all", `$$(".m").length === 120 && !$(".old")`)
	h.With(func() { h.add(wire.CustomerMessage{Kind: assist.KindText, From: assist.ActorAgent, Text: "missed"}) })
	h.Say(wire.CustomerMessage{From: assist.ActorAgent, Text: "after"})
	p.See("missed")
	lines := p.Lines()
	if n := len(lines); n != 122 || lines[120].Text != "missed" || lines[121].Text != "after" {
		t.Errorf("%d lines, the last two %+v", n, lines[n-2:])
	}
}

func TestEpoch_AnotherHistoryReplacesAll(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	p.Send("before")
	p.Sent()
	h.With(func() {
		h.epoch = "e2"
		h.messages = nil
		h.add(wire.CustomerMessage{Kind: assist.KindText, From: assist.ActorAgent, Text: "another past"})
	})
	h.Kick(wire.CloseInternal)
	p.See("another past")
	if lines := p.Lines(); len(lines) != 1 {
		t.Errorf("shows %+v, want the new history alone", lines)
	}
}
