package page_test

import (
	"testing"
	"time"

	"deskhand/assist/channel/webchat/page/pagetest"
)

func TestFiles_UsedUpIsSaidInTheCustomersLanguageAndCanBeTriedAgain(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	h.With(func() { h.quota = 10 * time.Minute })
	pagetest.Eval[bool](p, pickScript("input", "notes.txt", `"some notes"`))
	p.Send("see this")
	p.Until("told in English", `$(".meta.bad span")?.textContent === "Not sent: too many files for now, try again in 10 min"`)
	p.Send("words go on")
	h.Await("the words", func() bool { return len(h.Stored()) == 1 && h.Stored()[0].Text == "words go on" })
	pagetest.Eval[bool](p, `(window.Deskhand.language("zh"), true)`)
	p.Until("told in Chinese", `$(".meta.bad span")?.textContent === "未发送：上传的文件过多，请 10 分钟后再试"`)
	h.With(func() { h.quota = 0 })
	pagetest.Eval[bool](p, `($(".meta.bad button").click(), true)`)
	h.Await("the file", func() bool { return len(h.Stored()) == 2 && len(h.Stored()[1].Attachments) == 1 })
}

// What a site says beyond the signed fields would be refused as unknown, and the customer with it.
func TestIdentity_OnlyTheSignedFieldsAreSent(t *testing.T) {
	h := newFakeHub(t, options())
	p := chat(t, h)
	n := len(h.Frames("hello"))
	pagetest.Eval[bool](p, `(window.Deskhand.identify({ id: "7", name: "Ana", email: "a@b.example", phone: "1", plan: "gold", issued_at: 1, signature: "aa" }), true)`)
	h.Await("a hello with the identity", func() bool { return len(h.Frames("hello")) > n })
	p.Connected()
	f := h.Frames("hello")
	if id, _ := f[len(f)-1]["identity"].(map[string]any); len(id) != 5 || id["email"] != "a@b.example" {
		t.Errorf("got %v", f[len(f)-1])
	}
}
