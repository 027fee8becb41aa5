// Package composer is where agents write: a reply or a private note, with drafts kept for each conversation, macros by
// "/", colleagues by "@", and files. What can't be answered now says how to get there: accept, take over, reopen.
package composer

import (
	"strconv"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/ui/client"
	"deskhand/ui/panel"
)

// Mode is what is being written.
type Mode string

// The modes.
const (
	Reply Mode = "reply"
	Note  Mode = "note"
)

// How typing is told to the customer: at most this often, and no longer than this after the last key.
const (
	typingEvery = 3 * time.Second
	typingStops = 5 * time.Second
)

// Presenter decides what the composer shows and sends.
type Presenter struct {
	desk *panel.Desk
	id   assist.ConversationID
	mode Mode
	text string

	files   map[assist.ConversationID][]*File
	actions map[assist.ConversationID][]assist.MacroAction // of macros put into the text, done when it is sent

	posting map[assist.ConversationID]int // messages on their way into the outbox
	sending map[string]string             // their drafts by key: kept until the outbox has the message
	waiting []waiting

	typedAt time.Time // the last key
	toldAt  time.Time // the customer was told last; zero: not, or told that it ended
	changed func()    // files or what may be written have changed
}

// NewPresenter returns a presenter of no conversation. changed is called when files came or went.
func NewPresenter(d *panel.Desk, changed func()) *Presenter {
	return &Presenter{desk: d, mode: Reply, changed: changed, files: map[assist.ConversationID][]*File{},
		actions: map[assist.ConversationID][]assist.MacroAction{}, posting: map[assist.ConversationID]int{}, sending: map[string]string{}}
}

// ID is the conversation written in.
func (p *Presenter) ID() assist.ConversationID { return p.id }

// Mode is what is being written.
func (p *Presenter) Mode() Mode { return p.mode }

// Show turns to another conversation and returns its draft.
func (p *Presenter) Show(id assist.ConversationID) (draft string) {
	if id != p.id {
		p.stopTyping()
		p.id, p.mode = id, Reply
		if p.keep("mode", id, "") == string(Note) || !p.can().Reply && p.can().Note && p.draft(Reply) == "" && p.draft(Note) != "" {
			p.mode = Note
		}
		p.loadFiles()
		p.loadActions()
	}
	p.text = p.draft(p.mode)
	return p.text
}

// Choose turns to reply or note and returns the draft of that.
func (p *Presenter) Choose(m Mode) (draft string) {
	if m != p.mode {
		p.stopTyping()
	}
	p.mode = m
	if p.id != 0 {
		p.desk.Keep.Set(key("mode", p.id, ""), string(m))
	}
	p.text = p.draft(m)
	return p.text
}

func key(what string, id assist.ConversationID, m Mode) string {
	k := what + "/" + strconv.FormatInt(int64(id), 10)
	if m != "" {
		k += "/" + string(m)
	}
	return k
}

func (p *Presenter) keep(what string, id assist.ConversationID, m Mode) string {
	if id == 0 {
		return ""
	}
	return p.desk.Keep.Value(key(what, id, m))
}

// draft is what was begun; what is on its way into the outbox counts as sent already.
func (p *Presenter) draft(m Mode) string {
	d := p.keep("draft", p.id, m)
	if d != "" && d == p.sending[key("draft", p.id, m)] {
		return ""
	}
	return d
}

// Typed keeps what was typed and tells the customer that somebody types.
func (p *Presenter) Typed(text string) {
	p.text = text
	if p.id == 0 {
		return
	}
	p.desk.Keep.Set(key("draft", p.id, p.mode), text)
	now := p.desk.Now()
	p.typedAt = now
	switch {
	case p.mode == Note || !p.can().Reply:
	case strings.TrimSpace(text) == "":
		p.stopTyping()
	case now.Sub(p.toldAt) >= typingEvery:
		p.toldAt = now
		p.desk.Hub.Typing(p.id, false)
	}
}

func (p *Presenter) stopTyping() {
	if !p.toldAt.IsZero() && p.id != 0 {
		p.desk.Hub.Typing(p.id, true)
	}
	p.toldAt = time.Time{}
}

// Tick says that typing has ended when no key came for a while. It is called once a second.
func (p *Presenter) Tick() {
	if !p.toldAt.IsZero() && p.desk.Now().Sub(p.typedAt) >= typingStops {
		p.stopTyping()
	}
}

// Busy is the conversation that is being typed in at this moment, 0 if none: alerts of others are quiet then.
func (p *Presenter) Busy() assist.ConversationID {
	if p.desk.Now().Sub(p.typedAt) < typingStops {
		return p.id
	}
	return 0
}

func (p *Presenter) can() panel.Allowed {
	r, ok := p.desk.State.Row(p.id)
	if !ok {
		return panel.Allowed{}
	}
	return p.desk.Allowed(r)
}

// CanWrite tells whether what is being written may be sent now.
func (p *Presenter) CanWrite() bool {
	if p.mode == Note {
		return p.can().Note
	}
	return p.can().Reply
}

// Instead is the action that leads to being able to write: "accept", "take", "reopen", or "" if nothing does; words is
// the key of the sentence that says why.
func (p *Presenter) Instead() (action, words string) {
	r, ok := p.desk.State.Row(p.id)
	if !ok || p.CanWrite() {
		return "", ""
	}
	a := p.desk.Allowed(r)
	switch {
	case a.Accept:
		return "accept", "composer.waiting"
	case a.Reopen:
		return "reopen", "composer.resolved"
	case a.Take && r.Status == assist.StatusBot:
		return "take", "composer.bot"
	case a.Take:
		return "take", "composer.other"
	case r.Status == assist.StatusHuman || r.Status == assist.StatusSnoozed:
		return "", "composer.theirs"
	}
	return "", "composer.readonly"
}

// Send sends the text with its files; what its macros do is done once the hub has it. It reports whether the field is to be
// emptied; why not is told.
func (p *Presenter) Send(text string) bool {
	files, ready := p.ready()
	body := strings.TrimSpace(text)
	actions := p.actions[p.id]
	switch {
	case p.id == 0 || !p.CanWrite():
		return false
	case !ready:
		p.desk.Tell(p.desk.Lang.T("composer.uploading"), false)
		return false
	case body == "" && len(files) == 0 && (len(actions) == 0 || p.mode == Note):
		return false
	case len([]rune(body)) > assist.MaxText:
		p.desk.Tell(p.desk.Lang.Refusal(assist.CodeTooLong), true)
		return false
	}
	draft := client.Draft{Conversation: p.id, Text: body, Note: p.mode == Note, Attachments: files}
	p.stopTyping()
	if !draft.Note { // a note between leaves the reply what its macro does
		draft.Then = p.filledIn(actions)
		p.setActions(p.id, nil)
	}
	delete(p.files, p.id)
	p.saveFiles()
	p.text = ""
	p.post(draft)
	return true
}
