package pack

import (
	"errors"
	"io/fs"
	"strings"
)

// Over reads packs from own, a company's folder, and those that it doesn't have from shipped. A pack comes from one of them
// as a whole.
func Over(own, shipped fs.FS) fs.FS { return layered{own, shipped} }

type layered struct{ own, shipped fs.FS }

// Open implements fs.FS.
func (l layered) Open(name string) (fs.File, error) {
	top, _, _ := strings.Cut(name, "/")
	if top == "." {
		return l.shipped.Open(name)
	}
	switch _, err := fs.Stat(l.own, top); {
	case err == nil:
		return l.own.Open(name)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	return l.shipped.Open(name)
}
