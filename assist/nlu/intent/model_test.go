package intent_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/encoder"
	"deskhand/assist/nlu/intent"
)

// phrases are a small company's, in both languages.
func phrases() (out []nlu.Phrase) {
	add := func(intent, language string, frames []string, things ...string) {
		for _, f := range frames {
			for _, thing := range things {
				out = append(out, nlu.Phrase{Text: strings.ReplaceAll(f, "%", thing), Intent: intent, Language: language})
			}
		}
	}
	add("refund_request", "en", []string{"i want my money back for %", "please refund %", "can i get a refund on %", "refund for % please"}, "the shoes", "my order", "this lamp")
	add("track_package", "en", []string{"where is %", "track % for me", "when will % arrive", "has % been shipped"}, "my parcel", "the package", "my delivery")
	add("opening_hours", "en", []string{"when do you open on %", "are you open %", "opening hours for %", "what time do you close on %"}, "sunday", "monday", "holidays")
	add("refund_request", "zh", []string{"%我要退款", "请退%的钱", "%能退款吗", "帮我把%退了钱"}, "这双鞋", "我的订单", "这个灯")
	add("track_package", "zh", []string{"%到哪了", "帮我查%物流", "%什么时候到", "%发货了吗"}, "我的包裹", "快递", "那个件")
	add("opening_hours", "zh", []string{"%几点开门", "%营业吗", "%的营业时间", "%几点关门"}, "周日", "周一", "节假日")
	return out
}

