package bench

import (
	"math"
	"slices"
	"time"
)

// quantile is the smallest value that a share q of the sorted values does not exceed (nearest rank), in ms.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return ms(sorted[min(max(i, 0), len(sorted)-1)])
}

// ms is a duration in milliseconds, rounded to microseconds.
func ms(d time.Duration) float64 { return math.Round(float64(d)/1e3) / 1e3 }

// seconds is a duration in seconds, rounded to tenths of milliseconds.
func seconds(d time.Duration) float64 { return math.Round(float64(d)/1e5) / 1e4 }

func median(all []time.Duration) time.Duration {
	all = slices.Sorted(slices.Values(all))
	if len(all) == 0 {
		return 0
	}
	return all[len(all)/2]
}

// tenth rounds to one decimal.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }
