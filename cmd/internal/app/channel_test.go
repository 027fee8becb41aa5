package app_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/channel/channeltest"
)

func TestWebchat_KeepsTheContractOfAChannel(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Bench {
		d := openDesk(t, fast)
		d.hire("li", assist.RoleAgent)
		return &webchatBench{d, d.agent("li")}
	}, func() assist.ClientID { return assist.ClientID(newID()) })
}

type webchatBench struct {
	desk *desk
	li   *peer
}

func (b *webchatBench) NewCustomer() channeltest.Customer {
	return &webchatCustomer{desk: b.desk, peer: b.desk.customer(counter), sent: map[assist.Seq]string{}}
}

func (b *webchatBench) Accept(c assist.ConversationID) { b.li.must(do("accept", int(c))) }

func (b *webchatBench) Reply(c assist.ConversationID, text string) { b.li.must(reply(int(c), text)) }

func (b *webchatBench) Note(c assist.ConversationID, text string) { b.li.must(note(int(c), text)) }

func (b *webchatBench) Resolve(c assist.ConversationID) { b.li.must(do("resolve", int(c))) }

// webchatCustomer is a page: what it sent it knows from the acks, the rest from history and message.
type webchatCustomer struct {
	desk *desk
	peer *peer
	sent map[assist.Seq]string
	seen []channeltest.Shown // over all connections
}

func (c *webchatCustomer) Send(id assist.ClientID, text string) assist.Receipt {
	a := c.peer.must(frame{"t": "send", "client_id": id, "text": text})
	at, err := time.Parse(time.RFC3339Nano, a.text("at"))
	if err != nil {
		c.desk.t.Fatal(err)
	}
	r := assist.Receipt{Conversation: assist.ConversationID(a.num("conversation")), ClientID: id, Seq: assist.Seq(a.num("seq")), At: at}
	c.sent[r.Seq] = text
	return r
}

func (c *webchatCustomer) Leave() {
	c.peer.hangUp()
	c.gather()
}

func (c *webchatCustomer) Return() { c.peer = c.desk.customer(counter, frame{"token": c.peer.token}) }

// gather takes over what the connection has brought.
func (c *webchatCustomer) gather() {
	c.peer.mu.Lock()
	defer c.peer.mu.Unlock()
	for _, f := range c.peer.frames {
		messages := list(f, "messages")
		if m := f.at("message"); m != nil {
			messages = append(messages, m)
		}
		for _, m := range messages {
			m := frame(m.(map[string]any))
			shown := channeltest.Shown{Seq: assist.Seq(m.num("seq")), Kind: assist.MessageKind(m.text("kind")), Text: m.text("text")}
			if !slices.Contains(c.seen, shown) {
				c.seen = append(c.seen, shown)
			}
		}
	}
}

func (c *webchatCustomer) Shows(text string) []channeltest.Shown {
	c.desk.eventually("the customer reads "+text, func() bool {
		c.gather()
		return slices.ContainsFunc(c.seen, func(m channeltest.Shown) bool { return m.Text == text })
	})
	out := slices.Clone(c.seen)
	for seq, text := range c.sent {
		if own := (channeltest.Shown{Seq: seq, Kind: assist.KindText, Text: text}); !slices.Contains(out, own) {
			out = append(out, own)
		}
	}
	slices.SortFunc(out, func(a, b channeltest.Shown) int { return cmp.Compare(a.Seq, b.Seq) })
	return out
}
