package sqlite

import (
	"context"
	"fmt"

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

func scanAttachment(r scanner) (u assist.Upload, err error) {
	var id string
	var at int64
	err = r.Scan(&id, &u.Name, &u.Type, &u.Size, &u.SHA256, &u.Owner, &at)
	u.ID, u.CreatedAt = assist.AttachmentID(id), fromMillis(at)
	return u, err
}
