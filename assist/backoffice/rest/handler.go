package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"

	"github.com/go-json-experiment/json"
)

// HandlerOptions configure a Handler. Office and Log are needed.
type HandlerOptions struct {
	Office  backoffice.Office
	Auth    Auth
	Secret  []byte
	Actions func(name string) (backoffice.Action, bool) // default: those that the product knows
	Log     *slog.Logger
	Now     func() time.Time // default time.Now
}

// Handler serves an Office as openapi.yaml says: for companies that write Go, for trying out, and for tests. Which action
// an outcome is of it knows of the last changes since its start; of others it gives the outcome without.
type Handler struct {
	opts HandlerOptions
	mux  *http.ServeMux

	mu      sync.Mutex        // guards actions and keys
	actions map[string]string // by key of a change
	keys    []string          // of actions, oldest first
}

// mostKeys is how many changes a Handler knows the action of; older ones are forgotten.
const mostKeys = 10_000

func (h *Handler) remember(key, action string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, has := h.actions[key]; has {
		return
	}
	h.actions[key], h.keys = action, append(h.keys, key)
	if len(h.keys) > mostKeys {
		delete(h.actions, h.keys[0])
		h.keys = h.keys[1:]
	}
}

func (h *Handler) actionOf(key string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.actions[key]
}

