package access

import (
	"fmt"
	"testing"
	"time"
)

func TestThrottle_OneAddressManyLogins(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	for i := range 20 {
		if wait, _ := th.begin(fmt.Sprint("login", i), "10.0.0.1"); wait > 0 {
			t.Fatalf("try %d must wait %v", i, wait)
		}
	}
	if wait, _ := th.begin("login20", "10.0.0.1"); wait != firstWait {
		t.Errorf("got %v, want %v", wait, firstWait)
	}
	if wait, _ := th.begin("login20", "10.0.0.2"); wait != 0 {
		t.Errorf("another address waits %v", wait)
	}
}

func TestThrottle_OneLoginManyAddressesWaitsAMinuteAtMost(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	var longest time.Duration
	for i := range 200 {
		wait, _ := th.begin("li", fmt.Sprint("10.0.0.", i))
		longest = max(longest, wait)
		now = now.Add(wait)
	}
	if longest == 0 || longest > time.Minute {
		t.Errorf("longest wait %v, want up to a minute", longest)
	}
}

func TestThrottle_BackOffGrowsAndForgets(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	var last time.Duration
	for range 40 {
		wait, _ := th.begin("li", "a")
		if wait > longestWait {
			t.Fatalf("waits %v", wait)
		}
		last = max(last, wait)
		now = now.Add(wait)
	}
	if last != longestWait {
		t.Errorf("grew to %v, want %v", last, longestWait)
	}
	now = now.Add(forgetAfter + longestWait)
	for i := range 5 {
		if wait, _ := th.begin("li", "a"); wait > 0 {
			t.Fatalf("after an hour of peace try %d waits %v", i, wait)
		}
	}
}

func TestThrottle_SuccessForgetsThePair(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	for range 100 {
		if wait, _ := th.begin("li", "a"); wait > 0 {
			t.Fatal("somebody who signs in rightly was made to wait")
		}
		th.succeed("li", "a")
	}
	if len(th.entries) != 0 || th.recent.Len() != 0 {
		t.Errorf("%d entries left", len(th.entries))
	}
}

func TestThrottle_IsBounded(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	th := newThrottle(func() time.Time { return now })
	for i := range maxThrottled {
		th.begin(fmt.Sprint(i), fmt.Sprint(i))
	}
	if len(th.entries) != maxThrottled || th.recent.Len() != maxThrottled {
		t.Errorf("%d entries, %d listed, want %d", len(th.entries), th.recent.Len(), maxThrottled)
	}
}
