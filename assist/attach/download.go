package attach

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/socket"
)

// download gives a file to its owner and to who may see a conversation that holds it.
func (h *Handler) download(w http.ResponseWriter, r *http.Request) {
	h.allowOrigin(w, r)
	by, err := h.who(r)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	u, err := h.visible(r.Context(), by, assist.AttachmentID(r.PathValue("id")))
	if err != nil {
		if errors.Is(err, assist.ErrNotFound) {
			err = assist.Errorf(assist.CodeNotFound, "no such file")
		}
		h.fail(w, r, err)
		return
	}
	content, err := h.opts.Content.Open(r.Context(), u.SHA256)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	defer func() { _ = content.Close() }()
	if err := extend(w, transferWithin); err != nil {
		h.fail(w, r, err)
		return
	}
	headers(w.Header(), u)
	http.ServeContent(w, r, "", u.CreatedAt, content)
}

// visible is the file if whoever asks may read it; assist.ErrNotFound otherwise.
func (h *Handler) visible(ctx context.Context, by who, id assist.AttachmentID) (assist.Upload, error) {
	u, err := h.opts.Store.Attachment(ctx, id)
	if err != nil || u.Owner == by.owner() {
		return u, err
	}
	var sees bool
	if by.agent == nil {
		sees = h.opts.Customers.Sees(by.visitor, u.Conversations)
	} else {
		sees, err = h.agentSees(ctx, *by.agent, u)
	}
	if err == nil && !sees {
		err = assist.ErrNotFound
	}
	return u, err
}

// agentSees tells whether the agent may see a conversation that holds the file, or use a macro that does.
func (h *Handler) agentSees(ctx context.Context, a assist.Agent, u assist.Upload) (bool, error) {
	v := access.VisibilityOf(a, h.opts.Policy)
	for _, id := range u.Conversations {
		c, err := h.opts.Store.Conversation(ctx, id)
		if err != nil || v.Sees(c) {
			return err == nil, err
		}
	}
	return inMacro(ctx, h.opts.Store, u.ID, func(m assist.Macro) bool { return m.For(a) || access.Can(a, access.MacroEdit) })
}

// shown are the types that a browser may show in place; all others are saved as files.
var shown = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

func headers(h http.Header, u assist.Upload) {
	media, _, err := mime.ParseMediaType(u.Type)
	if err != nil {
		media = "application/octet-stream"
	}
	disposition := "attachment"
	if slices.Contains(shown, media) {
		disposition = "inline"
	}
	h.Set("Content-Type", u.Type)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": u.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=86400")
}

// preflight answers a browser on a company's site that asks whether it may send the token header.
func (h *Handler) preflight(w http.ResponseWriter, r *http.Request) {
	if h.allowOrigin(w, r) {
		w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
		w.Header().Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
		w.Header().Set("Access-Control-Max-Age", "600")
	}
	w.WriteHeader(http.StatusNoContent)
}

// allowOrigin lets a page of the inbox's origins read the answer. Tokens, not cookies, prove who asks, so
// nothing is at stake for other origins; they are left out all the same.
func (h *Handler) allowOrigin(w http.ResponseWriter, r *http.Request) bool {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	inbox := assist.InboxID(r.URL.Query().Get("inbox"))
	for _, i := range h.opts.Inboxes {
		if i.ID == inbox && socket.Origins(i.Origins).Has(origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			return true
		}
	}
	return false
}
