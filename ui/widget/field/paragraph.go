package field

import "strings"

// paragraphAround returns the line of s, between line breaks, that i lies in, for a triple click.
func paragraphAround(s string, i int) (from, to int) {
	from = strings.LastIndexByte(s[:i], '\n') + 1
	to = len(s)
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		to = i + n
	}
	return from, to
}
