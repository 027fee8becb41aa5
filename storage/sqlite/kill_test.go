package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/storage/sqlite"
)

// commitUntilKilled is the child: it commits batches for ever and prints every receipt it may rely on.
func commitUntilKilled(dir string) error {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, sqlite.Options{Dir: dir, IndexEvery: 10 * time.Millisecond})
	if err != nil {
		return err
	}
	rev, err := s.Rev(ctx)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for n := int(rev); ; n += 50 {
		writes := make([]assist.Write, 50)
		for i := range writes {
			writes[i] = talk(fmt.Sprint("v", i%7), clientID(n+i), "hello 你好")
		}
		done, err := s.Commit(ctx, time.Now(), writes)
		if err != nil {
			return err
		}
		for _, w := range done {
			fmt.Fprintln(out, w.Receipt.Conversation, w.Receipt.ClientID, w.Receipt.Seq)
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

func clientID(n int) assist.ClientID {
	return assist.ClientID(fmt.Sprintf("018f5e6a-7b3c-7ddd-8eee-%012x", n))
}

// talk is a customer's message, the first of which starts the conversation.
func talk(source string, id assist.ClientID, text string) assist.Write {
	return assist.Write{ClientID: id,
		Start: &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: source}},
		Decide: func(c assist.Conversation) (events []assist.Event, err error) {
			if c.Rev == 0 {
				events = append(events, assist.Event{Actor: assist.ByCustomer(c.Customer), Data: assist.Started{Inbox: c.Inbox, Customer: c.Customer}})
			}
			return append(events, assist.Say(assist.ByCustomer(c.Customer), assist.Message{Kind: assist.KindText, Text: text})), nil
		}}
}

func TestKill9_LosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	acked := map[string]string{} // conversation and client id → seq
	for round := range 4 {
		for _, line := range runAndKill(t, dir, 200*(round+1)) {
			c, rest, _ := strings.Cut(line, " ")
			id, seq, whole := strings.Cut(rest, " ")
			if !whole {
				continue // cut in the middle by the kill
			}
			if old, ok := acked[c+" "+id]; ok && old != seq {
				t.Errorf("round %d: %s has seq %s and %s", round, id, old, seq)
			}
			acked[c+" "+id] = seq
		}
		checkAcked(t, dir, acked)
	}
	if len(acked) < 800 {
		t.Errorf("only %d acknowledged", len(acked))
	}
}

// runAndKill starts the child and kills it after so many receipts.
func runAndKill(t *testing.T, dir string, after int) (lines []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DESKHAND_KILL_DIR="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(out)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			break
		}
		if lines = append(lines, strings.TrimSpace(line)); len(lines) == after {
			if err := cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || len(lines) < after {
		t.Fatalf("the child ended by itself after %d receipts: %v", len(lines), err)
	}
	return lines
}

func checkAcked(t *testing.T, dir string, acked map[string]string) {
	t.Helper()
	ctx := context.Background()
	s := open(t, dir)
	defer s.Close()
	stored := map[string]string{}
	for id := assist.ConversationID(1); id <= 7; id++ {
		after := assist.Rev(0)
		next := assist.Seq(1)
		for {
			events, err := s.Events(ctx, assist.EventFilter{Conversation: id, AfterRev: after, Limit: 5000})
			if err != nil {
				t.Fatal(err)
			}
			if len(events) == 0 {
				break
			}
			for _, e := range events {
				after = e.Rev
				if m, ok := e.Data.(assist.Appended); ok {
					if m.Message.Seq != next {
						t.Fatalf("conversation %d: seq %d, want %d", id, m.Message.Seq, next)
					}
					next++
					stored[fmt.Sprint(id, " ", m.Message.ClientID)] = fmt.Sprint(m.Message.Seq)
				}
			}
		}
	}
	for k, seq := range acked {
		if stored[k] != seq {
			t.Errorf("acknowledged %s with seq %s, stored %q", k, seq, stored[k])
		}
	}
}
