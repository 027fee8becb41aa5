package eval_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/eval"
)

// parrot reads "x" as intent x, and rejects what begins with "?".
type parrot struct{}

func (parrot) Version() string { return "1" }
func (parrot) Hash() string    { return "" }
func (parrot) Read(s string) nlu.Reading {
	rest, rejected := strings.CutPrefix(s, "?")
	return nlu.Reading{Ranked: []nlu.Candidate{{Intent: rest, Confidence: .75}, {Intent: "other", Confidence: .25}}, OutOfScope: rejected}
}

func TestMeasure_CountsByHand(t *testing.T) {
	lines, err := eval.Lines(strings.NewReader("intent\ttext\na\ta\na\t?a\na\tb\nb\tb\noos\t?z\nout_of_scope\tz\n"), "hand")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(0, 0)
	r := eval.Measure(lines, func(string) nlu.Classifier { return parrot{} }, func() time.Time { now = now.Add(6 * time.Microsecond); return now })
	// a: 2 of 3, said 2: F1 .8; b: 1 of 1, said 2: F1 2/3
	for name, pair := range map[string][2]float64{
		"n": {float64(r.N), 6}, "accuracy": {r.Accuracy, .75}, "macro F1": {r.MacroF1, (.8 + 2./3) / 2}, "in scope": {r.InScopeAccuracy, .5},
		"rejected": {r.InScopeRejected, .25}, "recall": {r.OOSRecall, .5}, "precision": {r.OOSPrecision, .5}, "calibration": {r.CalibrationError, 0},
		"time": {r.USPerText, 1},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add("text\tintent\tlang\tpack\nhi\tgreet\ten\tbanking\n")
	f.Add("\ufeffintent\ttext\r\ngreet\thi\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		lines, err := eval.Lines(strings.NewReader(s), "f")
		var bad *eval.FileError
		if err != nil && !errors.As(err, &bad) || err == nil && len(lines) == 0 {
			t.Fatalf("%d lines and error %v", len(lines), err)
		}
		for _, l := range lines {
			if l.Intent == "" || strings.TrimSpace(l.Text) == "" {
				t.Fatalf("line %+v", l)
			}
		}
	})
}
