package archive

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"deskhand/assist"
)

// contents is contents.json, which says how many lines the other files have: without it a file that was cut between
// two lines would look whole.
type contents struct {
	Format int            `json:"format"`
	Lines  map[string]int `json:"lines"`
}

// format is the one that this program writes, and the newest that it reads.
const format = 1

func (x *exporter) contents() error {
	text, err := json.Marshal(contents{Format: format, Lines: x.lines})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(x.dir, contentsFile), append(text, '\n'), 0o600)
}

// readContents reads the list; an archive that another program wrote may lack it.
func (r *reader) readContents() error {
	text, err := os.ReadFile(filepath.Join(r.dir, contentsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &LineError{File: contentsFile, Err: assist.Errorf(assist.CodeBadValue, "%v", err)}
	}
	r.listed = &contents{}
	if err := strict(text, r.listed); err != nil {
		return &LineError{File: contentsFile, Line: 1, Err: assist.Errorf(assist.CodeBadValue, "%v", err)}
	}
	if r.listed.Format != format {
		return &LineError{File: contentsFile, Line: 1, Err: assist.Errorf(assist.CodeBadVersion, "format %d, this program reads %d", r.listed.Format, format)}
	}
	return nil
}

// checkLines refuses files that have more or fewer lines than they should.
func (r *reader) checkLines() error {
	if r.listed == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.listed.Lines)) {
		if want, got := r.listed.Lines[name], r.lines[name]; got != want {
			return &LineError{File: name, Err: assist.Errorf(assist.CodeBadValue, "it has %d lines, %s says %d", got, contentsFile, want)}
		}
	}
	for name := range r.lines {
		if _, ok := r.listed.Lines[name]; !ok {
			return &LineError{File: contentsFile, Err: assist.Errorf(assist.CodeBadValue, "it does not list %s", name)}
		}
	}
	return nil
}
