package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"deskhand/assist"
)

const (
	databaseFile = "deskhand.db"
	lockFile     = "deskhand.lock"
)

// DatabaseFile is the name of the database in the desk's folder, for tools that ask whether there is one.
const DatabaseFile = databaseFile

// Options say where the database lies and how it works. The zero value of all but Dir is usable.
type Options struct {
	Dir string // the desk's folder; made if it is not there. The database is deskhand.db in it.
	Log *slog.Logger
	Now func() time.Time // clock of what is not stamped by the caller (settings); default time.Now

	Readers       int           // reading connections at most; default 4
	Conversations int           // conversations kept in memory for the writer; default 4096
	CheckInBack   int64         // after an unclean stop, databases of more bytes are checked in the background; default 64 MiB
	IndexEvery    time.Duration // how often the indexer looks for new messages; default 1 s
	IndexLag      time.Duration // how long a busy writer may hold the indexer up; default 30 s
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.Conversations <= 0 {
		o.Conversations = 4096
	}
	if o.CheckInBack <= 0 {
		o.CheckInBack = 64 << 20
	}
	if o.IndexEvery <= 0 {
		o.IndexEvery = time.Second
	}
	if o.IndexLag <= 0 {
		o.IndexLag = 30 * time.Second
	}
	return o
}

// Store is an open database. Make one with Open.
type Store struct {
	opts  Options
	log   *slog.Logger
	path  string
	lock  io.Closer
	epoch assist.Epoch

	readers *readers
	damaged atomic.Pointer[assist.Error]
	rev     atomic.Int64 // of the last committed fact
	work    workers

	mu     sync.Mutex // guards what follows: the writing side
	w      *conn
	closed bool
	next   counters
	cache  *conversationCache
	load   map[assist.AgentID]int // conversations in StatusHuman
}

// counters are the last numbers given out.
type counters struct {
	rev          assist.Rev
	conversation assist.ConversationID
	customer     assist.CustomerID
}

// Open opens the database in o.Dir, makes it if it is not there, and brings it to the newest format. It
// fails with assist.CodeLocked if another process (or another Store) works in the folder, and with
// assist.CodeBadVersion, changing nothing, if a newer program wrote the database.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Dir == "" {
		return nil, errors.New("sqlite: Options.Dir is missing")
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder of the desk: %w", err)
	}
	lock, err := lockFolder(filepath.Join(o.Dir, lockFile))
	if err != nil {
		return nil, err
	}
	s := &Store{opts: o, log: o.Log.With("component", "sqlite"), path: filepath.Join(o.Dir, databaseFile), lock: lock,
		cache: newConversationCache(o.Conversations), load: map[assist.AgentID]int{}}
	if err := s.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", s.path, err), s.release())
	}
	s.work.start(s)
	return s, nil
}

func (s *Store) open() error {
	if err := makePrivate(s.path); err != nil {
		return err
	}
	w, err := openConn(writerDSN(s.path))
	if err != nil {
		return err
	}
	s.w = w
	s.readers = newReaders(s.path, s.opts.Readers)
	_, steps, err := checkVersion(w)
	if err != nil {
		return err
	}
	// Only now anything is written.
	if err := w.script("PRAGMA journal_mode=WAL"); err != nil {
		return err
	}
	if err := migrate(w, steps); err != nil {
		return err
	}
	if err := s.begin(); err != nil {
		return err
	}
	return s.loadCounters()
}

// makePrivate makes a database that is not there yet readable by its owner only, whatever the folder allows;
// SQLite gives its log the same mode, and takes an empty file for a new database.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// writerDSN carries the settings measured in the design notes (hub.md, "SQLite").
func writerDSN(path string) string {
	return dsn(path, "busy_timeout(5000)", "synchronous(FULL)", "foreign_keys(ON)", "cell_size_check(ON)",
		"wal_autocheckpoint(4000)", "journal_size_limit(67108864)", "cache_size(-16000)", "temp_store(MEMORY)")
}

func readerDSN(path string) string {
	return dsn(path, "busy_timeout(5000)", "query_only(ON)", "cell_size_check(ON)", "cache_size(-4000)", "temp_store(MEMORY)")
}

func dsn(path string, pragmas ...string) string {
	q := url.Values{"_pragma": pragmas}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}

func (s *Store) loadCounters() error {
	var n [5]int64
	for i, q := range []string{
		"SELECT max(rev) FROM messages", "SELECT max(rev) FROM events", "SELECT max(rev) FROM conversations",
		"SELECT max(id) FROM conversations", "SELECT max(id) FROM customers",
	} {
		if _, err := s.w.one(q, nil, &n[i]); err != nil {
			return err
		}
	}
	s.next = counters{rev: assist.Rev(max(n[0], n[1], n[2])), conversation: assist.ConversationID(n[3]), customer: assist.CustomerID(n[4])}
	s.rev.Store(int64(s.next.rev))
	clear(s.load)
	return s.w.each("SELECT assignee, count(*) FROM conversations WHERE assignee <> 0 AND status = 3 GROUP BY assignee",
		nil, func(r row) error {
			var agent, count int64
			if err := r.Scan(&agent, &count); err != nil {
				return err
			}
			s.load[assist.AgentID(agent)] = int(count)
			return nil
		})
}

// Close stops the workers, marks the stop as clean and closes the database. It waits for what is running.
func (s *Store) Close() error {
	s.work.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var err error
	if s.w != nil && (!s.work.check || s.work.checked) {
		err = s.markClean(true) // otherwise the next start checks what this one didn't finish
	}
	return errors.Join(err, s.release())
}

// release closes whatever is open.
func (s *Store) release() error {
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.close())
	}
	if s.w != nil {
		errs = append(errs, s.w.close())
	}
	return errors.Join(append(errs, s.lock.Close())...)
}

// Epoch names this line of history; it changes when a backup is restored.
func (s *Store) Epoch(context.Context) (assist.Epoch, error) { return s.epoch, nil }

// Rev is the number of the last stored fact, 0 if there is none.
func (s *Store) Rev(context.Context) (assist.Rev, error) { return assist.Rev(s.rev.Load()), nil }

// Healthy is nil as long as the database can be trusted and written to.
func (s *Store) Healthy() error {
	if e := s.damaged.Load(); e != nil {
		return e
	}
	return nil
}

// usable is Healthy for the holder of mu, who is about to write.
func (s *Store) usable() error {
	if s.closed {
		return assist.Errorf(assist.CodeDraining, "the store is closed")
	}
	if s.w == nil {
		return assist.Errorf(assist.CodeLocked, "the store was opened for reading only")
	}
	return s.Healthy()
}
