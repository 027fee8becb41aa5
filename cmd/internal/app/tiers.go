package app

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"deskhand/assist/nlu"
	"deskhand/assist/nlu/consult"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/nlu/onnx"
	"deskhand/cmd/internal/config"

	"github.com/prometheus/client_golang/prometheus"
)

// buildTiers makes the optional tiers of understanding that are set: a sentence encoder, which is read now so that a missing
// or broken one is found out at the start, and an endpoint for what the bot is unsure of.
func buildTiers(p *parts, o Options) error {
	u := o.Config.Understanding
	if !o.Config.Bot.Enabled {
		return nil
	}
	if u.ONNX != "" && o.Reader == nil {
		e, err := onnx.Open(u.ONNX)
		if err != nil {
			return fmt.Errorf("understanding.onnx: %w", err)
		}
		p.sentences = e
		p.closers = append(p.closers, e)
	}
	if u.Endpoint != "" {
		asked := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "deskhand_advice_total",
			Help: "Messages that the bot was unsure of, by what came of asking the endpoint. Texts were sent with: chosen, refused, late, failed."}, []string{"outcome"})
		for _, outcome := range consult.Outcomes() {
			asked.WithLabelValues(string(outcome))
		}
		p.metrics.registry.MustRegister(asked)
		var err error
		p.adviser, err = consult.New(consult.Options{URL: u.Endpoint, Model: u.Model, Key: u.Key.Reveal(), Log: o.Log, Now: o.Now, Sure: float64(u.AskBelow) / 100,
			Count: func(outcome consult.Outcome) { asked.WithLabelValues(string(outcome)).Inc() }})
		if err != nil {
			return fmt.Errorf("understanding.endpoint: %w", err)
		}
	}
	o.Log.Info("understanding", "tiers", Tiers(o.Config))
	return nil
}

// Tiers says in words what reads texts, and whether any of it leaves the house.
func Tiers(c config.Config) string {
	u, tiers := c.Understanding, []string{"the models of this program"}
	if !c.Bot.Enabled {
		return "off, as is the bot"
	}
	if u.ONNX != "" {
		tiers = append(tiers, "the sentence encoder "+filepath.Base(u.ONNX))
	}
	if u.Endpoint == "" {
		return strings.Join(tiers, ", ") + "; nothing leaves the house"
	}
	host := u.Endpoint
	if at, err := url.Parse(u.Endpoint); err == nil {
		host = at.Host
	}
	return strings.Join(tiers, ", ") + "; masked, what it is unsure of goes to " + host
}

// extraSentences is the configured sentence encoder, nil if there is none.
func (p *parts) extraSentences() intent.Sentences {
	if p.sentences == nil {
		return nil // and not an interface that holds one
	}
	return p.sentences
}

// secondOpinion is the configured adviser, nil if there is none.
func (p *parts) secondOpinion() nlu.Adviser {
	if p.adviser == nil {
		return nil
	}
	return p.adviser
}
