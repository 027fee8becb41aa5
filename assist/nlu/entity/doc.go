// Package entity finds values in what a customer typed, in English and Simplified Chinese, and resolves them:
// amounts, dates and times, durations, phones, e-mails, addresses, order numbers, one-time codes, places,
// positions ("the second one"), the things of a company or customer by name or by reference (Match), and
// whether an answer is the customer's own yes (YesNo).
//
// It only reads: values are resolved as they were written and never repaired, rounded or guessed. A value
// that can't be used carries its Problem; one that could be two things is flagged, or given twice, and the
// caller asks. Clock, place, currency and items are passed in. All functions are safe for concurrent use,
// start no goroutines, do no I/O, and accept any bytes; positions are byte offsets in the text as given, at
// the boundaries of characters.
package entity

import "time"

// Context is what the reading of a text depends on beside the text.
type Context struct {
	Now      time.Time // in the location of the inbox, which resolved times are in too
	Language string    // of the conversation, "en" or "zh"; settles what the text leaves open
	Currency string    // ISO 4217 code of the company's currency; settles what "$" and "¥" mean
	Country  string    // ISO 3166 alpha-2 code, for phones without a country code and for "3/4"
}

// Span is a stretch of a text.
type Span struct {
	Start, End int    // byte offsets in the text as given
	Text       string // the value: what stands there, normalised as the function says
}
