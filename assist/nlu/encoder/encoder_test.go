package encoder_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"testing"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/text"
	"deskhand/assist/nlu/vector"
)

// sets are two small collections: things of three kinds, said in a few ways.
func sets() []encoder.Set {
	var out []encoder.Set
	for _, s := range []map[string][]string{
		{"fruit": {"apple", "pear", "plum", "cherry"}, "tool": {"hammer", "saw", "drill", "wrench"}, "pet": {"cat", "dog", "hamster", "parrot"}},
		{"buy": {"purchase", "buy", "acquire", "get"}, "sell": {"sell", "vend", "trade in", "auction"}},
	} {
		set := encoder.Set{}
		for _, kind := range []string{"buy", "fruit", "pet", "sell", "tool"} {
			for _, thing := range s[kind] {
				for _, frame := range []string{"where is the %s now", "i would like the %s please", "tell me about a %s"} {
					set.Phrases = append(set.Phrases, nlu.Phrase{Text: fmt.Sprintf(frame, thing), Intent: kind})
				}
			}
		}
		out = append(out, set)
	}
	return out
}

func train(t *testing.T, o encoder.Options) *encoder.Encoder {
	t.Helper()
	o.Bits, o.Dim, o.WordDim = 10, 16, 8
	e, err := encoder.Train(sets(), []encoder.Gloss{{Words: []string{"feline", "cat"}, Text: "a small animal; \"the cat sat\""}}, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func meaning(e *encoder.Encoder, s string) []float32 {
	m, p := e.Dimensions()
	out := make([]float32, m)
	e.Encode(text.Tokens(text.Normalise(s)), out, make([]float32, p))
	return out
}

func TestTrain_TextsOfOneKindMeet(t *testing.T) {
	e := train(t, encoder.Options{Epochs: 400})
	near := vector.Dot(meaning(e, "the apple"), meaning(e, "a cherry"))
	far := vector.Dot(meaning(e, "the apple"), meaning(e, "the hammer"))
	if near < far+.3 {
		t.Errorf("two fruits are %.2f alike, a fruit and a tool %.2f", near, far)
	}
}

func TestTrain_IsTheSameForAnyNumberOfWorkers(t *testing.T) {
	if a, b := train(t, encoder.Options{Workers: 1}), train(t, encoder.Options{Workers: 5}); a.Hash() != b.Hash() {
		t.Errorf("one worker makes %s, five make %s", a.Hash(), b.Hash())
	}
	if a, b := train(t, encoder.Options{}), train(t, encoder.Options{Seed: 2}); a.Hash() == b.Hash() {
		t.Error("another seed makes the same encoder")
	}
}

func TestEncode_EmptyAndStrangeTextsGiveNoNaN(t *testing.T) {
	e := train(t, encoder.Options{})
	for _, s := range []string{"", "zzzz", "退款", "apple apple apple apple", "\xff"} {
		for _, v := range meaning(e, s) {
			if math.IsNaN(float64(v)) {
				t.Errorf("the meaning of %q has a NaN", s)
			}
		}
	}
}

func TestTrain_WithoutTexts(t *testing.T) {
	e, err := encoder.Train(nil, nil, encoder.Options{Bits: 4, Dim: 4})
	if err != nil {
		t.Fatal(err)
	}
	if got := meaning(e, "hello"); vector.Norm(got) != 0 {
		t.Errorf("an encoder that learned nothing tells %v", got)
	}
}

func TestLoad_ReadsWhatSaveWrote(t *testing.T) {
	e := train(t, encoder.Options{})
	var b bytes.Buffer
	if err := e.Save(&b); err != nil {
		t.Fatal(err)
	}
	again, err := encoder.Load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != e.Hash() {
		t.Errorf("loaded %s, saved %s", again.Hash(), e.Hash())
	}
	for _, cut := range []int{0, 5, 20, b.Len() / 2, b.Len() - 1} {
		if _, err := encoder.Load(b.Bytes()[:cut]); !errors.Is(err, encoder.ErrFormat) {
			t.Errorf("%d bytes of the file load with %v", cut, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("deskhand encoder 1\n\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := encoder.Load(data)
		if err != nil {
			return
		}
		for _, v := range meaning(e, "hello there") {
			if math.IsNaN(float64(v)) {
				t.Fatal("a loaded encoder tells a NaN")
			}
		}
	})
}
