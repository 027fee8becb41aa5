package entity

import "unicode/utf8"

// alike tells how well a word is a misspelling of a name's, 0 if it is another word. Short words must be
// spelt right: too many others are near them. words is how many the text has; in a short answer a slip is
// likelier than another word.
func alike(typed, name string, words int) float64 {
	if len(typed) < 3 || len(name) < 4 || len(typed)-len(name) > 4 || len(name)-len(typed) > 4 || typed[0] != name[0] && len(name) < 7 {
		return 0 // in bytes, to be quick; the same again in characters
	}
	a, b := []rune(typed), []rune(name)
	if len(b) < 4 || len(a) < 3 || a[0] != b[0] && len(b) < 7 {
		return 0
	}
	most := 1
	if len(b) >= 8 {
		most = 2
	}
	d, swapped := distance(a, b, most)
	if d == 0 || d > most {
		return 0
	}
	if len(b) <= 5 && len(a) == len(b) && !swapped && words > 2 {
		return 0 // start is no slip of smart
	}
	if len(b) == 4 && words > 4 && !swapped {
		return 0
	}
	return 1 - 0.12*float64(d)
}

// distance is the optimal string alignment distance (Damerau 1964; Boytsov 2011, 2.1) up to most, and whether
// it has a swap of neighbours; beyond most it is most+1.
func distance(a, b []rune, most int) (d int, swapped bool) {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 40 || len(b) > 40 {
		return most + 1, false
	}
	var rows [3][42]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, above, two := &rows[i%3], &rows[(i-1)%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] && a[i-1] != a[i-2] && two[j-2]+1 <= row[j] {
				row[j] = two[j-2] + 1
				swapped = swapped || row[j] == 1
			}
		}
	}
	return rows[len(a)%3][len(b)], swapped
}

// isHanName reports whether the source looks like a person's Chinese name: two to four characters.
func (s *source) isHanName() bool {
	for _, t := range s.tokens {
		if t.kind != han {
			return false
		}
	}
	return 2 <= len(s.tokens) && len(s.tokens) <= 4 && utf8.ValidString(s.raw)
}
