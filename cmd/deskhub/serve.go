package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"deskhand/cmd/internal/app"
	"deskhand/cmd/internal/config"
	"deskhand/cmd/internal/version"
)

type serveCmd struct {
	Config string `help:"The config file; see deskhub config." env:"DESKHAND_CONFIG" type:"path" placeholder:"FILE"`
	Demo   bool   `help:"The desk of four invented companies, with customers who write. Without --data everything goes when the hub stops."`
	Listen string `help:"Address and port instead of the config's; port 0 takes a free one." placeholder:"HOST:PORT"`
	Data   string `help:"The desk's folder instead of the config's." type:"path" placeholder:"DIR"`
	JSON   bool   `help:"Print JSON lines only." name:"json"`
}

// Run implements the sub-command: serves until the process is told to stop.
func (s *serveCmd) Run(ctx context.Context, c *console) error {
	conf, err := s.load(c)
	if err != nil {
		return err
	}
	if s.Demo && s.Data == "" {
		dir, err := os.MkdirTemp("", "deskhand-demo-")
		if err != nil {
			return fmt.Errorf("folder of the demo: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		conf.Hub.Data = dir
	}
	hub, err := app.Start(ctx, app.Options{Config: conf, Demo: s.Demo, Log: newLog(c.err, conf.Log), Version: version.Number})
	if err != nil {
		return err
	}
	if err := s.ready(c, hub.Ready(), conf); err != nil {
		return errors.Join(err, hub.Close())
	}
	select {
	case <-ctx.Done():
		return hub.Close()
	case err := <-hub.Failed():
		return errors.Join(err, hub.Close())
	}
}

func (s *serveCmd) load(c *console) (config.Config, error) {
	source := config.Source{File: s.Config, Environ: c.environ}
	if s.Listen != "" {
		source.Flags = append(source.Flags, config.Flag{Name: "--listen", Key: "hub.listen", Value: s.Listen})
	}
	if s.Data != "" {
		source.Flags = append(source.Flags, config.Flag{Name: "--data", Key: "hub.data", Value: s.Data})
	}
	return config.Load(source)
}

// ready prints the one line that programs wait for; people get the same in words as well.
func (s *serveCmd) ready(c *console, r app.Ready, conf config.Config) error {
	if err := c.line(r); err != nil || s.JSON {
		return err
	}
	transport := "plain HTTP on this machine"
	switch {
	case conf.TLS.Cert != "":
		transport = "HTTPS by the certificate of [tls]"
	case !strings.HasPrefix(r.Listening, "127.") && !strings.HasPrefix(r.Listening, "[::1]"):
		transport = "plain HTTP to the network: put a proxy with TLS in front, or set [tls]"
	}
	if err := c.say("Deskhand listens at %s (%s).\nUnderstanding: %s.\nBe a customer: %s", r.Listening, transport, app.Tiers(conf), r.CustomerPage); err != nil {
		return err
	}
	for _, a := range r.Agents {
		if err := c.say("Sign in as %-6s %-10s password %s", a.Login, a.Role, a.Password); err != nil {
			return err
		}
	}
	return c.say("Stop with Ctrl+C.")
}

func newLog(w io.Writer, l config.Log) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
