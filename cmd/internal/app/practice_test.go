package app_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/cmd/internal/rehearse"
)

// practice is a dentist's own system, as simple as one can be: what stands behind the HTTP endpoints in these tests.
type practice struct {
	mu      sync.Mutex // guards the rest
	diary   map[string]visit
	made    map[string]backoffice.Record // results by key
	changes []rehearse.Change
}

type visit struct {
	patient, treatment string
	starts             time.Time
}

type treatment struct {
	en, zh, price string
	minutes       int
	names         []string
}

var treatments = map[string]treatment{
	"T-CHECK": {"Check-up", "检查", "60.00", 20, []string{"checkup", "check up", "exam", "口腔检查"}}, "T-CLEAN": {"Cleaning", "洗牙", "80.00", 40, []string{"dental cleaning", "scale and polish", "洁牙"}},
	"T-FILL": {"Filling", "补牙", "120.00", 45, []string{"补"}}, "T-WHITE": {"Whitening", "牙齿美白", "250.00", 60, []string{"teeth whitening", "美白"}},
}

var patients = map[string]backoffice.Person{
	"D-1": {ID: "D-1", Name: "Nora Byrne", Phone: "+353 86 111 2222", Language: "en"}, "D-2": {ID: "D-2", Name: "林悦", Phone: "+86 138 0000 7777", Language: "zh"},
}

var dublin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Dublin")
	if err != nil {
		panic(err)
	}
	return zone
}()

func newPractice() *practice {
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, dublin) }
	return &practice{made: map[string]backoffice.Record{}, diary: map[string]visit{
		"AP-1001": {"D-1", "T-CLEAN", at(4, 10)}, "AP-2001": {"D-2", "T-FILL", at(5, 15)},
	}}
}

func (p *practice) Profile(context.Context) (backoffice.Profile, error) {
	return backoffice.Profile{Name: "Bright Dental", NameZH: "明亮牙科", Currency: "EUR", Country: "IE", Location: dublin,
		Shapes: map[string]string{"appointment": "AP-9999"}, Actions: []string{"appointments.book", "appointments.move", "appointments.cancel", "treatments.get"}}, nil
}

func (p *practice) Person(_ context.Context, id string) (backoffice.Person, error) {
	if who, ok := patients[id]; ok {
		return who, nil
	}
	return backoffice.Person{}, backoffice.ErrNotFound
}

func (p *practice) Find(_ context.Context, by backoffice.Details) (string, error) {
	digits := strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, by.Phone), "0")
	for id, who := range patients {
		if len(digits) > 6 && strings.HasSuffix(strings.ReplaceAll(who.Phone, " ", ""), digits) {
			return id, nil
		}
	}
	return "", backoffice.ErrNotFound
}

func (p *practice) Items(_ context.Context, kind string, c backoffice.Call) ([]backoffice.Item, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []backoffice.Item
	switch kind {
	case "treatment":
		for _, id := range slices.Sorted(maps.Keys(treatments)) {
			t := treatments[id]
			out = append(out, backoffice.Item{ID: id, Kind: kind, Names: append([]string{t.en, t.zh}, t.names...), NameZH: t.zh, Attributes: map[string]string{"price": t.price}})
		}
	case "appointment":
		for _, id := range slices.Sorted(maps.Keys(p.diary)) {
			if v := p.diary[id]; v.patient == c.Customer && c.Customer != "" {
				t := treatments[v.treatment]
				out = append(out, backoffice.Item{ID: id, Kind: kind, Names: []string{id, t.en, t.zh}, At: v.starts})
			}
		}
	default:
		return nil, backoffice.ErrUnsupported
	}
	return out, nil
}

func (p *practice) Read(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	if c.Action != "treatments.get" {
		return nil, backoffice.ErrUnsupported
	}
	t, ok := treatments[c.Args["treatment"]]
	if !ok {
		return nil, &backoffice.Refusal{Code: "unknown", Slot: "treatment"}
	}
	return backoffice.Record{"name": t.in(c.Language), "price": t.price, "minutes": t.minutes, "debt": "9999.00"}, nil // debt is no field of the pack
}

