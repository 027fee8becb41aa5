package config

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// parseSpan reads what time.ParseDuration reads, and whole days as in "7d" or "1d12h".
func parseSpan(s string) (time.Duration, bool) {
	var days int64
	if head, rest, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseInt(head, 10, 64)
		if err != nil || n < 0 || n > int64(math.MaxInt64/day) {
			return 0, false
		}
		if days, s = n, rest; s == "" {
			return time.Duration(days) * day, true
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 || time.Duration(days)*day > math.MaxInt64-d {
		return 0, false
	}
	return time.Duration(days)*day + d, true
}

// showSpan writes a duration as parseSpan reads it, without the parts that are zero.
func showSpan(d time.Duration) string {
	days, rest := d/day, d%day
	s := rest.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	switch {
	case days == 0:
		return s
	case rest == 0:
		return strconv.FormatInt(int64(days), 10) + "d"
	}
	return strconv.FormatInt(int64(days), 10) + "d" + s
}

// units of sizes, largest first among those of one kind: KiB by 1024, kB by 1000.
func units() []struct {
	name  string
	bytes int64
} {
	return []struct {
		name  string
		bytes int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}}
}

func parseSize(s string) (int64, bool) {
	for _, u := range units() {
		head, ok := strings.CutSuffix(s, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(head), 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/u.bytes {
			return 0, false
		}
		return n * u.bytes, true
	}
	return 0, false
}

func showSize(n int64) string {
	for _, u := range units() {
		if n >= u.bytes && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + " " + u.name
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}
