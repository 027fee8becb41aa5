package bot_test

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
)

// today is a Monday.
var today = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// studioPack loads the toy industry beside the common pack that is shipped.
func studioPack(t testing.TB) *pack.Pack {
	t.Helper()
	files := fstest.MapFS{}
	shipped, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		t.Fatal(err)
	}
	for from, name := range map[fs.FS]string{shipped: "common", os.DirFS("testdata"): "studio"} {
		entries, err := fs.ReadDir(from, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			data, err := fs.ReadFile(from, path.Join(name, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[path.Join(name, e.Name())] = &fstest.MapFile{Data: data}
		}
	}
	packs, err := pack.Load(files, backoffice.Actions(), "studio")
	if err != nil {
		t.Fatalf("the studio's pack:\n%v", err)
	}
	return packs[0]
}

// studio is the toy company's back office.
type studio struct {
	mu      sync.Mutex // guards the fields below
	changes []string
	done    map[string]backoffice.Record
	fix     string // what the diagnosis proposes
	fails   error  // of Execute, before anything is changed
	lost    error  // of Execute, after the change
}

func (s *studio) Profile(context.Context) (backoffice.Profile, error) {
	return backoffice.Profile{Name: "Echo Studio", NameZH: "回声录音棚", Currency: "USD", Country: "US", Location: time.UTC,
		Shapes: map[string]string{"booking": "BK-9999"}}, nil
}

func (s *studio) Person(_ context.Context, id string) (backoffice.Person, error) {
	if id != "C-1" {
		return backoffice.Person{}, backoffice.ErrNotFound
	}
	return backoffice.Person{ID: id, Name: "Mia", Phone: "+1 415 555 0100"}, nil
}

func (s *studio) Find(_ context.Context, by backoffice.Details) (string, error) {
	if by.Phone == "4155550100" || by.Phone == "14155550100" {
		return "C-1", nil
	}
	return "", backoffice.ErrNotFound
}

func (s *studio) Items(_ context.Context, kind string, c backoffice.Call) ([]backoffice.Item, error) {
	switch {
	case kind == "room":
		return []backoffice.Item{{ID: "R-1", Kind: kind, Names: []string{"Red Room"}, NameZH: "红房间"}, {ID: "R-2", Kind: kind, Names: []string{"Blue Room"}, NameZH: "蓝房间"}}, nil
	case c.Customer == "":
		return nil, nil
	case kind == "booking":
		return []backoffice.Item{
			{ID: "BK-1003", Kind: kind, Names: []string{"BK-1003 (Red Room)"}, NameZH: "BK-1003（红房间）", At: today.AddDate(0, 0, -1), Attributes: map[string]string{"status": "open"}},
			{ID: "BK-1002", Kind: kind, Names: []string{"BK-1002 (Blue Room)"}, NameZH: "BK-1002（蓝房间）", At: today.AddDate(0, 0, -3), Attributes: map[string]string{"status": "open"}},
			{ID: "BK-1001", Kind: kind, Names: []string{"BK-1001 (Blue Room)"}, NameZH: "BK-1001（蓝房间）", At: today.AddDate(0, 0, -30), Attributes: map[string]string{"status": "over"}},
		}, nil
	case kind == "card":
		s.mu.Lock()
		defer s.mu.Unlock()
		status := "active"
		if slices.Contains(s.changes, "keys.block card=key-7788") {
			status = "blocked"
		}
		return []backoffice.Item{
			{ID: "key-7788", Kind: kind, Names: []string{"key card 7788"}, Attributes: map[string]string{"status": status, "last4": "7788"}},
			{ID: "key-1122", Kind: kind, Names: []string{"key card 1122"}, Attributes: map[string]string{"status": "blocked", "last4": "1122"}},
		}, nil
	case kind == "musician":
		return []backoffice.Item{{ID: "Tom", Kind: kind, Names: []string{"Tom"}}, {ID: "Anna", Kind: kind, Names: []string{"Anna"}}, {ID: "小王", Kind: kind, Names: []string{"小王"}}}, nil
	}
	return nil, backoffice.ErrUnsupported
}

func (s *studio) Read(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	switch c.Action {
	case "rooms.get":
		name := map[string][2]string{"R-1": {"Red Room", "红房间"}, "R-2": {"Blue Room", "蓝房间"}}[c.Args["room"]]
		return backoffice.Record{"name": name[0], "name_zh": name[1], "price": "40.00", "seats": 6}, nil
	case "bookings.get":
		return backoffice.Record{"booking": c.Args["booking"], "status": "open", "starts": today.AddDate(0, 0, 4)}, nil
	case "gear.diagnose":
		s.mu.Lock()
		defer s.mu.Unlock()
		r := backoffice.Record{"gear": "mixer-1"}
		if s.fix != "" {
			r["fix"] = s.fix
		}
		return r, nil
	}
	return nil, backoffice.ErrUnsupported
}

func (s *studio) Check(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	switch c.Action {
	case "bookings.create":
		if strings.HasSuffix(c.Args["when"], "T17:00") {
			at, _ := time.Parse("2006-01-02T15:04", c.Args["when"])
			return nil, &backoffice.Refusal{Code: "taken", Slot: "when", Facts: backoffice.Record{"free": at.Add(time.Hour)}}
		}
		return backoffice.Record{"price": "40.00"}, nil
	case "bookings.cancel":
		if c.Args["booking"] == "BK-1001" {
			return nil, &backoffice.Refusal{Code: "past"}
		}
		return backoffice.Record{"refund": "40.00"}, nil
	case "payments.create":
		return backoffice.Record{"fee": "0.00"}, nil
	}
	return backoffice.Record{}, nil
}

func (s *studio) Execute(_ context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.done[key]; ok {
		return r, nil
	}
	if s.fails != nil {
		return nil, s.fails
	}
	line := c.Action
	for _, k := range slices.Sorted(maps.Keys(c.Args)) {
		line += " " + k + "=" + c.Args[k]
	}
	s.changes = append(s.changes, line)
	r := backoffice.Record{"booking": "BK-1004", "refund": "40.00", "reference": "P-1", "card": c.Args["card"], "ticket": "T-1"}
	s.done[key] = r
	return r, s.lost
}

func (s *studio) Outcome(_ context.Context, key string) (backoffice.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.done[key]; ok {
		return r, nil
	}
	return nil, backoffice.ErrNotFound
}

// drawer keeps commands in memory, by the rules of package action.
type drawer struct {
	office *studio
	all    []action.Command
	off    map[string]bool
}

func (d *drawer) at(id action.ID) *action.Command {
	n := slices.IndexFunc(d.all, func(c action.Command) bool { return c.ID == id })
	if n < 0 {
		panic("no command " + id)
	}
	return &d.all[n]
}

func (d *drawer) Draft(_ context.Context, c action.Command) (action.Command, error) {
	if d.off[c.Action] {
		return c, &action.Switched{Action: c.Action}
	}
	for i := range d.all {
		if o := &d.all[i]; o.Generation == c.Generation && o.Intent == c.Intent && o.State == action.Verified {
			o.State = action.Voided
		}
	}
	if !c.Had.Covers(c.Needs) {
		return c, fmt.Errorf("command %s was drafted for a customer who has proved %s of %s", c.ID, c.Had, c.Needs)
	}
	c.State = action.Verified
	d.all = append(d.all, c)
	return c, nil
}

func (d *drawer) ReadBack(_ context.Context, id action.ID, text string, at assist.Seq) error {
	c := d.at(id)
	c.ReadBack, c.ReadAt = text, at
	return nil
}

func (d *drawer) Confirm(_ context.Context, id action.ID, yesAt assist.Seq) error {
	c := d.at(id)
	if c.State != action.Verified || c.ReadBack == "" || c.ReadAt >= yesAt {
		return fmt.Errorf("command %s in state %s can't be confirmed: read back at %d, yes at %d", id, c.State, c.ReadAt, yesAt)
	}
	c.State, c.YesAt = action.Confirmed, yesAt
	return nil
}

func (d *drawer) Execute(ctx context.Context, id action.ID) (action.Command, error) {
	c := d.at(id)
	if c.State == action.Done || c.State == action.Failed || c.State == action.Unknown {
		return *c, nil
	}
	if c.State != action.Confirmed && !(c.Duty && c.State == action.Verified) {
		return *c, fmt.Errorf("command %s in state %s can't be executed", id, c.State)
	}
	r, err := d.office.Execute(ctx, string(id), backoffice.Call{Action: c.Action, Customer: c.Party, Args: c.Args})
	c.State, c.Result = action.Done, r
	if err != nil {
		c.State, c.Result = action.Unknown, nil
	}
	return *c, nil
}

func (d *drawer) Void(_ context.Context, id action.ID, why string) error {
	if c := d.at(id); c.State == action.Verified || c.State == action.Draft {
		c.State, c.Why = action.Voided, why
	}
	return nil
}

func (d *drawer) Open(_ context.Context, _ assist.ConversationID, generation int) ([]action.Command, error) {
	return slices.DeleteFunc(slices.Clone(d.all), func(c action.Command) bool { return c.Generation != generation }), nil
}

// proofs judges codes as the intake does: the right one is always 246810.
type proofs struct {
	level    map[int]verify.Level
	party    map[int]string
	sent     string // to whom a code is under way
	sends    int
	attempts map[assist.ClientID]verify.Attempt
	failed   int
}

func (p *proofs) Level(_ context.Context, _ assist.ConversationID, generation int) (verify.Level, string, error) {
	return cmp.Or(p.level[generation], verify.None), p.party[generation], nil
}

func (p *proofs) Identify(_ context.Context, _ assist.ConversationID, generation int, party string) error {
	if p.level[generation] != verify.Strong {
		p.level[generation] = verify.Identified
	}
	p.party[generation] = party
	return nil
}

func (p *proofs) Send(_ context.Context, _ assist.ConversationID, _ int, party, _ string) error {
	p.sent, p.sends = party, p.sends+1
	return nil
}

func (p *proofs) Attempt(_ context.Context, _ assist.ConversationID, message assist.ClientID) (verify.Attempt, error) {
	if a, ok := p.attempts[message]; ok {
		return a, nil
	}
	return verify.Attempt{None: true}, nil
}

func (p *proofs) Failed(context.Context, assist.ConversationID, int) (int, error) {
	return p.failed, nil
}

// take judges a code on arrival and gives the text without it.
func (p *proofs) take(id assist.ClientID, text string, generation int) string {
	if p.sent == "" || len(text) != 6 || strings.Trim(text, "0123456789") != "" {
		return text
	}
	if text == "246810" {
		p.attempts[id] = verify.Attempt{Right: true}
		p.level[generation], p.party[generation], p.sent = verify.Strong, p.sent, ""
	} else {
		p.failed++
		p.attempts[id] = verify.Attempt{Left: 3 - p.failed}
	}
	return "••••••"
}

// ear is a classifier that is good enough for a toy: the intent of the phrase that shares most with the text.
type ear struct {
	phrases []nlu.Phrase
	weight  map[string]float64
}

func newEar(phrases []nlu.Phrase) *ear {
	common := []string{"complaint", "praise", "chitchat", "change_language", "repeat", "privacy_export", "privacy_erase", nlu.OutOfScope}
	phrases = slices.DeleteFunc(slices.Clone(phrases), func(p nlu.Phrase) bool { return slices.Contains(common, p.Intent) })
	e := &ear{phrases: phrases, weight: map[string]float64{}}
	for _, p := range phrases {
		for w := range bag(p.Text) {
			e.weight[w]++
		}
	}
	for w, n := range e.weight {
		e.weight[w] = math.Log(1 + float64(len(phrases))/n)
	}
	return e
}

func bag(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,.?!'，。？！", r) }) {
		if w[0] < 0x80 {
			out[w] = true
			continue
		}
		for _, r := range w {
			out[string(r)] = true
		}
	}
	return out
}

