package gateway

import (
	"time"

	"deskhand/assist"
	"deskhand/assist/desk"
	"deskhand/assist/wire"
)

// handle takes one frame of the desktop.
func (c *session) handle(data []byte) {
	if !c.rate.Allow() {
		c.slowDown()
		return
	}
	h, err := wire.Peek(data)
	if err == nil {
		err = c.dispatch(h, data)
	}
	if err != nil {
		c.fail(h, err)
	}
}

func (c *session) slowDown() {
	if c.tooFast++; c.tooFast > 10*wire.MaxBadFrames {
		c.conn.Close(wire.CloseRateLimited, "far too many frames")
		return
	}
	c.conn.Send(wire.MustEncode(wire.Fail(wire.Head{}, &assist.Error{
		Code: assist.CodeRateLimited, Detail: "too many frames", RetryAfter: time.Second})))
}

func (c *session) fail(h wire.Head, err error) {
	code := assist.CodeOf(err)
	if code == assist.CodeInternal {
		c.server.opts.Log.Error("frame of an agent", "type", h.T, "agent_id", c.agentID(), "err", err)
	}
	c.conn.Send(wire.MustEncode(wire.Fail(h, err)))
	switch {
	case code == assist.CodeBadUTF8:
		c.conn.Close(wire.CloseBadUTF8, "not UTF-8")
	case c.agentID() == 0 && code >= 200 && code < 400:
		c.conn.Close(wire.CloseAuth, code.String())
	case code >= 100 && code < 200:
		if c.refused++; c.refused >= wire.MaxBadFrames {
			c.conn.Close(wire.CloseProtocol, "too many refused frames")
		}
	}
}

func (c *session) dispatch(h wire.Head, data []byte) error {
	switch h.T {
	case wire.TypePong:
		return nil
	case wire.TypePing:
		c.conn.Send(pong)
		return nil
	case wire.TypeHello:
		return take(data, c.hello)
	}
	if c.agentID() == 0 {
		return assist.Errorf(assist.CodeHelloFirst, "the first frame must be hello")
	}
	by, err := c.by()
	if err != nil {
		return err
	}
	if h.T != wire.TypeMark {
		c.server.opts.Presence.Active(by.Agent.ID)
	}
	if handled, err := c.write(by, h, data); handled {
		return err
	}
	return c.read(by, h, data)
}

// write handles the frames that change something.
func (c *session) write(by desk.By, h wire.Head, data []byte) (bool, error) {
	switch h.T {
	case wire.TypeSend:
		return true, takeBy(by, data, c.send)
	case wire.TypeTyping:
		return true, takeBy(by, data, c.typing)
	case wire.TypeMark:
		return true, takeBy(by, data, c.mark)
	case wire.TypeDo:
		return true, takeBy(by, data, c.do)
	case wire.TypeState:
		return true, takeBy(by, data, c.state)
	case wire.TypeCustomerSave:
		return true, takeBy(by, data, c.saveCustomer)
	case wire.TypeMacroSave:
		return true, takeBy(by, data, c.saveMacro)
	case wire.TypeTagSave:
		return true, takeBy(by, data, c.saveTag)
	}
	return false, nil
}

// read handles the frames that only ask.
func (c *session) read(by desk.By, h wire.Head, data []byte) error {
	switch h.T {
	case wire.TypeOpen:
		return takeBy(by, data, c.openConversation)
	case wire.TypeClose:
		return takeBy(by, data, c.closeConversation)
	case wire.TypeHistory:
		return takeBy(by, data, c.history)
	case wire.TypeList:
		return takeBy(by, data, c.list)
	case wire.TypeSearch:
		return takeBy(by, data, c.search)
	case wire.TypeCustomer:
		return takeBy(by, data, c.customer)
	}
	return assist.Errorf(assist.CodeUnknownType, "unknown frame type")
}

var pong = wire.MustEncode(wire.Pong{})

// take decodes a frame and hands it on.
func take[T any](data []byte, handle func(T) error) error {
	var f T
	if err := wire.Decode(data, &f); err != nil {
		return err
	}
	return handle(f)
}

// takeBy is take for what a known agent does.
func takeBy[T any](by desk.By, data []byte, handle func(desk.By, T) error) error {
	return take(data, func(f T) error { return handle(by, f) })
}
