package page

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/wire"
)

// Options are what the pages show.
type Options struct {
	Inboxes []assist.Inbox // the inboxes with a chat page, in the order shown; at least one
	Version string         // shown on /admin
	Demo    *Demo          // nil: no demo sites, / lists the inboxes
}

// Demo is the demo companies' sites.
type Demo struct {
	// Site is what /demo/site.json answers. Each company's inbox must be among Options.Inboxes.
	Site Site
	// Identity signs that the demo customer is signed in on the company's site. assist.ErrNotFound if there is no
	// such customer. Called for any request, so it must vouch for invented customers only.
	Identity func(ctx context.Context, inbox assist.InboxID, customer string) (wire.SignedIdentity, error)
	// Phone is what the demo customer's phone shows, oldest first; nil: there are no phones. Shown on this machine only.
	Phone func(inbox assist.InboxID, customer string) []PhoneMessage
}

// server holds what was made ready at start.
type server struct {
	o     Options
	pages *template.Template
	inbox map[assist.InboxID]assist.Inbox
}

// Handler serves GET /, /widget.js, /chat/{inbox}, /admin and /site/{file}, with Options.Demo also /shop/{inbox},
// /demo/site.json, /demo/identity and /demo/phone. It fails if there is no inbox, an inbox's origin is no web origin, or a demo company
// has no inbox.
func Handler(o Options) (http.Handler, error) {
	s := &server{o: o, inbox: map[assist.InboxID]assist.Inbox{}}
	if err := s.check(); err != nil {
		return nil, err
	}
	var err error
	if s.pages, err = template.ParseFS(assets.Widget, "widget/site/*.html"); err != nil {
		return nil, fmt.Errorf("read the site's pages: %w", err)
	}
	script, err := Script(assets.Widget)
	if err != nil {
		return nil, err
	}
	widget, err := newFile("text/javascript; charset=utf-8", script)
	if err != nil {
		return nil, fmt.Errorf("prepare widget.js: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /widget.js", open(widget))
	mux.HandleFunc("GET /chat/{inbox}", s.chat)
	mux.HandleFunc("GET /admin", s.admin)
	mux.HandleFunc("GET /{$}", s.home)
	if err := s.static(mux); err != nil {
		return nil, err
	}
	if o.Demo != nil {
		s.demo(mux)
	}
	return mux, nil
}

func (s *server) check() error {
	if len(s.o.Inboxes) == 0 {
		return errors.New("page: no inbox to talk to")
	}
	for _, in := range s.o.Inboxes {
		for _, origin := range in.Origins {
			u, err := url.Parse(origin)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != origin || strings.ContainsAny(origin, " ;,") {
				return fmt.Errorf("page: inbox %s: %q is not a web origin like https://shop.example", in.ID, origin)
			}
		}
		s.inbox[in.ID] = in
	}
	if s.o.Demo == nil {
		return nil
	}
	if s.o.Demo.Identity == nil || len(s.o.Demo.Site.Companies) == 0 {
		return errors.New("page: the demo needs companies and somebody who signs identities")
	}
	for _, c := range s.o.Demo.Site.Companies {
		if _, ok := s.inbox[c.Inbox]; !ok {
			return fmt.Errorf("page: demo company %s has no inbox", c.Inbox)
		}
	}
	return nil
}

// static serves the pages' own styles and scripts.
func (s *server) static(mux *http.ServeMux) error {
	kinds := map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
	for ext, kind := range kinds {
		names, err := fs.Glob(assets.Widget, "widget/site/*."+ext)
		if err != nil {
			return fmt.Errorf("list the site's files: %w", err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(assets.Widget, name)
			if err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
			f, err := newFile(kind, text)
			if err != nil {
				return fmt.Errorf("prepare %s: %w", name, err)
			}
			mux.Handle("GET /site/"+name[strings.LastIndexByte(name, '/')+1:], own(f))
		}
	}
	return nil
}

// chat is the full-page chat: /chat/INBOX?lang=en|zh&theme=light|dark.
func (s *server) chat(w http.ResponseWriter, r *http.Request) {
	in, ok := s.inbox[assist.InboxID(r.PathValue("inbox"))]
	if !ok {
		s.missing(w, r)
		return
	}
	ancestors := "'self'"
	for _, origin := range in.Origins {
		ancestors += " " + origin
	}
	s.show(w, r, http.StatusOK, ancestors, "chat.html", map[string]any{
		"Inbox": in, "Language": oneOf(r.FormValue("lang"), "auto", "en", "zh"), "Theme": oneOf(r.FormValue("theme"), "auto", "light", "dark"),
	})
}

// oneOf is value if it is among allowed, else the first of them.
func oneOf(value string, allowed ...string) string {
	for _, a := range allowed {
		if a == value {
			return a
		}
	}
	return allowed[0]
}

func (s *server) admin(w http.ResponseWriter, r *http.Request) {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	s.show(w, r, http.StatusOK, "'none'", "admin.html", map[string]any{
		"Version": s.o.Version, "Hub": scheme + "://" + r.Host, "Inboxes": s.o.Inboxes, "Demo": s.o.Demo != nil,
	})
}

func (s *server) home(w http.ResponseWriter, r *http.Request) {
	if s.o.Demo != nil {
		s.shop(w, r, s.o.Demo.Site.Companies[0].Inbox)
		return
	}
	s.show(w, r, http.StatusOK, "'none'", "home.html", map[string]any{"Inboxes": s.o.Inboxes})
}

func (s *server) shop(w http.ResponseWriter, r *http.Request, id assist.InboxID) {
	s.show(w, r, http.StatusOK, "'none'", "shop.html", map[string]any{"Inbox": s.inbox[id]})
}

func (s *server) missing(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusNotFound, "'none'", "missing.html", nil)
}

// show writes a page under a policy that lets it load from the hub only.
func (s *server) show(w http.ResponseWriter, r *http.Request, status int, ancestors, name string, data any) {
	var b strings.Builder
	if err := s.pages.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	guard(h)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", policy(r.Host, ancestors))
	w.WriteHeader(status)
	_, _ = w.Write([]byte(b.String()))
}

// policy names the sockets' addresses beside 'self', which older Safari doesn't take to cover them. A Host header that
// could end a directive is left out.
func policy(host, ancestors string) string {
	sockets := ""
	if host != "" && !strings.ContainsAny(host, " ;,'\"\r\n\t") {
		sockets = " ws://" + host + " wss://" + host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'" + sockets +
		"; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
}

// guard sets what every answer carries.
func guard(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
}

// open lets any site load h: the widget is meant to be embedded.
func open(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard(w.Header())
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.ServeHTTP(w, r)
	})
}

// own keeps h to the hub's pages.
func own(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard(w.Header())
		h.ServeHTTP(w, r)
	})
}

// writeJSON answers v; what depends on the person is not kept by caches.
func writeJSON(w http.ResponseWriter, status int, v any) {
	guard(w.Header())
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the browser went away: nobody left to tell
}
