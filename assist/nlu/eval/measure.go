package eval

import (
	"time"

	"deskhand/assist/nlu"
)

// Result is what `deskhub eval intents` prints. Shares are from 0 to 1.
type Result struct {
	N int `json:"n"`
	// Accuracy is the share of in-scope texts whose best intent is right, whether or not they were rejected:
	// the choice alone, which is what published figures tell.
	Accuracy float64 `json:"accuracy"`
	// MacroF1 is the mean F1 of that choice over the intents of the in-scope texts.
	MacroF1 float64 `json:"macro_f1"`
	// InScopeAccuracy counts a rejected in-scope text as wrong.
	InScopeAccuracy float64 `json:"in_scope_accuracy"`
	// InScopeRejected is the share of in-scope texts that were rejected.
	InScopeRejected float64 `json:"in_scope_rejected"`
	// OOSRecall is the share of out-of-scope texts that were rejected, OOSPrecision the share of rejected texts
	// that are out of scope; 0 where there is none.
	OOSRecall    float64 `json:"oos_recall"`
	OOSPrecision float64 `json:"oos_precision"`
	// CalibrationError is the expected difference of confidence and accuracy in ten bins (Naeini et al. 2015).
	CalibrationError float64 `json:"calibration_error"`
	TrainS           float64 `json:"train_s"`
	USPerText        float64 `json:"us_per_text"` // microseconds, one goroutine
}

// tally counts one intent.
type tally struct{ right, said, meant int }

// Measure reads every line with the classifier that pick names for its pack, and counts.
func Measure(lines []Line, pick func(pack string) nlu.Classifier, now func() time.Time) Result {
	r := Result{N: len(lines)}
	readings := make([]nlu.Reading, len(lines))
	began := now()
	for i, l := range lines {
		readings[i] = pick(l.Pack).Read(l.Text)
	}
	r.USPerText = float64(now().Sub(began).Microseconds()) / float64(max(len(lines), 1))
	intents := map[string]*tally{}
	of := func(intent string) *tally {
		if intents[intent] == nil {
			intents[intent] = &tally{}
		}
		return intents[intent]
	}
	var inScope, right, kept, rejected, outside, found int
	var bins calibration
	for i, l := range lines {
		got := readings[i]
		if nlu.IsOutOfScope(l.Intent) {
			outside++
			if got.OutOfScope {
				found++
			}
			continue
		}
		inScope++
		best := got.Best()
		of(l.Intent).meant++
		of(best.Intent).said++
		hit := best.Intent == l.Intent
		if hit {
			right++
			of(l.Intent).right++
		}
		if got.OutOfScope {
			rejected++
		} else if hit {
			kept++
		}
		bins.add(best.Confidence, hit)
	}
	r.Accuracy, r.InScopeAccuracy = share(right, inScope), share(kept, inScope)
	r.InScopeRejected, r.OOSRecall, r.OOSPrecision = share(rejected, inScope), share(found, outside), share(found, found+rejected)
	r.MacroF1, r.CalibrationError = macroF1(intents), bins.err(inScope)
	return r
}

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

// macroF1 is the mean over the intents that were meant at least once.
func macroF1(intents map[string]*tally) float64 {
	sum, n := 0., 0
	for _, t := range intents {
		if t.meant > 0 {
			sum += 2 * float64(t.right) / float64(t.said+t.meant)
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// calibration compares confidence with accuracy.
type calibration struct {
	n, hits    [10]int
	confidence [10]float64
}

func (c *calibration) add(confidence float64, hit bool) {
	i := min(int(confidence*10), 9)
	c.n[i]++
	c.confidence[i] += confidence
	if hit {
		c.hits[i]++
	}
}

func (c *calibration) err(total int) (sum float64) {
	for i := range c.n {
		d := c.confidence[i] - float64(c.hits[i])
		sum += max(d, -d)
	}
	return sum / float64(max(total, 1))
}
