package page_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// cross lets pages of other origins at the files, as a hub does for an inbox's origins.
func (h *fakeHub) cross(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
}

func (h *fakeHub) allowed(w http.ResponseWriter, r *http.Request) bool {
	h.cross(w, r)
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.Header.Get("Authorization") == "Bearer "+h.token && r.FormValue("inbox") == "northwind" {
		return true
	}
	http.Error(w, `{"code":200,"name":"unauthenticated"}`, http.StatusUnauthorized)
	return false
}

func (h *fakeHub) upload(w http.ResponseWriter, r *http.Request) {
	if !h.allowed(w, r) {
		return
	}
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	kind := strings.Split(http.DetectContentType(content), ";")[0]
	if strings.HasPrefix(string(content), "MZ") {
		w.WriteHeader(http.StatusUnsupportedMediaType)
		_, _ = io.WriteString(w, `{"code":407,"name":"file_type"}`)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.quota > 0 {
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = fmt.Fprintf(w, `{"code":505,"name":"upload_quota","retry_after_ms":%d}`, h.quota.Milliseconds())
		return
	}
	id := fmt.Sprintf("f%d", len(h.files)+1)
	h.files[id] = fakeFile{kind, r.FormValue("name"), content}
	_ = json.NewEncoder(w).Encode(map[string]any{"id": id, "name": r.FormValue("name"), "type": kind, "size": len(content)})
}

func (h *fakeHub) download(w http.ResponseWriter, r *http.Request) {
	if !h.allowed(w, r) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	f, ok := h.files[r.PathValue("id")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	_, _ = w.Write(f.content)
}
