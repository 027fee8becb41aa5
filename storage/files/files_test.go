package files_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/storage/files"
)

func open(t *testing.T, max int64) *files.Store {
	t.Helper()
	s, err := files.Open(files.Options{Dir: filepath.Join(t.TempDir(), "files"), MaxSize: max})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func count(t *testing.T, s *files.Store) (n int) {
	t.Helper()
	if err := s.Hashes(func(string) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Join(s.Dir(), "partial"))
	if err != nil || len(left) > 0 {
		t.Errorf("%d interrupted uploads lie about (%v)", len(left), err)
	}
	return n
}

func TestSave_KeepsContentOnce(t *testing.T) {
	s := open(t, 0)
	png := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{7}, 100)...)
	var first files.Saved
	for i := range 2 {
		got, err := s.Save(context.Background(), bytes.NewReader(png), "text/plain")
		if err != nil {
			t.Fatal(err)
		}
		if got.Type != "image/png" || got.Size != int64(len(png)) {
			t.Errorf("saved as %+v, want image/png of %d bytes", got, len(png))
		}
		if i > 0 && got != first {
			t.Errorf("second save %+v, first %+v", got, first)
		}
		first = got
	}
	if n := count(t, s); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
	f, err := s.Open(first.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	back, err := io.ReadAll(f)
	if err != nil || !bytes.Equal(back, png) {
		t.Errorf("read back %d bytes, %v", len(back), err)
	}
}

func TestSave_Refuses(t *testing.T) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for name, tc := range map[string]struct {
		ctx            context.Context
		content, claim string
		want           assist.Code
	}{
		"nothing":                      {context.Background(), "", "text/plain", assist.CodeEmpty},
		"more than the limit":          {context.Background(), strings.Repeat("x", 201), "", assist.CodeFileTooLarge},
		"a drawing said to be a photo": {context.Background(), svg, "image/png", assist.CodeFileType},
		"a page said to be text":       {context.Background(), "<!DOCTYPE html><html><script>1</script>", "text/plain", assist.CodeFileType},
		"an interrupted upload":        {gone, "hello", "", assist.CodeInternal},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, 200)
			_, err := s.Save(tc.ctx, strings.NewReader(tc.content), tc.claim)
			if assist.CodeOf(err) != tc.want {
				t.Errorf("error %v, want code %s", err, tc.want)
			}
			if n := count(t, s); n != 0 {
				t.Errorf("%d files left behind", n)
			}
		})
	}
}

func TestSave_TakesExactlyTheLimitAndHonestPages(t *testing.T) {
	s := open(t, 200)
	if _, err := s.Save(context.Background(), strings.NewReader(strings.Repeat("x", 200)), ""); err != nil {
		t.Error(err)
	}
	got, err := s.Save(context.Background(), strings.NewReader("<!DOCTYPE html><p>hi</p>"), "text/html; charset=utf-8")
	if err != nil || !strings.HasPrefix(got.Type, "text/html") {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestOpen_TakesNothingButHashes(t *testing.T) {
	s := open(t, 0)
	for _, bad := range []string{"", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("a", 62) + "/x", strings.Repeat("a", 64)} {
		if _, err := s.Open(bad); !errors.Is(err, assist.ErrNotFound) {
			t.Errorf("%q: %v, want not found", bad, err)
		}
	}
}

func TestOpen_RemovesInterruptedUploads(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "partial"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "partial", "x"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := files.Open(files.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, s); n != 0 {
		t.Errorf("%d files", n)
	}
}
