package client

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"

	"github.com/google/uuid"
)

// Undone tells Handle that the hub refused for good what a macro does behind its words. It comes from this package,
// never over the wire. What else the macro does is done all the same.
type Undone struct {
	Conversation assist.ConversationID
	Action       assist.MacroAction
	Code         assist.Code
}

// Type implements wire.Frame.
func (Undone) Type() string { return "undone" }

// thenPrefix begins the refs of actions; behind it stand how many were left, this one included, and the message's id.
// So an answer that comes twice, after a reconnect, counts once.
const thenPrefix = "then:"

func thenRef(m Outgoing) string {
	return fmt.Sprintf("%s%d:%s", thenPrefix, len(m.Then), m.ClientID)
}

// thenOf is what an action's ref says.
func thenOf(ref string) (id assist.ClientID, left int, ok bool) {
	rest, ok := strings.CutPrefix(ref, thenPrefix)
	if !ok {
		return "", 0, false
	}
	number, name, ok := strings.Cut(rest, ":")
	left, err := strconv.Atoi(number)
	return assist.ClientID(name), left, ok && err == nil
}

// snoozeFor is how long a macro snoozes that doesn't say so in a way that can be read.
const snoozeFor = time.Hour

// thenCommand does the first of what is left to be done behind a message. It may be done twice when its answer gets
// lost: a note is stored once because its id follows from the message's, the others change nothing the second time.
func thenCommand(m Outgoing, hubNow time.Time) any {
	a, ref := m.Then[0], thenRef(m)
	if a.Do == "note" {
		id := uuid.NewSHA1(uuid.Nil, []byte(ref)) // RFC 9562 section 5.5
		return wire.AgentSend{Head: wire.Head{T: wire.TypeSend, Ref: ref}, Conversation: m.Conversation, ClientID: assist.ClientID(id.String()),
			Text: a.Value, Note: true}
	}
	c := wire.AgentDo{Head: wire.Head{T: wire.TypeDo, Ref: ref}, Do: a.Do, Conversation: m.Conversation}
	switch a.Do {
	case wire.DoTag:
		c.Add = []string{a.Value}
	case wire.DoPriority:
		c.Priority = a.Priority()
	case wire.DoResolve:
		c.Disposition = a.Value
	case wire.DoSnooze:
		d, err := time.ParseDuration(a.Value)
		if err != nil || d <= 0 {
			d = snoozeFor
		}
		c.Until = hubNow.Add(d)
	}
	return c // what isn't known here the hub refuses, and the person is told
}
