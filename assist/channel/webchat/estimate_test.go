package webchat

import (
	"testing"
	"time"
)

func TestEstimate_RoundsUpToHalfMinutes(t *testing.T) {
	for wait, want := range map[time.Duration]int{
		0: 0, time.Second: 30, 30 * time.Second: 30, 31 * time.Second: 60, 119 * time.Second: 120,
	} {
		if got := estimate(wait); got != want {
			t.Errorf("estimate(%v) is %d, want %d", wait, got, want)
		}
	}
}
