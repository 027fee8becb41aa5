package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"

	"deskhand/assets"
	"deskhand/assist/replay"
)

// corpus makes messages as people write them: sentences put together from words of the recorded customers,
// common words more often than rare ones, in both languages.
type corpus struct {
	rnd     *rand.Rand
	english []string // by how often they are said, most often first
	chinese []string // stretches of 2 to 6 characters
	en, zh  *rand.Zipf
}

func newCorpus(seed uint64) (*corpus, error) {
	c := &corpus{rnd: rand.New(rand.NewPCG(seed, seed))}
	for _, name := range []string{"multidogo", "crosswoz"} {
		f, err := assets.Demo.Open("demo/customers/" + name + ".tsv")
		if err != nil {
			return nil, err
		}
		all, err := replay.Read(name, f)
		if err != nil {
			return nil, err
		}
		for _, v := range all {
			c.learn(v.Turns)
		}
	}
	c.en = rand.NewZipf(c.rnd, 1.1, 8, uint64(len(c.english)-1))
	c.zh = rand.NewZipf(c.rnd, 1.1, 8, uint64(len(c.chinese)-1))
	return c, nil
}

func (c *corpus) learn(turns []string) {
	known := map[string]bool{}
	for _, t := range turns {
		for _, w := range strings.FieldsFunc(t, func(r rune) bool { return !unicode.IsLetter(r) }) {
			runes := []rune(w)
			switch {
			case known[w]:
			case unicode.Is(unicode.Han, runes[0]):
				for len(runes) >= 2 {
					n := min(2+c.rnd.IntN(5), len(runes))
					c.chinese, runes = append(c.chinese, string(runes[:n])), runes[n:]
				}
			case len(w) > 1:
				c.english = append(c.english, strings.ToLower(w))
			}
			known[w] = true
		}
	}
}

// sentence is one message; every hundredth names an order, so that there are rare words as well.
func (c *corpus) sentence() string {
	var b strings.Builder
	if c.rnd.IntN(2) == 0 {
		for i := range 4 + c.rnd.IntN(12) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(c.english[c.en.Uint64()])
		}
	} else {
		for i := range 3 + c.rnd.IntN(6) {
			if i > 0 && c.rnd.IntN(4) == 0 {
				b.WriteString("，")
			}
			b.WriteString(c.chinese[c.zh.Uint64()])
		}
	}
	if c.rnd.IntN(100) == 0 {
		fmt.Fprintf(&b, " %s", c.order())
	}
	return b.String()
}

func (c *corpus) order() string { return fmt.Sprintf("NW%07d", c.rnd.IntN(10_000_000)) }

// questions are what people look for, in equal parts: words of the vocabulary, each as likely as any other (every
// second time two of them), an order's number, something that nobody wrote, and Chinese words of two characters.
func (c *corpus) questions(n int) []string {
	out := make([]string, 0, n)
	for i := range n {
		switch i % 4 {
		case 0:
			q := c.english[c.rnd.IntN(len(c.english))]
			if i%8 == 4 {
				q += " " + c.english[c.rnd.IntN(len(c.english))]
			}
			out = append(out, q)
		case 1:
			out = append(out, c.order())
		case 2:
			out = append(out, fmt.Sprintf("qzx%dvw", c.rnd.IntN(1000)))
		case 3:
			out = append(out, string([]rune(c.chinese[c.rnd.IntN(len(c.chinese))])[:2]))
		}
	}
	return out
}
