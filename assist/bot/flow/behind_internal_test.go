package flow

import "testing"

func TestParting(t *testing.T) {
	words := []string{"for", "to", "with", "换成", "换"}
	for text, want := range map[string]string{
		"swap my blue headphones for black": " black", "把银色那副换成黑色": "黑色", "exchange the headphones from NW-1 for a white pair": " a white pair",
		"I want another colour": "", "swap for": "", "the forest one": "", "想换黑的": "黑的", "I'd like to swap the black one for blue": " blue",
	} {
		got := ""
		if start, end := parting(text, words); start >= 0 {
			got = text[end:]
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
