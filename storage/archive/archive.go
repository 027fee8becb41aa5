// Package archive writes a whole desk as plain files that other programs can read, and reads them back
// into an empty desk: one JSON object a line, fields documented in FIELDS.md beside them. Passwords,
// sessions and one-time codes are never written and never read.
//
// It starts no goroutines.
package archive

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"deskhand/assist"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

// The files of an archive.
const (
	conversationsFile = "conversations.jsonl"
	messagesFile      = "messages.jsonl"
	eventsFile        = "events.jsonl"
	customersFile     = "customers.jsonl"
	agentsFile        = "agents.jsonl"
	attachmentsFile   = "attachments.jsonl"
	settingsFile      = "settings.jsonl"
	contentsFile      = "contents.json" // how many lines each has
	fieldsFile        = "FIELDS.md"
	contentFolder     = "files" // attachments' bytes, named by their SHA-256
)

//go:embed FIELDS.md
var fields []byte

// identity is an assist.Identity beside its customer.
type identity struct {
	Inbox  assist.InboxID      `json:"inbox"`
	Kind   assist.IdentityKind `json:"kind"`
	Source string              `json:"source"`
}

// customerLine is a line of customers.jsonl.
type customerLine struct {
	assist.Customer
	Identities []identity `json:"identities,omitzero"`
}

// Summary says how much was written or read.
type Summary struct {
	Conversations int `json:"conversations"`
	Messages      int `json:"messages"`
	Events        int `json:"events"` // messages among them
	Customers     int `json:"customers"`
	Agents        int `json:"agents"`
	Attachments   int `json:"attachments"`
	Commands      int `json:"commands"`
}

// Export writes the desk, as it is at one moment, into the folder out, which must be empty or not there
// (assist.CodeExists). The files are written aside and take their name when all of them are whole. content
// may be nil if there are no attachments.
func Export(ctx context.Context, store *sqlite.Store, content *files.Store, out string) (Summary, error) {
	if list, err := os.ReadDir(out); err == nil && len(list) > 0 {
		return Summary{}, assist.Errorf(assist.CodeExists, "folder %s is not empty", out)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o700); err != nil {
		return Summary{}, fmt.Errorf("export: %w", err)
	}
	aside, err := os.MkdirTemp(filepath.Dir(out), ".export-")
	if err != nil {
		return Summary{}, fmt.Errorf("export: %w", err)
	}
	defer os.RemoveAll(aside)
	x := exporter{ctx: ctx, dir: aside, content: content, lines: map[string]int{}}
	if err := store.Snapshot(ctx, x.all); err != nil {
		return Summary{}, fmt.Errorf("export: %w", err)
	}
	if err := os.Remove(out); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Summary{}, fmt.Errorf("export: %w", err)
	}
	if err := os.Rename(aside, out); err != nil {
		return Summary{}, fmt.Errorf("export: %w", err)
	}
	return x.sum, nil
}

type exporter struct {
	ctx     context.Context // of this one export, which its callbacks can't be given otherwise
	dir     string
	content *files.Store
	sum     Summary
	lines   map[string]int // of each file
}

func (x *exporter) all(s *sqlite.Snapshot) error {
	for _, step := range []func(*sqlite.Snapshot) error{x.conversations, x.facts, x.customers, x.agents, x.attachments, x.settings, x.commands} {
		if err := step(s); err != nil {
			return err
		}
	}
	if err := x.contents(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(x.dir, fieldsFile), fields, 0o600)
}

// write writes a file; f gets the function that writes one line.
func (x *exporter) write(name string, f func(put func(v any) error) error) (err error) {
	file, err := os.OpenFile(filepath.Join(x.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<16)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	x.lines[name] = 0
	err = f(func(v any) error {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		x.lines[name]++
		return enc.Encode(v)
	})
	if err == nil {
		err = errors.Join(w.Flush(), file.Sync())
	}
	return errors.Join(err, file.Close())
}

func (x *exporter) conversations(s *sqlite.Snapshot) error {
	return x.write(conversationsFile, func(put func(any) error) error {
		return s.Conversations(func(c assist.Conversation) error {
			x.sum.Conversations++
			return put(c)
		})
	})
}

// facts writes messages and events side by side: what was said stands in messages.jsonl, events.jsonl says
// of a message only that, when and by whom.
func (x *exporter) facts(s *sqlite.Snapshot) error {
	return x.write(messagesFile, func(putMessage func(any) error) error {
		return x.write(eventsFile, func(putEvent func(any) error) error {
			return s.Facts(func(e assist.Event) error {
				x.sum.Events++
				if d, ok := e.Data.(assist.Appended); ok {
					x.sum.Messages++
					if err := putMessage(d.Message); err != nil {
						return err
					}
					e.Data = assist.Appended{Message: sqlite.Outline(d.Message)}
				}
				return putEvent(e)
			})
		})
	})
}

func (x *exporter) customers(s *sqlite.Snapshot) error {
	return x.write(customersFile, func(put func(any) error) error {
		return s.Customers(func(c assist.Customer, ids []assist.Identity) error {
			x.sum.Customers++
			line := customerLine{Customer: c}
			for _, id := range ids {
				line.Identities = append(line.Identities, identity{id.Inbox, id.Kind, id.Source})
			}
			return put(line)
		})
	})
}

func (x *exporter) agents(s *sqlite.Snapshot) error {
	return x.write(agentsFile, func(put func(any) error) error {
		return s.Agents(func(a assist.Agent) error {
			x.sum.Agents++
			return put(a)
		})
	})
}

func (x *exporter) settings(s *sqlite.Snapshot) error {
	return x.write(settingsFile, func(put func(any) error) error {
		return s.Settings(func(v sqlite.Setting) error { return put(v) })
	})
}

func (x *exporter) attachments(s *sqlite.Snapshot) error {
	return x.write(attachmentsFile, func(put func(any) error) error {
		return s.Attachments(func(u assist.Upload) error {
			x.sum.Attachments++
			if err := x.copyContent(u.SHA256); err != nil {
				return fmt.Errorf("attachment %s: %w", u.ID, err)
			}
			return put(u)
		})
	})
}

func (x *exporter) copyContent(hash string) error {
	if x.content == nil {
		return errors.New("no folder of files was given")
	}
	from, err := x.content.Open(hash)
	if err != nil {
		return err
	}
	defer from.Close()
	folder := filepath.Join(x.dir, contentFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	to, err := os.OpenFile(filepath.Join(folder, hash), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // another attachment with the same content
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Sync(), to.Close())
}
