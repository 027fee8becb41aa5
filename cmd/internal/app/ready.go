package app

import (
	"net"
	"strings"
)

// Ready is the line that says where the hub is to be found.
type Ready struct {
	Listening    string      `json:"listening"`     // host:port
	CustomerPage string      `json:"customer_page"` // where one can be a customer
	Admin        string      `json:"admin"`         // how to connect desktops, health, version
	Agents       []DemoAgent `json:"agents,omitzero"`
}

// Ready says where the running hub is to be found.
func (a *App) Ready() Ready {
	return Ready{Listening: a.listener.Addr().String(), CustomerPage: a.URL() + "/", Admin: a.URL() + "/admin", Agents: a.agents}
}

// loopback is where this process itself reaches the hub.
func (a *App) loopback() string {
	scheme := "http"
	if a.opts.Config.TLS.Cert != "" {
		scheme = "https"
	}
	host, port, _ := net.SplitHostPort(a.listener.Addr().String()) // an address of net.Listen always splits
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// URL is the hub's address, without a slash at the end. A hub that listens on every address is reached at
// this machine's loopback.
func (a *App) URL() string {
	if u := a.opts.Config.Hub.PublicURL; u != "" {
		return strings.TrimSuffix(u, "/")
	}
	return a.loopback()
}
