package gateway

import (
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/hub"
	"deskhand/assist/intake"
	"deskhand/assist/quota"
	"deskhand/assist/wire"
)

// send stores a reply or a note.
func (c *session) send(by desk.By, f wire.AgentSend) error {
	id, err := assist.ParseClientID(string(f.ClientID))
	if err != nil {
		return assist.Errorf(assist.CodeBadField, `"client_id" is no UUID`)
	}
	if wait, ok := c.server.words.Take(by.Agent.ID, 1); !ok {
		c.refuse(f, id, quota.Refused(assist.CodeRateLimited, "too many messages", wait))
		return nil
	}
	files, err := c.claim(by, f)
	if err == nil {
		err = intake.Check(f.Text, len(files))
	}
	if err != nil {
		c.refuse(f, id, err)
		return nil
	}
	post := desk.Post{ClientID: id, Text: f.Text, Attachments: files}
	w := assist.Write{Conversation: f.Conversation, ClientID: id, Decide: desk.Reply(by, post)}
	if f.Note {
		w.Decide = desk.Note(by, post)
	}
	c.server.opts.Ledger.Submit(w, func(r assist.Written) {
		if r.Err != nil {
			c.refuse(f, id, r.Err)
			return
		}
		c.conn.Send(wire.MustEncode(wire.Ack{
			Ref: f.Ref, ClientID: id, Conversation: r.Receipt.Conversation, Seq: r.Receipt.Seq, Rev: r.Receipt.Rev,
			At: r.Receipt.At, Duplicate: r.Duplicate,
		}))
	})
	return nil
}

func (c *session) claim(by desk.By, f wire.AgentSend) ([]assist.Attachment, error) {
	if len(f.Attachments) == 0 || len(f.Attachments) > assist.MaxAttachments {
		return make([]assist.Attachment, len(f.Attachments)), nil // too many: Check says so
	}
	ctx, cancel := c.query()
	defer cancel()
	return c.server.opts.Files.Claim(ctx, f.Attachments, AgentOwner(by.Agent.ID))
}

// AgentOwner names an agent as the owner of an uploaded file.
func AgentOwner(id assist.AgentID) string { return "agent:" + itoa(int64(id)) }

// refuse answers a message that was not stored, naming it.
func (c *session) refuse(f wire.AgentSend, id assist.ClientID, err error) {
	if assist.CodeOf(err) == assist.CodeInternal {
		c.server.opts.Log.Error("message of an agent not stored", "conversation_id", f.Conversation, "err", err)
	}
	answer := wire.Fail(f.Head, err)
	answer.ClientID, answer.Conversation = id, f.Conversation
	c.conn.Send(wire.MustEncode(answer))
}

// answer gives the ack or the error of a command that is no message.
func (c *session) answer(h wire.Head) func(assist.Written) {
	return func(w assist.Written) {
		if w.Err != nil {
			c.gate.Fail(h, w.Err)
			return
		}
		c.conn.Send(wire.MustEncode(wire.Ack{Ref: h.Ref, Conversation: w.Conversation.ID, Rev: w.Conversation.Rev}))
	}
}

// do carries out a command on a conversation.
func (c *session) do(by desk.By, f wire.AgentDo) error {
	decide, err := c.decision(by, f)
	if err != nil {
		return err
	}
	w := assist.Write{Conversation: f.Conversation, Decide: decide}
	if f.Do == wire.DoAccept {
		w.Capacity = &assist.Capacity{Agent: by.Agent.ID, Max: by.Agent.Capacity}
	}
	c.server.opts.Ledger.Submit(w, c.answer(f.Head))
	return nil
}

