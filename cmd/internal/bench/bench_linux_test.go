package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// program builds deskhub: what is measured is a process of its own.
func program(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "deskhub")
	if out, err := exec.Command("go", "build", "-o", name, "deskhand/cmd/deskhub").CombinedOutput(); err != nil {
		t.Fatalf("build deskhub: %v\n%s", err, out)
	}
	return name
}

func TestPairs_CountsWhatArrives(t *testing.T) {
	binary := program(t)
	for name, rate := range map[string]float64{"at a rate": 200, "closed loop": 0} {
		t.Run(name, func(t *testing.T) {
			r, err := Pairs(t.Context(), PairsOptions{Binary: binary, Folder: t.TempDir(), Pairs: 3, Rate: rate, For: 500 * time.Millisecond, Warm: 100 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if r.Lost+r.Duplicated+r.Reordered != 0 || r.Messages < 20 || r.Delays == 0 || r.P50 <= 0 || r.P99 < r.P50 || r.RSS <= 0 {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestPair_NoticesLossDoublesAndDisorder(t *testing.T) {
	p := &pair{seen: map[int]struct{}{}, highest: -1, tokens: make(chan struct{}, 1), measureTo: time.Now().Add(time.Hour)}
	for _, text := range []string{"0 1 x", "2 1 x", "1 1 x", "2 1 x", "a line of somebody else"} {
		p.arrived(text, time.Now())
	}
	p.sent = 4
	if r := summary([]*pair{p}, time.Second, time.Second); r.Lost != 1 || r.Duplicated != 1 || r.Reordered != 1 {
		t.Errorf("got lost %d, duplicated %d, reordered %d; want 1 each", r.Lost, r.Duplicated, r.Reordered)
	}
}

func TestIdle_FewConnections(t *testing.T) {
	r, err := Idle(t.Context(), IdleOptions{Binary: program(t), Folder: t.TempDir(), Connections: 50, Settle: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if r.Connections != 50 || r.RSS <= 0 {
		t.Errorf("got %+v", r)
	}
}

func TestReading_SmallDatabases(t *testing.T) {
	h, err := History(t.Context(), HistoryOptions{Folder: t.TempDir(), Messages: 1200, Around: 2400})
	if err != nil || h.Messages != 1200 || h.Last50 <= 0 || h.All <= h.Last50 {
		t.Errorf("history: %+v, %v", h, err)
	}
	s, err := Search(t.Context(), SearchOptions{Folder: t.TempDir(), Messages: 4000, Queries: 120})
	if err != nil || s.Queries != 120 || s.Found < 40 || s.Found > 119 || s.Index <= 0 {
		t.Errorf("search: %+v, %v", s, err)
	}
}

func TestStart_LeavesNothingRunning(t *testing.T) {
	folder := t.TempDir()
	r, err := Start(t.Context(), StartOptions{Binary: program(t), Folder: folder, Messages: 2000, Times: 2})
	if err != nil || r.Empty <= 0 || r.Full <= 0 {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := os.Stat(filepath.Join(folder, "full", "deskhand.db-wal")); err == nil {
		t.Error("the last hub has not closed its database")
	}
}
