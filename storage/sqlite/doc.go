// Package sqlite keeps all of a desk's facts in one SQLite database (modernc.org/sqlite, no cgo), as the
// rules of assist.Write and assist.Decision want it: what was acknowledged is on the disk.
//
// One connection writes; several read, each seeing what was committed when its statement began. Commit
// applies many writes in one transaction and is meant to be called by the one loop that gathers them
// (assist/ledger); every method is nevertheless safe for concurrent use.
//
// The package does not publish, check rights or decide: it stores what a decision says and tells what
// became of it. It starts one goroutine, which adds new messages to the full-text index while the writer
// has nothing better to do, and after an unclean stop of a large database a second one that checks it;
// Close stops both and waits for them.
package sqlite