// NewHandler checks the options.
func NewHandler(o HandlerOptions) (*Handler, error) {
	if o.Office == nil || o.Log == nil {
		return nil, errors.New("rest handler: Office or Log is missing")
	}
	if err := o.Auth.check(o.Secret); err != nil {
		return nil, fmt.Errorf("rest handler: %w", err)
	}
	if o.Actions == nil {
		o.Actions = Known()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	h := &Handler{opts: o, mux: http.NewServeMux(), actions: map[string]string{}}
	h.mux.HandleFunc("GET /v1/profile", h.serve(h.profile))
	h.mux.HandleFunc("GET /v1/customers/{id}", h.serve(h.person))
	h.mux.HandleFunc("POST /v1/customers/find", h.serve(h.find))
	h.mux.HandleFunc("POST /v1/items", h.serve(h.items))
	h.mux.HandleFunc("POST /v1/read", h.serve(h.read))
	h.mux.HandleFunc("POST /v1/check", h.serve(h.check))
	h.mux.HandleFunc("POST /v1/execute", h.serve(h.execute))
	h.mux.HandleFunc("GET /v1/outcomes/{key}", h.serve(h.outcome))
	return h, nil
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// maxRequest is the largest request that is read.
const maxRequest = 256 << 10

// serve reads a request, checks who sends it, and writes what the endpoint answers.
func (h *Handler) serve(endpoint func(context.Context, *http.Request, []byte) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
		switch {
		case err != nil:
			write(w, http.StatusRequestEntityTooLarge, map[string]any{"error": "too_large"})
		case !h.opts.Auth.proved(r, h.opts.Secret, body, h.opts.Now()):
			write(w, http.StatusUnauthorized, map[string]any{"error": "unauthorized"})
		default:
			answer, err := endpoint(r.Context(), r, body)
			h.answer(w, answer, err)
		}
	}
}

// badRequest is a request that isn't as openapi.yaml says.
type badRequest struct{ error }

func (h *Handler) answer(w http.ResponseWriter, answer any, err error) {
	var no *backoffice.Refusal
	var bad badRequest
	switch {
	case err == nil:
		write(w, http.StatusOK, answer)
	case errors.As(err, &no):
		write(w, http.StatusUnprocessableEntity, map[string]any{"refused": typed.RefusalDocument(no)})
	case errors.As(err, &bad):
		write(w, http.StatusBadRequest, map[string]any{"error": bad.Error()})
	case errors.Is(err, backoffice.ErrNotFound):
		write(w, http.StatusNotFound, map[string]any{"error": saidNotFound})
	case errors.Is(err, backoffice.ErrUnsupported):
		write(w, http.StatusNotImplemented, map[string]any{"error": saidUnsupported})
	default:
		h.opts.Log.Error("back office", "component", "backoffice", "err", err)
		write(w, http.StatusServiceUnavailable, map[string]any{"error": saidUnavailable})
	}
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.MarshalWrite(w, body, json.Deterministic(true)) // a client that has gone hears nothing
}

func (h *Handler) profile(ctx context.Context, _ *http.Request, _ []byte) (any, error) {
	p, err := h.opts.Office.Profile(ctx)
	return typed.ProfileDocument(p), err
}

func (h *Handler) person(ctx context.Context, r *http.Request, _ []byte) (any, error) {
	p, err := h.opts.Office.Person(ctx, r.PathValue("id"))
	return typed.PersonDocument(p), err
}

func (h *Handler) find(ctx context.Context, _ *http.Request, body []byte) (any, error) {
	var by details
	if err := json.Unmarshal(body, &by); err != nil {
		return nil, badRequest{err}
	}
	id, err := h.opts.Office.Find(ctx, backoffice.Details{Phone: by.Phone, OrderID: by.OrderID})
	return map[string]any{"id": id}, err
}

func (h *Handler) items(ctx context.Context, _ *http.Request, body []byte) (any, error) {
	c, kind, err := h.call(body)
	if err != nil {
		return nil, err
	}
	items, err := h.opts.Office.Items(ctx, kind, c)
	return map[string]any{"items": typed.ItemsDocument(items)}, err
}

func (h *Handler) read(ctx context.Context, _ *http.Request, body []byte) (any, error) {
	c, _, err := h.call(body)
	if err != nil {
		return nil, err
	}
	r, err := h.opts.Office.Read(ctx, c)
	a, _ := h.opts.Actions(c.Action)
	return map[string]any{"result": typed.Document(a.Result, r)}, err
}

func (h *Handler) check(ctx context.Context, _ *http.Request, body []byte) (any, error) {
	c, _, err := h.call(body)
	if err != nil {
		return nil, err
	}
	r, err := h.opts.Office.Check(ctx, c)
	a, _ := h.opts.Actions(c.Action)
	return map[string]any{"result": typed.Document(a.Terms, r)}, err
}

func (h *Handler) execute(ctx context.Context, q *http.Request, body []byte) (any, error) {
	c, _, err := h.call(body)
	if err != nil {
		return nil, err
	}
	key := q.Header.Get("Idempotency-Key")
	if key == "" {
		return nil, badRequest{errors.New("the header Idempotency-Key is missing")}
	}
	h.remember(key, c.Action)
	// What has begun is ended, though the hub should hang up: it asks for the outcome then.
	r, err := h.opts.Office.Execute(context.WithoutCancel(ctx), key, c)
	a, _ := h.opts.Actions(c.Action)
	return map[string]any{"action": c.Action, "result": typed.Document(a.Result, r)}, err
}

func (h *Handler) outcome(ctx context.Context, r *http.Request, _ []byte) (any, error) {
	key := r.PathValue("key")
	result, err := h.opts.Office.Outcome(ctx, key)
	a, _ := h.opts.Actions(h.actionOf(key))
	return map[string]any{"action": a.Name, "result": typed.Document(a.Result, result)}, err
}

func (h *Handler) call(body []byte) (c backoffice.Call, kind string, err error) {
	var q call
	if err := json.Unmarshal(body, &q); err != nil {
		return c, "", badRequest{err}
	}
	c = backoffice.Call{Action: q.Action, Customer: q.Customer, Args: q.Args, Language: q.Language, Now: h.opts.Now()}
	if q.Now != "" {
		if c.Now, err = time.Parse(time.RFC3339, q.Now); err != nil {
			return c, "", badRequest{fmt.Errorf("now: %w", err)}
		}
	}
	return c, q.Kind, nil
}
