package client

import (
	"bytes"

	"deskhand/assist/wire"
)

var typeFirst = []byte(`{"t":"`)

// frameType is the "t" of a frame, "" if it has none. Our hub writes it first; others may not.
func frameType(data []byte) string {
	if rest, ok := bytes.CutPrefix(data, typeFirst); ok {
		if i := bytes.IndexByte(rest, '"'); i >= 0 && bytes.IndexByte(rest[:i], '\\') < 0 {
			return string(rest[:i])
		}
	}
	var h wire.Head
	if err := wire.DecodeHub(data, &h); err != nil {
		return ""
	}
	return h.T
}

// decoders read the frames of the hub by their type.
type decoders map[string]func(data []byte) (wire.Frame, error)

func as[T wire.Frame](data []byte) (wire.Frame, error) {
	var f T
	err := wire.DecodeHub(data, &f)
	return f, err
}

// agentFrames are the frames that a desktop understands.
func agentFrames() decoders {
	return decoders{
		"welcome": as[wire.AgentWelcome], "directory": as[wire.AgentDirectory], "rows": as[wire.AgentRows],
		"gone": as[wire.AgentGone], "opened": as[wire.AgentOpened], "history": as[wire.AgentMessages],
		"event": as[wire.AgentEvent], "marks": as[wire.AgentMarks], "typing": as[wire.AgentPeerTyping],
		"viewers": as[wire.AgentViewers], "presence": as[wire.AgentPresenceChanged], "listed": as[wire.AgentListed],
		"found": as[wire.AgentFound], "customer": as[wire.AgentCustomerPage], "alert": as[wire.AgentAlert],
		"commands": as[wire.AgentCommandList], "approvals": as[wire.AgentApprovalList],
		"ack": as[wire.Ack], "error": as[wire.Failure], "pong": as[wire.Pong],
	}
}

// customerFrames are the frames that a customer's page understands.
func customerFrames() decoders {
	return decoders{
		"welcome": as[wire.CustomerWelcome], "history": as[wire.CustomerMessages], "message": as[wire.CustomerMessageNew],
		"status": as[wire.CustomerStatus], "marks": as[wire.CustomerMarks], "typing": as[wire.CustomerPeerTyping],
		"ack": as[wire.Ack], "error": as[wire.Failure], "pong": as[wire.Pong],
	}
}

// decode reads a frame; nil without error for one of an unknown type, which PROTOCOL.md says to pass over.
func (d decoders) decode(kind string, data []byte) (wire.Frame, error) {
	read, ok := d[kind]
	if !ok {
		return nil, nil
	}
	return read(data)
}
