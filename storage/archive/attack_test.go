package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/storage/archive"
	"deskhand/storage/sqlite"
)

var values = regexp.MustCompile(`[:\[,](\d+)[,\]}]|:"([^"]*)"`)

// damaged are many ways in which an archive's file can be broken: lines lost, doubled, swapped or cut, and every
// second number and text in it changed.
func damaged(content []byte) map[string][]byte {
	out := map[string][]byte{"cut in the middle": content[:len(content)/2]}
	lines := bytes.SplitAfter(content, []byte("\n"))
	lines = lines[:len(lines)-1]
	put := func(what string, l ...[]byte) { out[what] = bytes.Join(l, nil) }
	for i, l := range lines {
		before, after := lines[:i], lines[i+1:]
		put(fmt.Sprintf("line %d lost", i+1), slices.Concat(before, after)...)
		put(fmt.Sprintf("cut before line %d", i+1), before...)
		put(fmt.Sprintf("line %d doubled", i+1), slices.Concat(before, [][]byte{l, l}, after)...)
		if len(after) > 0 {
			put(fmt.Sprintf("lines %d and %d swapped", i+1, i+2), slices.Concat(before, [][]byte{after[0], l}, after[1:])...)
			put(fmt.Sprintf("line %d in the place of %d", i+1, i+2), slices.Concat(before, [][]byte{l, l}, after[1:])...)
		}
		for n, at := range values.FindAllSubmatchIndex(l, -1) {
			if (n+i)%2 != 0 { // the next line of its kind has the other half
				continue
			}
			start, end, other := at[2], at[3], []byte("7")
			if start < 0 {
				start, end, other = at[4], at[5], []byte("z")
			}
			changed := slices.Concat(l[:start], other, l[end:])
			put(fmt.Sprintf("line %d: %s becomes %s at %d", i+1, l[start:end], other, start), slices.Concat(before, [][]byte{changed}, after)...)
		}
	}
	return out
}

// TestImport_WholeOrNotAtAll damages an archive in many ways. Whatever an import takes it keeps exactly: what it can't
// keep or what doesn't fit together is refused, and then nothing of it is there.
func TestImport_WholeOrNotAtAll(t *testing.T) {
	from, _ := export(t, lived(t))
	whole := contents(t, from)
	delete(whole, "contents.json") // it alone would give most of the damage away
	taken, all := 0, 0
	d := open(t)
	for _, file := range slices.Sorted(maps.Keys(whole)) {
		if !strings.HasSuffix(file, ".jsonl") {
			continue
		}
		for what, content := range damaged(whole[file]) {
			if bytes.Equal(content, whole[file]) {
				continue
			}
			parts := maps.Clone(whole)
			parts[file] = content
			all++
			if importExactly(t, file+", "+what, d, parts) {
				taken++
				d = open(t)
			}
		}
	}
	if all < 250 || taken == 0 || taken > all/2 {
		t.Errorf("%d of %d damaged archives were taken", taken, all)
	}
}

// importExactly says whether the import was taken.
func importExactly(t *testing.T, what string, d desk, parts map[string][]byte) bool {
	t.Helper()
	dir := t.TempDir()
	for name, b := range parts {
		no(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700))
		no(t, os.WriteFile(filepath.Join(dir, name), b, 0o600))
	}
	_, err := archive.Import(context.Background(), d.Store, d.content, dir)
	if err != nil {
		var line *archive.LineError
		if code := assist.CodeOf(err); !errors.As(err, &line) || code == assist.CodeInternal {
			t.Errorf("%s: refused with %v", what, err)
		}
		empty(t, what, d)
		return false
	}
	out, _ := export(t, d)
	for name, again := range contents(t, out) {
		if name == "contents.json" {
			continue
		}
		if name == "customers.jsonl" || name == "conversations.jsonl" || name == "settings.jsonl" || name == "commands.jsonl" { // in any order
			again, parts[name] = sorted(again), sorted(parts[name])
		}
		if !bytes.Equal(parts[name], again) {
			t.Errorf("%s: taken, but %s is not the same:\n%s\n%s", what, name, difference(parts[name], again), difference(again, parts[name]))
		}
	}
	return true
}

func sorted(content []byte) []byte {
	lines := strings.Split(string(content), "\n")
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n"))
}

// empty expects that nothing of a refused import is there.
func empty(t *testing.T, what string, d desk) {
	t.Helper()
	no(t, d.Snapshot(context.Background(), func(s *sqlite.Snapshot) error {
		left := func(any) error { return fmt.Errorf("%s: refused, and something is left", what) }
		return errors.Join(
			s.Facts(func(e assist.Event) error { return left(e) }),
			s.Conversations(func(c assist.Conversation) error { return left(c) }),
			s.Customers(func(c assist.Customer, _ []assist.Identity) error { return left(c) }),
			s.Agents(func(a assist.Agent) error { return left(a) }),
			s.Attachments(func(u assist.Upload) error { return left(u) }),
			s.Settings(func(x sqlite.Setting) error { return left(x) }))
	}))
}

// difference is the first line of a that b has not.
func difference(a, b []byte) string {
	has := strings.Split(string(b), "\n")
	for l := range strings.SplitSeq(string(a), "\n") {
		if !slices.Contains(has, l) {
			return l
		}
	}
	return ""
}
