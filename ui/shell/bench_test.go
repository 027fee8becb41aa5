package shell

import (
	"fmt"
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// BenchmarkDesk_MessageIn10000 is what one more message costs the whole desk when the conversation shown has 10,000.
func BenchmarkDesk_MessageIn10000(b *testing.B) {
	o := openOffice(b)
	o.opened(1, nil)
	messages := make([]assist.Message, 10_000)
	for i := range messages {
		messages[i] = assist.Message{Rev: assist.Rev(100 + i), Seq: assist.Seq(3 + i), Kind: assist.KindText, From: assist.ByCustomer(1), At: o.now,
			Text: fmt.Sprintf("message %d, a sentence of usual length 以及一些中文", i)}
	}
	o.paint([]wire.Frame{wire.AgentMessages{Conversation: 1, Messages: messages}}, nil)
	for n := 0; b.Loop(); n++ {
		rev := assist.Rev(20_000 + n)
		o.paint([]wire.Frame{wire.AgentEvent{Event: assist.Event{Rev: rev, Conversation: 1, Type: assist.MessageAppended, At: o.now, Actor: assist.ByCustomer(1),
			Data: assist.Appended{Message: assist.Message{Seq: assist.Seq(10_003 + n), Kind: assist.KindText, From: assist.ByCustomer(1), Text: "one more"}}}}}, nil)
	}
}
