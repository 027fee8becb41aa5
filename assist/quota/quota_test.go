package quota_test

import (
	"sync"
	"testing"
	"time"

	"deskhand/assist/quota"
)

// clock stands still until it is moved.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func TestTake_TheAmountAtOnceThenAsItComesBack(t *testing.T) {
	c := &clock{time.Unix(1000, 0)}
	q := quota.New[string](quota.Options{Amount: 10, Per: time.Minute, Now: c.now})
	for i := range 10 {
		if wait, ok := q.Take("a", 1); !ok {
			t.Fatalf("use %d was refused for %s", i, wait)
		}
	}
	if wait, ok := q.Take("a", 1); ok || wait != 6*time.Second {
		t.Errorf("beyond the amount: got %v and %s, want a wait of 6s", ok, wait)
	}
	if _, ok := q.Take("b", 10); !ok {
		t.Error("another key has nothing left")
	}
	c.t = c.t.Add(6 * time.Second)
	if _, ok := q.Take("a", 1); !ok {
		t.Error("what came back can't be used")
	}
	if wait, ok := q.Take("a", 4); ok || wait != 24*time.Second {
		t.Errorf("four more: got %v and %s, want a wait of 24s", ok, wait)
	}
	c.t = c.t.Add(24 * time.Second)
	if _, ok := q.Take("a", 4); !ok {
		t.Error("the wait that was told is too short")
	}
	c.t = c.t.Add(time.Hour)
	if wait, ok := q.Take("a", 11); ok || wait != time.Minute {
		t.Errorf("more than the whole: got %v and %s", ok, wait)
	}
	if _, ok := q.Take("a", 10); !ok {
		t.Error("after a long rest the whole amount isn't there")
	}
	if _, ok := q.Take("a", 1); ok {
		t.Error("more than the amount gathered")
	}
}

func TestGive_ComesBackAtOnceAndNeverMoreThanWasTaken(t *testing.T) {
	c := &clock{time.Unix(1000, 0)}
	q := quota.New[string](quota.Options{Amount: 10, Per: time.Minute, Now: c.now})
	q.Take("a", 10)
	q.Give("a", 4)
	if _, ok := q.Take("a", 4); !ok {
		t.Error("what was given back can't be used")
	}
	q.Give("a", 1000)
	q.Give("nobody", 1000)
	if q.Len() != 0 {
		t.Errorf("%d keys are remembered that use nothing", q.Len())
	}
	if _, ok := q.Take("a", 10); !ok {
		t.Error("the whole amount isn't there")
	}
	if _, ok := q.Take("a", 1); ok {
		t.Error("giving back made the amount larger")
	}
}

func TestTake_MemoryIsBounded(t *testing.T) {
	c := &clock{time.Unix(1000, 0)}
	q := quota.New[int](quota.Options{Amount: 2, Per: time.Minute, Keys: 100, Now: c.now})
	for i := range 10_000 {
		q.Take(i, 1)
		if q.Len() > 100 {
			t.Fatalf("%d keys are remembered, at most 100", q.Len())
		}
	}
	// Who has the whole amount again makes room first: nobody else is forgotten.
	q = quota.New[int](quota.Options{Amount: 2, Per: time.Minute, Keys: 100, Now: c.now})
	for i := range 50 {
		q.Take(i, 1)
	}
	c.t = c.t.Add(45 * time.Second)
	for i := range 51 {
		q.Take(100+i, 2)
	}
	for i := range 51 {
		if _, ok := q.Take(100+i, 1); ok {
			t.Errorf("key %d was forgotten before those that had recovered", i)
		}
	}
}

func TestTake_ManyAtOnceGetTheAmountAndNoMore(t *testing.T) {
	c := &clock{time.Unix(1000, 0)}
	q := quota.New[string](quota.Options{Amount: 500, Per: time.Minute, Now: c.now})
	var all sync.WaitGroup
	got := make(chan int, 8)
	for range 8 {
		all.Go(func() {
			n := 0
			for range 200 {
				if _, ok := q.Take("a", 1); ok {
					n++
				}
			}
			got <- n
		})
	}
	all.Wait()
	close(got)
	sum := 0
	for n := range got {
		sum += n
	}
	if sum != 500 {
		t.Errorf("%d were taken, want 500", sum)
	}
}

func TestNetwork(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "192.0.2.7:4000": "192.0.2.7/32", "::ffff:192.0.2.7": "192.0.2.7/32",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "[2001:db8:1:2::9]:4000": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := quota.Network(in).String(); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	if a, b := quota.Network("pipe"), quota.Network(""); a != b || a.IsValid() {
		t.Errorf("what is no address: %v and %v", a, b)
	}
}
