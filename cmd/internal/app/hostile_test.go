package app_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"deskhand/assist"
)

// hostileTexts are the Big List of Naughty Strings and XSS payloads; their README says where from.
func hostileTexts(t *testing.T) []string {
	t.Helper()
	read := func(name string, into any) {
		text, err := os.ReadFile(filepath.Join("../../../assist/channel/webchat/page/testdata/hostile", name))
		if err == nil {
			err = json.Unmarshal(text, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var out []string
	read("blns.json", &out)
	var html []struct{ Payload string }
	read("html_payloads.json", &html)
	for _, h := range html {
		out = append(out, h.Payload)
	}
	return append(out, "\x00", "a\x00b", "\u202e", "\ufeff", strings.Repeat("é", 200), "%00", "../../etc/passwd", `{"t":"ping"}`)
}

// Every hostile text in every place where text goes in: it comes back byte for byte, or is refused by number.
func TestHostile_TextComesBackAsItWas(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("boss", assist.RoleAdmin)
	boss, c := d.agent("boss"), d.customer(counter)
	c.say("hello")
	boss.must(do("accept", c.conv))
	customer := boss.must(frame{"t": "open", "conversation": c.conv}).num("customer", "id")
	// taken asks and tells whether the hub took it; "internal" is never an answer.
	taken := func(p *peer, what, text string, f frame) bool {
		a := p.ask(f)
		if a["t"] != "error" {
			return true
		}
		if code := a.num("code"); code == 0 || code == int(assist.CodeInternal) {
			t.Errorf("%s %q: got %v", what, text, a)
		}
		return false
	}
	for i, s := range hostileTexts(t) {
		if taken(c, "message", s, frame{"t": "send", "client_id": newID(), "text": s}) {
			f := boss.await("the message", func(f frame) bool { return f.at("event", "data", "message", "from", "kind") == "customer" })
			if got := f.text("event", "data", "message", "text"); got != s {
				t.Errorf("a message came back as %q, want %q", got, s)
			}
		} else if strings.TrimSpace(s) != "" {
			t.Errorf("the message %q was refused", s)
		}
		if taken(boss, "reply", s, reply(c.conv, s)) {
			f := c.await("the reply", func(f frame) bool { return f.at("message", "from") == "agent" })
			if got := f.text("message", "text"); got != s {
				t.Errorf("a reply came back as %q, want %q", got, s)
			}
		}
		taken(boss, "note", s, note(c.conv, s))
		taken(boss, "search", s, frame{"t": "search", "text": s})
		taken(boss, "tag", s, do("tag", c.conv, frame{"add": []string{s}}))
		taken(boss, "tag", s, do("tag", c.conv, frame{"remove": []string{strings.TrimSpace(s)}}))
		taken(boss, "list", s, frame{"t": "list", "tag": s, "queue": s, "inbox": s, "statuses": []string{s}})
		taken(boss, "transfer", s, do("transfer", c.conv, frame{"queue": s, "note": s}))
		taken(boss, "do", s, do(s, c.conv))
		if i%5 == 0 { // each makes all desktops' directories longer
			taken(boss, "saved tag", s, frame{"t": "tag_save", "tag": frame{"name": s}})
			taken(boss, "macro", s, frame{"t": "macro_save", "macro": frame{"name": s, "title": s, "text": s, "language": s}})
		}
		if taken(boss, "customer", s, frame{"t": "customer_save", "customer": frame{"id": customer, "name": s, "notes": s, "email": s, "fields": frame{"k": s}}}) {
			f := boss.must(frame{"t": "customer", "customer": customer})
			if got := f.text("customer", "notes"); got != s {
				t.Errorf("a customer's notes came back as %q, want %q", got, s)
			}
		}
	}
	boss.must(do("resolve", c.conv, frame{"disposition": "<script>"}))
	for _, s := range hostileTexts(t) {
		taken(c, "rating", s, frame{"t": "rate", "score": 3, "comment": s})
	}
	d.customer(counter, frame{"language": "\x00", "page": "javascript:alert(1)"}).say("hello")
}

func TestHostile_NamesOfFiles(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	for _, s := range append(hostileTexts(t), "..", "...", "a/..", `C:\x\y.txt`, "photo.png\u202egpj.exe") {
		status, answer, text := d.request("POST", "/api/v1/files?name="+url.QueryEscape(s), d.session("li"), []byte("some text"))
		if status != http.StatusOK {
			t.Errorf("%q: %d %s", s, status, text)
			continue
		}
		name := answer["name"].(string)
		if name == "" || strings.Trim(name, ".") == "" || strings.ContainsAny(name, "/\\\x00\n\r\u202e") || !utf8.ValidString(name) {
			t.Errorf("%q became %q", s, name)
		}
		if status, _, text := d.request("GET", "/api/v1/files/"+answer["id"].(string), d.session("li"), nil); status != http.StatusOK || string(text) != "some text" {
			t.Errorf("%q: read back %d %q", s, status, text)
		}
	}
}