// train makes a model; without the layered head, which the race detector makes slow, unless o asks for it.
func train(t testing.TB, list []nlu.Phrase, o intent.Options) *intent.Model {
	t.Helper()
	if o.LayeredFrom == 0 {
		o.LayeredFrom = -1
	}
	m, err := intent.Train(list, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTrain_OrderAndRepeatsPlayNoPart(t *testing.T) {
	list := phrases()
	want := train(t, list, intent.Options{Workers: 1})
	mixed := append(slices.Clone(list), list[3], list[7])
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	got := train(t, mixed, intent.Options{Workers: 3})
	if got.Hash() != want.Hash() || got.Phrases() != want.Phrases() {
		t.Errorf("shuffled phrases make model %.8s of %.8s, want %.8s of %.8s", got.Hash(), got.Phrases(), want.Hash(), want.Phrases())
	}
	if other := train(t, list[1:], intent.Options{}); other.Hash() == want.Hash() || other.Phrases() == want.Phrases() {
		t.Error("other phrases make the same model")
	}
}

func TestRead_UnseenTextsInBothLanguages(t *testing.T) {
	m := train(t, phrases(), intent.Options{LayeredFrom: 1})
	for text, want := range map[string]nlu.Reading{
		"could you refund the lamp, I want my money": {Language: "en", Ranked: []nlu.Candidate{{Intent: "refund_request"}}},
		"WHERE IS my PARCEL???":                      {Language: "en", Ranked: []nlu.Candidate{{Intent: "track_package"}}},
		"what time do you close":                     {Language: "en", Ranked: []nlu.Candidate{{Intent: "opening_hours"}}},
		"我想退这双鞋的钱":                                   {Language: "zh", Ranked: []nlu.Candidate{{Intent: "refund_request"}}},
		"我的快递什么时候到啊":                                 {Language: "zh", Ranked: []nlu.Candidate{{Intent: "track_package"}}},
		"周六几点开门":                                     {Language: "zh", Ranked: []nlu.Candidate{{Intent: "opening_hours"}}},
	} {
		got := m.Read(text)
		if got.Best().Intent != want.Best().Intent || got.Language != want.Language || got.OutOfScope {
			t.Errorf("Read(%q) = %+v, want %s in %s", text, got, want.Best().Intent, want.Language)
		}
		if len(got.Ranked) < 2 || math.Abs(got.Margin-(got.Ranked[0].Confidence-got.Ranked[1].Confidence)) > 1e-9 {
			t.Errorf("Read(%q) ranks %v with margin %v", text, got.Ranked, got.Margin)
		}
	}
}

func TestRead_RejectsWhatIsUnlikeEverything(t *testing.T) {
	m := train(t, phrases(), intent.Options{})
	for _, text := range []string{"quantum chromodynamics lecture", "sing a lullaby about dinosaurs", "恐龙唱歌", "👍", ""} {
		if got := m.Read(text); !got.OutOfScope {
			t.Errorf("Read(%q) = %+v, want it rejected", text, got)
		}
	}
	if got := m.Read("👍"); len(got.Ranked) != 0 {
		t.Errorf("a text without words ranks %v", got.Ranked)
	}
}

func TestRead_NeverRanksOutOfScope(t *testing.T) {
	list := phrases()
	for i := range 30 {
		list = append(list, nlu.Phrase{Text: fmt.Sprintf("sing song number %c about the moon", 'a'+i), Intent: nlu.OutOfScope})
	}
	m := train(t, list, intent.Options{})
	got := m.Read("sing another song about the stars")
	if !got.OutOfScope {
		t.Errorf("what resembles the examples out of scope is read as %+v", got)
	}
	for _, c := range got.Ranked {
		if nlu.IsOutOfScope(c.Intent) {
			t.Errorf("%s is ranked", c.Intent)
		}
	}
	if m.Read("please refund my order").OutOfScope {
		t.Error("a training text is rejected")
	}
}

func TestTrain_RefusesWhatIsNoUse(t *testing.T) {
	for name, list := range map[string][]nlu.Phrase{
		"nothing":          nil,
		"one intent":       {{Text: "a b", Intent: "x"}, {Text: "c d", Intent: "x"}},
		"no intent's name": {{Text: "a", Intent: "x"}, {Text: "b", Intent: "y"}, {Text: "c"}},
		"only signs":       {{Text: "!!", Intent: "x"}, {Text: "??", Intent: "y"}},
	} {
		if _, err := intent.Train(list, intent.Options{}); !errors.Is(err, intent.ErrPhrases) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestLoad_ReadsAlike(t *testing.T) {
	m := train(t, phrases()[:30], intent.Options{LayeredFrom: 1})
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	again, err := intent.Load(bytes.NewReader(b.Bytes()), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != m.Hash() || again.Version() != m.Version() {
		t.Errorf("loaded %s, saved %s", again.Hash(), m.Hash())
	}
	if x, y := again.Read("where is my lamp"), m.Read("where is my lamp"); x.Score != y.Score || !slices.Equal(x.Ranked, y.Ranked) {
		t.Errorf("loaded reads %+v, trained %+v", x, y)
	}
	for _, cut := range []int{0, 10, 40, b.Len() / 2, b.Len() - 1} {
		if _, err := intent.Load(bytes.NewReader(b.Bytes()[:cut]), nil, nil); !errors.Is(err, intent.ErrFormat) {
			t.Errorf("%d bytes of the file load with %v", cut, err)
		}
	}
	e, err := encoder.Train(nil, nil, encoder.Options{Bits: 4, Dim: 4})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := intent.Load(bytes.NewReader(b.Bytes()), e, nil); !errors.Is(err, intent.ErrEncoder) {
		t.Errorf("another encoder: error %v", err)
	}
}

func TestTrain_WithEncoder(t *testing.T) {
	e, err := encoder.Train([]encoder.Set{{Name: "own", Phrases: phrases()}}, nil, encoder.Options{Bits: 10, Dim: 16, WordDim: 8})
	if err != nil {
		t.Fatal(err)
	}
	m := train(t, phrases(), intent.Options{Encoder: e})
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	again, err := intent.Load(&b, e, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Read("我的包裹到哪里了"); got.Best().Intent != "track_package" {
		t.Errorf("read as %+v", got)
	}
}

func TestRead_FromManyGoroutines(t *testing.T) {
	m := train(t, phrases(), intent.Options{})
	want := m.Read("has my lamp been shipped").Score
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if got := m.Read("has my lamp been shipped").Score; got != want {
					t.Errorf("score %v, want %v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzRead(f *testing.F) {
	m := train(f, phrases(), intent.Options{})
	for _, s := range []string{"refund and where is my parcel", "退款，然后查物流", "\xff\xfe", "", strings.Repeat("a ", 3000), "\u202e退", "1. 2. 3."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, p := range intent.Split(s, m, nil) {
			if p.Start < end || p.End < p.Start || p.End > len(s) || s[p.Start:p.End] != p.Text {
				t.Fatalf("Split(%q): part %q at %d to %d after %d", s, p.Text, p.Start, p.End, end)
			}
			end = p.End
			if math.IsNaN(p.Reading.Score) || math.IsNaN(p.Reading.Margin) {
				t.Fatalf("Split(%q) has a NaN: %+v", s, p)
			}
			sum := 0.
			for _, c := range p.Reading.Ranked {
				if math.IsNaN(c.Confidence) || c.Confidence < 0 {
					t.Fatalf("confidence %v", c.Confidence)
				}
				sum += c.Confidence
			}
			if sum > 1.001 {
				t.Fatalf("confidences of %q add up to %v", s, sum)
			}
		}
	})
}

func FuzzLoad(f *testing.F) {
	var b bytes.Buffer
	if err := train(f, phrases()[:30], intent.Options{}).Save(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes()[:600])
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := intent.Load(bytes.NewReader(data), nil, nil); err == nil {
			m.Read("hello")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	m := train(b, phrases(), intent.Options{})
	for b.Loop() {
		m.Read("good morning, could you please tell me when my parcel arrives")
	}
}
