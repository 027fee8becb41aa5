// Package text measures, wraps, shortens and cleans the text that the window draws.
//
// Fyne wraps at spaces only, which tears Chinese apart, and measuring through its shaper costs a
// thousand times more than adding up numbers. So this package reads the advances and the kerning of
// the bundled fonts once per face and adds them up in the very 26.6 fixed point numbers the shaper
// uses: what it answers is what Fyne draws. Runes that the bundled fonts lack (emoji, Arabic, Hangul…)
// are asked of Fyne, once each, and remembered.
//
// Everything here is a pure function of its arguments, safe for concurrent use, and starts no goroutine.
// Offsets are byte offsets into the string, lengths are Fyne's device independent pixels. Text sizes are
// whole numbers: Fyne's shaper rounds sizes up for the advances, so a fraction would be drawn wrongly.
package text
