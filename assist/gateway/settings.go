package gateway

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/wire"
)

// saveCustomer changes a customer whom the agent may see.
func (c *session) saveCustomer(by desk.By, f wire.AgentCustomerSave) error {
	if err := access.Require(by.Agent, access.CustomerEdit); err != nil {
		return err
	}
	ctx, cancel := c.query()
	defer cancel()
	was, err := c.visibleCustomer(ctx, by, f.Customer.ID)
	if err != nil {
		return err
	}
	now := f.Customer
	now.CreatedAt = was.CreatedAt
	if strings.ContainsFunc(now.Name+now.Email+now.Phone+now.Language+now.Tier, unicode.IsControl) {
		return assist.Errorf(assist.CodeBadValue, "name, e-mail, phone, language and tier stand on one line each")
	}
	if n := len(now.Name) + len(now.Email) + len(now.Phone) + len(now.Notes); n > maxProfile {
		return assist.Errorf(assist.CodeTooLong, "profile of %d bytes, at most %d", n, maxProfile)
	}
	c.server.opts.Ledger.Submit(assist.Write{Decide: func(assist.Conversation) ([]assist.Event, error) {
		return []assist.Event{{Actor: assist.ByAgent(by.Agent), Data: assist.CustomerChanged{Customer: now}}}, nil
	}}, c.answer(f.Head))
	return nil
}

const maxProfile = 16_000 // bytes of a customer's name, addresses and notes together

// storeMacro keeps of its files what is stored of them, not what the frame says.
func (c *session) storeMacro(ctx context.Context, by desk.By, m assist.Macro) (err error) {
	if len(m.Files) > 0 {
		ids := make([]assist.AttachmentID, len(m.Files))
		for i, f := range m.Files {
			ids[i] = f.ID
		}
		if m.Files, err = c.server.opts.Files.Claim(ctx, ids, AgentOwner(by.Agent.ID)); err != nil {
			return err
		}
	}
	_, err = c.server.opts.Store.SaveMacro(ctx, assist.ByAgent(by.Agent), m)
	return err
}

// saveMacro creates, changes or deletes a macro.
func (c *session) saveMacro(by desk.By, f wire.AgentMacroSave) error {
	if err := access.Require(by.Agent, access.MacroEdit); err != nil {
		return err
	}
	ctx, cancel := c.query()
	defer cancel()
	var err error
	if f.Delete {
		err = c.server.opts.Store.DeleteMacro(ctx, assist.ByAgent(by.Agent), f.Macro.ID)
	} else if f.Macro, err = c.checkedMacro(ctx, by, f.Macro); err == nil {
		err = c.storeMacro(ctx, by, f.Macro)
	}
	if err != nil {
		return fmt.Errorf("macro: %w", err)
	}
	c.conn.Send(wire.MustEncode(wire.Ack{Ref: f.Ref}))
	c.server.refresh(ctx)
	return nil
}

// checkedMacro is the macro with its files as they are stored. An id that isn't there is refused: the hub numbers
// macros itself. So are files that no agent uploaded: whoever may use the macro may read them.
func (c *session) checkedMacro(ctx context.Context, by desk.By, m assist.Macro) (assist.Macro, error) {
	if err := desk.CheckMacro(m); err != nil {
		return m, err
	}
	if m.ID != 0 {
		all, err := c.server.opts.Store.Macros(ctx)
		if err != nil {
			return m, err
		}
		if !slices.ContainsFunc(all, func(o assist.Macro) bool { return o.ID == m.ID }) {
			return m, assist.Errorf(assist.CodeNotFound, "macro %d", m.ID)
		}
	}
	if len(m.Files) == 0 {
		return m, nil
	}
	ids := make([]assist.AttachmentID, len(m.Files))
	for i, f := range m.Files {
		ids[i] = f.ID
	}
	var err error
	m.Files, err = c.server.opts.Files.Claim(ctx, ids, AgentOwner(by.Agent.ID))
	return m, err
}

// saveTag creates, changes or deletes a tag.
func (c *session) saveTag(by desk.By, f wire.AgentTagSave) error {
	if err := access.Require(by.Agent, access.TagEdit); err != nil {
		return err
	}
	ctx, cancel := c.query()
	defer cancel()
	var err error
	if f.Delete {
		err = c.server.opts.Store.DeleteTag(ctx, assist.ByAgent(by.Agent), f.Tag.Name)
	} else if err = desk.CheckTag(f.Tag); err == nil {
		err = c.server.opts.Store.SaveTag(ctx, assist.ByAgent(by.Agent), f.Tag)
	}
	if err != nil {
		return fmt.Errorf("tag: %w", err)
	}
	c.conn.Send(wire.MustEncode(wire.Ack{Ref: f.Ref}))
	c.server.refresh(ctx)
	return nil
}
