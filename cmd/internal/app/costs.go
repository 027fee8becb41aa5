package app

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"runtime"
	"slices"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/bot"
	"deskhand/cmd/internal/config"
)

// Costs are what the bot of the four demo companies takes, its turns apart.
type Costs struct {
	PacksS  float64 `json:"packs_s"` // reading packs, models and articles
	HeapMB  float64 `json:"heap_mb"` // that they take, after a collection
	ReadUS  float64 `json:"read_us"` // mean of reading a message: cutting it into errands, each with its intent
	Read99  float64 `json:"read99_us"`
	Phrases int     `json:"phrases"` // messages that were read
}

// mostRead bounds how many messages are read for the measurement.
const mostRead = 4000

// MeasureCosts reads what the demo's bot knows, and then messages, on one processor.
func MeasureCosts(ctx context.Context, log *slog.Logger) (Costs, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		return Costs{}, fmt.Errorf("packs: %w", err)
	}
	c := config.Default()
	if err := withDemo(&c); err != nil {
		return Costs{}, err
	}
	l := &library{packs: packs, reader: NewModels("", nil, log).Reader, office: func(assist.InboxID) backoffice.Office { return nil }, ready: make(chan struct{}), settings: c}
	for _, i := range c.Inboxes {
		l.inboxes = append(l.inboxes, i.Assist())
	}
	before, began := heap(), time.Now()
	companies, err := l.load(ctx)
	if err != nil {
		return Costs{}, err
	}
	out := Costs{PacksS: time.Since(began).Seconds()}
	out.HeapMB = float64(heap()-before) / 1e6
	out.read(companies)
	runtime.KeepAlive(companies)
	return out, nil
}

// heap is how many bytes are in use after a collection.
func heap() int64 {
	runtime.GC()
	runtime.GC() // what finalizers kept goes with the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// read has each company's model read phrases of all packs, its own and others'.
func (c *Costs) read(companies map[assist.InboxID]bot.Company) {
	var took []time.Duration
	for _, company := range companies {
		for i, p := range company.Pack.Phrases {
			if i%max(1, len(company.Pack.Phrases)*len(companies)/mostRead) != 0 {
				continue
			}
			began := time.Now()
			_ = split(p.Text, company.Reader, func(string) bool { return false })
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	var sum time.Duration
	for _, d := range took {
		sum += d
	}
	if c.Phrases = len(took); c.Phrases > 0 {
		c.ReadUS = float64(sum.Nanoseconds()) / 1e3 / float64(len(took))
		c.Read99 = float64(took[len(took)*99/100].Nanoseconds()) / 1e3
	}
}
