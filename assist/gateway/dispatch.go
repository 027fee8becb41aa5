package gateway

import (
	"deskhand/assist"
	"deskhand/assist/desk"
	"deskhand/assist/socket"
	"deskhand/assist/wire"
)

// dispatch takes one frame of the desktop.
func (c *session) dispatch(h wire.Head, data []byte) error {
	if h.T == wire.TypeHello {
		return socket.Take(data, c.hello)
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
	case wire.TypeApprove:
		return true, takeBy(by, data, c.approve)
	case wire.TypeDecline:
		return true, takeBy(by, data, c.decline)
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
	case wire.TypeCommands:
		return takeBy(by, data, c.commands)
	case wire.TypeApprovals:
		return takeBy(by, data, c.approvals)
	}
	return assist.Errorf(assist.CodeUnknownType, "unknown frame type")
}

// takeBy is socket.Take for what a known agent does.
func takeBy[T any](by desk.By, data []byte, handle func(desk.By, T) error) error {
	return socket.Take(data, func(f T) error { return handle(by, f) })
}
