package socket_test

import (
	"net/http/httptest"
	"testing"

	"deskhand/assist/socket"
)

func TestOrigins_TheOwnAndTheListed(t *testing.T) {
	list := socket.Origins{"https://shop.example", "http://localhost:8080"}
	for origin, want := range map[string]bool{
		"": true, "http://hub.example:7420": true, "https://hub.example:7420": true, "http://HUB.example:7420": true, "https://shop.example": true,
		"http://localhost:8080": true, "http://shop.example": false, "https://shop.example:444": false, "https://shop.example.evil.org": false,
		"https://hub.example": false, "http://hub.example:7420.evil.org": false, "null": false, "*": false, "file://": false, "http://": false, "%": false,
		"https://evil.org/https://shop.example": false,
	} {
		r := httptest.NewRequest("GET", "http://hub.example:7420/ws/customer", nil)
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		if got := list.Allow(r); got != want {
			t.Errorf("%q: got %v, want %v", origin, got, want)
		}
	}
}
