package archive

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"

	"deskhand/assist"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MaxLine is how many bytes a line may have. The longest message is far below it.
const MaxLine = 1 << 20

// LineError says where in an archive something is wrong.
type LineError struct {
	File string
	Line int // from 1; 0: the file as a whole
	Err  error
}

// Error implements error.
func (e *LineError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
}

// Unwrap gives the cause.
func (e *LineError) Unwrap() error { return e.Err }

// Import reads an archive into the desk, whole or not at all, and keeps its ids. It fails with a *LineError
// that names file and line; assist.CodeExists is its code if something would clash with what the desk has,
// assist.CodeBadValue if a line can't be read or doesn't fit the others. attachments.jsonl,
// settings.jsonl and commands.jsonl may be missing. content may be nil if there are no attachments; what was copied into it
// before a failure stays there unused.
func Import(ctx context.Context, store *sqlite.Store, content *files.Store, from string) (Summary, error) {
	r := reader{ctx: ctx, dir: from, content: content, lines: map[string]int{}}
	if err := r.readContents(); err != nil {
		return Summary{}, fmt.Errorf("import: %w", err)
	}
	if err := r.readContent(); err != nil {
		return Summary{}, fmt.Errorf("import: %w", err)
	}
	if err := store.Import(ctx, r.all); err != nil {
		return Summary{}, err
	}
	return r.sum, nil
}

type reader struct {
	ctx     context.Context // of this one import
	dir     string
	content *files.Store
	sum     Summary
	lines   map[string]int // of each file, as they were read
	listed  *contents      // nil if the archive has no list
}

// all reads the files in the order that sqlite.Importer asks for.
func (r *reader) all(im *sqlite.Importer) error {
	for _, step := range []func(*sqlite.Importer) error{r.agents, r.messages, r.events, r.customers, r.conversations, r.attachments, r.settings, r.commands} {
		if err := step(im); err != nil {
			return err
		}
	}
	if missing, err := im.Complete(); err != nil {
		return &LineError{File: missing + ".jsonl", Err: err}
	}
	return r.checkLines()
}

func (r *reader) messages(im *sqlite.Importer) error {
	return lines(r, messagesFile, true, func(m assist.Message) error {
		r.sum.Messages++
		return im.Message(m)
	})
}

// eventLine is assist.Event before its type decides how the data is read.
type eventLine struct {
	Rev          assist.Rev            `json:"rev"`
	Conversation assist.ConversationID `json:"conversation,omitzero"`
	Type         assist.EventType      `json:"type"`
	At           jsontext.Value        `json:"at"`
	Actor        assist.Actor          `json:"actor"`
	Data         jsontext.Value        `json:"data"`
}

func (r *reader) events(im *sqlite.Importer) error {
	return lines(r, eventsFile, true, func(l eventLine) error {
		e := assist.Event{Rev: l.Rev, Conversation: l.Conversation, Type: l.Type, Actor: l.Actor}
		if err := json.Unmarshal(l.At, &e.At); err != nil {
			return assist.Errorf(assist.CodeBadValue, "at: %v", err)
		}
		// The vocabulary knows which type the data has; it is read again strictly.
		like, err := assist.UnmarshalEventData(l.Type, []byte("{}"))
		if err != nil {
			return assist.Errorf(assist.CodeBadValue, "%v", err)
		}
		into := reflect.New(reflect.TypeOf(like))
		if err := strict(l.Data, into.Interface()); err != nil {
			return assist.Errorf(assist.CodeBadValue, "data of %s: %v", l.Type, err)
		}
		e.Data = into.Elem().Interface().(assist.EventData)
		r.sum.Events++
		return im.Event(e)
	})
}

func (r *reader) customers(im *sqlite.Importer) error {
	return lines(r, customersFile, true, func(l customerLine) error {
		r.sum.Customers++
		ids := make([]assist.Identity, len(l.Identities))
		for i, id := range l.Identities {
			ids[i] = assist.Identity{Inbox: id.Inbox, Kind: id.Kind, Source: id.Source, Customer: l.ID}
		}
		return im.Customer(l.Customer, ids)
	})
}

func (r *reader) conversations(im *sqlite.Importer) error {
	return lines(r, conversationsFile, true, func(c assist.Conversation) error {
		r.sum.Conversations++
		return im.Conversation(c)
	})
}

