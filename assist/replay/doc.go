// Package replay plays recorded customers: it reads conversations from tab-separated files and types what their
// customers said, at human pace, through the customer's socket of a hub. Play plays each once, Loop goes on
// until it is told to stop. Both start goroutines per customer and wait for them before they return.
package replay
