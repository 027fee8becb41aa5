package replay

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist"
)

// Conversation is what one recorded customer said.
type Conversation struct {
	ID    string
	Turns []string       // in order, none empty
	Inbox assist.InboxID // where it belongs; empty: wherever Options.Inboxes says
}

// Language is "zh" for a customer who writes Chinese, else "en".
func (c Conversation) Language() string {
	for _, t := range c.Turns {
		if strings.ContainsFunc(t, han) {
			return "zh"
		}
	}
	return "en"
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// FileError says where a file can't be read.
type FileError struct {
	File   string
	Line   int // from 1; 0: the whole file
	Reason string
}

// Error implements error.
func (e *FileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// Unreadable tells commands which exit status to end with.
func (e *FileError) Unreadable() bool { return true }

// maxFile bounds what is read of a file, in bytes.
const maxFile = 256 << 20

// Read reads conversations. The header decides between two shapes, both with the columns conversationId and
// utterance: with a column role (CrossWOZ, Schema-Guided Dialogue) the turns of role "usr" are the customer's,
// without one (MultiDoGO) all are. Fields may be quoted and then span lines. Where the utterance is the last
// column it may hold tabs, and a line that is no record continues it: such is the CrossWOZ file. Errors are
// *FileError; name is the file's name in them.
func Read(name string, r io.Reader) ([]Conversation, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, &FileError{File: name, Reason: err.Error()}
	}
	if len(data) > maxFile {
		return nil, &FileError{File: name, Reason: fmt.Sprintf("larger than %d bytes", maxFile)}
	}
	t := &table{name: name, rest: bytes.TrimPrefix(data, []byte("\ufeff")), line: 1}
	s, err := t.header()
	if err != nil {
		return nil, err
	}
	all, err := t.conversations(s)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, &FileError{File: name, Line: t.line, Reason: "no customer says anything"}
	}
	return all, nil
}

// shape says which column is what.
type shape struct {
	columns, conversation, utterance, role int // role -1: there is none
}

// open tells whether the utterance ends the line, and so may hold anything.
func (s shape) open() bool { return s.utterance == s.columns-1 }

func (t *table) header() (shape, error) {
	names, err := t.record()
	if errors.Is(err, io.EOF) {
		return shape{}, t.fail("the file is empty")
	}
	if err != nil {
		return shape{}, err
	}
	s := shape{columns: len(names), conversation: slices.Index(names, "conversationId"), utterance: slices.Index(names, "utterance"), role: slices.Index(names, "role")}
	if s.conversation < 0 || s.utterance < 0 {
		return s, t.fail("the first line must name the columns conversationId and utterance, separated by tabs")
	}
	return s, nil
}

func (t *table) conversations(s shape) ([]Conversation, error) {
	var all []Conversation
	last := "" // id of the conversation before
	said := (*string)(nil)
	for {
		fields, err := t.record()
		if errors.Is(err, io.EOF) {
			return finished(all), nil
		}
		if err != nil {
			return nil, err
		}
		if len(fields) == 1 && s.open() && last != "" {
			if said != nil {
				*said += "\n" + fields[0]
			}
			continue
		}
		if s.open() && len(fields) > s.columns {
			fields = append(fields[:s.utterance:s.utterance], strings.Join(fields[s.utterance:], " "))
		}
		if len(fields) != s.columns {
			return nil, t.fail(fmt.Sprintf("%d columns, the first line has %d", len(fields), s.columns))
		}
		id, customer, err := t.who(s, fields)
		if err != nil {
			return nil, err
		}
		said = nil
		if id != last {
			all, last = append(all, Conversation{ID: id}), id
		}
		if customer {
			c := &all[len(all)-1]
			c.Turns = append(c.Turns, fields[s.utterance])
			said = &c.Turns[len(c.Turns)-1]
		}
	}
}

