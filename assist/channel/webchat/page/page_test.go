package page_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page"
	"deskhand/assist/channel/webchat/page/pagetest"
)

func get(t *testing.T, h http.Handler, path string, header ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.Host = "desk.example:8080"
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func handler(t *testing.T, o page.Options) http.Handler {
	t.Helper()
	h, err := page.Handler(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestWidget_AnySiteMayLoadAndKeepIt(t *testing.T) {
	h := handler(t, options())
	res, plain := get(t, h, "/widget.js")
	if res.StatusCode != 200 || res.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/javascript") ||
		res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("status %d, headers %v", res.StatusCode, res.Header)
	}
	if strings.Contains(plain, "eval(") || strings.Contains(plain, "innerHTML") {
		t.Error("the script evaluates text")
	}
	again, body := get(t, h, "/widget.js", "If-None-Match", res.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("asked again by ETag: status %d and %d bytes, want 304 and none", again.StatusCode, len(body))
	}
	zipped, body := get(t, h, "/widget.js", "Accept-Encoding", "gzip, br")
	if zipped.Header.Get("Content-Encoding") != "gzip" || zipped.Header.Get("ETag") == res.Header.Get("ETag") {
		t.Fatalf("not compressed, or under the same ETag: %v", zipped.Header)
	}
	z, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if un, err := io.ReadAll(z); err != nil || string(un) != plain {
		t.Errorf("the compressed script differs (%v)", err)
	}
}

func TestChat_PolicyNamesTheInboxOrigins(t *testing.T) {
	h := handler(t, options())
	res, body := get(t, h, "/chat/northwind?lang=zh&theme=dark")
	csp := res.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "frame-ancestors 'self' https://shop.example", "ws://desk.example:8080", "script-src 'self';", "base-uri 'none'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("policy %q lacks %q", csp, want)
		}
	}
	if strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q allows inline code", csp)
	}
	for _, want := range []string{`data-language="zh"`, `data-theme="dark"`, `data-inbox="northwind"`, `data-mode="page"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if _, body := get(t, h, `/chat/northwind?lang="><script>&theme=x`); strings.Contains(body, "><script>\"") || !strings.Contains(body, `data-language="auto"`) {
		t.Error("a strange language got into the page")
	}
	if res, _ := get(t, h, "/chat/nobody"); res.StatusCode != http.StatusNotFound {
		t.Errorf("unknown inbox: status %d, want 404", res.StatusCode)
	}
}

func TestPages_CarryStrictHeaders(t *testing.T) {
	for name, o := range map[string]page.Options{"plain": options(), "demo": demoOptions()} {
		h := handler(t, o)
		for _, path := range []string{"/", "/admin", "/chat/harbour"} {
			res, body := get(t, h, path)
			if res.StatusCode != 200 || res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Referrer-Policy") != "no-referrer" || res.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("%s %s: status %d, headers %v", name, path, res.StatusCode, res.Header)
			}
			if strings.Contains(body, "style=") || strings.Contains(body, " onclick") {
				t.Errorf("%s %s has inline style or script", name, path)
			}
		}
	}
	h := handler(t, options())
	if _, body := get(t, h, "/admin"); !strings.Contains(body, "1.2.3") || !strings.Contains(body, "--hub http://desk.example:8080") || !strings.Contains(body, "/healthz") {
		t.Error("/admin lacks version, address or health")
	}
	if res, _ := get(t, h, "/demo/site.json"); res.StatusCode != http.StatusNotFound {
		t.Errorf("demo data without the demo: status %d", res.StatusCode)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = "evil.example; script-src *"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if strings.Contains(w.Header().Get("Content-Security-Policy"), "evil") {
		t.Error("the Host header got into the policy")
	}
}