func (t treatment) in(language string) string {
	if language == "zh" {
		return t.zh
	}
	return t.en
}

// plan looks at a change: its terms, and how to make it.
func (p *practice) plan(c backoffice.Call) (terms backoffice.Record, do func() backoffice.Record, err error) {
	if patients[c.Customer].ID == "" {
		return nil, nil, &backoffice.Refusal{Code: "unknown_customer"}
	}
	id := c.Args["appointment"]
	v, mine := p.diary[id]
	if mine = mine && v.patient == c.Customer; !mine && c.Action != "appointments.book" {
		return nil, nil, &backoffice.Refusal{Code: "unknown_appointment", Slot: "appointment"}
	}
	t := treatments[v.treatment]
	switch c.Action {
	case "appointments.cancel":
		return backoffice.Record{"starts": v.starts, "treatment": t.in(c.Language)}, func() backoffice.Record {
			delete(p.diary, id)
			return backoffice.Record{"appointment": id}
		}, nil
	case "appointments.move":
		at, err := p.free(c, id)
		return backoffice.Record{"before": v.starts, "treatment": t.in(c.Language)}, func() backoffice.Record {
			v.starts = at
			p.diary[id] = v
			return backoffice.Record{"appointment": id, "starts": at}
		}, err
	case "appointments.book":
		t, ok := treatments[c.Args["treatment"]]
		if !ok {
			return nil, nil, &backoffice.Refusal{Code: "unknown", Slot: "treatment"}
		}
		at, err := p.free(c, "")
		return backoffice.Record{"dentist": "Dr Keane", "price": t.price}, func() backoffice.Record {
			id := fmt.Sprintf("AP-%d", 3001+len(p.made))
			p.diary[id] = visit{c.Customer, c.Args["treatment"], at}
			return backoffice.Record{"appointment": id, "dentist": "Dr Keane"}
		}, err
	}
	return nil, nil, backoffice.ErrUnsupported
}

// free is the time that is asked for, if the practice is open and nobody else comes then.
func (p *practice) free(c backoffice.Call, but string) (time.Time, error) {
	at, err := time.ParseInLocation("2006-01-02T15:04", c.Args["visit_time"], dublin)
	if err != nil || !at.After(c.Now) || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() >= 17 {
		return at, &backoffice.Refusal{Code: "closed", Slot: "visit_time"}
	}
	for id, v := range p.diary {
		if id != but && v.starts.Equal(at) {
			return at, &backoffice.Refusal{Code: "taken", Slot: "visit_time", Facts: backoffice.Record{"free": at.Add(time.Hour)}}
		}
	}
	return at, nil
}

func (p *practice) Check(_ context.Context, c backoffice.Call) (backoffice.Record, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	terms, _, err := p.planned(c)
	return terms, err
}

// planned is plan for actions that change something.
func (p *practice) planned(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	if !strings.HasPrefix(c.Action, "appointments.") {
		return nil, nil, backoffice.ErrUnsupported
	}
	terms, do, err := p.plan(c)
	if err != nil {
		return nil, nil, err
	}
	return terms, do, nil
}

func (p *practice) Execute(_ context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r, ok := p.made[key]; ok {
		return r, nil
	}
	_, do, err := p.planned(c)
	if err != nil {
		return nil, err
	}
	p.made[key] = do()
	p.changes = append(p.changes, rehearse.Change{At: time.Now(), Action: c.Action, Party: c.Customer, Args: c.Args})
	return p.made[key], nil
}

func (p *practice) Outcome(_ context.Context, key string) (backoffice.Record, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r, ok := p.made[key]; ok {
		return r, nil
	}
	return nil, backoffice.ErrNotFound
}
