package gateway

import (
	"context"
	"fmt"
	"strings"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/desk"
	"deskhand/assist/wire"
)

// list gives conversations, newest first.
func (c *session) list(by desk.By, f wire.AgentList) error {
	if err := access.Require(by.Agent, access.ConversationRead); err != nil {
		return err
	}
	ctx, cancel := c.query()
	defer cancel()
	limit := pageOf(f.Limit)
	all, err := c.server.opts.Store.Conversations(ctx, assist.ConversationFilter{
		Statuses: f.Statuses, Assignee: f.Assignee, Queue: f.Queue, Inbox: f.Inbox, Customer: f.Customer, Tag: f.Tag,
		Before: f.Before, Visible: &by.Visible, Limit: limit + 1,
	})
	if err != nil {
		return fmt.Errorf("list: %w", err)
	}
	answer := wire.AgentListed{Ref: f.Ref, More: len(all) > limit}
	answer.Rows = c.server.lists.rows(ctx, all[:min(limit, len(all))])
	c.conn.SendWait(wire.MustEncode(answer))
	return nil
}

const maxQuery = 400 // bytes of a search

// search finds messages, and customers by name, e-mail or phone.
func (c *session) search(by desk.By, f wire.AgentSearch) error {
	if err := access.Require(by.Agent, access.Search); err != nil {
		return err
	}
	text := strings.TrimSpace(f.Text)
	if text == "" || len(text) > maxQuery {
		return assist.Errorf(assist.CodeBadValue, "a search has 1 to %d bytes", maxQuery)
	}
	ctx, cancel := c.query()
	defer cancel()
	limit := pageOf(f.Limit)
	hits, err := c.server.opts.Store.Search(ctx, text, assist.SearchFilter{Visible: &by.Visible, Before: f.Before, Limit: limit})
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	answer := wire.AgentFound{Ref: f.Ref, Hits: hits, More: len(hits) == limit}
	if f.Before == 0 && access.Can(by.Agent, access.CustomerRead) {
		if answer.Customers, err = c.findCustomers(ctx, by, text); err != nil {
			return err
		}
	}
	c.conn.SendWait(wire.MustEncode(answer))
	return nil
}

func (c *session) findCustomers(ctx context.Context, by desk.By, text string) ([]assist.Customer, error) {
	all, err := c.server.opts.Store.Customers(ctx, assist.CustomerFilter{Text: text, Limit: 20})
	if err != nil {
		return nil, fmt.Errorf("customers: %w", err)
	}
	var out []assist.Customer
	for _, v := range all {
		if _, err := c.visibleCustomer(ctx, by, v.ID); err == nil {
			out = append(out, v)
		}
	}
	return out, nil
}

// visibleCustomer is the customer, if the agent may see at least one conversation with them.
func (c *session) visibleCustomer(ctx context.Context, by desk.By, id assist.CustomerID) (assist.Customer, error) {
	if err := access.Require(by.Agent, access.CustomerRead); err != nil {
		return assist.Customer{}, err
	}
	if !by.Visible.All {
		seen, err := c.server.opts.Store.Conversations(ctx, assist.ConversationFilter{Customer: id, Visible: &by.Visible, Limit: 1})
		if err != nil {
			return assist.Customer{}, fmt.Errorf("conversations of customer %d: %w", id, err)
		}
		if len(seen) == 0 {
			return assist.Customer{}, assist.Errorf(assist.CodeNotFound, "customer %d", id)
		}
	}
	v, err := c.server.opts.Store.Customer(ctx, id)
	if err != nil {
		return v, fmt.Errorf("customer %d: %w", id, err)
	}
	return v, nil
}

// customer gives a customer with all conversations that the agent may see.
func (c *session) customer(by desk.By, f wire.AgentCustomer) error {
	ctx, cancel := c.query()
	defer cancel()
	v, err := c.visibleCustomer(ctx, by, f.Customer)
	if err != nil {
		return err
	}
	page := wire.AgentCustomerPage{Ref: f.Ref, Customer: v}
	identities, err := c.server.opts.Store.Identities(ctx, v.ID)
	if err != nil {
		return fmt.Errorf("identities of customer %d: %w", v.ID, err)
	}
	for _, id := range identities {
		if id.Kind == assist.IdentityVisitor {
			id.Source = "" // the hash of a token is of no use to people
		}
		page.Identities = append(page.Identities, id)
	}
	all, err := c.server.opts.Store.Conversations(ctx, assist.ConversationFilter{Customer: v.ID, Visible: &by.Visible, Limit: 200})
	if err != nil {
		return fmt.Errorf("conversations of customer %d: %w", v.ID, err)
	}
	page.Conversations = c.server.lists.rows(ctx, all)
	c.conn.SendWait(wire.MustEncode(page))
	return nil
}
