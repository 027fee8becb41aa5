package client

import (
	"testing"
	"time"
)

// A hub that welcomes and drops everybody is left alone for longer and longer; after a connection that lasted, the
// first try comes soon.
func TestKeeper_ShortConnectionsDoNotResetTheBackoff(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	k := &keeper{now: func() time.Time { return now }}
	for name, c := range map[string]struct {
		l    *link
		want bool
	}{
		"none":     {nil, false},
		"unheard":  {&link{}, false},
		"short":    {&link{heard: true, live: now.Add(-time.Second)}, false},
		"as long":  {&link{heard: true, live: now.Add(-4 * time.Second)}, true},
		"for days": {&link{heard: true, live: now.Add(-50 * time.Hour)}, true},
	} {
		if got := k.lasted(c.l, 4*time.Second); got != c.want {
			t.Errorf("%s: got %t, want %t", name, got, c.want)
		}
	}
}
