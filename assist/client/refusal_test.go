package client_test

import (
	"testing"

	"deskhand/assist"
	"deskhand/assist/wire"
)

func TestAgent_RefusedMessageStaysAndIsSentAgain(t *testing.T) {
	d := startDesk(t, t.TempDir())
	defer d.end(t)
	p := startPair(t, d)
	defer p.stop()
	do := func(what string) {
		t.Helper()
		_, err := p.agent.Call(t.Context(), wire.AgentDo{Do: what, Conversation: p.conversation, Queue: "support"})
		must(t, err)
	}
	do(wire.DoTransfer)
	p.reply(t, "too late")
	p.serves.within(t, "the refusal", patience, func() bool {
		for _, f := range p.serves.frames {
			if e, ok := f.(wire.Failure); ok && e.ClientID != "" && e.Code == assist.CodeNotOwner {
				return true
			}
		}
		return false
	})
	kept := p.agent.Waiting()
	if len(kept) != 1 || kept[0].Refused != assist.CodeNotOwner || kept[0].Text != "too late" {
		t.Fatalf("outbox %+v", kept)
	}
	do(wire.DoAccept)
	must(t, p.agent.Retry(t.Context(), kept[0].ClientID))
	p.settle(t)
	if left := p.agent.Waiting(); len(left) != 0 {
		t.Errorf("left in the outbox: %+v", left)
	}
}
