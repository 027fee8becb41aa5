package app_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Hard limits of the conventions; the soft ones are 300 and 40.
const (
	maxFileLines     = 400
	maxFunctionLines = 80
)

// sourceFile is one parsed file of ours.
type sourceFile struct {
	name string // below the module
	text []byte
	set  *token.FileSet
	ast  *ast.File
	test bool
}

func allFiles(t *testing.T) (files []sourceFile) {
	t.Helper()
	for _, p := range allPackages(t) {
		for i, names := range [][]string{p.GoFiles, p.TestGoFiles, p.XTestGoFiles} {
			for _, name := range names {
				path := filepath.Join(p.Dir, name)
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				f := sourceFile{name: p.in() + "/" + name, text: text, set: token.NewFileSet(), test: i > 0}
				if f.ast, err = parser.ParseFile(f.set, path, text, parser.ParseComments); err != nil {
					t.Fatal(err)
				}
				files = append(files, f)
			}
		}
	}
	return files
}

func (f sourceFile) line(p token.Pos) int { return f.set.Position(p).Line }

func TestSource_FilesAndFunctionsAreShort(t *testing.T) {
	for _, f := range allFiles(t) {
		if n := bytes.Count(f.text, []byte("\n")); n > maxFileLines {
			t.Errorf("%s has %d lines; the limit is %d", f.name, n, maxFileLines)
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := f.line(fn.End()) - f.line(fn.Pos()) + 1; n > maxFunctionLines {
				t.Errorf("%s:%d: %s has %d lines; the limit is %d", f.name, f.line(fn.Pos()), fn.Name.Name, n, maxFunctionLines)
			}
		}
	}
}

func TestSource_EveryPackageSaysWhatItIsFor(t *testing.T) {
	said, all := map[string]bool{}, map[string]bool{}
	for _, f := range allFiles(t) {
		if f.test {
			continue
		}
		dir := filepath.Dir(f.name)
		all[dir] = true
		if f.ast.Doc != nil {
			said[dir] = true
		}
	}
	for dir := range all {
		if !said[dir] {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// Every exported name has a comment; methods of unexported types are nobody's business.
func TestSource_ExportedNamesAreDocumented(t *testing.T) {
	for _, f := range allFiles(t) {
		if f.test {
			continue
		}
		for _, d := range f.ast.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s:%d: %s has no comment", f.name, f.line(d.Pos()), name)
			}
		}
	}
}

func undocumented(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && receiverExported(d) {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if d.Doc == nil && s.Doc == nil && s.Comment == nil && s.Name.IsExported() {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				if d.Doc == nil && s.Doc == nil && s.Comment == nil && s.Names[0].IsExported() {
					names = append(names, s.Names[0].Name)
				}
			}
		}
	}
	return names
}

func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	name := ""
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return true
	})
	return ast.IsExported(name)
}

// What the conventions refuse anywhere.
func TestSource_HoldsNothingRefused(t *testing.T) {
	leftover := regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)
	for _, f := range allFiles(t) {
		for _, group := range f.ast.Comments {
			if word := leftover.FindString(group.Text()); word != "" {
				t.Errorf("%s:%d: %s: do it, or file it", f.name, f.line(group.Pos()), word)
			}
		}
		for _, bad := range refusedCode(f) {
			t.Errorf("%s:%s", f.name, bad)
		}
	}
}

func refusedCode(f sourceFile) (bad []string) {
	synctest := bytes.Contains(f.text, []byte(`"testing/synctest"`))
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Name.Name == "init" && n.Recv == nil {
				bad = append(bad, fmt.Sprintf("%d: init hides what a program is made of", f.line(n.Pos())))
			}
		case *ast.SelectorExpr:
			x, _ := n.X.(*ast.Ident)
			switch {
			case x == nil:
			case x.Name == "time" && n.Sel.Name == "Sleep" && f.test && !synctest:
				bad = append(bad, fmt.Sprintf("%d: a test that sleeps; use a channel or testing/synctest", f.line(n.Pos())))
			case (x.Name == "t" || x.Name == "b") && strings.HasPrefix(n.Sel.Name, "Skip") && f.test:
				bad = append(bad, fmt.Sprintf("%d: a test that skips hides what is broken", f.line(n.Pos())))
			case x.Name == "log" && n.Sel.Name == "Printf", x.Name == "fmt" && strings.HasPrefix(n.Sel.Name, "Print") && !f.test:
				bad = append(bad, fmt.Sprintf("%d: %s.%s; log with slog, or write to a given writer", f.line(n.Pos()), x.Name, n.Sel.Name))
			}
		}
		return true
	})
	return bad
}
