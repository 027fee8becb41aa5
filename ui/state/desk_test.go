package state_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/state"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

// clock is a clock that is set by hand.
type clock struct{ now time.Time }

func newClock() *clock                { return &clock{time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)} }
func (c *clock) Now() time.Time       { return c.now }
func (c *clock) pass(d time.Duration) { c.now = c.now.Add(d) }

func as[T wire.Frame](data []byte) (wire.Frame, error) {
	var f T
	err := wire.DecodeHub(data, &f)
	return f, err
}

func decode(t testing.TB, line string) wire.Frame {
	t.Helper()
	head, err := wire.Peek([]byte(line))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	decoders := map[string]func([]byte) (wire.Frame, error){"welcome": as[wire.AgentWelcome], "rows": as[wire.AgentRows],
		"gone": as[wire.AgentGone], "opened": as[wire.AgentOpened], "history": as[wire.AgentMessages], "event": as[wire.AgentEvent],
		"marks": as[wire.AgentMarks], "typing": as[wire.AgentPeerTyping], "ack": as[wire.Ack], "error": as[wire.Failure],
		"viewers": as[wire.AgentViewers], "presence": as[wire.AgentPresenceChanged], "directory": as[wire.AgentDirectory], "alert": as[wire.AgentAlert]}
	f, err := decoders[head.T]([]byte(line))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return f
}

// play applies a recorded morning and writes down what the screens would show.
func play(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := newClock()
	d := state.New(state.Options{Now: c.Now})
	var out strings.Builder
	var ch state.Change
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '=':
			fmt.Fprintf(&out, "%s\n", line)
			dump(&out, d, &ch)
			ch = state.Change{}
		case line[0] == '+':
			n, err := strconv.Atoi(strings.TrimSpace(line[1:]))
			if err != nil {
				t.Fatal(err)
			}
			c.pass(time.Duration(n) * time.Second)
			d.Tick(&ch)
		case line[0] == '!':
			act(t, d, &ch, c, strings.SplitN(line[2:], " ", 4))
		default:
			d.Apply(decode(t, line), &ch)
		}
	}
	return out.String()
}

func act(t *testing.T, d *state.Desk, ch *state.Change, c *clock, words []string) {
	t.Helper()
	n, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	id := assist.ConversationID(n)
	switch words[0] {
	case "open":
		d.Open(id)
	case "send":
		d.Send(state.Outgoing{ClientID: assist.ClientID(words[2]), Conversation: id, Text: words[3], At: c.Now()}, ch)
	default:
		t.Fatalf("unknown action %v", words)
	}
}

func dump(out *strings.Builder, d *state.Desk, ch *state.Change) {
	counts := d.Counts()
	fmt.Fprintf(out, "  %s, %s; mine %d queue %d bot %d all %d; waiting %d load %d; can reply: %t\n", d.You().Name, d.MyState(),
		counts.Mine, counts.Queue, counts.Bot, counts.All, d.Waiting(), d.Load(), d.Can("conversation.reply"))
	for _, l := range state.Lists() {
		fmt.Fprintf(out, "  %-5s", l)
		for _, r := range d.List(l) {
			fmt.Fprintf(out, " %d:%s(%d)", r.ID, r.CustomerName, r.Unread())
		}
		out.WriteByte('\n')
	}
	if c := d.Conversation(4); c != nil {
		fmt.Fprintf(out, "  conversation 4: loaded %t more %t viewers %v gap before rev %d\n", c.Loaded, c.More, c.Viewers, d.Gap(4))
		for _, m := range c.Messages {
			fmt.Fprintf(out, "    %d/%d %s: %s [%s]\n", m.Rev, m.Seq, m.From.Kind, m.Text, c.DeliveryOf(m))
		}
	}
	for _, o := range d.Outgoing(4) {
		fmt.Fprintf(out, "    … %s [%s %d]\n", o.Text, o.State, o.Code)
	}
	if ty, ok := d.Typing(4); ok {
		fmt.Fprintf(out, "    %s types %q\n", ty.From.Kind, ty.Text)
	}
	fmt.Fprintf(out, "  changed: lists %t rows %v threads %v typings %v gaps %v failed %d\n", ch.Lists, keys(ch.Rows), keys(ch.Threads),
		keys(ch.Typings), keys(ch.Gaps), len(ch.Failed))
}

