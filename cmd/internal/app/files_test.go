package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/config"
)

// upload stores a file and gives its id.
func (d *desk) upload(bearer, query string, content []byte) string {
	d.t.Helper()
	status, answer, text := d.request("POST", "/api/v1/files?name=a.txt"+query, bearer, content)
	if status != http.StatusOK {
		d.t.Fatalf("upload: %d %s", status, text)
	}
	return answer["id"].(string)
}

func (d *desk) download(bearer, query, id string) int {
	d.t.Helper()
	status, _, _ := d.request("GET", "/api/v1/files/"+id+"?x=1"+query, bearer, nil)
	return status
}

func TestFiles_OnlyWhoMaySeeThem(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Access.AgentsSee, c.Access.HideUnassigned = access.ScopeOwn, true })
	d.hire("li", assist.RoleAgent, "support")
	d.hire("anna", assist.RoleAgent, "claims")
	li := d.agent("li")
	mine, stranger := d.customer(counter), d.customer(counter)
	here := "&inbox=" + string(counter)
	mine.say("hello")
	li.must(do("accept", mine.conv))
	sent, unsent := d.upload(mine.token, here, []byte("of the customer")), d.upload(mine.token, here, []byte("not sent"))
	answer := d.upload(d.session("li"), "", []byte("of the agent"))
	mine.must(frame{"t": "send", "client_id": newID(), "text": "see", "attachments": []string{sent}})
	f := reply(mine.conv, "see")
	f["attachments"] = []string{answer}
	li.must(f)
	const ok, hidden, who = http.StatusOK, http.StatusNotFound, http.StatusUnauthorized
	for _, tc := range []struct {
		what, bearer, query, id string
		want                    int
	}{
		{"the customer's own", mine.token, here, sent, ok}, {"the customer's own, unsent", mine.token, here, unsent, ok},
		{"the agent's answer, by the customer", mine.token, here, answer, ok},
		{"the customer's, by the agent", d.session("li"), "", sent, ok},
		{"the customer's unsent, by the agent", d.session("li"), "", unsent, hidden},
		{"the customer's, by another customer", stranger.token, here, sent, hidden},
		{"the agent's answer, by another customer", stranger.token, here, answer, hidden},
		{"the customer's, by an agent of another team", d.session("anna"), "", sent, hidden},
		{"the agent's, by an agent of another team", d.session("anna"), "", answer, hidden},
		{"the customer's, by nobody", "", "", sent, who}, {"the customer's, by nobody in the inbox", "", here, sent, who},
		{"with a visitor's token as a session", mine.token, "", sent, who}, {"with a session as a visitor's token", d.session("li"), here, sent, who},
		{"in another inbox", mine.token, "&inbox=" + string(shop), sent, who},
		{"what isn't there", mine.token, here, "00000000000000000000000000000000", hidden},
	} {
		if got := d.download(tc.bearer, tc.query, tc.id); got != tc.want {
			t.Errorf("%s: got %d, want %d", tc.what, got, tc.want)
		}
	}
	for what, f := range map[string]frame{
		"a stranger's file":   {"t": "send", "client_id": newID(), "text": "x", "attachments": []string{unsent}},
		"an agent's file":     {"t": "send", "client_id": newID(), "text": "x", "attachments": []string{answer}},
		"a file of no upload": {"t": "send", "client_id": newID(), "text": "x", "attachments": []string{"nope"}},
	} {
		if got := stranger.codeOf(f); got != int(assist.CodeNotFound) {
			t.Errorf("a customer sends %s: got %d, want %d", what, got, assist.CodeNotFound)
		}
	}
	mine.hangUp()
	d.eventually("the page is gone", func() bool { return d.download(mine.token, here, sent) == who })
}

