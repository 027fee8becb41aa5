// Package state folds what a hub sends into what the screens show: the lists of conversations, open conversations
// with their messages, who types, who looks on, colleagues, macros. It knows neither Fyne nor sockets nor words of
// any language.
//
// A Desk has one owner, the goroutine that paints: nothing here is safe for concurrent use, and no goroutine is
// started. Time comes from Options.Now.
package state
