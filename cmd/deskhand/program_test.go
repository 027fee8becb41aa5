package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"deskhand/cmd/internal/version"
	"deskhand/storage/outbox"
)

func TestRun_HelpVersionAndMistakes(t *testing.T) {
	for _, v := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--help"}, 0, "--hub"},
		{[]string{"--version"}, 0, version.Number},
		{[]string{"--hubb", "x"}, 1, "deskhand --help"},
		{[]string{"--theme", "pink"}, 1, "--theme"},
		{[]string{"--demo", "--hub", "http://127.0.0.1:1"}, 1, "leave out --hub"},
		{[]string{"--size", "big"}, 1, "1440x900"},
	} {
		var out, fault bytes.Buffer
		status := run(t.Context(), v.args, &out, &fault)
		if said := out.String() + fault.String(); status != v.status || !strings.Contains(said, v.says) {
			t.Errorf("%q: status %d, said %q; want %d and %q", v.args, status, said, v.status, v.says)
		}
	}
}

func TestRun_SecondProgramOfTheSameFolderIsToldWhereToGo(t *testing.T) {
	dir := t.TempDir()
	first, err := outbox.Open(t.Context(), filepath.Join(dir, "settings.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	var out, fault bytes.Buffer
	if status := run(t.Context(), []string{"--data", dir}, &out, &fault); status != 1 || !strings.Contains(fault.String(), "already runs with the folder "+dir) {
		t.Errorf("status %d, said %q", status, fault.String())
	}
}

func TestOpenLog_PutsALongOneAside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "deskhand.log")
	if err := os.WriteFile(path, make([]byte, logMost+1), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{dir: dir}
	var fault bytes.Buffer
	if err := p.openLog(&fault); err != nil {
		t.Fatal(err)
	}
	p.log.Info("new")
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	if old, err := os.Stat(path + ".old"); err != nil || old.Size() != logMost+1 {
		t.Errorf("old log: %v, %v", old, err)
	}
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "msg=new") || len(text) > 200 {
		t.Errorf("new log: %q, %v", text, err)
	}
}

func TestSamplesOf_BundledSounds(t *testing.T) {
	for _, name := range []string{"message", "waiting", "urgent"} {
		s, err := samplesOf(name)
		if err != nil {
			t.Fatal(err)
		}
		if d := time.Duration(len(s)/2) * time.Second / rate; d < 200*time.Millisecond || d > 1200*time.Millisecond {
			t.Errorf("%s lasts %v", name, d)
		}
	}
	for _, name := range []string{"none", "../fonts/x", ""} {
		if _, err := samplesOf(name); err == nil {
			t.Errorf("%q has samples", name)
		}
	}
}

func TestNoise_ManyAtOnceNeverBlockAndItEnds(t *testing.T) {
	n := newNoise(slog.New(slog.DiscardHandler))
	for range 100 {
		n.Play("none", 1)
	}
	n.close() // hangs, and the test with it, if its goroutine doesn't end
}

func TestProcessStarted_IsShortlyAgo(t *testing.T) {
	now := time.Now()
	if at := processStarted(now); at.After(now.Add(time.Second)) || now.Sub(at) > time.Hour {
		t.Errorf("started at %v, now %v", at, now)
	}
}

func TestLocal_SignsInToAHubOfItsOwn(t *testing.T) {
	p := &program{opts: options{Data: t.TempDir()}, out: new(bytes.Buffer)}
	if err := p.open(t.Context(), new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DESKHAND_HUB_LISTEN", "127.0.0.1:0")
	p.local.begin(t.Context(), p)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for range 2 { // the second time the login is there already
		s, err := p.local.signIn(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if !s.Local || s.Hub != p.local.hub.URL() {
			t.Errorf("session %+v", s)
		}
		if err := s.End(ctx, false); err != nil {
			t.Error(err)
		}
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
}