func TestDemo_IdentityOfInventedCustomersOnly(t *testing.T) {
	h := handler(t, demoOptions())
	if res, body := get(t, h, "/demo/identity?inbox=northwind&customer=E-1001"); res.StatusCode != 200 || !strings.Contains(body, `"signature":"00"`) || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, %s", res.StatusCode, body)
	}
	if res, _ := get(t, h, "/demo/identity?inbox=northwind&customer=x"); res.StatusCode != http.StatusNotFound {
		t.Errorf("unknown customer: status %d, want 404", res.StatusCode)
	}
	if _, body := get(t, h, "/demo/site.json"); !strings.Contains(body, "Aria 3 Headphones") {
		t.Error("no offers in site.json")
	}
}

func TestHandler_RefusesBadOptions(t *testing.T) {
	bad := map[string]func(*page.Options){
		"no inbox":       func(o *page.Options) { o.Inboxes = nil },
		"origin as path": func(o *page.Options) { o.Inboxes[0].Origins = []string{"https://shop.example/x"} },
		"origin *":       func(o *page.Options) { o.Inboxes[0].Origins = []string{"*"} },
		"origin injects": func(o *page.Options) { o.Inboxes[0].Origins = []string{"https://a;script-src"} },
		"empty demo":     func(o *page.Options) { o.Demo = &page.Demo{} },
		"no such inbox":  func(o *page.Options) { o.Demo.Site.Companies[0].Inbox = assist.InboxID("x") },
	}
	for name, change := range bad {
		o := demoOptions()
		change(&o)
		if _, err := page.Handler(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestIdentity_SwitchingCustomersKeepsThemApart(t *testing.T) {
	h := newFakeHub(t, demoOptions())
	p := browser.Visitor(t)
	p.Open(h.server.URL + "/?lang=en")
	p.Launch()
	p.Connected()
	p.Send("as nobody")
	p.Sent()
	choose := func(id string) {
		n := len(h.Frames("hello"))
		pagetest.Eval[bool](p, `(() => { const s = document.getElementById("customer"); s.value = "`+id+`"; s.dispatchEvent(new Event("change")); return true; })()`)
		h.Await("a new hello", func() bool { return len(h.Frames("hello")) > n })
		p.Connected()
	}
	token := func() string {
		f := h.Frames("hello")
		s, _ := f[len(f)-1]["token"].(string)
		return s
	}
	who := func() string {
		f := h.Frames("hello")
		id, _ := f[len(f)-1]["identity"].(map[string]any)
		s, _ := id["id"].(string)
		return s
	}
	choose("E-1001")
	if who() != "E-1001" || token() == "" {
		t.Errorf("signed in as %q with token %q, want E-1001 bound to the visitor's token", who(), token())
	}
	choose("E-1002")
	if who() != "E-1002" || token() != "" {
		t.Errorf("signed in as %q with token %q, want E-1002 without the other's token", who(), token())
	}
	p.Reload() // the address that says who is signed in is asked again
	p.Connected()
	if who() != "E-1002" || token() == "" {
		t.Errorf("after a reload %q with token %q, want E-1002 with the own token", who(), token())
	}
	choose("")
	if who() != "" || token() != "" {
		t.Errorf("signed out: hello as %q with token %q, want nobody without one", who(), token())
	}
}

func TestSite_EveryCompanyHasItsPage(t *testing.T) {
	h := newFakeHub(t, demoOptions())
	p := browser.Visitor(t)
	p.Size(1280, 800)
	for _, path := range []string{"/chat/northwind?lang=en&theme=light", "/?lang=en&theme=light", "/shop/harbour?lang=zh&theme=dark", "/admin", "/shop/nobody"} {
		p.Open(h.server.URL + path)
		if strings.HasPrefix(path, "/chat") {
			p.Connected()
		} else if strings.Contains(path, "lang") {
			p.Until("the offers", `document.querySelectorAll(".offer .pic svg").length > 0 && $(".launch")`)
		}
		t.Log(p.Shot(t.ArtifactDir(), "site-"+strings.Trim(strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(path), "-")+".png"))
	}
}
