package client

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"deskhand/assist/wire"
)

// calls matches answers to commands by their ref.
type calls struct {
	mu      sync.Mutex // guards the fields below
	link    *link      // nil while not live
	last    uint64
	waiting map[string]chan answer
}

type answer struct {
	frame wire.Frame
	err   error
}

// refPrefix begins the refs of calls.
const refPrefix = "c"

func (c *calls) attach(l *link) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link, c.waiting = l, map[string]chan answer{}
}

// detach fails what waits.
func (c *calls) detach() {
	c.mu.Lock()
	waiting := c.waiting
	c.link, c.waiting = nil, nil
	c.mu.Unlock()
	for _, ch := range waiting {
		ch <- answer{err: offline("the connection was lost before the answer")}
	}
}

// call sends what build makes of a fresh ref and waits for the answer.
func (c *calls) call(ctx context.Context, build func(ref string) (any, error)) (wire.Frame, error) {
	ch := make(chan answer, 1)
	ref, err := c.start(build, ch)
	if err != nil {
		return nil, err
	}
	select {
	case a := <-ch:
		return a.frame, a.err
	case <-ctx.Done():
		c.mu.Lock()
		delete(c.waiting, ref)
		c.mu.Unlock()
		return nil, ctx.Err()
	}
}

func (c *calls) start(build func(ref string) (any, error), ch chan answer) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.link == nil {
		return "", offline("not connected")
	}
	c.last++
	ref := refPrefix + strconv.FormatUint(c.last, 10)
	command, err := build(ref)
	if err != nil {
		return "", err
	}
	sent, err := c.link.command(command)
	if err != nil {
		return "", err
	}
	if !sent {
		return "", offline("the connection is going down")
	}
	c.waiting[ref] = ch
	return ref, nil
}

// tell sends a command that has no answer, if it can.
func (c *calls) tell(command any) {
	c.mu.Lock()
	l := c.link
	c.mu.Unlock()
	if l != nil {
		_, _ = l.command(command) // only of the moment: lost with the connection
	}
}

// answered hands a frame to the call that waits for it, and reports whether its ref is a call's.
func (c *calls) answered(ref string, f wire.Frame) bool {
	if !strings.HasPrefix(ref, refPrefix) {
		return false
	}
	c.mu.Lock()
	ch := c.waiting[ref]
	delete(c.waiting, ref)
	c.mu.Unlock()
	if ch == nil {
		return true // its caller has given up
	}
	if e, ok := f.(wire.Failure); ok {
		ch <- answer{err: failure(e)}
	} else {
		ch <- answer{frame: f}
	}
	return true
}

// refOf is the ref of an answer, "" if it has none.
func refOf(f wire.Frame) string {
	switch f := f.(type) {
	case wire.Ack:
		return f.Ref
	case wire.Failure:
		return f.Ref
	case wire.AgentOpened:
		return f.Ref
	case wire.AgentMessages:
		return f.Ref
	case wire.AgentListed:
		return f.Ref
	case wire.AgentFound:
		return f.Ref
	case wire.AgentCustomerPage:
		return f.Ref
	case wire.AgentCommandList:
		return f.Ref
	case wire.AgentApprovalList:
		return f.Ref
	case wire.CustomerMessages:
		return f.Ref
	}
	return ""
}

// stamp is the command with its type and ref.
func stamp(command any, ref string) (any, error) {
	switch c := command.(type) {
	case wire.AgentHistory:
		c.Head = wire.Head{T: wire.TypeHistory, Ref: ref}
		return c, nil
	case wire.AgentDo:
		c.Head = wire.Head{T: wire.TypeDo, Ref: ref}
		return c, nil
	case wire.AgentState:
		c.Head = wire.Head{T: wire.TypeState, Ref: ref}
		return c, nil
	case wire.AgentList:
		c.Head = wire.Head{T: wire.TypeList, Ref: ref}
		return c, nil
	case wire.AgentSearch:
		c.Head = wire.Head{T: wire.TypeSearch, Ref: ref}
		return c, nil
	case wire.AgentCustomer:
		c.Head = wire.Head{T: wire.TypeCustomer, Ref: ref}
		return c, nil
	case wire.AgentCustomerSave:
		c.Head = wire.Head{T: wire.TypeCustomerSave, Ref: ref}
		return c, nil
	case wire.AgentMacroSave:
		c.Head = wire.Head{T: wire.TypeMacroSave, Ref: ref}
		return c, nil
	case wire.AgentTagSave:
		c.Head = wire.Head{T: wire.TypeTagSave, Ref: ref}
		return c, nil
	case wire.AgentCommands:
		c.Head = wire.Head{T: wire.TypeCommands, Ref: ref}
		return c, nil
	case wire.AgentApprove:
		c.Head = wire.Head{T: wire.TypeApprove, Ref: ref}
		return c, nil
	case wire.AgentDecline:
		c.Head = wire.Head{T: wire.TypeDecline, Ref: ref}
		return c, nil
	case wire.CustomerHistory:
		c.Head = wire.Head{T: wire.TypeHistory, Ref: ref}
		return c, nil
	case wire.CustomerHuman:
		c.Head = wire.Head{T: wire.TypeHuman, Ref: ref}
		return c, nil
	case wire.CustomerRate:
		c.Head = wire.Head{T: wire.TypeRate, Ref: ref}
		return c, nil
	case wire.CustomerLanguage:
		c.Head = wire.Head{T: wire.TypeLanguage, Ref: ref}
		return c, nil
	}
	return nil, fmt.Errorf("client: %T is no command that is answered to its caller", command)
}