func TestFiles_WhatTheyAreAndHowLarge(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Limits.AttachmentBytes = 10_000 })
	c := d.customer(counter)
	here := "&inbox=" + string(counter)
	png := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), make([]byte, 100)...)
	html := []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
	for _, tc := range []struct {
		what    string
		content []byte
		status  int
		kind    string
	}{
		{"a picture", png, http.StatusOK, "image/png"}, {"a page", html, http.StatusOK, "text/html; charset=utf-8"},
		{"the largest", bytes.Repeat([]byte("x"), 10_000), http.StatusOK, "text/plain; charset=utf-8"},
		{"one byte more", bytes.Repeat([]byte("x"), 10_001), http.StatusRequestEntityTooLarge, ""},
		{"nothing", nil, http.StatusBadRequest, ""},
	} {
		status, answer, text := d.request("POST", "/api/v1/files?name=photo.png"+here, c.token, tc.content)
		if status != tc.status || (status == http.StatusOK && answer["type"] != tc.kind) {
			t.Errorf("%s: got %d %s, want %d %s", tc.what, status, text, tc.status, tc.kind)
		}
		if contains(string(text), "sha256") {
			t.Errorf("%s: the hash is told: %s", tc.what, text)
		}
	}
	id := d.upload(c.token, here, html)
	req, err := http.NewRequest("GET", fmt.Sprintf("%s/api/v1/files/%s?x=1%s", d.app.URL(), id, here), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	h := res.Header
	if h.Get("X-Content-Type-Options") != "nosniff" || !contains(h.Get("Content-Disposition"), "attachment") || !contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("a page would be run in the hub's origin: %v", h)
	}
}

// A macro's file is for whoever may use the macro, wherever it was sent; a macro holds no file that its maker may
// not give away.
func TestFiles_OfMacros(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Access.AgentsSee, c.Access.HideUnassigned = access.ScopeOwn, true })
	d.hire("boss", assist.RoleSupervisor)
	d.hire("li", assist.RoleAgent, "support")
	d.hire("anna", assist.RoleAgent, "claims")
	boss, li, c := d.agent("boss"), d.agent("li"), d.customer(counter)
	here := "&inbox=" + string(counter)
	forAll, forSupport := d.upload(d.session("boss"), "", []byte("for all")), d.upload(d.session("boss"), "", []byte("for support"))
	macro := func(name, file string, team assist.TeamID) frame {
		return frame{"t": "macro_save", "macro": frame{"name": name, "title": name, "text": "see", "team": team,
			"files": []frame{{"id": file, "name": "forged", "type": "x", "size": 1}}}}
	}
	boss.must(macro("all", forAll, ""))
	boss.must(macro("support", forSupport, "support"))
	private := d.upload(d.session("li"), "", []byte("li has not sent it"))
	ofCustomer := d.upload(c.token, here, []byte("of the customer"))
	for what, file := range map[string]string{"a colleague's": private, "a customer's": ofCustomer, "no": "nope"} {
		if got := boss.codeOf(macro("x", file, "")); got != int(assist.CodeNotFound) {
			t.Errorf("a macro with %s file: got %d, want %d", what, got, assist.CodeNotFound)
		}
	}
	c.say("hello")
	li.must(do("accept", c.conv))
	for _, id := range []string{forAll, forSupport} { // now a conversation holds them that anna does not see
		f := reply(c.conv, "see")
		f["attachments"] = []string{id}
		li.must(f)
	}
	const ok, hidden = http.StatusOK, http.StatusNotFound
	for _, tc := range []struct {
		what, bearer, query, id string
		want                    int
	}{
		{"for all, by anybody", d.session("anna"), "", forAll, ok}, {"for support, by another team", d.session("anna"), "", forSupport, hidden},
		{"for support, by one of support", d.session("li"), "", forSupport, ok}, {"for support, by who writes macros", d.session("boss"), "", forSupport, ok},
		{"sent, by the customer", c.token, here, forAll, ok}, {"a colleague's draft", d.session("anna"), "", private, hidden},
	} {
		if got := d.download(tc.bearer, tc.query, tc.id); got != tc.want {
			t.Errorf("%s: got %d, want %d", tc.what, got, tc.want)
		}
	}
	f := reply(c.conv, "not mine to send")
	f["attachments"] = []string{ofCustomer}
	if got := li.codeOf(f); got != int(assist.CodeNotFound) {
		t.Errorf("sends what a customer uploaded: got %d", got)
	}
}

// What was uploaded and not sent is gone when the hub next looks, a day later.
func TestFiles_UnsentOnesGo(t *testing.T) {
	d := openDesk(t, fast)
	c := d.customer(counter)
	here := "&inbox=" + string(counter)
	sent, unsent := d.upload(c.token, here, []byte("sent")), d.upload(c.token, here, []byte("unsent"))
	c.must(frame{"t": "send", "client_id": newID(), "text": "see", "attachments": []string{sent}})
	d.close()
	d.clock.pass(25 * time.Hour)
	d.start()
	back := d.customer(counter, frame{"token": c.token})
	d.eventually("the unsent one is gone", func() bool { return d.download(back.token, here, unsent) == http.StatusNotFound })
	if got := d.download(back.token, here, sent); got != http.StatusOK {
		t.Errorf("the sent one: got %d", got)
	}
}
