package config

import (
	"testing"
	"time"
)

func TestSpan_ReadsWhatItShows(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"0s": 0, "30s": 30 * time.Second, "1m30s": 90 * time.Second, "12h": 12 * time.Hour, "7d": 7 * day,
		"1d12h": 36 * time.Hour, "1d5s": day + 5*time.Second, "1h0m5s": time.Hour + 5*time.Second, "10h": 10 * time.Hour, "20m": 20 * time.Minute,
	} {
		if got, ok := parseSpan(s); !ok || got != want {
			t.Errorf("%s: got %v %v", s, got, ok)
		}
		if got := showSpan(want); got != s {
			t.Errorf("%v shows as %s, want %s", want, got, s)
		}
	}
	for _, bad := range []string{"", "d", "-1d", "7", "1d-5h", "999999999d", "106751d24h", "-5s", "1 d", "0x7d"} {
		if got, ok := parseSpan(bad); ok {
			t.Errorf("%q passed as %v", bad, got)
		}
	}
}

func TestSize_ReadsWhatItShows(t *testing.T) {
	for s, want := range map[string]int64{"20 MB": 20e6, "256 KiB": 256 << 10, "1 GiB": 1 << 30, "1 B": 1, "1500 B": 1500, "5 kB": 5000} {
		if got, ok := parseSize(s); !ok || got != want {
			t.Errorf("%s: got %v %v", s, got, ok)
		}
		if got := showSize(want); got != s {
			t.Errorf("%v shows as %s, want %s", want, got, s)
		}
	}
	for _, bad := range []string{"", "20", "MB", "1.5 MB", "-1 MB", "20 mb", "20 TB", "9223372036854775807 KiB"} {
		if got, ok := parseSize(bad); ok {
			t.Errorf("%q passed as %v", bad, got)
		}
	}
}
