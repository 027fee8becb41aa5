package config

import "strings"

// meant suggests the setting whose name is nearest, if one is near.
func meant(key string, settings []setting) string {
	best, least := "", 3
	for _, s := range settings {
		if d := distance(key, s.key); d < least {
			best, least = s.key, d
		}
	}
	if best != "" {
		return "; did you mean " + best + "?"
	}
	var all []string
	for _, s := range settings {
		all = append(all, s.key)
	}
	return "; there are " + strings.Join(all, ", ")
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
