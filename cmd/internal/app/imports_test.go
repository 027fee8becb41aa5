package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "deskhand"

// goPackage is what `go list -json` tells of one package.
type goPackage struct {
	Dir          string
	ImportPath   string
	Name         string
	Imports      []string
	TestImports  []string
	XTestImports []string
	GoFiles      []string
	TestGoFiles  []string
	XTestGoFiles []string
}

// in is the path below the module, e.g. "assist/wire"; "" for the module itself.
func (p goPackage) in() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// packages lists all packages of the module, once.
var packages = sync.OnceValues(func() ([]goPackage, error) {
	out, err := exec.Command("go", "list", "-e", "-json=Dir,ImportPath,Name,Imports,TestImports,XTestImports,GoFiles,TestGoFiles,XTestGoFiles",
		module+"/...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	if err := walkFolders("../../.."); err != nil {
		return nil, err
	}
	var list []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
})

// walkFolders opens every folder. It finds nothing, but go test remembers what a test opened, and so runs
// this one again when a package appears or goes; what go list reads it does not know.
func walkFolders(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return err
	})
}

func allPackages(t *testing.T) []goPackage {
	t.Helper()
	list, err := packages()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 10 {
		t.Fatalf("go list found %d packages only", len(list))
	}
	return list
}

// rule forbids packages to import. Patterns are paths below the module ("assist/wire"), import paths from
// outside ("fyne.io/fyne/v2"), or "std"; a pattern that ends with /... covers everything below it as well.
type rule struct {
	of      []string // the packages that the rule binds
	but     []string // and those of them that it does not
	never   []string // what they must not import
	allowed []string // exceptions to never
	why     string
}

// rules is the dependency rule of the README's architecture section. .golangci.yml says the same to
// editors, in depguard's words; this test is the one that counts.
func rules() []rule {
	useCases := []string{"assist/ledger/...", "assist/intake/...", "assist/desk/..."}
	workers := []string{"assist/bot/...", "assist/channel/...", "assist/gateway/...", "assist/floor/...", "assist/routing/..."}
	return []rule{
		{of: []string{"assist"}, never: []string{"*"}, allowed: []string{"std"},
			why: "assist is the vocabulary: the standard library only"},
		{of: []string{"..."}, but: []string{"ui/...", "cmd/..."}, never: []string{"fyne.io/..."},
			why: "only ui and cmd draw windows"},
		{of: []string{"..."}, but: []string{"cmd/deskhand/..."}, never: []string{"fyne.io/fyne/v2/app"},
			why: "only cmd/deskhand starts the window system; the package needs cgo and a display"},
		{of: []string{"cmd/deskhub/..."}, never: []string{"fyne.io/...", "ui/..."},
			why: "the hub is headless"},
		{of: []string{"..."}, but: []string{"storage/..."},
			never: []string{"database/sql/...", "modernc.org/sqlite/...", "github.com/pressly/goose/..."},
			why:   "only storage speaks to a database"},
		{of: []string{"storage/..."}, never: []string{module + "/..."}, allowed: []string{"assist", "storage/..."},
			why: "storage implements what its callers declare, and knows none of them"},
		{of: []string{"ui/..."}, never: slices.Concat([]string{"storage/...", "cmd/...", "assist/bot/..."}, useCases, workers),
			why: "the windows talk to a hub through a client, wherever it runs"},
		{of: []string{"assist/..."}, never: []string{"storage/...", "ui/...", "cmd/..."},
			why: "imports go down only"},
		{of: slices.Concat(useCases, []string{"assist/hub/...", "assist/wire/...", "assist/access/..."}), never: workers,
			why: "use cases do not know who calls them"},
		{of: []string{"assist/ledger/...", "assist/hub/...", "assist/wire/...", "assist/access/..."},
			never: []string{"assist/intake/...", "assist/desk/..."}, why: "the ground does not know the use cases"},
		{of: []string{"assets/..."}, never: []string{module + "/..."}, allowed: []string{"assets/..."},
			why: "assets are data"},
		{of: []string{"ui/widget/...", "ui/theme/...", "ui/text/..."}, never: []string{"ui/panel/...", "ui/shell/...", "ui/client/...", "ui/state/..."},
			why: "widgets have looks only"},
		{of: []string{"ui/state/..."}, never: []string{"fyne.io/...", "ui/widget/...", "ui/panel/...", "ui/shell/..."},
			why: "the state of the screens is pure"},
		{of: []string{"ui/panel/..."}, never: []string{"ui/shell/..."}, why: "the shell lists the panels"},
	}
}

