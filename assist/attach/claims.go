package attach

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"deskhand/assist"
)

// ClaimStore knows files and macros.
type ClaimStore interface {
	Attachment(ctx context.Context, id assist.AttachmentID) (assist.Upload, error)
	macroStore
}

// Claims looks up what may go into a message or a macro.
type Claims struct{ Store ClaimStore }

// Claim gives the attachments with these ids if the owner may put them into a message: what they uploaded
// themselves; agents also what a macro holds.
func (c Claims) Claim(ctx context.Context, ids []assist.AttachmentID, owner string) ([]assist.Attachment, error) {
	out := make([]assist.Attachment, 0, len(ids))
	for _, id := range ids {
		u, err := c.Store.Attachment(ctx, id)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return nil, fmt.Errorf("attachment: %w", err)
		}
		mine := err == nil && u.Owner == owner
		if err == nil && !mine && isAgent(owner) {
			if mine, err = inMacro(ctx, c.Store, id, func(assist.Macro) bool { return true }); err != nil {
				return nil, err
			}
		}
		if !mine {
			return nil, assist.Errorf(assist.CodeNotFound, "an attachment is not there: upload it again")
		}
		out = append(out, u.Attachment)
	}
	return out, nil
}

func isAgent(owner string) bool { return strings.HasPrefix(owner, "agent:") }

// macroStore knows macros.
type macroStore interface {
	Macros(ctx context.Context) ([]assist.Macro, error)
}

// inMacro tells whether a macro that counts holds the file.
func inMacro(ctx context.Context, store macroStore, id assist.AttachmentID, counts func(assist.Macro) bool) (bool, error) {
	macros, err := store.Macros(ctx)
	if err != nil {
		return false, fmt.Errorf("macros with a file: %w", err)
	}
	return slices.ContainsFunc(macros, func(m assist.Macro) bool {
		return counts(m) && slices.ContainsFunc(m.Files, func(a assist.Attachment) bool { return a.ID == id })
	}), nil
}
