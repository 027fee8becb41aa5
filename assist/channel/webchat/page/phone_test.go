package page_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page"
)

func TestPhone_OnThisMachineOnly(t *testing.T) {
	o := demoOptions()
	if res, _ := get(t, handler(t, o), "/demo/phone"); res.StatusCode != 404 {
		t.Errorf("there are no phones: status %d", res.StatusCode)
	}
	o.Demo.Phone = func(inbox assist.InboxID, customer string) []page.PhoneMessage {
		if inbox != "northwind" || customer != "E-1002" {
			return nil
		}
		return []page.PhoneMessage{{Phone: "138", Text: "code 111111", At: time.Unix(1, 0)}, {Phone: "138", Text: "code <482915>", At: time.Unix(2, 0)}}
	}
	h := handler(t, o)
	ask := func(path, remote, host string, header ...string) (int, string) {
		r := httptest.NewRequest("GET", path, nil)
		r.RemoteAddr, r.Host = remote, host
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	for _, host := range []string{"127.0.0.1:7420", "localhost:7420", "[::1]:7420", "localhost"} {
		code, body := ask("/demo/phone", "127.0.0.1:5000", host)
		if code != 200 || !strings.Contains(body, "code &lt;482915&gt;") || strings.Index(body, "482915") > strings.Index(body, "111111") {
			t.Errorf("at %s: status %d\n%s", host, code, body)
		}
	}
	if code, body := ask("/demo/phone?inbox=northwind&customer=E-1001", "[::1]:5000", "[::1]:7420"); code != 200 || strings.Contains(body, "482915") {
		t.Errorf("another customer's: status %d", code)
	}
	for what, x := range map[string][]string{
		"another machine": {"192.0.2.7:5000", "127.0.0.1:7420"}, "a name that points here": {"127.0.0.1:5000", "evil.example:7420"},
		"through a proxy": {"127.0.0.1:5000", "localhost", "X-Forwarded-For", "192.0.2.7"},
	} {
		if code, body := ask("/demo/phone", x[0], x[1], x[2:]...); code != 404 || strings.Contains(body, "482915") {
			t.Errorf("%s: status %d", what, code)
		}
	}
}
