package app_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
)

// Who sends a sign-in drop by drop doesn't hold a connection for ever.
func TestLogin_DropByDropIsSentAway(t *testing.T) {
	d := openDesk(t)
	c, err := net.Dial("tcp", strings.TrimPrefix(d.app.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if _, err := fmt.Fprintf(c, "POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	if err := c.SetReadDeadline(time.Now().Add(within)); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil || !contains(string(answer), assist.CodeTimeout.String()) {
		t.Errorf("got %q, err %v", answer, err)
	}
}

func TestLogin_WhatIsNoSignIn(t *testing.T) {
	d := openDesk(t)
	d.hire("li", assist.RoleAgent)
	for _, tc := range []struct {
		what   string
		body   any
		status int
		code   assist.Code
	}{
		{"a wrong password", frame{"login": "li", "password": "wrong"}, http.StatusUnauthorized, assist.CodeUnauthenticated},
		{"nobody's login", frame{"login": "nobody", "password": password}, http.StatusUnauthorized, assist.CodeUnauthenticated},
		{"no JSON", []byte("login=li"), http.StatusBadRequest, assist.CodeBadJSON},
		{"a key twice", []byte(`{"login":"li","login":"boss","password":"x"}`), http.StatusBadRequest, assist.CodeDuplicateKey},
		{"an unknown field", frame{"login": "li", "password": password, "role": "admin"}, http.StatusBadRequest, assist.CodeBadField},
		{"too much", []byte(`{"login":"` + strings.Repeat("x", 5000) + `"}`), http.StatusRequestEntityTooLarge, assist.CodeFrameTooLarge},
	} {
		status, answer, text := d.request("POST", "/api/v1/login", "", tc.body)
		if status != tc.status || frame(answer).num("code") != int(tc.code) {
			t.Errorf("%s: got %d %s, want %d %d", tc.what, status, text, tc.status, tc.code)
		}
	}
	for _, path := range []string{"/api/v1/ticket", "/api/v1/logout"} {
		if status, _, text := d.request("POST", path, "dks_nope", nil); status != http.StatusUnauthorized {
			t.Errorf("%s without a session: got %d %s", path, status, text)
		}
	}
}
