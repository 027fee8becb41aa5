package bot_test

import (
	"cmp"
	"context"
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
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
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
