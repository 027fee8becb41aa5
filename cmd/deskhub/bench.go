package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"deskhand/cmd/internal/bench"
)

type benchCmd struct {
	Pairs   benchPairsCmd   `cmd:"" help:"Delay and capacity of pairs of a customer and an agent."`
	Idle    benchIdleCmd    `cmd:"" help:"Memory of idle connections."`
	History benchHistoryCmd `cmd:"" help:"Reading a long conversation."`
	Search  benchSearchCmd  `cmd:"" help:"Full-text search."`
	Start   benchStartCmd   `cmd:"" help:"From exec until the hub listens."`
	Bot     benchBotCmd     `cmd:"" help:"What the bot takes: reading a message, deciding on a turn, loading packs and models, memory."`
	Echo    benchEchoCmd    `cmd:"" hidden:"" help:"The bare WebSocket echo that idle compares with."`
}

// inFolder runs measure in a temporary folder and prints what it found as one line.
func inFolder[R any](c *console, measure func(folder string) (R, error)) (err error) {
	folder, err := os.MkdirTemp("", "deskhand-bench-")
	if err != nil {
		return fmt.Errorf("folder of the measurement: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	r, err := measure(folder)
	if err != nil {
		return err
	}
	return c.line(r)
}

type benchPairsCmd struct {
	Pairs   int     `help:"How many pairs." default:"50" placeholder:"N"`
	Rate    float64 `help:"Messages a second of all customers together; 0: as fast as it goes, 8 in flight a pair." default:"100" placeholder:"R"`
	Seconds float64 `help:"How long to measure." default:"10" placeholder:"S"`
	JSON    bool    `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (b *benchPairsCmd) Run(ctx context.Context, c *console) error {
	return inFolder(c, func(folder string) (bench.PairsResult, error) {
		return bench.Pairs(ctx, bench.PairsOptions{Folder: folder, Pairs: b.Pairs, Rate: b.Rate, For: time.Duration(b.Seconds * float64(time.Second))})
	})
}

type benchIdleCmd struct {
	Connections int  `help:"How many customers sit and wait." default:"10000" placeholder:"N"`
	JSON        bool `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (b *benchIdleCmd) Run(ctx context.Context, c *console) error {
	return inFolder(c, func(folder string) (bench.IdleResult, error) {
		return bench.Idle(ctx, bench.IdleOptions{Folder: folder, Connections: b.Connections})
	})
}

type benchHistoryCmd struct {
	Messages int  `help:"Messages of the conversation." default:"10000" placeholder:"N"`
	Around   int  `help:"Messages of other conversations." default:"200000" placeholder:"N"`
	JSON     bool `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (b *benchHistoryCmd) Run(ctx context.Context, c *console) error {
	return inFolder(c, func(folder string) (bench.HistoryResult, error) {
		return bench.History(ctx, bench.HistoryOptions{Folder: folder, Messages: b.Messages, Around: b.Around})
	})
}

type benchSearchCmd struct {
	Messages int  `help:"How many messages are searched." default:"1000000" placeholder:"N"`
	JSON     bool `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (b *benchSearchCmd) Run(ctx context.Context, c *console) error {
	return inFolder(c, func(folder string) (bench.SearchResult, error) {
		return bench.Search(ctx, bench.SearchOptions{Folder: folder, Messages: b.Messages})
	})
}

type benchStartCmd struct {
	Messages int  `help:"Messages in the larger database." default:"1000000" placeholder:"N"`
	JSON     bool `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command.
func (b *benchStartCmd) Run(ctx context.Context, c *console) error {
	return inFolder(c, func(folder string) (bench.StartResult, error) {
		return bench.Start(ctx, bench.StartOptions{Folder: folder, Messages: b.Messages})
	})
}

type benchEchoCmd struct{}

// Run implements the sub-command.
func (*benchEchoCmd) Run(ctx context.Context, c *console) error { return bench.Echo(ctx, c.out) }
