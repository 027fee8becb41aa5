package intent_test

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"testing"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/intent"
)

// meanings is a sentence encoder that knows which made-up words mean the same; with noise it knows nothing.
type meanings struct {
	groups map[string]int
	noise  bool
	hash   string
}

func (m meanings) Dimensions() int { return 8 }
func (m meanings) Hash() string    { return m.hash }

func (m meanings) Encode(text string, out []float32) {
	clear(out)
	if m.noise {
		h := fnv.New32a()
		_, _ = h.Write([]byte(text))
		out[h.Sum32()%8] = 1
		return
	}
	for _, w := range strings.Fields(text) {
		if g, ok := m.groups[w]; ok {
			out[g] = 1
			return
		}
	}
}

// unlike are phrases of three intents, one made-up word each: n-grams tell nothing of new ones.
func unlike() ([]nlu.Phrase, meanings) {
	m := meanings{groups: map[string]int{}, hash: "aa"}
	r := rand.New(rand.NewPCG(1, 2))
	var list []nlu.Phrase
	for n := range 60 {
		word := make([]byte, 5)
		for i := range word {
			word[i] = byte('a' + r.IntN(26))
		}
		m.groups[string(word)] = n % 3
		list = append(list, nlu.Phrase{Text: string(word), Intent: fmt.Sprintf("intent_%d", n%3)})
	}
	return list, m
}

func TestTrain_UsesASentenceEncoderThatHelps(t *testing.T) {
	phrases, m := unlike()
	with, err := intent.Train(phrases, intent.Options{Sentences: m, LayeredFrom: -1})
	if err != nil {
		t.Fatal(err)
	}
	without, err := intent.Train(phrases, intent.Options{LayeredFrom: -1})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := with.Report().Accuracy, without.Report().Accuracy; a < .95 || b > .7 {
		t.Errorf("cross-validated accuracy %.2f with it, %.2f without", a, b)
	}
	if r := with.Read(phrases[3].Text); r.Best().Intent != phrases[3].Intent || with.Hash() == without.Hash() {
		t.Errorf("read as %+v", r)
	}
}

func TestTrain_LeavesOutASentenceEncoderThatDoesNot(t *testing.T) {
	list := phrases()
	plain, err := intent.Train(list, intent.Options{LayeredFrom: -1})
	if err != nil {
		t.Fatal(err)
	}
	noisy, err := intent.Train(list, intent.Options{LayeredFrom: -1, Sentences: meanings{noise: true, hash: "aa"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if a, b := plain.Read(p.Text), noisy.Read(p.Text); a.Best() != b.Best() {
			t.Fatalf("%q is read as %+v and %+v", p.Text, a.Best(), b.Best())
		}
	}
}

func TestLoad_WantsTheSentenceEncoderThatItWasTrainedWith(t *testing.T) {
	phrases, m := unlike()
	trained, err := intent.Train(phrases, intent.Options{Sentences: m, LayeredFrom: -1})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := trained.Save(&b); err != nil {
		t.Fatal(err)
	}
	again, err := intent.Load(bytes.NewReader(b.Bytes()), nil, m)
	if err != nil || again.Hash() != trained.Hash() || again.Read(phrases[7].Text).Best() != trained.Read(phrases[7].Text).Best() {
		t.Errorf("read back: %v", err)
	}
	other := m
	other.hash = "bb"
	for name, s := range map[string]intent.Sentences{"another": other, "none": nil} {
		if _, err := intent.Load(bytes.NewReader(b.Bytes()), nil, s); !errors.Is(err, intent.ErrEncoder) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
