// Package attach takes files over HTTP and gives them back, to agents and customers alike (section 7 of
// wire/PROTOCOL.md). It decides who may; the content lies in storage. It starts no goroutines.
package attach

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/gateway"
)

// Store keeps what is known of files.
type Store interface {
	SaveAttachment(ctx context.Context, u assist.Upload) error
	Attachment(ctx context.Context, id assist.AttachmentID) (assist.Upload, error)
	Conversation(ctx context.Context, id assist.ConversationID) (assist.Conversation, error)
	Macros(ctx context.Context) ([]assist.Macro, error)
}

// Content keeps the bytes. Save refuses what is too large (CodeFileTooLarge), empty (CodeEmpty) or pretends to
// be something else (CodeFileType).
type Content interface {
	Save(ctx context.Context, content io.Reader, claimed string) (assist.Attachment, error)
	Open(ctx context.Context, sha256 string) (io.ReadSeekCloser, error)
}

// Agents says which agent a session belongs to.
type Agents interface {
	Authenticate(ctx context.Context, token string) (assist.Agent, assist.Session, error)
}

// Customers says what a connected customer's page may see.
type Customers interface {
	// Person is who is behind a connected page with that visitor token; ok is false if there is none.
	Person(visitor assist.Identity) (person assist.Identity, ok bool)
	// Sees tells whether such a page shows one of the conversations.
	Sees(visitor assist.Identity, conversations []assist.ConversationID) bool
}

// Options configure a Handler. Those without a default are needed.
type Options struct {
	Store     Store
	Content   Content
	Agents    Agents
	Customers Customers
	Policy    access.Policy
	Inboxes   []assist.Inbox
	MaxFile   int64 // bytes
	Log       *slog.Logger
	Now       func() time.Time // default time.Now

	Window      time.Duration // in which the next two may be used up; it comes back evenly
	PerCustomer Allowance
	PerAddress  Allowance // of all customers at one network address, of IPv6 at one /64
	// Remote is the network address of a request, e.g. behind a trusted proxy; default: the connection's.
	Remote func(*http.Request) string
}

// Handler serves uploads and downloads.
type Handler struct {
	opts       Options
	allowances *allowances
}

// New checks the options.
func New(o Options) (*Handler, error) {
	if o.Store == nil || o.Content == nil || o.Agents == nil || o.Customers == nil || o.Log == nil || o.MaxFile <= 0 ||
		o.Window <= 0 || min(o.PerCustomer.Files, o.PerAddress.Files) <= 0 || min(o.PerCustomer.Bytes, o.PerAddress.Bytes) < o.MaxFile {
		return nil, errors.New("attach: an option without default is missing, or the largest file doesn't fit into an allowance")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Remote == nil {
		o.Remote = func(r *http.Request) string { return r.RemoteAddr }
	}
	o.Log = o.Log.With("component", "attach")
	return &Handler{opts: o, allowances: newAllowances(o)}, nil
}

// Routes are the HTTP paths of files.
func (h *Handler) Routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/v1/files", h.upload)
	mux.HandleFunc("GET /api/v1/files/{id}", h.download)
	mux.HandleFunc("OPTIONS /api/v1/files", h.preflight)
	mux.HandleFunc("OPTIONS /api/v1/files/{id}", h.preflight)
}

// who is behind a request: an agent, or a customer's page.
type who struct {
	agent   *assist.Agent
	visitor assist.Identity
	person  assist.Identity // behind the visitor
}

func (w who) owner() string {
	if w.agent != nil {
		return gateway.AgentOwner(w.agent.ID)
	}
	return w.visitor.Source
}

func (h *Handler) who(r *http.Request) (who, error) {
	token := gateway.Bearer(r)
	inbox := assist.InboxID(r.URL.Query().Get("inbox"))
	if inbox == "" {
		agent, _, err := h.opts.Agents.Authenticate(r.Context(), token)
		return who{agent: &agent}, err
	}
	visitor, err := access.VisitorIdentity(inbox, token)
	if err == nil {
		if person, ok := h.opts.Customers.Person(visitor); ok {
			return who{visitor: visitor, person: person}, nil
		}
	}
	return who{}, assist.Errorf(assist.CodeUnauthenticated, "connect the page first")
}

// upload stores the body and answers with the attachment.
func (h *Handler) upload(w http.ResponseWriter, r *http.Request) {
	h.allowOrigin(w, r)
	if r.ContentLength > h.opts.MaxFile {
		h.fail(w, r, assist.Errorf(assist.CodeFileTooLarge, "at most %d bytes", h.opts.MaxFile))
		return
	}
	by, err := h.who(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	a, err := h.save(w, r, by)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	a.ID, a.Name = newID(), cleanName(r.URL.Query().Get("name"))
	err = h.opts.Store.SaveAttachment(r.Context(), assist.Upload{Attachment: a, Owner: by.owner(), CreatedAt: h.opts.Now().UTC().Truncate(time.Millisecond)})
	if err != nil {
		h.fail(w, r, fmt.Errorf("save attachment: %w", err))
		return
	}
	a.SHA256 = ""
	gateway.WriteJSON(w, http.StatusOK, a)
}

// save stores the content, if the uploader may still upload that much.
func (h *Handler) save(w http.ResponseWriter, r *http.Request, by who) (assist.Attachment, error) {
	size := r.ContentLength
	if size < 0 {
		size = h.opts.MaxFile // it isn't told beforehand
	}
	settle, err := h.allowances.reserve(by, r, size)
	if err != nil {
		return assist.Attachment{}, err
	}
	body := &counter{Reader: http.MaxBytesReader(w, r.Body, h.opts.MaxFile+1)}
	defer func() { settle(body.n) }()
	if err := extend(w, transferWithin); err != nil {
		return assist.Attachment{}, err
	}
	a, err := h.opts.Content.Save(r.Context(), body, r.Header.Get("Content-Type"))
	if body.err != nil {
		return a, &assist.Error{Code: assist.CodeTimeout, Detail: "the file did not come to its end", Err: body.err}
	}
	return a, err
}

// transferWithin is how long a file may take: 20 MB at 70 kB a second.
const transferWithin = 5 * time.Minute

// extend gives a request longer than the server gives to all.
func extend(w http.ResponseWriter, within time.Duration) error {
	until, c := time.Now().Add(within), http.NewResponseController(w)
	if err := errors.Join(c.SetReadDeadline(until), c.SetWriteDeadline(until)); err != nil {
		return fmt.Errorf("bound a transfer: %w", err)
	}
	return nil
}

// newID is 128 random bits: whoever may see a message learns it, nobody else can guess it.
func newID() assist.AttachmentID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	return assist.AttachmentID(hex.EncodeToString(b[:]))
}

const maxName = 120 // runes of a file's name

// cleanName is the last part of a path without what could hide what the file is.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxName {
		ext := []rune(path.Ext(name))
		if len(ext) > 12 {
			ext = nil
		}
		name = string(runes[:maxName-len(ext)]) + string(ext)
	}
	if strings.Trim(name, "./ ") == "" { // nothing, or what means a folder
		return "file"
	}
	return name
}

func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	if assist.CodeOf(err) == assist.CodeInternal && r.Context().Err() == nil {
		h.opts.Log.Error("file request", "method", r.Method, "err", err)
	}
	gateway.WriteError(w, err)
}