// who is whose conversation a record belongs to, and whether the customer speaks.
func (t *table) who(s shape, fields []string) (id string, customer bool, err error) {
	id = strings.TrimSpace(fields[s.conversation])
	if id == "" {
		return "", false, t.fail("conversationId is empty")
	}
	if s.role < 0 {
		return id, true, nil
	}
	switch role := fields[s.role]; role {
	case "usr", "user", "customer":
		return id, true, nil
	case "sys", "system", "agent":
		return id, false, nil
	default:
		return "", false, t.fail(fmt.Sprintf("role %.20q is neither usr nor sys", role))
	}
}

// finished leaves out what nobody would type.
func finished(all []Conversation) []Conversation {
	for i := range all {
		var turns []string
		for _, t := range all[i].Turns {
			if t = strings.TrimSpace(t); t != "" {
				turns = append(turns, clip(t))
			}
		}
		all[i].Turns = turns
	}
	return slices.DeleteFunc(all, func(c Conversation) bool { return len(c.Turns) == 0 })
}

// clip keeps what a message may hold.
func clip(s string) string {
	if utf8.RuneCountInString(s) <= assist.MaxText {
		return s
	}
	return string([]rune(s)[:assist.MaxText])
}

// table cuts a file into records. encoding/csv would refuse lines with more columns than the first, and says
// nothing of the invalid UTF-8 that the hub would close the connection for.
type table struct {
	name string
	rest []byte
	line int // of the record that was read last
	next int // lines that it spans
}

func (t *table) fail(reason string) error {
	return &FileError{File: t.name, Line: t.line, Reason: reason}
}

// record is the next line's fields; io.EOF at the end. Empty lines are passed over.
func (t *table) record() ([]string, error) {
	for {
		t.line, t.next = t.line+t.next, 0
		if len(t.rest) == 0 {
			return nil, io.EOF
		}
		fields, err := t.fields()
		if err != nil {
			return nil, err
		}
		for _, f := range fields {
			if !utf8.ValidString(f) {
				return nil, t.fail("not UTF-8")
			}
		}
		if len(fields) > 1 || fields[0] != "" {
			return fields, nil
		}
	}
}

func (t *table) fields() (fields []string, err error) {
	for {
		field, end, err := t.field()
		if err != nil {
			return nil, err
		}
		fields = append(fields, field)
		if end {
			t.next++
			return fields, nil
		}
	}
}

// field cuts off one field and the tab or line end behind it.
func (t *table) field() (field string, end bool, err error) {
	if len(t.rest) > 0 && t.rest[0] == '"' {
		if field, end, ok := t.quoted(); ok {
			return field, end, nil
		}
		line, _, _ := bytes.Cut(t.rest[1:], []byte("\n"))
		if bytes.IndexByte(line, '"') < 0 {
			return "", false, t.fail("a quoted field does not end")
		}
	}
	i := bytes.IndexAny(t.rest, "\t\n")
	if i < 0 {
		field, t.rest = string(t.rest), nil
		return strings.TrimSuffix(field, "\r"), true, nil
	}
	end = t.rest[i] == '\n'
	field, t.rest = string(t.rest[:i]), t.rest[i+1:]
	if end {
		field = strings.TrimSuffix(field, "\r")
	}
	return field, end, nil
}

// quoted reads a field in quotes, in which "" stands for one. It reports false, and reads nothing, if the quotes
// do not enclose the whole field: then they are part of what was said.
func (t *table) quoted() (field string, end, ok bool) {
	var b strings.Builder
	lines := 0
	for i := 1; i < len(t.rest); i++ {
		c := t.rest[i]
		if c != '"' {
			if c == '\n' {
				lines++
			}
			b.WriteByte(c)
			continue
		}
		after := bytes.TrimPrefix(t.rest[i+1:], []byte("\r"))
		switch {
		case len(after) == 0:
			t.rest, end = nil, true
		case after[0] == '"' && len(after) == len(t.rest[i+1:]):
			b.WriteByte('"')
			i++
			continue
		case after[0] == '\t' || after[0] == '\n':
			t.rest, end = after[1:], after[0] == '\n'
		default:
			return "", false, false
		}
		t.next += lines
		return b.String(), end, true
	}
	return "", false, false
}
