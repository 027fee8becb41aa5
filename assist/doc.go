// Package assist is the vocabulary of Deskhand: the nouns of a customer-service desk, the facts (events)
// that happen to them, and how a fact changes a conversation. It does nothing by itself: no I/O, no
// goroutines, and no imports but the standard library's. Everything that does something is a sub-package
// named for its job.
//
// JSON tags on these types are the names that the wire protocol (wire/PROTOCOL.md) and the export use, so
// that one thing has one name everywhere.
package assist
