// Package thread is the view of one conversation: bubbles, notes, system lines, dividers, as many as there are, of
// which only the visible ones exist as canvas objects.
//
// Heights of all items are kept as prefix sums; scrolling finds the first visible one by binary search and moves one
// container. Whatever changes above or below, the item at the upper edge stays where it is, unless the view shows the
// end: then it keeps showing the end. Texts are shown as they are, nothing in them is interpreted.
//
// A Thread belongs to Fyne's main goroutine. The package starts no goroutine.
package thread
