package sqlite

import "strconv"

// LimitPages makes SQLite believe that the disk ends some pages after what the database holds now; 0 lifts the limit.
func (s *Store) LimitPages(more int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := int64(1) << 30
	if more > 0 {
		have, err := s.w.int64("PRAGMA page_count")
		if err != nil {
			return err
		}
		limit = have + more
	}
	return s.w.script("PRAGMA max_page_count = " + strconv.FormatInt(limit, 10))
}

// SetVersion pretends that another program wrote the database.
func (s *Store) SetVersion(v int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.script("PRAGMA user_version = " + strconv.FormatInt(v, 10))
}

// Path is the database's file.
func (s *Store) Path() string { return s.path }
