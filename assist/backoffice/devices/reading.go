package devices

import (
	"math"
	"time"
)

// Reading is what a device reported.
type Reading struct {
	Device string
	Kind   string // optical_terminal, wifi_router …
	At     time.Time
	Values map[string]float64
	States map[string]string
}

// maxWord is how many bytes a word of a report may have.
const maxWord = 100

// NewReading reads a report: kind, and readings as numbers or words. What is neither is left out.
func NewReading(device string, at time.Time, report map[string]any) Reading {
	r := Reading{Device: device, At: at, Values: map[string]float64{}, States: map[string]string{}}
	for name, v := range report {
		switch v := v.(type) {
		case int:
			r.Values[name] = float64(v)
		case float64:
			if !math.IsInf(v, 0) && !math.IsNaN(v) {
				r.Values[name] = v
			}
		case string:
			if len(v) <= maxWord {
				r.States[name] = v
			}
		}
	}
	r.Kind = r.States["kind"]
	return r
}