func (r *reader) agents(im *sqlite.Importer) error {
	return lines(r, agentsFile, true, func(a assist.Agent) error {
		r.sum.Agents++
		return im.Agent(a)
	})
}

func (r *reader) attachments(im *sqlite.Importer) error {
	return lines(r, attachmentsFile, false, func(u assist.Upload) error {
		r.sum.Attachments++
		return im.Attachment(u)
	})
}

// settingLine is sqlite.Setting for the strict reader.
type settingLine struct {
	Kind string         `json:"kind"`
	ID   string         `json:"id"`
	Data jsontext.Value `json:"data"`
}

func (r *reader) settings(im *sqlite.Importer) error {
	return lines(r, settingsFile, false, func(l settingLine) error {
		x := sqlite.Setting{Kind: l.Kind, ID: l.ID, Data: []byte(l.Data)}
		if into, _ := x.Type(); into != nil {
			if err := strict(l.Data, into); err != nil {
				return assist.Errorf(assist.CodeBadValue, "data of %s %q: %v", l.Kind, l.ID, err)
			}
		}
		return im.Setting(x)
	})
}

// readContent copies the bytes of the attachments and compares them with their hash.
func (r *reader) readContent() error {
	return lines(r, attachmentsFile, false, func(u assist.Upload) error {
		if r.content == nil {
			return assist.Errorf(assist.CodeBadValue, "no folder of files was given")
		}
		if there, err := r.there(u); there || err != nil {
			return err
		}
		f, err := os.Open(filepath.Join(r.dir, contentFolder, filepath.Base(u.SHA256)))
		if err != nil {
			return assist.Errorf(assist.CodeBadValue, "content of attachment %s: %v", u.ID, err)
		}
		defer f.Close()
		saved, err := r.content.Save(r.ctx, f, "")
		if err == nil && (saved.SHA256 != u.SHA256 || saved.Size != u.Size) {
			err = assist.Errorf(assist.CodeBadValue, "content of attachment %s is not what its hash says", u.ID)
		}
		return err
	})
}

// there tells whether the content is in the desk's folder already, which means that it was compared with its hash.
func (r *reader) there(u assist.Upload) (bool, error) {
	f, err := r.content.Open(u.SHA256)
	if err != nil {
		return false, nil // Save says what is wrong
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.Size() != u.Size {
		err = assist.Errorf(assist.CodeBadValue, "attachment %s has %d bytes, not %d", u.ID, info.Size(), u.Size)
	}
	return true, err
}

// lines reads a file strictly and calls f with every line's value.
func lines[T any](r *reader, name string, needed bool, f func(T) error) error {
	file, err := os.Open(filepath.Join(r.dir, name))
	if errors.Is(err, fs.ErrNotExist) && !needed {
		return nil
	}
	if err != nil {
		return &LineError{File: name, Err: assist.Errorf(assist.CodeBadValue, "%v", err)}
	}
	defer file.Close()
	r.lines[name], err = scan(r.ctx, name, file, f)
	return err
}

func scan[T any](ctx context.Context, name string, from io.Reader, f func(T) error) (n int, err error) {
	s := bufio.NewScanner(from)
	s.Buffer(make([]byte, 1<<16), MaxLine)
	for s.Scan() {
		n++
		if err := ctx.Err(); err != nil {
			return n, err
		}
		var v T
		if err := strict(s.Bytes(), &v); err != nil {
			return n, &LineError{File: name, Line: n, Err: assist.Errorf(assist.CodeBadValue, "%v", err)}
		}
		if err := f(v); err != nil {
			return n, &LineError{File: name, Line: n, Err: err}
		}
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return n, &LineError{File: name, Line: n + 1, Err: assist.Errorf(assist.CodeTooLong, "more than %d bytes", MaxLine)}
	} else if err != nil {
		return n, &LineError{File: name, Line: n + 1, Err: err}
	}
	return n, nil
}

// strict reads one JSON object. Unknown and repeated keys, keys in another letter case and bytes that are
// no UTF-8 are errors: what can't be kept must not pass silently.
func strict(line []byte, into any) error {
	if line = bytes.TrimSpace(line); len(line) == 0 || line[0] != '{' {
		return errors.New("not a JSON object")
	}
	return json.Unmarshal(line, into, json.RejectUnknownMembers(true))
}
