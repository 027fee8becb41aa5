package client

import (
	"strconv"
	"strings"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// following is an open conversation.
type following struct {
	rev    assist.Rev // up to where everything was handled
	seq    assist.Seq // of the last shared message that was handled
	asked  bool       // the answer to open is awaited: hold events back
	forget bool       // the answer replaces what there was
	held   []wire.AgentEvent
}

// maxHeld is how many events are held back while the answer to open is awaited.
const maxHeld = 4096

const openPrefix = "open:"

func openCommand(id assist.ConversationID, after assist.Rev) wire.AgentOpen {
	return wire.AgentOpen{Head: wire.Head{T: wire.TypeOpen, Ref: openPrefix + strconv.FormatInt(int64(id), 10)}, Conversation: id, AfterRev: after}
}

// openOf is the conversation of an open's ref.
func openOf(ref string) (assist.ConversationID, bool) {
	rest, ok := strings.CutPrefix(ref, openPrefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(rest, 10, 64)
	return assist.ConversationID(n), err == nil
}

// Open shows a conversation and follows it until Close, through reconnects: Handle gets wire.AgentOpened, or a
// wire.Failure with that Conversation, and then its events. Opening twice asks for the newest messages again.
func (a *Agent) Open(id assist.ConversationID) {
	a.mu.Lock()
	a.open[id] = &following{asked: true}
	a.mu.Unlock()
	a.calls.tell(openCommand(id, 0))
}

// Close stops following.
func (a *Agent) Close(id assist.ConversationID) {
	a.mu.Lock()
	_, was := a.open[id]
	delete(a.open, id)
	a.mu.Unlock()
	if was {
		a.calls.tell(wire.AgentClose{Head: wire.Head{T: wire.TypeClose}, Conversation: id})
	}
}

// reopen asks for what was missed in the open conversations after a reconnect.
func (a *Agent) reopen() {
	a.mu.Lock()
	for _, f := range a.open {
		f.asked, f.held = true, nil
	}
	a.mu.Unlock()
	a.ask()
}

// ask asks for the conversations whose answer is awaited; again, when the hub was busy: a frame above its rate it does
// not even look at.
func (a *Agent) ask() {
	a.mu.Lock()
	var commands []wire.AgentOpen
	for id, f := range a.open {
		if f.asked {
			commands = append(commands, openCommand(id, f.rev))
		}
	}
	a.mu.Unlock()
	for _, c := range commands {
		a.calls.tell(c)
	}
}

// opened takes the answer to open and then the events that were held back.
func (a *Agent) opened(o wire.AgentOpened) {
	a.mu.Lock()
	f := a.open[o.Row.ID]
	if f == nil { // closed meanwhile
		a.mu.Unlock()
		return
	}
	o.Reset = o.Reset || f.forget
	if o.Reset || f.rev == 0 {
		f.seq = o.Row.Seq
	}
	for _, m := range o.Messages {
		f.seq = max(f.seq, m.Seq)
	}
	held := f.held
	f.rev, f.asked, f.forget, f.held = max(f.rev, o.Row.Rev), false, false, nil
	a.mu.Unlock()
	o.Ref = ""
	a.handle(o)
	for _, e := range held {
		a.event(nil, e)
	}
}

// event hands an event on in its turn: what was handled already is passed over, what comes too early (a gap in
// seq, which a healthy hub does not make) waits until the missing part was fetched.
func (a *Agent) event(l *link, e wire.AgentEvent) {
	a.mu.Lock()
	f := a.open[e.Event.Conversation]
	if f == nil || e.Event.Rev <= f.rev {
		a.mu.Unlock()
		return
	}
	if f.asked {
		if len(f.held) < maxHeld {
			f.held = append(f.held, e)
		} else if l != nil {
			l.close() // resuming is cheaper now
		}
		a.mu.Unlock()
		return
	}
	if seq := seqOf(e.Event); seq > f.seq+1 && l != nil {
		f.asked, f.held = true, []wire.AgentEvent{e}
		after := f.rev
		a.mu.Unlock()
		a.log.Warn("events are missing", "conversation_id", e.Event.Conversation, "have", f.seq, "got", seq)
		a.calls.tell(openCommand(e.Event.Conversation, after))
		return
	} else {
		f.seq = max(f.seq, seq)
	}
	f.rev = e.Event.Rev
	a.mu.Unlock()
	a.handle(e)
}

func seqOf(e assist.Event) assist.Seq {
	if d, ok := e.Data.(assist.Appended); ok {
		return d.Message.Seq
	}
	return 0
}
