package thread

import "deskhand/assist"

// seekMost bounds how many pages of older messages are fetched to reach one that was found by search.
const seekMost = 200

// seek is a message that is to be shown once it is loaded.
type seek struct {
	message assist.Message
	pages   int
}

// Seek shows a message that is not loaded yet, fetching older ones until it is there.
func (v *View) Seek(m assist.Message) {
	v.sought = &seek{message: m}
	v.goOn()
}

// goOn looks for the sought message after something was loaded.
func (v *View) goOn() {
	s := v.sought
	if s == nil || s.message.Conversation != v.p.ID() {
		v.sought = nil
		return
	}
	c := v.stage.State.Conversation(v.p.ID())
	switch {
	case c == nil || !c.Loaded:
		return // comes again when it is
	case v.JumpTo(s.message), v.p.Older() == 0, s.pages >= seekMost:
		v.sought = nil
	default:
		s.pages++
		v.p.LoadOlder()
	}
}
