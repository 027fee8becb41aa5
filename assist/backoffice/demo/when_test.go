package demo

import (
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

func TestSettle_CountsRelativeTimesFromNow(t *testing.T) {
	now := time.Date(2026, 3, 31, 10, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"-12d": "2026-03-19T10:30:00Z", "+2d 15:00": "2026-04-02T15:00:00Z", "-0d": "2026-03-31T10:30:00Z",
		"-1m": "2026-02-01T00:00:00Z", "+0d 22:00": "2026-03-31T22:00:00Z",
	} {
		var node yaml.Node
		if err := yaml.Unmarshal([]byte("at: "+text), &node); err != nil {
			t.Fatal(err)
		}
		settle(&node, now)
		var got struct{ At time.Time }
		if err := node.Decode(&got); err != nil || got.At.Format(time.RFC3339) != want {
			t.Errorf("%s: got %v %v, want %s", text, got.At, err, want)
		}
	}
}

func TestSettle_LeavesWhatOnlyLooksRelative(t *testing.T) {
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(`{a: "-268.00", b: -29.5, c: "+1 415 555 0134", d: 2d}`), &node); err != nil {
		t.Fatal(err)
	}
	settle(&node, time.Now())
	var got map[string]string
	if err := node.Decode(&got); err != nil || got["a"] != "-268.00" || got["c"] != "+1 415 555 0134" || got["d"] != "2d" {
		t.Errorf("got %v %v", got, err)
	}
}
