package access

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"deskhand/assist"
)

// RecheckEvery is how often Run looks whether watched sessions are still good: well under the five seconds
// in which a revoked session's sockets must be closed.
const RecheckEvery = 2 * time.Second

// watches are the sessions that have live sockets.
type watches struct {
	mu   sync.Mutex // guards live
	live map[assist.SessionHash]map[*watch]struct{}
}

type watch struct{ ended chan struct{} }

// Watch tells a socket when its session ends: the channel is closed once it is signed out, revoked or
// expired, or its agent disabled. Call stop when the socket closes. Sessions ended through this Service are
// told at once; those ended otherwise (expiry, another program) by Run.
func (s *Service) Watch(hash assist.SessionHash) (ended <-chan struct{}, stop func()) {
	w := &watch{ended: make(chan struct{})}
	ws := &s.watches
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if ws.live[hash] == nil {
		ws.live[hash] = make(map[*watch]struct{})
	}
	ws.live[hash][w] = struct{}{}
	return w.ended, func() { ws.stop(hash, w) }
}

func (ws *watches) stop(hash assist.SessionHash, w *watch) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	delete(ws.live[hash], w)
	if len(ws.live[hash]) == 0 {
		delete(ws.live, hash)
	}
}

func (ws *watches) end(hash assist.SessionHash) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	for w := range ws.live[hash] {
		close(w.ended)
	}
	delete(ws.live, hash)
}

func (ws *watches) hashes() []assist.SessionHash {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	return slices.Collect(maps.Keys(ws.live))
}

// Run rechecks watched sessions every RecheckEvery until ctx ends, then returns nil. A watched session
// counts as used, so an agent who sits at a quiet desk does not go idle. When the store cannot be read the
// sessions stay and the next round tries again.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(RecheckEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			s.recheck(ctx)
		}
	}
}

func (s *Service) recheck(ctx context.Context) {
	for _, hash := range s.watches.hashes() {
		_, session, err := s.check(ctx, hash)
		switch {
		case err == nil || ctx.Err() != nil:
		case ended(err):
			s.watches.end(hash)
		default:
			s.log.Warn("session not rechecked", "agent_id", session.Agent, "err", err)
		}
	}
}

// ended tells an answer ("this session is no good") from a failure to find out.
func ended(err error) bool {
	var e *assist.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case assist.CodeUnauthenticated, assist.CodeSessionExpired, assist.CodeForbidden, assist.CodeNotFound:
		return true
	}
	return false
}