func TestImports_FollowTheDependencyRule(t *testing.T) {
	for _, p := range allPackages(t) {
		for _, broken := range brokenRules(p) {
			t.Error(broken)
		}
	}
}

// brokenRules looks at what the package itself imports; its tests may reach further.
func brokenRules(p goPackage) (broken []string) {
	for _, imp := range p.Imports {
		for _, r := range rules() {
			if matches(r.of, p.in()) && !matches(r.but, p.in()) && forbids(r, imp) {
				broken = append(broken, fmt.Sprintf("%s imports %s: %s", p.in(), imp, r.why))
			}
		}
		if a, b := panelOf(p.in()), panelOf(below(imp)); a != "" && b != "" && a != b && b != "stage" {
			broken = append(broken, fmt.Sprintf("%s imports %s: a panel never imports another panel", p.in(), imp))
		}
	}
	return broken
}

func forbids(r rule, imp string) bool {
	if matches(r.allowed, below(imp)) || slices.Contains(r.allowed, "std") && standard(imp) {
		return false
	}
	return matches(r.never, imp) || matches(r.never, below(imp))
}

// standard tells whether an import is of the standard library: its first part has no dot and is not ours.
func standard(imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	return first != module && !strings.Contains(first, ".")
}

// below is the path of an import of ours below the module; any other import as it is.
func below(imp string) string { return strings.TrimPrefix(imp, module+"/") }

// panelOf is the panel that a package belongs to. ui/panel/stage is none: it is the ground on which all of
// them stand, and must itself import none.
func panelOf(in string) string {
	rest, ok := strings.CutPrefix(in, "ui/panel/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		switch prefix, tree := strings.CutSuffix(p, "/..."); {
		case p == "*" || p == "..." || p == name:
			return true
		case tree:
			return name == prefix || strings.HasPrefix(name, prefix+"/")
		}
		return false
	})
}

// The rule itself is tested: each line is a breach, so a rule that went blind would show.
func TestImports_RuleCatchesBreaches(t *testing.T) {
	for pkg, imp := range map[string]string{
		"assist":              "github.com/google/uuid",
		"assist/wire":         module + "/storage/sqlite",
		"assist/hub":          "fyne.io/fyne/v2",
		"assist/desk":         module + "/assist/bot",
		"assist/ledger":       module + "/assist/intake",
		"storage/sqlite":      module + "/assist/ledger",
		"storage/files":       module + "/ui/state",
		"ui/state":            "fyne.io/fyne/v2",
		"ui/client":           module + "/assist/desk",
		"ui/shell":            module + "/storage/sqlite",
		"ui/widget/list":      module + "/ui/panel/inbox",
		"ui/panel/inbox":      module + "/ui/panel/thread",
		"ui/panel/stage":      module + "/ui/panel/thread",
		"ui/theme":            "fyne.io/fyne/v2/app",
		"cmd/deskhub":         module + "/ui/shell",
		"cmd/internal/config": "database/sql",
		"assist/intake":       "modernc.org/sqlite",
		"assets":              module + "/assist",
	} {
		if len(brokenRules(goPackage{ImportPath: module + "/" + pkg, Imports: []string{imp}})) == 0 {
			t.Errorf("%s may import %s", pkg, imp)
		}
	}
	for pkg, imp := range map[string]string{
		"assist": "encoding/json", "assist/wire": module + "/assist", "ui/panel/inbox": module + "/ui/panel/inbox/row",
		"cmd/deskhand": "fyne.io/fyne/v2/app", "storage/sqlite": "database/sql", "storage/archive": module + "/storage/files",
		"cmd/internal/app": module + "/assist/bot", "ui/shell": module + "/ui/panel/inbox", "ui/panel/thread": module + "/ui/panel/stage", "assist/bot": module + "/assist/desk",
	} {
		if b := brokenRules(goPackage{ImportPath: module + "/" + pkg, Imports: []string{imp}}); len(b) > 0 {
			t.Errorf("refused: %v", b)
		}
	}
}

func TestPackages_AreNamedForTheirJob(t *testing.T) {
	refused := []string{"util", "utils", "common", "helper", "helpers", "model", "models", "types", "base", "manager", "misc", "shared"}
	tops := []string{"cmd", "ui", "assist", "storage", "assets"}
	for _, p := range allPackages(t) {
		if slices.Contains(refused, path.Base(p.ImportPath)) || slices.Contains(refused, p.Name) {
			t.Errorf("%s is not named for its job", p.ImportPath)
		}
		if top, _, _ := strings.Cut(p.in(), "/"); !slices.Contains(tops, top) {
			t.Errorf("%s lies outside %v", p.ImportPath, tops)
		}
	}
}
