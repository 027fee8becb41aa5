package webchat

import (
	"encoding/json"
	"net/http"

	"deskhand/assist/wire"
)

// ListInboxes answers with what every chat page may know of each inbox: GET /api/v1/inboxes.
func (s *Server) ListInboxes(w http.ResponseWriter, _ *http.Request) {
	out := make([]wire.InboxView, len(s.opts.Inboxes))
	for i, in := range s.opts.Inboxes {
		out[i] = viewOf(in)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_ = json.NewEncoder(w).Encode(out) // the other side may be gone
}
