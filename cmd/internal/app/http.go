package app

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"deskhand/assist/channel/webchat/page"
	"deskhand/assist/quota"
)

// listen opens the port and serves.
func (a *App) listen() error {
	handler, err := a.routes()
	if err != nil {
		return err
	}
	c := a.opts.Config
	var cert *tls.Certificate
	if c.TLS.Cert != "" {
		pair, err := tls.LoadX509KeyPair(c.TLS.Cert, c.TLS.Key)
		if err != nil {
			return fmt.Errorf("certificate of [tls]: %w", err)
		}
		cert = &pair
	}
	l, err := net.Listen("tcp", c.Hub.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w (is another hub running there? choose another address with --listen)", c.Hub.Listen, err)
	}
	a.listener = l
	limited := net.Listener(&perAddress{Listener: l, most: c.Limits.ConnectionsPerAddress, trusted: proxies(c.Hub.TrustedProxies), open: map[netip.Prefix]int{}})
	if cert != nil {
		limited = tls.NewListener(limited, &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	a.http = &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: requestWithin, WriteTimeout: requestWithin, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(a.opts.Log.Handler(), slog.LevelDebug),
	}
	a.workers.Go(func() error {
		if err := a.http.Serve(limited); !errors.Is(err, http.ErrServerClosed) {
			a.fail(fmt.Errorf("http server: %w", err))
		}
		return nil
	})
	return nil
}

// requestWithin is how long a request may come and its answer go, from the end of the header. Files extend it;
// sockets have deadlines of their own.
const requestWithin = 30 * time.Second

func (a *App) routes() (http.Handler, error) {
	p := a.parts
	mux := http.NewServeMux()
	mux.Handle("GET /ws/customer", p.webchat)
	mux.HandleFunc("GET /api/v1/inboxes", p.webchat.ListInboxes)
	p.gateway.Routes(mux)
	p.attach.Routes(mux)
	mux.HandleFunc("GET /healthz", a.health)
	if a.opts.Config.Metrics.Enabled {
		p.metrics.watch(p)
		mux.Handle("GET /metrics", onlyFrom(proxies(a.opts.Config.Metrics.Allow), p.metrics.handler()))
	}
	options := page.Options{Inboxes: p.inboxes, Version: a.opts.Version}
	if a.opts.Demo {
		options.Demo = demoSite(p)
	}
	site, err := page.Handler(options)
	if err != nil {
		return nil, err
	}
	mux.Handle("/", site)
	return mux, nil
}

// health answers 200 while the hub can store messages, else 503.
func (a *App) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := a.parts.store.Healthy(); err != nil {
		a.opts.Log.Warn("not healthy", "component", "app", "err", err)
		http.Error(w, "the database can't be written", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// networks are addresses and blocks of the configuration, which has checked them.
type networks []netip.Prefix

func proxies(list []string) networks {
	var out networks
	for _, s := range list {
		if p, err := netip.ParsePrefix(s); err == nil {
			out = append(out, p)
		} else if a, err := netip.ParseAddr(s); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	return out
}

func (n networks) contain(a netip.Addr) bool {
	for _, p := range n {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// remote is where a request comes from: the connection's address, or behind trusted proxies the last address
// of X-Forwarded-For that is none of theirs.
func (n networks) remote(r *http.Request) string {
	at := addressOf(r.RemoteAddr)
	if !n.contain(at) {
		return at.String()
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		if at = hop; !n.contain(hop) {
			break
		}
	}
	return at.String()
}

func addressOf(hostport string) netip.Addr {
	ap, err := netip.ParseAddrPort(hostport)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap()
}

func onlyFrom(allowed networks, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !allowed.contain(addressOf(r.RemoteAddr)) {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// perAddress closes connections beyond the limit of one network address, so that one client can't take all.
// Proxies are exempt: many clients stand behind each.
type perAddress struct {
	net.Listener
	most    int
	trusted networks

	mu   sync.Mutex // guards open
	open map[netip.Prefix]int
}

// Accept implements net.Listener.
func (l *perAddress) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		at := addressOf(c.RemoteAddr().String())
		if l.trusted.contain(at) {
			return c, nil
		}
		network := quota.NetworkOf(at)
		if l.take(network) {
			return &counted{Conn: c, done: sync.OnceFunc(func() { l.give(network) })}, nil
		}
		_ = c.Close()
	}
}

func (l *perAddress) take(at netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[at] >= l.most {
		return false
	}
	l.open[at]++
	return true
}

func (l *perAddress) give(at netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[at]--; l.open[at] <= 0 {
		delete(l.open, at)
	}
}

// counted is a connection that gives its place back when it is closed.
type counted struct {
	net.Conn
	done func()
}

// Close implements net.Conn.
func (c *counted) Close() error {
	c.done()
	return c.Conn.Close()
}
