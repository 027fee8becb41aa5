package composer

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

// pasted takes files instead of text when what is pasted names files of this computer: file managers put their addresses
// on the clipboard, and a path may be copied from anywhere.
func (v *View) pasted(text string) (string, bool) {
	paths := Files(text)
	if len(paths) == 0 {
		return text, true
	}
	uris := make([]fyne.URI, len(paths))
	for i, p := range paths {
		uris[i] = storage.NewFileURI(p)
	}
	v.Attach(uris...)
	return "", false
}

// Files are the files that a pasted text names, one in each line, as absolute paths or file addresses; none if any line
// names something else.
func Files(text string) []string {
	var out []string
	for line := range strings.Lines(strings.TrimSpace(text)) {
		path := strings.TrimSpace(line)
		if u, err := url.Parse(path); err == nil && u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") {
			path = u.Path
		}
		if !filepath.IsAbs(path) {
			return nil
		}
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return nil
		}
		out = append(out, path)
	}
	return out
}
