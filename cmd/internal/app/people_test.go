package app_test

import (
	"deskhand/assist"

	"github.com/google/uuid"
)

// customer connects a page; more goes into its hello.
func (d *desk) customer(in assist.InboxID, more ...frame) *peer {
	d.t.Helper()
	p := d.dial("/ws/customer", nil)
	hello := frame{"t": "hello", "v": 1, "inbox": in, "language": "en"}
	for _, m := range more {
		for k, v := range m {
			hello[k] = v
		}
	}
	p.send(hello)
	w := p.next("welcome")
	if p.token, _ = hello["token"].(string); w.text("token") != "" {
		p.token = w.text("token")
	}
	p.conv = w.num("conversation")
	return p
}

// say sends a customer's message.
func (p *peer) say(text string) frame {
	p.t.Helper()
	a := p.must(frame{"t": "send", "client_id": uuid.NewString(), "text": text})
	p.conv = a.num("conversation")
	return a
}

// agent connects a desktop and waits until it has its rows.
func (d *desk) agent(login string) *peer {
	d.t.Helper()
	p := d.dial("/ws/agent", nil)
	p.send(frame{"t": "hello", "v": 1, "ticket": d.ticket(login)})
	p.next("welcome")
	p.await("the last rows", func(f frame) bool { return f["t"] == "rows" && f["done"] == true })
	return p
}

// do is a command on a conversation.
func do(command string, conversation int, more ...frame) frame {
	f := frame{"t": "do", "do": command, "conversation": conversation}
	for _, m := range more {
		for k, v := range m {
			f[k] = v
		}
	}
	return f
}

// reply is an agent's message.
func reply(conversation int, text string) frame {
	return frame{"t": "send", "conversation": conversation, "client_id": uuid.NewString(), "text": text}
}

func note(conversation int, text string) frame {
	f := reply(conversation, text)
	f["note"] = true
	return f
}
