package onnx_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/nlu/onnx"
	"deskhand/assist/nlu/vector"
)

func open(t testing.TB, file string) *onnx.Encoder {
	t.Helper()
	e, err := onnx.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func encode(e *onnx.Encoder, text string) []float32 {
	out := make([]float32, e.Dimensions())
	e.Encode(text, out)
	return out
}

func TestEncode_TextsThatMeanTheSameLieClose(t *testing.T) {
	e := open(t, writeModel(t, t.TempDir()))
	if e.Dimensions() != dim || len(e.Hash()) != 64 {
		t.Fatalf("%d dimensions, hash %s", e.Dimensions(), e.Hash())
	}
	parcel := encode(e, "Parcel SHIPMENT")
	if n := vector.Norm(parcel); math.Abs(float64(n)-1) > 1e-4 {
		t.Errorf("length %f", n)
	}
	for text, near := range map[string]bool{"delivery package": true, "快递包裹": true, "refund": false, "登录密码": false} {
		if got := vector.Dot(parcel, encode(e, text)); (got > .9) != near || !near && got > .5 {
			t.Errorf("%q: cosine %.2f, near %t", text, got, near)
		}
	}
}

func TestEncode_TakesAnyText(t *testing.T) {
	e := open(t, writeModel(t, t.TempDir()))
	file, err := os.ReadFile("../../channel/webchat/page/testdata/hostile/blns.json")
	if err != nil {
		t.Fatal(err)
	}
	var naughty []string
	if err := json.Unmarshal(file, &naughty); err != nil {
		t.Fatal(err)
	}
	for _, s := range append(naughty, "", " ", "\x00", "\xff\xfe", "🎉🎉", "\u202e\u200b", strings.Repeat("parcel ", 5000), strings.Repeat("很", 4000), "a\tb\nc") {
		for _, v := range encode(e, s) {
			if math.IsNaN(float64(v)) {
				t.Errorf("%.20q: not a number", s)
			}
		}
	}
}

func TestEncode_FromManyGoroutines(t *testing.T) {
	e := open(t, writeModel(t, t.TempDir()))
	want := encode(e, "my parcel")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for _, s := range []string{"refund", "my parcel", "退款", "password"} {
				if got := encode(e, s); s == "my parcel" && vector.Dot(got, want) < .9999 {
					t.Errorf("got %v, want %v", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestOpen_SaysWhatIsWrong(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func(dir string) error
		want  string
	}{
		"no model":         {func(dir string) error { return os.Remove(filepath.Join(dir, "model.onnx")) }, "not there"},
		"no tokenizer":     {func(dir string) error { return os.Remove(filepath.Join(dir, "tokenizer.json")) }, "tokenizer.json"},
		"half a model":     {func(dir string) error { return os.Truncate(filepath.Join(dir, "model.onnx"), 300) }, "model.onnx"},
		"other bytes":      {func(dir string) error { return os.WriteFile(filepath.Join(dir, "model.onnx"), []byte("hello"), 0o600) }, "model.onnx"},
		"empty":            {func(dir string) error { return os.Truncate(filepath.Join(dir, "model.onnx"), 0) }, "model.onnx"},
		"half a tokenizer": {func(dir string) error { return os.Truncate(filepath.Join(dir, "tokenizer.json"), 100) }, "model.onnx"},
	} {
		dir := t.TempDir()
		file := writeModel(t, dir)
		if err := tc.spoil(dir); err != nil {
			t.Fatal(err)
		}
		e, err := onnx.Open(file)
		if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: got %v", name, err)
		}
		if err == nil {
			_ = e.Close()
		}
	}
	if _, err := onnx.Open(filepath.Join(t.TempDir(), "nowhere", "model.onnx")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := onnx.Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), ".onnx") {
		t.Errorf("a folder instead of a file: %v", err)
	}
}

func TestHash_ChangesWithEachFile(t *testing.T) {
	dir := t.TempDir()
	file := writeModel(t, dir)
	before := open(t, file).Hash()
	if again := open(t, file).Hash(); again != before {
		t.Errorf("%s and %s for the same files", before, again)
	}
	write(t, filepath.Join(dir, "README.md"), []byte("says nothing"))
	if again := open(t, file).Hash(); again != before {
		t.Error("the hash goes by a file that plays no part")
	}
	write(t, filepath.Join(dir, "config.json"), []byte(`{"max_position_embeddings": 32}`))
	if again := open(t, file).Hash(); again == before {
		t.Error("another configuration, and the same hash")
	}
}

// A model that was trained with English phrases alone reads Chinese ones, where its encoder knows both.
func TestTrain_WithTheEncoderOfACompany(t *testing.T) {
	e := open(t, writeModel(t, t.TempDir()))
	var phrases []nlu.Phrase
	for i, name := range []string{"track", "refund", "login"} {
		for _, word := range groups()[i][:4] {
			phrases = append(phrases, nlu.Phrase{Text: word, Intent: name})
		}
	}
	m, err := intent.Train(phrases, intent.Options{Sentences: e, LayeredFrom: -1})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"退款": "refund", "快递包裹": "track", "登录密码": "login"} {
		if got := m.Read(text).Best(); got.Intent != want {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	e := open(b, writeModel(b, b.TempDir()))
	out, n := make([]float32, e.Dimensions()), 0
	for b.Loop() {
		n++
		e.Encode(fmt.Sprintf("where is my parcel number %d", n), out) // never the same text, which would be remembered
	}
}