func (e *ear) Read(text string) nlu.Reading {
	words, score := bag(text), map[string]float64{}
	for _, p := range e.phrases {
		both, all := 0.0, 0.0
		other := bag(p.Text)
		for w := range words {
			if all += cmp.Or(e.weight[w], 3); other[w] {
				both += e.weight[w]
			}
		}
		for w := range other {
			all += e.weight[w]
		}
		score[p.Intent] = max(score[p.Intent], 2*both/max(all, 1))
	}
	r := nlu.Reading{}
	for _, intent := range slices.Sorted(maps.Keys(score)) {
		r.Ranked = append(r.Ranked, nlu.Candidate{Intent: intent, Confidence: math.Sqrt(score[intent])})
	}
	slices.SortStableFunc(r.Ranked, func(a, b nlu.Candidate) int { return cmp.Compare(b.Confidence, a.Confidence) })
	r.Margin, r.OutOfScope = r.Ranked[0].Confidence-r.Ranked[1].Confidence, r.Ranked[0].Confidence < 0.66
	switch {
	case strings.ContainsFunc(text, func(c rune) bool { return c > 0x2e80 }):
		r.Language = "zh"
	case strings.Count(text, " ") > 0:
		r.Language = "en"
	}
	return r
}

func (e *ear) Version() string { return "toy" }
func (e *ear) Hash() string    { return "toy" }
