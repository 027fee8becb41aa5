package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// evalIntents runs the command and gives its exit status, output and complaint.
func evalIntents(t *testing.T, args ...string) (status int, out, complaint string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(context.Background(), append([]string{"eval", "intents"}, args...), &console{in: strings.NewReader(""), out: &o, err: &e})
	return status, o.String(), e.String()
}

func tsv(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "texts.tsv")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

const someTexts = "text\tintent\tlang\nwhere is my parcel\ttrack\ten\ntrack the parcel\ttrack\ten\nparcel still missing\ttrack\ten\n" +
	"give me a refund\trefund\ten\nrefund my money\trefund\ten\ni want a refund\trefund\ten\n"

func TestEvalIntents_TrainsOnTheFileAlone(t *testing.T) {
	status, out, complaint := evalIntents(t, "--train", tsv(t, someTexts), tsv(t, "intent\ttext\ntrack\tmy parcel please\nrefund\trefund please\noos\tpurple zebra opera\n"))
	if status != 0 {
		t.Fatalf("status %d: %s", status, complaint)
	}
	got := map[string]float64{}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	for _, key := range []string{"n", "accuracy", "macro_f1", "in_scope_accuracy", "oos_recall", "oos_precision", "train_s", "us_per_text"} {
		if _, ok := got[key]; !ok {
			t.Errorf("the summary has no %s: %s", key, out)
		}
	}
	if got["n"] != 3 || got["accuracy"] != 1 || got["oos_recall"] != 1 {
		t.Errorf("three easy texts are read so: %s", out)
	}
}

func TestEvalIntents_BadFilesAreNamedWithTheirLine(t *testing.T) {
	good := tsv(t, someTexts)
	for name, test := range map[string]struct{ text, want string }{
		"no header":         {"where\tis\n", ":1: "},
		"a column too many": {"text\tintent\na\tb\n\nc\td\te\n", ":4: "},
		"no intent":         {"text\tintent\na\t\n", ":2: "},
		"not UTF-8":         {"text\tintent\na\xff\tb\n", ":2: "},
		"nothing in it":     {"text\tintent\n", ":1: "},
	} {
		file := tsv(t, test.text)
		for _, args := range [][]string{{"--train", good, file}, {"--train", file, good}} {
			if status, _, complaint := evalIntents(t, args...); status != 2 || !strings.Contains(complaint, file+test.want) {
				t.Errorf("%s: status %d, %q; want 2 and %s", name, status, complaint, file+test.want)
			}
		}
	}
	if status, _, complaint := evalIntents(t, "--train", good, "/nowhere.tsv"); status != 2 || !strings.Contains(complaint, "/nowhere.tsv") {
		t.Errorf("a missing file: status %d, %q", status, complaint)
	}
}
