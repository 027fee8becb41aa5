package webchat

import (
	"testing"
	"time"

	"deskhand/assist"
)

func TestDeparted_GivesUpOnlyWhoStaysAway(t *testing.T) {
	var d departed
	now := time.UnixMilli(1_700_000_000_000)
	d.note(assist.Conversation{ID: 1, WaitingSince: now.Add(-time.Minute)}, now)
	d.note(assist.Conversation{ID: 2, WaitingSince: now}, now)
	d.back(2)
	if due := d.due(now.Add(givenUpAfter - time.Second)); len(due) != 0 {
		t.Fatalf("given up too early: %v", due)
	}
	due := d.due(now.Add(givenUpAfter))
	if _, ok := due[1]; !ok || len(due) != 1 {
		t.Fatalf("due %v, want conversation 1 alone", due)
	}
	if again := d.due(now.Add(2 * givenUpAfter)); len(again) != 0 {
		t.Fatalf("told twice: %v", again)
	}
}