func (c *session) decision(by desk.By, f wire.AgentDo) (assist.Decision, error) {
	switch f.Do {
	case wire.DoAccept:
		return desk.Accept(by), nil
	case wire.DoTake:
		return desk.Take(by), nil
	case wire.DoAssign, wire.DoTransfer:
		return c.passOn(by, f)
	case wire.DoToBot:
		if !c.server.opts.Bot {
			return nil, assist.Errorf(assist.CodeBadValue, "no bot works here: nobody would answer")
		}
		if len(f.Note) > maxNote {
			return nil, assist.Errorf(assist.CodeTooLong, "note, at most %d bytes", maxNote)
		}
		return desk.ToBot(by, f.Note), nil
	case wire.DoSnooze:
		return desk.Snooze(by, f.Until, c.server.opts.Now()), nil
	case wire.DoWake:
		return desk.Wake(by), nil
	case wire.DoTag:
		return desk.Tag(by, f.Add, f.Remove), nil
	case wire.DoPriority:
		return desk.Prioritize(by, f.Priority), nil
	case wire.DoLanguage:
		return desk.SetLanguage(by, f.Language), nil
	case wire.DoWrapUp:
		return desk.WrapUp(by), nil
	case wire.DoResolve:
		return desk.Resolve(by, f.Disposition), nil
	case wire.DoReopen:
		return desk.Reopen(by), nil
	}
	return nil, assist.Errorf(assist.CodeBadValue, `"do" is none of the known commands`)
}

// maxNote is how many bytes a note to the next owner, or to the bot, may have.
const maxNote = 4000

// passOn assigns to an agent or transfers into a queue.
func (c *session) passOn(by desk.By, f wire.AgentDo) (assist.Decision, error) {
	if len(f.Note) > maxNote {
		return nil, assist.Errorf(assist.CodeTooLong, "note, at most %d bytes", maxNote)
	}
	if f.Agent != 0 {
		to, ok := c.server.opts.Floor.Agent(f.Agent)
		if !ok {
			return nil, assist.Errorf(assist.CodeNotFound, "agent %d", f.Agent)
		}
		if state, _ := c.server.opts.Presence.State(f.Agent); state == assist.StateOffline {
			return nil, assist.Errorf(assist.CodeWrongStatus, "agent %d is not here", f.Agent) // it would come back at once
		}
		return desk.Assign(by, to, f.Note), nil
	}
	to, ok := c.server.opts.Floor.Queue(f.Queue)
	if !ok {
		return nil, assist.Errorf(assist.CodeNotFound, "queue")
	}
	return desk.Transfer(by, to, f.Note), nil
}

// typing shows the customer and colleagues that the agent types.
func (c *session) typing(by desk.By, f wire.AgentTyping) error {
	ctx, cancel := c.query()
	defer cancel()
	if !c.hasOpen(f.Conversation) {
		if _, err := c.visible(ctx, by, f.Conversation); err != nil {
			return err
		}
	}
	if err := access.Require(by.Agent, access.ConversationReply); err != nil {
		return err
	}
	c.server.opts.Hub.Type(hub.Typing{Conversation: f.Conversation, From: assist.ByAgent(by.Agent), Off: f.Off})
	return nil
}

// mark raises what agents have read. Only whoever has the conversation makes it read; watching doesn't.
func (c *session) mark(by desk.By, f wire.AgentMark) error {
	w := assist.Write{Conversation: f.Conversation, Marks: &assist.Marks{AgentRead: f.Read}}
	w.Decide = func(v assist.Conversation) ([]assist.Event, error) {
		if v.Assignee != by.Agent.ID {
			return nil, assist.Errorf(assist.CodeNotOwner, "conversation %d", v.ID)
		}
		return nil, nil
	}
	c.server.opts.Ledger.Submit(w, func(w assist.Written) {
		if w.Err != nil && assist.CodeOf(w.Err) == assist.CodeInternal {
			c.server.opts.Log.Error("marks of an agent", "conversation_id", f.Conversation, "err", w.Err)
		}
	})
	return nil
}

// state changes the agent's own state or, with the right to, another's.
func (c *session) state(by desk.By, f wire.AgentState) error {
	if !f.State.Valid() || f.State == assist.StateOffline {
		return assist.Errorf(assist.CodeBadValue, "state must be available, busy or away")
	}
	who, cause, need := by.Agent.ID, "agent", access.AgentStateOwn
	if f.Agent != 0 && f.Agent != who {
		who, cause, need = f.Agent, "supervisor", access.AgentStateOthers
	}
	if err := access.Require(by.Agent, need); err != nil {
		return err
	}
	if !c.server.opts.Presence.Set(who, f.State, cause) {
		return assist.Errorf(assist.CodeWrongStatus, "agent %d is not here", who)
	}
	c.conn.Send(wire.MustEncode(wire.Ack{Ref: f.Ref}))
	return nil
}
