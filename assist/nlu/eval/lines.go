// Package eval reads files of texts with the intent that a person gave each, and measures how a classifier
// reads them: the figures of `deskhub eval intents`. It starts no goroutines.
package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"deskhand/assist/nlu"
)

// Line is one text of a file.
type Line struct {
	nlu.Phrase
	Pack string // "" where the file has no such column
}

// FileError tells which line of a file can't be used.
type FileError struct {
	File   string
	Line   int // from 1
	Reason string
}

// Error implements error.
func (e *FileError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// Unreadable makes the program end with status 2.
func (e *FileError) Unreadable() bool { return true }

// maxLine bounds one line of a file, in bytes.
const maxLine = 1 << 20

// Lines reads tab-separated lines; the first names the columns: text and intent, in any order, then lang and
// pack where there are any. Empty lines are left out. Every error is a *FileError, with name as its file.
func Lines(r io.Reader, name string) ([]Line, error) {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 64<<10), maxLine)
	var columns []string
	var out []Line
	n := 0
	for s.Scan() {
		n++
		raw := strings.TrimSuffix(s.Text(), "\r")
		switch {
		case n == 1:
			columns = strings.Split(strings.TrimPrefix(raw, "\ufeff"), "\t")
			if !slices.Contains(columns, "text") || !slices.Contains(columns, "intent") {
				return nil, &FileError{name, n, "the first line must name the columns text and intent"}
			}
			continue
		case strings.TrimSpace(raw) == "":
			continue
		}
		line, reason := parse(raw, columns)
		if reason != "" {
			return nil, &FileError{name, n, reason}
		}
		out = append(out, line)
	}
	if err := s.Err(); err != nil {
		return nil, &FileError{name, n + 1, err.Error()}
	}
	if len(out) == 0 {
		return nil, &FileError{name, max(n, 1), "there are no lines below the first"}
	}
	return out, nil
}

// parse reads one line; reason tells why it can't.
func parse(raw string, columns []string) (line Line, reason string) {
	if !utf8.ValidString(raw) {
		return line, "it is not UTF-8"
	}
	fields := strings.Split(raw, "\t")
	if len(fields) > len(columns) {
		return line, fmt.Sprintf("%d columns, but the first line names %d", len(fields), len(columns))
	}
	for i, f := range fields {
		switch columns[i] {
		case "text":
			line.Text = f
		case "intent":
			line.Intent = strings.TrimSpace(f)
		case "lang":
			line.Language = strings.TrimSpace(f)
		case "pack":
			line.Pack = strings.TrimSpace(f)
		}
	}
	switch {
	case line.Intent == "":
		return line, "it has no intent"
	case strings.TrimSpace(line.Text) == "":
		return line, "it has no text"
	}
	return line, ""
}

// Phrases are the lines without their packs.
func Phrases(lines []Line) []nlu.Phrase {
	out := make([]nlu.Phrase, len(lines))
	for i, l := range lines {
		out[i] = l.Phrase
	}
	return out
}
