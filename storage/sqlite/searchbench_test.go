package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
)

// benchMessages is how many messages the large benchmarks hold; DESKHAND_BENCH_DB keeps the database
// between runs, because filling a million takes a minute.
const benchMessages = 1_000_000

// vocabulary makes text whose words are as unequally frequent as in a language (Zipf's law).
type vocabulary struct {
	latin, han []string
	zipf       *rand.Zipf
	rnd        *rand.Rand
}

func newVocabulary() *vocabulary {
	rnd := rand.New(rand.NewPCG(1, 2))
	v := &vocabulary{rnd: rnd, zipf: rand.NewZipf(rnd, 1.2, 4, 19_999)}
	for i := range 20_000 {
		var b strings.Builder
		for n := 3 + i%5; n > 0; n-- {
			b.WriteByte("etaoinshrdlucmfw"[rnd.IntN(16)])
		}
		v.latin = append(v.latin, b.String())
		v.han = append(v.han, string(rune(0x4e00+rnd.IntN(2500)))+string(rune(0x4e00+rnd.IntN(2500))))
	}
	return v
}

func (v *vocabulary) text(i int) string {
	words, gap := v.latin, " "
	if i%2 == 0 {
		words, gap = v.han, ""
	}
	out := make([]string, 6+v.rnd.IntN(8))
	for k := range out {
		out[k] = words[v.zipf.Uint64()]
	}
	return strings.Join(out, gap)
}

// largeStore is a database of benchMessages in 20,000 conversations, one of them of 10,000.
func largeStore(b *testing.B) (*Store, *vocabulary) {
	b.Helper()
	ctx := context.Background()
	dir := os.Getenv("DESKHAND_BENCH_DB")
	if dir == "" {
		dir = b.TempDir()
	}
	s, err := Open(ctx, Options{Dir: dir, IndexEvery: time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	v := newVocabulary()
	if rev, _ := s.Rev(ctx); rev > benchMessages {
		return s, v
	}
	fillLarge(ctx, b, s, v)
	began := time.Now()
	if err := s.IndexAll(ctx); err != nil {
		b.Fatal(err)
	}
	b.Logf("indexed in %v", time.Since(began))
	return s, v
}

func fillLarge(ctx context.Context, b *testing.B, s *Store, v *vocabulary) {
	b.Helper()
	at := time.UnixMilli(1_700_000_000_000)
	for n := 0; n < benchMessages; n += 500 {
		writes := make([]assist.Write, 500)
		for i := range writes {
			source := (n + i) % 20_000
			if i%50 == 0 && n < 500_000 {
				source = 0
			}
			text := v.text(n + i)
			writes[i] = startWrite(source)
			first := writes[i].Decide
			writes[i].ClientID = testID(n + i)
			writes[i].Decide = func(c assist.Conversation) (events []assist.Event, err error) {
				if c.Rev == 0 {
					events, _ = first(c)
				}
				return append(events, assist.Say(assist.ByCustomer(c.Customer), assist.Message{Kind: assist.KindText, Text: text})), nil
			}
		}
		if _, err := s.Commit(ctx, at.Add(time.Duration(n)*time.Millisecond), writes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLarge measures reading from a million messages: the last 50 of a conversation of 10,000, the
// list of open conversations, and searches of all sorts with their 99th percentile.
func BenchmarkLarge(b *testing.B) {
	ctx := context.Background()
	s, v := largeStore(b)
	b.Run("last50", func(b *testing.B) {
		for b.Loop() {
			if got, err := s.Messages(ctx, assist.MessageFilter{Conversation: 1}); err != nil || len(got) != 50 {
				b.Fatal(len(got), err)
			}
		}
	})
	b.Run("list200", func(b *testing.B) {
		for b.Loop() {
			if got, err := s.Conversations(ctx, assist.ConversationFilter{}); err != nil || len(got) != 200 {
				b.Fatal(len(got), err)
			}
		}
	})
	questions := map[string]func(i int) string{
		"word":      func(i int) string { return v.latin[i%100] + " " },
		"prefix":    func(i int) string { return v.latin[i%100][:3] },
		"two words": func(i int) string { return v.latin[i%50] + " " + v.latin[i%37] },
		"rare":      func(i int) string { return v.latin[10_000+i%5000] },
		"none":      func(i int) string { return fmt.Sprintf("zzz%d", i) },
		"chinese":   func(i int) string { return v.han[i%200] },
		"rare 2":    func(i int) string { return v.han[10_000+i%5000] },
		"no such":   func(i int) string { return v.han[i%300][3:] + v.han[i%200][:3] },
	}
	for name, question := range questions {
		b.Run("search/"+name, func(b *testing.B) { benchmarkSearch(ctx, b, s, question) })
	}
}

func benchmarkSearch(ctx context.Context, b *testing.B, s *Store, question func(int) string) {
	var took []time.Duration
	hits := 0
	before := cpuTime()
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		got, err := s.Search(ctx, question(i), assist.SearchFilter{})
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		hits += len(got)
	}
	b.ReportMetric(float64((cpuTime()-before).Microseconds())/1000/float64(len(took)), "cpu-ms/op")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(hits)/float64(len(took)), "hits")
}
