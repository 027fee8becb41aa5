package socket

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// NewUpgrader makes what turns requests into WebSockets; allow says from which pages. Its connections keep no
// buffer for writing while they are idle.
func NewUpgrader(allow func(*http.Request) bool) websocket.Upgrader {
	return websocket.Upgrader{
		HandshakeTimeout: 10 * time.Second, WriteBufferPool: &sync.Pool{}, WriteBufferSize: 4096, CheckOrigin: allow,
	}
}

// Origins are web origins (RFC 6454, as browsers write them) whose pages may connect besides the hub's own.
type Origins []string

// Allow tells whether a page may connect: one of the hub itself or of the list. Clients that are no browser send no
// origin; nothing is gained by refusing them, since they could lie.
func (o Origins) Allow(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host) {
		return true
	}
	return o.Has(origin)
}

// Has tells whether the origin is in the list.
func (o Origins) Has(origin string) bool { return slices.Contains(o, origin) }

// Full answers a request for which there is no room now.
func Full(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "5")
	http.Error(w, "the hub takes no new connections now, try again in a few seconds", http.StatusServiceUnavailable)
}
