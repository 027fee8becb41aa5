package text

import "strings"

// Stem strips the commonest English endings of a lower-case word: enough for "refunded", "refunds" and
// "refunding" to meet. It is weaker than Porter's on purpose: short service texts have few derived forms, and
// the character n-grams catch the rest. Words of other scripts come back as they are.
func Stem(w string) string {
	if len(w) <= 3 || w[0] >= 0x80 {
		return w
	}
	w = strings.TrimSuffix(w, "'s")
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	switch {
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ing") && voweled(w[:len(w)-3]):
		return undouble(w[:len(w)-3])
	case strings.HasSuffix(w, "ed") && voweled(w[:len(w)-2]):
		return undouble(w[:len(w)-2])
	case strings.HasSuffix(w, "ly") && len(w) > 5:
		return w[:len(w)-2]
	case strings.HasSuffix(w, "e") && len(w) > 4:
		return w[:len(w)-1]
	}
	return w
}

// voweled tells whether what an ending leaves can be a word: three letters, one a vowel.
func voweled(w string) bool { return len(w) >= 3 && strings.ContainsAny(w, "aeiouy") }

// undouble undoes the doubled consonant of "cancelled" and the mute e that Stem drops elsewhere.
func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("aeiouls", rune(w[n-1])) {
		return w[:n-1]
	}
	if strings.HasSuffix(w, "ll") && n > 5 {
		return w[:n-1]
	}
	if n > 4 && w[n-1] == 'e' {
		return w[:n-1]
	}
	return w
}
