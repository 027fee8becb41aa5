package app

import (
	"context"
	"net/http"
	"time"

	"deskhand/assist"
	"deskhand/assist/hub"
	"deskhand/assist/ledger"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts what the hub does, for /metrics. It implements hub.Sink.
type metrics struct {
	registry *prometheus.Registry
	events   *prometheus.CounterVec
	messages *prometheus.CounterVec
	commits  prometheus.Histogram
	batches  prometheus.Histogram
	decided  prometheus.Histogram
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		events:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "deskhand_events_total", Help: "Facts stored, by type."}, []string{"type"}),
		messages: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "deskhand_messages_total", Help: "Messages stored, by who said them."}, []string{"from"}),
		commits: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "deskhand_commit_seconds", Help: "How long storing a batch took.",
			Buckets: prometheus.ExponentialBuckets(0.0002, 2, 14)}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "deskhand_commit_writes", Help: "Writes in a batch.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 10)}),
	}
	m.decided = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "deskhand_bot_turn_seconds", Help: "How long the bot took to decide on a turn, the company's systems included.",
		Buckets: prometheus.ExponentialBuckets(0.0002, 2, 16)})
	m.registry.MustRegister(m.events, m.messages, m.commits, m.batches, m.decided,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch adds the gauges that are read from other parts.
func (m *metrics) watch(p *parts) {
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
	}
	gauge("deskhand_customers_connected", "Open connections of customers.", func() float64 { return float64(p.webchat.Connections()) })
	gauge("deskhand_agents_connected", "Open connections of agents' desktops.", func() float64 { return float64(p.gateway.Connections()) })
	gauge("deskhand_conversations_waiting", "Conversations that wait for an agent.", func() float64 { return float64(len(p.floor.Waiting())) })
	gauge("deskhand_conversations_held", "Conversations that agents have.", func() float64 { return float64(len(p.floor.Held())) })
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Changed implements hub.Sink.
func (m *metrics) Changed(u hub.Update) {
	for _, e := range u.Events {
		m.events.WithLabelValues(string(e.Type)).Inc()
		if d, ok := e.Data.(assist.Appended); ok {
			m.messages.WithLabelValues(string(d.Message.From.Kind)).Inc()
		}
	}
}

// Typed implements hub.Sink.
func (m *metrics) Typed(hub.Typing) {}

// timed measures a ledger's store.
func (m *metrics) timed(s ledger.Store) ledger.Store { return timedStore{s, m} }

// turns notes how long the bot took for a turn, and tells it on.
func (m *metrics) turns(tell func(time.Duration)) func(time.Duration) {
	return func(took time.Duration) {
		m.decided.Observe(took.Seconds())
		if tell != nil {
			tell(took)
		}
	}
}

type timedStore struct {
	store ledger.Store
	m     *metrics
}

func (t timedStore) Commit(ctx context.Context, at time.Time, writes []assist.Write) ([]assist.Written, error) {
	begin := time.Now()
	written, err := t.store.Commit(ctx, at, writes)
	t.m.commits.Observe(time.Since(begin).Seconds())
	t.m.batches.Observe(float64(len(writes)))
	return written, err
}
