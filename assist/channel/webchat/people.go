package webchat

import (
	"slices"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// identify enters a session under its identity and closes the oldest of too many. Those that were closed before
// but haven't ended count, so that no burst gets past the limit.
func (s *Server) identify(c *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := append(s.byPerson[c.person()], c)
	for _, old := range all[:max(0, len(all)-s.opts.PerIdentity)] {
		old.conn.Close(wire.CloseReplaced, "too many connections")
	}
	s.byPerson[c.person()] = all
	s.byVisitor[c.visitor] = append(s.byVisitor[c.visitor], c)
}

// siblings are all sessions of the same person, c included.
func (s *Server) siblings(c *session) []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.byPerson[c.person()])
}

// Person is who is behind an open connection with that visitor token, the signed-in customer if there is one; ok is
// false if none is open: only such a one may upload.
func (s *Server) Person(visitor assist.Identity) (person assist.Identity, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	visitor.Customer = 0
	for _, c := range s.byVisitor[visitor] {
		if !ok || c.signed != nil {
			person, ok = c.person(), true
		}
	}
	return person, ok
}

// Sees tells whether a connected page with that visitor token shows one of the conversations.
func (s *Server) Sees(id assist.Identity, conversations []assist.ConversationID) bool {
	s.mu.Lock()
	id.Customer = 0
	pages := slices.Clone(s.byVisitor[id])
	s.mu.Unlock()
	return slices.ContainsFunc(pages, func(c *session) bool { return slices.Contains(conversations, c.current()) })
}
