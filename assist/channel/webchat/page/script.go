package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// parts returns the widget's sources in the order in which they are joined: each may use what stands above it at
// load time, and anything at run time.
func parts() []string {
	return []string{"boot", "lang", "outbox", "link", "chat", "files", "thread", "rating", "view", "api"}
}

// MaxScript is the most that /widget.js may have, in bytes before compression.
const MaxScript = 30_000

// Script is the widget as one script: the sources of assets.Widget joined into one function, made small. The names
// inside are shortened and comments dropped; the readable text is in assets/widget/src.
func Script(widget fs.FS) ([]byte, error) {
	m := minify.New()
	m.AddFunc("css", css.Minify)
	m.AddFunc("js", (&js.Minifier{}).Minify)
	style, err := fs.ReadFile(widget, "widget/widget.css")
	if err != nil {
		return nil, fmt.Errorf("read the widget's style: %w", err)
	}
	if style, err = m.Bytes("css", style); err != nil {
		return nil, fmt.Errorf("shorten the widget's style: %w", err)
	}
	quoted, err := json.Marshal(string(style))
	if err != nil {
		return nil, fmt.Errorf("quote the widget's style: %w", err)
	}
	var b bytes.Buffer
	// A page that embeds the script twice has one widget.
	fmt.Fprintf(&b, "window.Deskhand||(()=>{'use strict';const CSS=%s;\n", quoted)
	for _, name := range parts() {
		text, err := fs.ReadFile(widget, "widget/src/"+name+".js")
		if err != nil {
			return nil, fmt.Errorf("read the widget's %s: %w", name, err)
		}
		b.Write(text)
	}
	b.WriteString("})();\n")
	out, err := m.Bytes("js", b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("shorten the widget's script: %w", err)
	}
	return out, nil
}

// file is something that is served as it is, plain or compressed.
type file struct {
	kind, etag  string
	plain, gzip []byte
}

func newFile(kind string, plain []byte) (file, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return file{}, fmt.Errorf("compress: %w", err)
	}
	if _, err := z.Write(plain); err != nil {
		return file{}, fmt.Errorf("compress: %w", err)
	}
	if err := z.Close(); err != nil {
		return file{}, fmt.Errorf("compress: %w", err)
	}
	sum := sha256.Sum256(plain)
	return file{kind: kind, etag: hex.EncodeToString(sum[:12]), plain: plain, gzip: b.Bytes()}, nil
}

// ServeHTTP implements http.Handler. Browsers may keep the file five minutes, then ask by ETag.
func (f file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, etag := f.plain, `"`+f.etag+`"`
	h := w.Header()
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body, etag = f.gzip, `"`+f.etag+`-z"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", etag)
	h.Set("Cache-Control", "public, max-age=300")
	if known := r.Header.Get("If-None-Match"); known == "*" || strings.Contains(known, etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the browser went away: nobody left to tell
	}
}
