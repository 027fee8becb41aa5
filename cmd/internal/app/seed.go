package app

import (
	"context"
	"fmt"
	"slices"

	"deskhand/assist"
	"deskhand/cmd/internal/config"
)

// The names of what a desk without any settings has.
const (
	defaultInbox = "chat"
	defaultQueue = "support"
)

// withDefaultInbox gives a desk without settings one inbox, so that it works as it comes.
func withDefaultInbox(c *config.Config) {
	if len(c.Inboxes) > 0 {
		return
	}
	c.Inboxes = []config.Inbox{{Inbox: assist.Inbox{
		ID: defaultInbox, Name: "Customer service", NameZH: "客户服务", Queue: defaultQueue, CSAT: true, Preview: true, BotFirst: true,
	}}}
}

// seed stores the configured teams and queues that the store lacks, and those that inboxes and queues name
// without their being configured. What is stored already is left as people made it.
func seed(ctx context.Context, p *parts, c config.Config) error {
	teams, err := p.store.Teams(ctx)
	if err != nil {
		return fmt.Errorf("teams: %w", err)
	}
	queues, err := p.store.Queues(ctx)
	if err != nil {
		return fmt.Errorf("queues: %w", err)
	}
	for _, t := range wantedTeams(c) {
		if !slices.ContainsFunc(teams, func(o assist.Team) bool { return o.ID == t.ID }) {
			if err := p.store.SaveTeam(ctx, assist.BySystem(), t); err != nil {
				return fmt.Errorf("team %s: %w", t.ID, err)
			}
		}
	}
	for _, q := range wantedQueues(c) {
		if !slices.ContainsFunc(queues, func(o assist.Queue) bool { return o.ID == q.ID }) {
			if err := p.store.SaveQueue(ctx, assist.BySystem(), q); err != nil {
				return fmt.Errorf("queue %s: %w", q.ID, err)
			}
		}
	}
	return nil
}

func wantedQueues(c config.Config) []assist.Queue {
	out := slices.Clone(c.Queues)
	for _, i := range c.Inboxes {
		if !slices.ContainsFunc(out, func(q assist.Queue) bool { return q.ID == i.Queue }) {
			out = append(out, assist.Queue{ID: i.Queue, Name: string(i.Queue), Team: assist.TeamID(i.Queue)})
		}
	}
	return out
}

func wantedTeams(c config.Config) []assist.Team {
	out := slices.Clone(c.Teams)
	for _, q := range wantedQueues(c) {
		if q.Team != "" && !slices.ContainsFunc(out, func(t assist.Team) bool { return t.ID == q.Team }) {
			out = append(out, assist.Team{ID: q.Team, Name: string(q.Team)})
		}
	}
	return out
}
