package text

import "unicode"

// Token is a piece of a normalised text: a word, a run of digits with its shape, or one Han character.
type Token struct {
	// Text is the token. Digits are all written '0': which number it was does not tell what is wanted.
	Text string
	// Han tells that Text is one Chinese character.
	Han bool
	// Start and End bound the token in the normalised text, in bytes.
	Start, End int
}

// Tokens splits a normalised text. Apostrophes inside a word belong to it ("haven't"); everything else that is
// no letter, mark or digit separates.
func Tokens(s string) []Token {
	tokens := make([]Token, 0, 16)
	start := -1
	end := func(at int) {
		if start >= 0 {
			tokens = append(tokens, Token{Text: shape(s[start:at]), Start: start, End: at})
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			end(i)
			size := len(string(r))
			tokens = append(tokens, Token{Text: s[i : i+size], Han: true, Start: i, End: i + size})
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
		case r == '\'' && start >= 0 && letterAt(s, i+1):
		default:
			end(i)
		}
	}
	end(len(s))
	return tokens
}

// letterAt tells whether a Latin letter stands at byte i.
func letterAt(s string, i int) bool { return i < len(s) && s[i] >= 'a' && s[i] <= 'z' }

// shape writes every ASCII digit as 0; NFKC has made the full-width ones ASCII.
func shape(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= '1' && s[i] <= '9' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= '1' && b[i] <= '9' {
					b[i] = '0'
				}
			}
			return string(b)
		}
	}
	return s
}
