package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// result is what one call of the program left.
type result struct {
	status   int
	out, err string
}

// call runs the program in this process.
func call(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	return callWith(t, strings.NewReader(stdin), nil, args...)
}

func callWith(t *testing.T, in io.Reader, environ []string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	status := run(t.Context(), args, &console{in: in, out: &out, err: &err, environ: environ})
	return result{status, out.String(), err.String()}
}

// fails checks that a call changed its mind for the reason said.
func fails(t *testing.T, r result, status int, says string) {
	t.Helper()
	if r.status != status || !strings.Contains(r.err, says) || r.out != "" {
		t.Errorf("got status %d, stdout %q, stderr %q; want %d and %q", r.status, r.out, r.err, status, says)
	}
}

// jsonLines reads what --json printed; anything else on standard output fails.
func jsonLines(t *testing.T, r result) (lines []map[string]any) {
	t.Helper()
	if r.status != 0 {
		t.Fatalf("status %d: %s", r.status, r.err)
	}
	for line := range strings.Lines(r.out) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		lines = append(lines, m)
	}
	return lines
}

func TestRun_HelpAndUsage(t *testing.T) {
	if r := call(t, "", "--help"); r.status != 0 || !strings.Contains(r.out, "user") || !strings.Contains(r.out, "config") {
		t.Errorf("help: %+v", r)
	}
	if r := call(t, "", "user", "add", "--help"); r.status != 0 || !strings.Contains(r.out, "--password-stdin") {
		t.Errorf("help of user add: %+v", r)
	}
	for _, args := range [][]string{{}, {"nonsense"}, {"user", "add", "--role", "agent"}, {"user", "add", "--login", "x", "--role", "boss"}, {"version", "--nonsense"}} {
		fails(t, call(t, "", args...), 1, "deskhub --help")
	}
}

func TestVersion(t *testing.T) {
	if r := call(t, "", "version"); r.status != 0 || !strings.HasPrefix(r.out, "Deskhand ") {
		t.Errorf("got %+v", r)
	}
	if l := jsonLines(t, call(t, "", "version", "--json")); len(l) != 1 || l[0]["version"] == "" {
		t.Errorf("got %v", l)
	}
}

func TestConfig_PrintsAndChecks(t *testing.T) {
	r := call(t, "", "config")
	path := filepath.Join(t.TempDir(), "deskhand.toml")
	if err := os.WriteFile(path, []byte(r.out), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := call(t, "", "config", "--check", path); r.status != 0 {
		t.Errorf("the printed file is refused: %+v", r)
	}
	fails(t, callWith(t, nil, []string{"DESKHAND_HUB_LISTEN=x"}, "config", "--check", path), 1, "DESKHAND_HUB_LISTEN")
	if err := os.WriteFile(path, []byte("[hub]\n\nlisten = 5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, call(t, "", "config", "--check", path), 2, path+":3: hub.listen: write a text")
	fails(t, call(t, "", "config", "--check", path+".not"), 2, path+".not")
}
