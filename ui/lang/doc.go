// Package lang is the catalogue of the strings that people read, and how dates, durations and numbers are
// written in each language.
//
// Strings live in assets/lang/<tag>/ui.json as a flat object of key to text; English is the source. A text may
// hold {name} for an argument. A text that depends on a number has the keys "<key>.one" and "<key>.other";
// Chinese needs only the latter. The language can be switched while the program runs: who shows texts observes the
// catalogue and sets them anew.
//
// A Catalogue may be read from any goroutine; Use and Observe belong to the goroutine that shows the texts. The
// package starts no goroutine.
package lang
