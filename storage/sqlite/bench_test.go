package sqlite

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"deskhand/assist"
)

func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// testID makes a UUID of version 7's shape from a number.
func testID(n int) assist.ClientID {
	return assist.ClientID(fmt.Sprintf("018f5e6a-%04x-7%03x-8%03x-%012x", n>>24&0xffff, n>>12&0xfff, n&0xfff, n))
}

func startWrite(n int) assist.Write {
	return assist.Write{
		Start: &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: fmt.Sprintf("v%d", n)}},
		Decide: func(c assist.Conversation) ([]assist.Event, error) {
			return []assist.Event{{Actor: assist.ByCustomer(c.Customer), Data: assist.Started{Inbox: c.Inbox, Customer: c.Customer}}}, nil
		},
	}
}

// BenchmarkCommit stores messages of one write each, as the hub does under load. An operation is a message.
func BenchmarkCommit(b *testing.B) {
	for _, size := range []struct{ batch, conversations int }{{1, 500}, {50, 500}, {200, 50}, {200, 500}, {512, 500}} {
		b.Run(fmt.Sprintf("batch=%d/conversations=%d", size.batch, size.conversations), func(b *testing.B) {
			benchmarkCommit(b, size.batch, size.conversations)
		})
	}
}

func benchmarkCommit(b *testing.B, batch, conversations int) {
	ctx := context.Background()
	s, err := Open(ctx, Options{Dir: b.TempDir(), IndexEvery: time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	at := time.UnixMilli(1_700_000_000_000)
	for i := range conversations {
		if _, err := s.Commit(ctx, at, []assist.Write{startWrite(i)}); err != nil {
			b.Fatal(err)
		}
	}
	say := func(c assist.Conversation) ([]assist.Event, error) {
		return []assist.Event{assist.Say(assist.ByCustomer(c.Customer),
			assist.Message{Kind: assist.KindText, Text: "Hello, I would like to ask about my order of last week, please."})}, nil
	}
	b.ReportAllocs()
	b.ResetTimer()
	before := cpuTime()
	for n := 0; n < b.N; n += batch {
		writes := make([]assist.Write, batch)
		for i := range writes {
			writes[i] = assist.Write{Conversation: assist.ConversationID((n+i)%conversations + 1), ClientID: testID(n + i), Decide: say}
		}
		out, err := s.Commit(ctx, at.Add(time.Duration(n)*time.Millisecond), writes)
		if err != nil || out[0].Err != nil || out[0].Duplicate {
			b.Fatal(err, out[0])
		}
	}
	b.ReportMetric(float64(cpuTime()-before)/float64(b.N)/1000, "cpu-µs/msg")
}

// BenchmarkIndex brings messages of both languages into the full-text index. An operation is a message.
func BenchmarkIndex(b *testing.B) {
	ctx := context.Background()
	s, err := Open(ctx, Options{Dir: b.TempDir(), IndexEvery: time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	v := newVocabulary()
	for n := 0; n < b.N; n += 500 {
		writes := make([]assist.Write, min(500, b.N-n))
		for i := range writes {
			writes[i] = startWrite(n + i)
			start, text := writes[i].Decide, v.text(n+i)
			writes[i].Decide = func(c assist.Conversation) ([]assist.Event, error) {
				events, err := start(c)
				return append(events, assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: text})), err
			}
		}
		if _, err := s.Commit(ctx, time.UnixMilli(1), writes); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	before := cpuTime()
	if err := s.IndexAll(ctx); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(cpuTime()-before)/float64(b.N)/1000, "cpu-µs/msg")
	size, err := s.IndexBytes(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(size)/float64(b.N), "B/msg")
}