func keys(m map[assist.ConversationID]bool) []int {
	out := []int{}
	for k := range m {
		out = append(out, int(k))
	}
	slices.Sort(out)
	return out
}

func TestDesk_RecordedMorning(t *testing.T) {
	got := play(t, "testdata/morning.jsonl")
	const golden = "testdata/morning.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("what the screens show (-want +got):\n%s", diff)
	}
}

func TestDesk_MessagesInAnyOrderAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "messages")
		c := newClock()
		d := state.New(state.Options{Now: c.Now})
		d.Open(1)
		var ch state.Change
		d.Apply(wire.AgentOpened{Row: wire.Row{Conversation: assist.Conversation{ID: 1, Status: assist.StatusHuman, Rev: 1}}}, &ch)
		order := rapid.Permutation(sequence(n)).Draw(t, "order")
		for _, i := range append(order, order[:n/2]...) { // the second half comes twice
			m := assist.Message{Rev: assist.Rev(10 + i), Seq: assist.Seq(i + 1), Kind: assist.KindText, Text: strconv.Itoa(i), From: assist.ByCustomer(1)}
			if rapid.Bool().Draw(t, "as event") {
				d.Apply(wire.AgentEvent{Event: assist.Event{Rev: m.Rev, Conversation: 1, Type: assist.MessageAppended, Actor: m.From,
					Data: assist.Appended{Message: m}}}, &ch)
			} else {
				d.Apply(wire.AgentMessages{Conversation: 1, Messages: []assist.Message{m}}, &ch)
			}
		}
		got := d.Conversation(1).Messages
		if len(got) != n {
			t.Fatalf("%d messages, want %d", len(got), n)
		}
		for i, m := range got {
			if m.Seq != assist.Seq(i+1) {
				t.Fatalf("message %d has seq %d", i, m.Seq)
			}
		}
		if gap := d.Gap(1); gap != 0 {
			t.Fatalf("gap before rev %d with all messages there", gap)
		}
	})
}

func sequence(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestDesk_LinkSinceIsTheLossThroughAllTries(t *testing.T) {
	c := newClock()
	d := state.New(state.Options{Now: c.Now})
	var ch state.Change
	d.SetLink(state.Link{Live: true, Since: c.now}, &ch)
	lost := c.now.Add(time.Minute)
	d.SetLink(state.Link{Since: lost, Err: os.ErrDeadlineExceeded}, &ch)
	d.SetLink(state.Link{Trying: true, Since: lost.Add(time.Second)}, &ch)
	d.SetLink(state.Link{Since: lost.Add(2 * time.Second)}, &ch)
	if got := d.Link(); !got.Since.Equal(lost) || got.Err == nil {
		t.Errorf("link %+v, want since %v with the cause", got, lost)
	}
	back := lost.Add(time.Minute)
	d.SetLink(state.Link{Live: true, Since: back}, &ch)
	if got := d.Link(); !got.Since.Equal(back) {
		t.Errorf("live since %v, want %v", got.Since, back)
	}
}

// BenchmarkDesk_List500Rows is the cost of a batch of 50 changes with 500 rows.
func BenchmarkDesk_List500Rows(b *testing.B) {
	c := newClock()
	d := state.New(state.Options{Now: c.Now})
	var ch state.Change
	rows := make([]wire.Row, 500)
	for i := range rows {
		rows[i] = wire.Row{Conversation: assist.Conversation{ID: assist.ConversationID(i + 1), Status: assist.StatusWaiting, Rev: 1, WaitingSince: c.now.Add(time.Duration(i) * time.Second)}}
	}
	d.Apply(wire.AgentRows{Rows: rows, Reset: true, Done: true}, &ch)
	for n := 0; b.Loop(); n++ {
		for i := range 50 {
			r := rows[(n*50+i)%500]
			r.Rev = assist.Rev(n + 2)
			d.Apply(wire.AgentRows{Rows: []wire.Row{r}}, &ch)
		}
		if got := len(d.List(state.Queue)); got != 500 {
			b.Fatal(got)
		}
	}
}
