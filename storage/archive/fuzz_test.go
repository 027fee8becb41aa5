package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"deskhand/storage/archive"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

// FuzzImport puts any bytes in the place of one file of an archive: the import either fails naming the
// place and leaves nothing, or what it took can be exported.
func FuzzImport(f *testing.F) {
	names := []string{"messages.jsonl", "events.jsonl", "customers.jsonl", "conversations.jsonl", "agents.jsonl", "attachments.jsonl", "settings.jsonl", "commands.jsonl"}
	for i := range names {
		f.Add(i, []byte(`{"id":1,"login":"a","role":"agent"}`))
		f.Add(i, []byte(`{"rev":1,"type":"signed_in","at":"2026-01-02T03:04:05Z","actor":{"kind":"system"},"data":{}}`))
		f.Add(i, []byte("{\"kind\":\"team\",\"id\":\"x\",\"data\":{}}\n{\"a\":1,\"a\":2}\n\xff"))
		f.Add(i, []byte(`{"id":"../../x","sha256":"../../etc/passwd","size":1}`))
	}
	f.Fuzz(func(t *testing.T, which int, content []byte) {
		dir := t.TempDir()
		for i, name := range names {
			var b []byte
			if i == which%len(names) {
				b = content
			}
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		tryImport(t, dir)
	})
}

func tryImport(t *testing.T, dir string) {
	ctx := context.Background()
	data := t.TempDir()
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: data})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	content, err := files.Open(files.Options{Dir: filepath.Join(data, sqlite.FilesFolder)})
	if err != nil {
		t.Fatal(err)
	}
	_, err = archive.Import(ctx, s, content, dir)
	var line *archive.LineError
	if err != nil && !errors.As(err, &line) {
		t.Fatalf("error without a place: %v", err)
	}
	sum, err2 := archive.Export(ctx, s, content, filepath.Join(t.TempDir(), "out"))
	if err2 != nil {
		t.Fatalf("export after %v: %v", err, err2)
	}
	if err != nil && sum != (archive.Summary{}) {
		t.Fatalf("a refused import left %+v", sum)
	}
}
