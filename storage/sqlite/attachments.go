package sqlite

import (
	"context"
	"fmt"
	"time"

	"deskhand/assist"
)

const attachmentColumns = "a.id, a.name, a.type, a.size, a.sha256, a.owner, a.created_at"

// SaveAttachment stores the description of a file whose content lies in storage/files already. An id is
// saved once: assist.CodeExists after that, so that nobody changes what others have seen.
func (s *Store) SaveAttachment(ctx context.Context, u assist.Upload) error {
	return s.change(ctx, fmt.Sprintf("save attachment %s", u.ID), func(t *tx) error {
		if u.CreatedAt.IsZero() {
			u.CreatedAt = fromMillis(t.at)
		}
		return t.insertAttachment(u)
	})
}

func (t *tx) insertAttachment(u assist.Upload) error {
	if u.ID == "" || u.SHA256 == "" || u.Size < 0 {
		return assist.Errorf(assist.CodeBadValue, "an attachment needs an id, a hash and a size")
	}
	n, err := t.w.exec(`INSERT INTO attachments (id, name, type, size, sha256, owner, created_at) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT (id) DO NOTHING`, string(u.ID), u.Name, u.Type, u.Size, u.SHA256, u.Owner, millis(u.CreatedAt))
	if err == nil && n == 0 {
		err = assist.Errorf(assist.CodeExists, "attachment %s", u.ID)
	}
	return err
}

// Attachment is one file's description with the conversations that hold it; assist.ErrNotFound if there is none.
func (s *Store) Attachment(ctx context.Context, id assist.AttachmentID) (assist.Upload, error) {
	list, err := s.attachments(ctx, "WHERE a.id = ?", string(id))
	u, err := firstOr(list, err, fmt.Sprintf("attachment %s", id))
	if err != nil {
		return u, err
	}
	err = s.query(ctx, "SELECT conversation FROM conversation_attachments WHERE attachment = ? ORDER BY conversation",
		[]any{string(id)}, func(r scanner) error {
			var c int64
			err := r.Scan(&c)
			u.Conversations = append(u.Conversations, assist.ConversationID(c))
			return err
		})
	if err != nil {
		return u, fmt.Errorf("conversations of attachment %s: %w", id, err)
	}
	return u, nil
}

// Attachments are the files that a conversation holds, oldest first; without Upload.Conversations.
func (s *Store) Attachments(ctx context.Context, id assist.ConversationID) ([]assist.Upload, error) {
	list, err := s.attachments(ctx, `JOIN conversation_attachments AS l ON l.attachment = a.id
		WHERE l.conversation = ? ORDER BY a.created_at, a.id`, int64(id))
	if err != nil {
		return nil, fmt.Errorf("attachments of conversation %d: %w", id, err)
	}
	return list, nil
}

func (s *Store) attachments(ctx context.Context, tail string, args ...any) (out []assist.Upload, err error) {
	err = s.query(ctx, "SELECT "+attachmentColumns+" FROM attachments AS a "+tail, args, func(r scanner) error {
		u, err := scanAttachment(r)
		out = append(out, u)
		return err
	})
	return out, err
}

// inMacros are the ids of the files that macros hold.
const inMacros = `SELECT f.value ->> '$.id' FROM settings AS s, json_each(s.data, '$.files') AS f WHERE s.kind = 'macro'`

// heldAttachment tells of a row a of attachments whether a message or a macro holds the file.
const heldAttachment = "(EXISTS (SELECT 1 FROM conversation_attachments WHERE attachment = a.id) OR a.id IN (" + inMacros + "))"

// ForgetUnsent removes the descriptions of the files that came before the moment and that neither a message nor a
// macro holds, and says how many. A message that brings one of them at the same time either keeps it or is refused.
// The content is the business of whoever has storage/files.
func (s *Store) ForgetUnsent(ctx context.Context, before time.Time) (n int, err error) {
	const unsent = " FROM attachments AS a WHERE a.created_at < ? AND NOT " + heldAttachment
	err = s.query(ctx, "SELECT count(*)"+unsent, []any{millis(before)}, func(r scanner) error { return r.Scan(&n) })
	if err != nil || n == 0 { // it reads the whole table: the writer is not kept waiting for nothing
		return 0, err
	}
	err = s.change(ctx, "forget unsent files", func(t *tx) error {
		gone, err := t.w.exec("DELETE"+unsent, millis(before))
		n = int(gone)
		return err
	})
	return n, err
}

// FileHashes are the contents that files are known of.
func (s *Store) FileHashes(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := s.query(ctx, "SELECT DISTINCT sha256 FROM attachments", nil, func(r scanner) error {
		var hash string
		err := r.Scan(&hash)
		out[hash] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("hashes of files: %w", err)
	}
	return out, nil
}

// attachmentIsThere refuses what can't be held any more, because it was uploaded long ago and never sent.
func attachmentIsThere(w *conn, id assist.AttachmentID) error {
	n, err := w.int64("SELECT count(*) FROM attachments WHERE id = ?", string(id))
	if err == nil && n == 0 {
		err = assist.Errorf(assist.CodeNotFound, "an attachment is not there: upload it again")
	}
	return err
}

func scanAttachment(r scanner) (u assist.Upload, err error) {
	var id string
	var at int64
	err = r.Scan(&id, &u.Name, &u.Type, &u.Size, &u.SHA256, &u.Owner, &at)
	u.ID, u.CreatedAt = assist.AttachmentID(id), fromMillis(at)
	return u, err
}
