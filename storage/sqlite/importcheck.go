package sqlite

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"time"

	"deskhand/assist"
)

// Outline is what an event says of a message: all but the sender's id and what was said.
func Outline(m assist.Message) assist.Message {
	m.ClientID, m.Text, m.Attachments, m.Choices = "", "", nil, nil
	return m
}

// note remembers what later rows must agree with.
func (im *Importer) note(m assist.Message) {
	im.said = append(im.said, m.Rev)
	for _, a := range m.Attachments {
		if im.holds[a.ID] == nil {
			im.holds[a.ID] = holders{}
		}
		im.holds[a.ID][m.Conversation] = true
	}
}

// actor refuses an agent who isn't there. Customers are looked at with their conversation.
func (im *Importer) actor(a assist.Actor) error {
	if a.Kind != assist.ActorAgent || a.ID == 0 {
		return nil
	}
	n, err := im.t.w.int64("SELECT count(*) FROM agents WHERE id = ?", a.ID)
	if err == nil && n == 0 {
		err = assist.Errorf(assist.CodeBadValue, "agent %d is not there", a.ID)
	}
	return err
}

// appended compares the fact of a message with the message whose turn it is.
func (im *Importer) appended(e assist.Event) error {
	if len(im.said) == 0 || im.said[0] != e.Rev {
		return assist.Errorf(assist.CodeBadValue, "rev %d is not the next message's", e.Rev)
	}
	im.said = im.said[1:]
	var was assist.Event
	err := im.t.w.each(factsOfMessages+" WHERE rev = ?", []sqlValue{int64(e.Rev)}, func(r row) (err error) {
		var x fact
		if err = x.scan(r); err == nil {
			was, err = x.event()
		}
		return err
	})
	if err != nil {
		return err
	}
	if tells, ok := e.Data.(assist.Appended); ok {
		tells.Message.At, e.At, e.Data = stored(tells.Message.At), stored(e.At), tells
	}
	d, ok := was.Data.(assist.Appended)
	if was.Data = (assist.Appended{Message: Outline(d.Message)}); !ok || !reflect.DeepEqual(was, e) {
		return assist.Errorf(assist.CodeBadValue, "message at rev %d is another one", e.Rev)
	}
	return nil
}

// checkConversation compares the stored conversation with the one that was to be stored: what could not be kept, and
// what the messages tell otherwise, is refused.
func (im *Importer) checkConversation(c assist.Conversation, k *talk) error {
	if k.customer != 0 && k.customer != int64(c.Customer) {
		return assist.Errorf(assist.CodeBadValue, "in conversation %d of customer %d speaks customer %d", c.ID, c.Customer, k.customer)
	}
	if c.Assignee != 0 {
		if err := im.actor(assist.Actor{Kind: assist.ActorAgent, ID: int64(c.Assignee)}); err != nil {
			return err
		}
	}
	var kept assist.Conversation
	err := im.t.w.each(selectConversations+" WHERE c.id = ?", []sqlValue{int64(c.ID)}, func(r row) (err error) {
		kept, err = scanConversation(r)
		return err
	})
	if len(c.Tags) == 0 && len(kept.Tags) == 0 {
		c.Tags, kept.Tags = nil, nil
	}
	if err == nil && !reflect.DeepEqual(normal(kept), normal(c)) {
		err = assist.Errorf(assist.CodeBadValue, "conversation %d does not fit its facts, or can't be kept as it is", c.ID)
	}
	return err
}

// held compares the conversations that are said to hold a file with those whose messages do.
func (im *Importer) held(u assist.Upload) error {
	by := im.holds[u.ID]
	delete(im.holds, u.ID)
	same := len(by) == len(u.Conversations) && slices.IsSortedFunc(u.Conversations, cmp.Compare[assist.ConversationID])
	for _, c := range u.Conversations {
		same = same && by[c]
	}
	if !same {
		return assist.Errorf(assist.CodeBadValue, "attachment %s is held by other conversations than it says", u.ID)
	}
	return nil
}

// Type is where the data of the setting are to be read into, and the id that they then say; nil for an unknown kind.
func (x Setting) Type() (into any, id func() string) {
	switch x.Kind {
	case settingTeam:
		t := &assist.Team{}
		return t, func() string { return string(t.ID) }
	case settingQueue:
		q := &assist.Queue{}
		return q, func() string { return string(q.ID) }
	case settingMacro:
		m := &assist.Macro{}
		return m, func() string { return strconv.FormatInt(int64(m.ID), 10) }
	case settingTag:
		t := &assist.Tag{}
		return t, func() string { return t.Name }
	}
	return nil, nil
}

// Setting adds a team, queue, macro or tag.
func (im *Importer) Setting(x Setting) error {
	into, id := x.Type()
	if into == nil {
		return assist.Errorf(assist.CodeBadValue, "setting of kind %q", x.Kind)
	}
	if err := json.Unmarshal(x.Data, into); err != nil || id() != x.ID || x.ID == "" {
		return assist.Errorf(assist.CodeBadValue, "setting %s %q: %v", x.Kind, x.ID, err)
	}
	if m, ok := into.(*assist.Macro); ok {
		if err := im.macroFiles(m); err != nil {
			return err
		}
	}
	data, err := json.Marshal(into)
	if err != nil {
		return err
	}
	return im.put("this "+x.Kind, "INSERT INTO settings (kind, id, data) VALUES (?,?,?)", x.Kind, x.ID, string(data))
}

// macroFiles refuses a macro whose files have not come.
func (im *Importer) macroFiles(m *assist.Macro) error {
	for _, f := range m.Files {
		if err := attachmentIsThere(im.t.w, f.ID); err != nil {
			return assist.Errorf(assist.CodeBadValue, "attachment %s of macro %d is not there", f.ID, m.ID)
		}
	}
	return nil
}

// Complete refuses an import in which something points to what has not come: to some events, conversations or
// attachments, as missing says.
func (im *Importer) Complete() (missing string, err error) {
	if len(im.said) > 0 {
		return "events", assist.Errorf(assist.CodeBadValue, "no event tells of the message at rev %d", im.said[0])
	}
	for id, k := range im.talks {
		if !k.row {
			return "conversations", assist.Errorf(assist.CodeBadValue, "conversation %d has facts but is not there", id)
		}
	}
	for id := range im.holds {
		return "attachments", assist.Errorf(assist.CodeBadValue, "attachment %s of a message is not there", id)
	}
	return "", nil
}

// exact refuses a moment that can't be kept: they are whole milliseconds.
func exact(at time.Time) error {
	if !stored(at).Equal(at) {
		return assist.Errorf(assist.CodeBadValue, "%s is no whole millisecond", at.Format(time.RFC3339Nano))
	}
	return nil
}
