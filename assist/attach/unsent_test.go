package attach_test

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deskhand/assist"
	"deskhand/assist/attach"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

// shelf is a real store with its files under a clock that the test moves.
type shelf struct {
	t     *testing.T
	store *sqlite.Store
	files *files.Store

	mu  sync.Mutex // guards now
	now time.Time
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, now: time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)}
	dir := t.TempDir()
	var err error
	if s.store, err = sqlite.Open(t.Context(), sqlite.Options{Dir: dir, Now: s.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if s.files, err = files.Open(files.Options{Dir: filepath.Join(dir, sqlite.FilesFolder), Now: s.clock}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *shelf) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *shelf) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// save stores content as an upload does before its description is stored.
func (s *shelf) save(content string) assist.Attachment {
	s.t.Helper()
	saved, err := s.files.Save(s.t.Context(), strings.NewReader(content), "")
	if err != nil {
		s.t.Fatal(err)
	}
	return assist.Attachment{Type: saved.Type, Size: saved.Size, SHA256: saved.SHA256}
}

func (s *shelf) upload(id, content string) assist.Attachment {
	s.t.Helper()
	a := s.save(content)
	a.ID = assist.AttachmentID(id)
	if err := s.store.SaveAttachment(s.t.Context(), assist.Upload{Attachment: a, Owner: "agent:1", CreatedAt: s.clock()}); err != nil {
		s.t.Fatal(err)
	}
	return a
}

// send stores a message with the file and says whether it was taken.
func (s *shelf) send(a assist.Attachment) error {
	s.t.Helper()
	out, err := s.store.Commit(s.t.Context(), s.clock(), []assist.Write{{
		Start: &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: "v"}},
		Decide: func(c assist.Conversation) (events []assist.Event, err error) {
			if c.Rev == 0 {
				events = append(events, assist.Event{Actor: assist.BySystem(), Data: assist.Started{Inbox: c.Inbox, Customer: c.Customer}})
			}
			return append(events, assist.Say(assist.ByCustomer(c.Customer), assist.Message{
				Kind: assist.KindText, Text: "see", Attachments: []assist.Attachment{a}})), nil
		},
	}})
	if err != nil {
		s.t.Fatal(err)
	}
	return out[0].Err
}

func (s *shelf) there(a assist.Attachment) bool {
	f, err := s.files.Open(a.SHA256)
	if err == nil {
		_ = f.Close()
	}
	return err == nil
}

// clean runs a cleaner's first round.
func (s *shelf) clean(content attach.UnsentContent) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	var log bytes.Buffer
	c, err := attach.NewCleaner(attach.CleanerOptions{Store: s.store, Content: &oneRound{content, cancel}, Now: s.clock,
		Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := c.Run(ctx); err != nil || strings.Contains(log.String(), "level=ERROR") {
		s.t.Fatal(err, log.String())
	}
}

// oneRound ends the cleaner after its first round.
type oneRound struct {
	attach.UnsentContent
	end func()
}

func (o *oneRound) Hashes(f func(string) error) error {
	err := o.UnsentContent.Hashes(f)
	o.end()
	return err
}

func TestCleaner_RemovesWhatWasNeverSent(t *testing.T) {
	s := newShelf(t)
	unsent, sent, inMacro := s.upload("unsent", "unsent"), s.upload("sent", "sent"), s.upload("macro", "macro")
	stray := s.save("the hub was killed before it knew of the file")
	twice := s.upload("twice, unsent", "the same bytes")
	s.upload("twice, sent", "the same bytes")
	if err := s.send(sent); err != nil {
		t.Fatal(err)
	}
	if err := s.send(assist.Attachment{ID: "twice, sent"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.store.SaveMacro(t.Context(), assist.BySystem(), assist.Macro{Name: "m", Files: []assist.Attachment{inMacro}}); err != nil {
		t.Fatal(err)
	}
	s.pass(25 * time.Hour)
	fresh := s.upload("fresh", "fresh")
	s.clean(s.files)
	for what, tc := range map[string]struct {
		file assist.Attachment
		want bool
	}{"unsent": {unsent, false}, "sent": {sent, true}, "in a macro": {inMacro, true}, "stray": {stray, false}, "sent elsewhere": {twice, true}, "fresh": {fresh, true}} {
		if got := s.there(tc.file); got != tc.want {
			t.Errorf("%s: there %t, want %t", what, got, tc.want)
		}
	}
	if err := s.send(unsent); assist.CodeOf(err) != assist.CodeNotFound {
		t.Errorf("a message with a removed file: %v", err)
	}
	if _, err := s.store.SaveMacro(t.Context(), assist.BySystem(), assist.Macro{Name: "n", Files: []assist.Attachment{unsent}}); assist.CodeOf(err) != assist.CodeNotFound {
		t.Errorf("a macro with a removed file: %v", err)
	}
	for _, kept := range []assist.Attachment{sent, inMacro, fresh} {
		if err := s.send(kept); err != nil {
			t.Errorf("send %s: %v", kept.ID, err)
		}
	}
}

// savedMeanwhile brings the same bytes again just before their content is removed.
type savedMeanwhile struct {
	*files.Store
	save func()
}

func (s *savedMeanwhile) Remove(hash string, before time.Time) (bool, error) {
	s.save()
	return s.Store.Remove(hash, before)
}

func TestCleaner_SparesWhatIsUploadedAgainAtThatMoment(t *testing.T) {
	s := newShelf(t)
	s.upload("old", "bytes")
	s.pass(25 * time.Hour)
	var again assist.Attachment
	s.clean(&savedMeanwhile{s.files, func() { again = s.upload("again", "bytes") }})
	if !s.there(again) {
		t.Error("an upload has lost its content")
	}
	if err := s.send(again); err != nil {
		t.Error(err)
	}
}

// Of a message and the cleaner, whoever comes first wins: no message ever holds a file without content.
func TestCleaner_RacesWithAMessage(t *testing.T) {
	s := newShelf(t)
	for round := range 40 {
		a := s.upload("a"+strings.Repeat("x", round), strings.Repeat("y", round+1))
		s.pass(25 * time.Hour)
		var sent error
		var both sync.WaitGroup
		both.Go(func() { sent = s.send(a) })
		both.Go(func() { s.clean(s.files) })
		both.Wait()
		if sent == nil != s.there(a) {
			t.Fatalf("round %d: sent %v, content there %t", round, sent, s.there(a))
		}
		if sent != nil && assist.CodeOf(sent) != assist.CodeNotFound {
			t.Fatal(sent)
		}
	}
}

// counting counts the rounds of a cleaner.
type counting struct {
	mu     sync.Mutex // guards rounds
	rounds int
}

func (c *counting) ForgetUnsent(context.Context, time.Time) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rounds++
	return 0, nil
}
func (c *counting) FileHashes(context.Context) (map[string]bool, error) { return nil, nil }
func (c *counting) Hashes(func(string) error) error                     { return nil }
func (c *counting) Remove(string, time.Time) (bool, error)              { return false, nil }

func TestCleaner_ComesEveryHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counting{}
		cleaner, err := attach.NewCleaner(attach.CleanerOptions{Store: c, Content: c, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Hour+time.Minute)
		defer cancel()
		if err := cleaner.Run(ctx); err != nil || c.rounds != 11 {
			t.Errorf("%d rounds in ten hours, %v", c.rounds, err)
		}
	})
}
