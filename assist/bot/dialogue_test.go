package bot_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/bot"
	"deskhand/assist/bot/flow"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
)

var update = flag.Bool("update", false, "write the golden dialogues anew")

// desk is one conversation with the toy studio, everything in memory.
type desk struct {
	t        testing.TB
	pack     *pack.Pack
	office   *studio
	drawer   *drawer
	proofs   *proofs
	memory   map[assist.ClientID][]byte
	dialogue *bot.Dialogue
	c        assist.Conversation
	said     []assist.Message
	party    string
	company  bot.Company
	out      strings.Builder
	over     bool
}

func newDesk(t testing.TB, p *pack.Pack) *desk {
	d := &desk{t: t, pack: p, office: &studio{done: map[string]backoffice.Record{}}, memory: map[assist.ClientID][]byte{}, party: "C-1",
		c: assist.Conversation{ID: 7, Inbox: "studio", Customer: 3, Status: assist.StatusBot, Language: "en"}}
	d.drawer = &drawer{office: d.office, off: map[string]bool{}}
	d.proofs = &proofs{level: map[int]verify.Level{}, party: map[int]string{}, attempts: map[assist.ClientID]verify.Attempt{}}
	engine, err := flow.New(d.drawer, d.proofs)
	if err != nil {
		t.Fatal(err)
	}
	d.dialogue, err = bot.NewDialogue(bot.DialogueOptions{Engine: engine, Memory: d, Companies: d, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return today }, Split: split})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// split cuts at "; ", which is enough for a toy.
func split(text string, c nlu.Classifier, _ func(string) bool) []bot.Part {
	var out []bot.Part
	for _, s := range strings.Split(text, "; ") {
		out = append(out, bot.Part{Text: s, Reading: c.Read(s)})
	}
	return out
}

func (d *desk) Load(_ context.Context, _ assist.ConversationID, turn assist.ClientID) ([]byte, error) {
	return d.memory[turn], nil
}

func (d *desk) Save(_ context.Context, _ assist.ConversationID, turn assist.ClientID, state []byte) error {
	d.memory[turn] = state
	return nil
}

func (d *desk) Company(context.Context, assist.Inbox) (bot.Company, error) {
	if d.company.Pack == nil {
		d.company = bot.Company{Pack: d.pack, Reader: newEar(d.pack.Phrases), Index: knowledge.New(d.pack.Articles), Sources: []string{"studio"}, Office: d.office}
	}
	return d.company, nil
}

// says adds words of the customer.
func (d *desk) says(text string) {
	d.c.Seq++
	id := assist.ClientID(fmt.Sprintf("customer-%d", d.c.Seq))
	text = d.proofs.take(id, text, d.c.BotGeneration)
	d.said = append(d.said, assist.Message{Seq: d.c.Seq, ClientID: id, Kind: assist.KindText, From: assist.ByCustomer(3), Text: text})
}

// computes is the bot's turn, not stored yet.
func (d *desk) computes() bot.Answer {
	d.t.Helper()
	a, err := d.dialogue.Respond(context.Background(), bot.Turn{ID: d.turn(), Conversation: d.c, Inbox: assist.Inbox{ID: "studio", Name: "Echo Studio", NameZH: "回声录音棚"},
		Transcript: slices.Clone(d.said), Party: d.party})
	if err != nil {
		d.t.Fatalf("%v\n%s", err, d.out.String())
	}
	return a
}

func (d *desk) turn() assist.ClientID { return assist.ClientID(fmt.Sprintf("bot-%d", d.c.Seq)) }

// answers is the bot's turn.
func (d *desk) answers() bot.Answer {
	d.t.Helper()
	a, id := d.computes(), d.turn()
	d.c.Seq++
	d.said = append(d.said, assist.Message{Seq: d.c.Seq, ClientID: id, Kind: assist.KindText, From: assist.ByBot(), Text: a.Text, Bot: &a.Turn})
	d.over = a.Handoff != nil
	return a
}

func (d *desk) write(a bot.Answer) {
	for line := range strings.SplitSeq(a.Text, "\n") {
		fmt.Fprintf(&d.out, "  %s\n", line)
	}
	fmt.Fprintf(&d.out, "  [%s", a.Turn.Intent)
	for _, k := range slices.Sorted(maps.Keys(a.Turn.Slots)) {
		fmt.Fprintf(&d.out, " %s=%s", k, a.Turn.Slots[k])
	}
	if a.Turn.Awaiting != "" {
		fmt.Fprintf(&d.out, " awaits=%s", a.Turn.Awaiting)
	}
	if len(a.Choices) > 0 {
		var labels []string
		for _, c := range a.Choices {
			labels = append(labels, c.Label)
		}
		fmt.Fprintf(&d.out, " buttons=%s", strings.Join(labels, "|"))
	}
	if a.Handoff != nil {
		fmt.Fprintf(&d.out, " handoff=%s", a.Handoff.Reason)
	}
	d.out.WriteString("]\n")
	if a.Handoff != nil {
		fmt.Fprintf(&d.out, "  summary: %s\n", a.Handoff.Summary)
	}
	for _, c := range d.office.changes {
		fmt.Fprintf(&d.out, "  CHANGED %s\n", c)
	}
	d.office.changes = nil
}

// play reads a script: "> words" are the customer's, "+ words" more of them before the bot answers, "! word" sets
// something; all else is the bot's part and is written anew.
func play(t *testing.T, p *pack.Pack, script string) string {
	d := newDesk(t, p)
	var pending bool
	flush := func() {
		if pending {
			d.write(d.answers())
		}
		pending = false
	}
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "+ "):
			if line[0] == '>' {
				flush()
			}
			if d.over {
				t.Fatalf("%q comes after the handoff:\n%s", line, d.out.String())
			}
			d.out.WriteString(line + "\n")
			d.says(line[2:])
			pending = true
		case strings.HasPrefix(line, "! "):
			flush()
			d.out.WriteString(line + "\n")
			d.set(line[2:])
		case strings.HasPrefix(line, "#"), line == "":
			flush()
			d.out.WriteString(line + "\n")
			if strings.HasPrefix(line, "##") {
				out := d.out.String()
				d = newDesk(t, p)
				d.out.WriteString(out)
			}
		}
	}
	flush()
	return d.out.String()
}

func (d *desk) set(what string) {
	switch key, value, _ := strings.Cut(what, " "); key {
	case "anonymous":
		d.party = ""
	case "chinese":
		d.c.Language = "zh"
	case "fix":
		d.office.fix = value
	case "off":
		d.drawer.off[value] = true
	case "down":
		d.office.lost = backoffice.ErrUnavailable
	case "afresh":
		d.c.BotGeneration++
		d.said = nil
	default:
		d.t.Fatalf("unknown setting %q", what)
	}
}

func TestDialogue_Golden(t *testing.T) {
	files, err := filepath.Glob("testdata/dialogues/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no dialogues: %v", err)
	}
	p := studioPack(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, p, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("the dialogue went otherwise (-update writes it anew):\n%s", firstDifference(got, string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for n := range min(len(a), len(b)) {
		if a[n] != b[n] {
			return fmt.Sprintf("line %d\n got: %s\nwant: %s\nafter:\n%s", n+1, a[n], b[n], strings.Join(a[max(0, n-6):n], "\n"))
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
