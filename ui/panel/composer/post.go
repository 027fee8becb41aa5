package composer

import (
	"context"

	"deskhand/ui/client"
	"deskhand/ui/state"
)

// post puts a message into the outbox and shows it as queued. Its draft is kept until the outbox has the message, and
// stays if even the outbox refuses it: nothing typed is lost.
func (p *Presenter) post(d client.Draft) {
	at := p.desk.State.HubNow()
	mode := Reply
	if d.Note {
		mode = Note
	}
	k := key("draft", d.Conversation, mode)
	draft := p.desk.Keep.Value(k)
	p.sending[k] = draft
	p.posting[d.Conversation]++
	p.desk.Go(func(ctx context.Context) func() {
		id, err := p.desk.Hub.Post(ctx, d)
		return func() {
			p.posting[d.Conversation]--
			delete(p.sending, k)
			if err != nil {
				p.desk.Fail(err)
				p.restore(d, k, draft)
				return
			}
			if p.desk.Keep.Value(k) == draft { // nothing was typed since
				p.desk.Keep.Set(k, "")
			}
			if !d.Bare() {
				p.posted(state.Outgoing{ClientID: id, Conversation: d.Conversation, Text: d.Text, Note: d.Note,
					Attachments: d.Attachments, At: at})
			}
		}
	})
}

func (p *Presenter) posted(o state.Outgoing) {
	var ch state.Change
	p.desk.State.Send(o, &ch)
	ch.Connection = true
	p.desk.Changed(&ch)
}

// restore brings a refused text back as the draft, before what was typed since.
func (p *Presenter) restore(d client.Draft, k, draft string) {
	text := d.Text
	if newer := p.desk.Keep.Value(k); newer != draft && newer != "" {
		text += "\n" + newer
	}
	p.desk.Keep.Set(k, text)
	for _, a := range d.Attachments {
		p.files[d.Conversation] = append(p.files[d.Conversation], &File{Name: a.Name, Size: a.Size, Stored: a})
	}
	p.saveFilesOf(d.Conversation)
	p.setActions(d.Conversation, append(d.Then, p.actions[d.Conversation]...))
	if d.Conversation == p.id && k == key("draft", p.id, p.mode) {
		p.text = text
	}
	p.changed()
}
