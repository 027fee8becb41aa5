package text

import "unicode/utf8"

// Group is a family of features; each is weighed and brought to length 1 by itself.
type Group uint8

// The groups, in the order in which models store them.
const (
	Words Group = iota // words and their stems; single Han characters
	Pairs              // neighbouring words, neighbouring stems; neighbouring Han characters
	Chars              // characters 2 to 5 inside words; three Han characters
	Groups
)

// Feature is one hashed property of a text. Only the hash is kept, so that a model holds nobody's words.
type Feature struct {
	Hash  uint32
	Group Group
}

// Features lists what the n-gram models count of a text's tokens, repeats included, in reading order.
func Features(tokens []Token) []Feature {
	out := make([]Feature, 0, 24*len(tokens)+4)
	last, lastStem := "^", "^"
	for i, t := range tokens {
		stem := t.Text
		out = append(out, Feature{Hash: hash(seedWord, t.Text, ""), Group: Words}, Feature{Hash: hash(seedPair, last, t.Text), Group: Pairs})
		switch {
		case !t.Han:
			stem = Stem(t.Text)
			out = append(out, Feature{Hash: hash(seedStem, stem, ""), Group: Words}, Feature{Hash: hash(seedStemPair, lastStem, stem), Group: Pairs})
			out = chars(out, t.Text, 2, 5)
		case i >= 2 && tokens[i-1].Han && tokens[i-2].Han:
			out = append(out, Feature{Hash: hash(seedChar, tokens[i-2].Text+tokens[i-1].Text, t.Text), Group: Chars})
		}
		last, lastStem = t.Text, stem
	}
	if len(tokens) > 0 {
		out = append(out, Feature{Hash: hash(seedPair, last, "$"), Group: Pairs})
	}
	return out
}

// WordHash is the hash under which Features counts a word, and Unknown a model's unknown ones.
func WordHash(word string) uint32 { return hash(seedWord, word, "") }

// StemHash is the hash under which Features counts the stem of a word.
func StemHash(word string) uint32 { return hash(seedStem, Stem(word), "") }

// chars appends the character n-grams of <word>, lo to hi characters long.
func chars(out []Feature, word string, lo, hi int) []Feature {
	w := "<" + word + ">"
	for i := 0; i < len(w); {
		_, step := utf8.DecodeRuneInString(w[i:])
		end := i
		for n := 1; n <= hi && end < len(w); n++ {
			_, size := utf8.DecodeRuneInString(w[end:])
			end += size
			if n >= lo {
				out = append(out, Feature{Hash: hash(seedChar, w[i:end], ""), Group: Chars})
			}
		}
		i += step
	}
	return out
}

// Seeds keep equal strings of different kinds apart.
const (
	seedWord     uint32 = 0x9e3779b9
	seedPair     uint32 = 0x85ebca6b
	seedChar     uint32 = 0xc2b2ae35
	seedStem     uint32 = 0x27d4eb2f
	seedStemPair uint32 = 0x165667b1
)

// hash is FNV-1a over a, a separator and b, with Murmur3's finaliser so that the low bits are good enough to
// be used as an index.
func hash(seed uint32, a, b string) uint32 {
	h := seed ^ 2166136261
	for i := 0; i < len(a); i++ {
		h = (h ^ uint32(a[i])) * 16777619
	}
	if b != "" {
		h = (h ^ 0xff) * 16777619
		for i := 0; i < len(b); i++ {
			h = (h ^ uint32(b[i])) * 16777619
		}
	}
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

// EncoderFeatures lists what the bag encoder sums: words, stems, pairs of stems, characters 3 to 5 of <word>,
// Han characters and their pairs; hashes to be taken modulo the size of its table.
func EncoderFeatures(tokens []Token) []uint32 {
	out := make([]uint32, 0, 16*len(tokens))
	var grams [64]Feature
	last := "^"
	for _, t := range tokens {
		s := t.Text
		out = append(out, hash(seedWord, s, ""))
		if !t.Han {
			s = Stem(s)
			out = append(out, hash(seedStem, s, ""))
			for _, f := range chars(grams[:0], t.Text, 3, 5) {
				out = append(out, f.Hash)
			}
		}
		out = append(out, hash(seedStemPair, last, s))
		last = s
	}
	return out
}
