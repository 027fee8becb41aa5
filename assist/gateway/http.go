package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/wire"
)

// Routes are the HTTP paths of sign-in; the WebSocket is the Server itself.
func (s *Server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/v1/login", s.login)
	mux.HandleFunc("POST /api/v1/ticket", s.ticket)
	mux.HandleFunc("POST /api/v1/logout", s.logout)
	mux.Handle("GET /ws/agent", s)
}

const (
	maxBody    = 4 << 10          // bytes of a sign-in
	bodyWithin = 10 * time.Second // until all of it has come
)

// login answers {"session","expires_at","agent"} for {"login","password","device"}.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	body, err := readBody(w, r)
	if err != nil {
		WriteError(w, err)
		return
	}
	var in struct {
		wire.Head
		Login    string `json:"login"`
		Password string `json:"password"`
		Device   string `json:"device,omitzero"`
	}
	if err := wire.Decode(body, &in); err != nil {
		WriteError(w, err)
		return
	}
	token, agent, session, err := s.opts.Access.SignIn(r.Context(), access.Credentials{
		Login: in.Login, Password: in.Password, Device: in.Device, Remote: s.opts.Remote(r)})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	WriteJSON(w, http.StatusOK, struct {
		Session   string       `json:"session"`
		ExpiresAt time.Time    `json:"expires_at"`
		Agent     assist.Agent `json:"agent"`
	}{token, session.ExpiresAt, agent})
}

// readBody reads a sign-in. Whoever sends it drop by drop is sent away.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyWithin)); err != nil {
		return nil, fmt.Errorf("bound a sign-in: %w", err)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, assist.Errorf(assist.CodeFrameTooLarge, "at most %d bytes", maxBody)
	case err != nil:
		return nil, assist.Errorf(assist.CodeTimeout, "the request did not come within %s", bodyWithin)
	}
	return body, nil
}

// ticket answers {"ticket","expires_in_s"} for a session.
func (s *Server) ticket(w http.ResponseWriter, r *http.Request) {
	_, session, err := s.opts.Access.Authenticate(r.Context(), Bearer(r))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ticket, err := s.opts.Access.Ticket(session)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	WriteJSON(w, http.StatusOK, struct {
		Ticket    string `json:"ticket"`
		ExpiresIn int    `json:"expires_in_s"`
	}{ticket, int(access.TicketLife.Seconds())})
}

// logout ends the session and closes its sockets.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if err := s.opts.Access.SignOut(r.Context(), Bearer(r)); err != nil {
		s.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if assist.CodeOf(err) == assist.CodeInternal {
		s.opts.Log.Error("sign-in request", "path", r.URL.Path, "err", err)
	}
	WriteError(w, err)
}

// Bearer is the token of the Authorization header, empty if there is none.
func Bearer(r *http.Request) string {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return ""
	}
	return strings.TrimSpace(token)
}

// WriteJSON answers with v as JSON, not to be cached.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the other side may be gone
}

// WriteError answers with the error as section 6 of PROTOCOL.md says.
func WriteError(w http.ResponseWriter, err error) {
	f := wire.Fail(wire.Head{}, err)
	if f.RetryAfterMS > 0 {
		w.Header().Set("Retry-After", itoa((f.RetryAfterMS+999)/1000))
	}
	WriteJSON(w, statusOf(f.Code), f)
}

func statusOf(c assist.Code) int {
	switch c {
	case assist.CodeForbidden, assist.CodeBadOrigin:
		return http.StatusForbidden
	case assist.CodeNotFound:
		return http.StatusNotFound
	case assist.CodeFrameTooLarge, assist.CodeFileTooLarge:
		return http.StatusRequestEntityTooLarge
	case assist.CodeFileType:
		return http.StatusUnsupportedMediaType
	case assist.CodeLocked, assist.CodeRateLimited, assist.CodeUploadQuota:
		return http.StatusTooManyRequests
	}
	switch {
	case c < 200 || (c >= 400 && c < 500):
		return http.StatusBadRequest
	case c < 300:
		return http.StatusUnauthorized
	case c < 600:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}
