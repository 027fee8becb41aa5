package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"deskhand/assist"
)

const customerColumns = `c.id, c.name, c.email, c.phone, c.language, c.tier, c.notes, c.fields, c.created_at`

func scanCustomer(r scanner) (c assist.Customer, err error) {
	var id, at int64
	var fields string
	if err := r.Scan(&id, &c.Name, &c.Email, &c.Phone, &c.Language, &c.Tier, &c.Notes, &fields, &at); err != nil {
		return c, err
	}
	c.ID, c.CreatedAt = assist.CustomerID(id), fromMillis(at)
	if fields != "" {
		if err := json.Unmarshal([]byte(fields), &c.Fields); err != nil {
			return c, fmt.Errorf("fields of customer %d: %w", id, err)
		}
	}
	return c, nil
}

// Customer is one customer; assist.ErrNotFound if there is none.
func (s *Store) Customer(ctx context.Context, id assist.CustomerID) (assist.Customer, error) {
	list, err := s.customers(ctx, "WHERE c.id = ?", int64(id))
	return firstOr(list, err, fmt.Sprintf("customer %d", id))
}

// CustomerByIdentity is the customer known under an identity; assist.ErrNotFound if nobody is.
func (s *Store) CustomerByIdentity(ctx context.Context, inbox assist.InboxID, kind assist.IdentityKind, source string) (assist.Customer, error) {
	list, err := s.customers(ctx, `WHERE c.id = (SELECT customer FROM identities WHERE inbox = ? AND kind = ? AND source = ?)`,
		string(inbox), string(kind), source)
	return firstOr(list, err, fmt.Sprintf("customer by %s identity in %s", kind, inbox))
}

// Customers are those whose name, e-mail, phone or an identity's source contains the text, newest first.
func (s *Store) Customers(ctx context.Context, f assist.CustomerFilter) ([]assist.Customer, error) {
	where, args := "", []any{"", limit(f.Limit, 50, 500)}
	if f.Text != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(f.Text) + "%"
		where = `WHERE c.name LIKE ?1 ESCAPE '\' OR c.email LIKE ?1 ESCAPE '\' OR c.phone LIKE ?1 ESCAPE '\'
			OR c.id IN (SELECT customer FROM identities WHERE source LIKE ?1 ESCAPE '\') `
		args[0] = like
	}
	list, err := s.customers(ctx, where+" ORDER BY c.id DESC LIMIT ?2", args...)
	if err != nil {
		return nil, fmt.Errorf("customers: %w", err)
	}
	return list, nil
}

func (s *Store) customers(ctx context.Context, tail string, args ...any) (out []assist.Customer, err error) {
	err = s.query(ctx, "SELECT "+customerColumns+" FROM customers AS c "+tail, args, func(r scanner) error {
		c, err := scanCustomer(r)
		out = append(out, c)
		return err
	})
	return out, err
}

// Identities are the customer's ids in all inboxes.
func (s *Store) Identities(ctx context.Context, id assist.CustomerID) (out []assist.Identity, err error) {
	err = s.query(ctx, "SELECT inbox, kind, source FROM identities WHERE customer = ? ORDER BY inbox, kind, source",
		[]any{int64(id)}, func(r scanner) error {
			x := assist.Identity{Customer: id}
			var inbox, kind string
			err := r.Scan(&inbox, &kind, &x.Source)
			x.Inbox, x.Kind = assist.InboxID(inbox), assist.IdentityKind(kind)
			out = append(out, x)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("identities of customer %d: %w", id, err)
	}
	return out, nil
}

// firstOr is the first of a list of at most one; assist.ErrNotFound for none.
func firstOr[T any](list []T, err error, what string) (T, error) {
	var zero T
	if err == nil && len(list) == 0 {
		err = assist.ErrNotFound
	}
	if err != nil {
		return zero, fmt.Errorf("%s: %w", what, err)
	}
	return list[0], nil
}
