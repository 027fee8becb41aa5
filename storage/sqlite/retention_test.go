package sqlite_test

import (
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/storage/sqlite"
)

// What is old enough goes, however much it is; what is open, or whose outcome is still to be told, stays.
func TestPrune(t *testing.T) {
	ctx, at := t.Context(), time.UnixMilli(1_700_000_000_000).UTC()
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: t.TempDir(), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var writes []assist.Write
	out, err := s.Commit(ctx, at, []assist.Write{{Start: &assist.Start{Inbox: "a", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: "v"}},
		Decide: func(c assist.Conversation) ([]assist.Event, error) {
			return []assist.Event{{Actor: assist.ByCustomer(c.Customer), Data: assist.Started{Inbox: "a", Customer: c.Customer}}}, nil
		}}})
	if err != nil || out[0].Err != nil {
		t.Fatal(err, out[0].Err)
	}
	c := out[0].Conversation
	add := func(id string, ended bool, due time.Time, age time.Duration) {
		r := assist.CommandRecord{ID: id, Conversation: c.ID, Inbox: "a", Customer: c.Customer, Action: "a.b", State: "done", Ended: ended, DueAt: due,
			CreatedAt: at.Add(-age), UpdatedAt: at.Add(-age), Data: []byte("{}")}
		writes = append(writes, assist.Write{Conversation: c.ID, Command: &assist.CommandChange{To: r}, Decide: func(assist.Conversation) ([]assist.Event, error) { return nil, nil }})
	}
	for n := range 1200 {
		add("old"+time.Duration(n).String(), true, time.Time{}, 48*time.Hour)
	}
	add("open", false, time.Time{}, 48*time.Hour)
	add("untold", true, at, 48*time.Hour)
	add("new", true, time.Time{}, time.Hour)
	if _, err = s.Commit(ctx, at, writes); err != nil {
		t.Fatal(err)
	}
	if n, err := s.PruneCommands(ctx, at.Add(-24*time.Hour)); err != nil || n != 1200 {
		t.Errorf("%d commands removed, %v", n, err)
	}
	left, err := s.Commands(ctx, assist.CommandFilter{})
	if err != nil || len(left) != 3 {
		t.Errorf("%d are left, %v", len(left), err)
	}
}

// Of a code that ran out, was used or was replaced nothing is left; that it was sent is forgotten later.
func TestCodes_AreForgotten(t *testing.T) {
	ctx, at := t.Context(), time.UnixMilli(1_700_000_000_000).UTC()
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: t.TempDir(), Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	save := func(conversation assist.ConversationID, life time.Duration) {
		code := assist.SentCode{Conversation: conversation, Inbox: "a", Party: "P", Hash: []byte("hash"), SentAt: at, ExpiresAt: at.Add(life)}
		if err := s.SaveCode(ctx, code, at, 100); err != nil {
			t.Fatal(err)
		}
	}
	live := func() (n int) {
		codes, err := s.RecentCodes(ctx, at.Add(-time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range codes {
			if len(c.Hash) > 0 {
				n++
			}
		}
		return n
	}
	save(1, time.Minute)
	save(1, time.Hour)
	if live() != 1 {
		t.Errorf("%d are live behind one that was replaced", live())
	}
	save(2, time.Minute)
	if n, err := s.ForgetCodes(ctx, at.Add(2*time.Minute)); err != nil || n != 1 || live() != 1 {
		t.Errorf("%d ran out, %v; %d are live", n, err, live())
	}
	if n, err := s.PruneCodes(ctx, at.Add(time.Second)); err != nil || n != 3 || live() != 0 {
		t.Errorf("%d removed, %v", n, err)
	}
}
