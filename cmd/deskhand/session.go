package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/keyring"
	"deskhand/ui/shell"
)

// ways says how the window signs in: to the desk on this computer, or to the hub with what is kept.
func (p *program) ways(o *shell.Options) {
	hub := p.opts.Hub
	if hub == "" && !p.opts.Demo {
		hub = p.settings.Value("hub")
	}
	switch {
	case p.opts.Hub == "" && (p.opts.Demo || hub == ""):
		o.Resume, o.Local = p.local.signIn, p.local.signIn
	default:
		o.Hub = hub
		o.Resume = func(ctx context.Context) (*shell.Session, error) { return p.resume(ctx, hub) }
		if p.opts.Hub == "" {
			o.Local = p.local.signIn
		}
	}
}

// device is how this program names itself to the hub.
func device() string {
	host, err := os.Hostname()
	if err != nil {
		return "Deskhand"
	}
	return "Deskhand on " + host
}

// signIn signs in by password and keeps the session.
func (p *program) signIn(ctx context.Context, hub, login, password string) (*shell.Session, error) {
	token, agent, _, err := client.SignIn(ctx, hub, login, password, device())
	if err != nil {
		return nil, err
	}
	if err := p.keys.Keep(hub, token); err != nil {
		p.log.Warn("session not kept: it has to be signed in again at the next start", "component", "deskhand", "err", err)
	}
	p.settings.Set("hub", hub)
	p.settings.Set("login", agent.Login)
	return p.session(ctx, hub, hub, agent.Login, token)
}

// resume signs in with the session that was kept; nil without error if there is none.
func (p *program) resume(ctx context.Context, hub string) (*shell.Session, error) {
	token, err := p.keys.Token(hub)
	login := p.settings.Value("login")
	if errors.Is(err, keyring.ErrNotFound) || login == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return p.session(ctx, hub, hub, login, token)
}

// session opens what belongs to one person at one hub. place names the hub for good, also when its address changes
// from start to start.
func (p *program) session(ctx context.Context, place, hub, login, token string) (*shell.Session, error) {
	sum := sha256.Sum256([]byte(place + "\n" + login))
	store, err := p.openStore(ctx, "outbox-"+hex.EncodeToString(sum[:8])+".db")
	if err != nil {
		return nil, err
	}
	s := &shell.Session{Hub: hub, Local: place == localPlace, Memory: store}
	s.Connect = func(handle func(wire.Frame), connection func(client.Connection)) (shell.Hub, error) {
		return client.NewAgent(client.AgentOptions{Hub: hub, Session: token, Outbox: store, Handle: handle, Connection: connection, Log: p.log})
	}
	s.End = func(ctx context.Context, signOut bool) error {
		err := store.Close()
		if !signOut {
			return err
		}
		if out := client.SignOut(ctx, hub, token); assist.CodeOf(out) != assist.CodeUnauthenticated && assist.CodeOf(out) != assist.CodeSessionExpired {
			err = errors.Join(err, out)
		}
		return errors.Join(err, p.keys.Forget(hub))
	}
	return s, nil
}
