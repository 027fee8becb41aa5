// Package wire is the language that hub, desktop and customer's page speak over WebSockets: its frames, how
// they are read (strictly) and written, its limits and close codes. PROTOCOL.md beside this file describes it
// so exactly that a client can be written from it alone. The package starts no goroutines and does no I/O.
package wire
