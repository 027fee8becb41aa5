package app

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/bot"
	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
	"deskhand/cmd/internal/config"
)

// ownPack is what the company's own articles count as, known in every inbox.
const ownPack = "own"

// library is what the bot knows: packs, the models of their phrases, articles. It is read behind the first accepted
// socket; who asks for it before waits.
type library struct {
	packs   fs.FS
	own     fs.FS // the company's own articles; nil: none
	inboxes []assist.Inbox
	office  func(assist.InboxID) backoffice.Office
	reader  func(*pack.Pack) (nlu.Classifier, error)
	// read and articles are what refuse has read: packs that may be faulty, and the company's own articles.
	read     []*pack.Pack
	articles []knowledge.Article
	// settings say for which actions a second person decides.
	settings config.Config

	ready     chan struct{} // closed when companies is filled
	companies map[assist.InboxID]bot.Company
}

// Run reads everything. Its error is what is wrong in a pack or an article, and ends the hub.
func (l *library) Run(ctx context.Context) error {
	companies, err := l.load(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("what the bot knows:\n%w", err)
	}
	l.companies = companies
	close(l.ready)
	<-ctx.Done()
	return nil
}

// Company implements bot.Companies.
func (l *library) Company(ctx context.Context, inbox assist.Inbox) (bot.Company, error) {
	select {
	case <-l.ready:
	case <-ctx.Done():
		return bot.Company{}, ctx.Err()
	}
	c, ok := l.companies[inbox.ID]
	if !ok {
		return c, fmt.Errorf("inbox %s: %w", inbox.ID, assist.ErrNotFound)
	}
	return c, nil
}

// rule are the limits that a pack sets for the action of a command.
func (l *library) rule(c action.Command) action.Rule {
	select {
	case <-l.ready:
	default:
		return action.Rule{Off: true} // nothing is drafted before the limits are known
	}
	company, ok := l.companies[c.Inbox]
	if !ok {
		return action.Rule{}
	}
	i := company.Pack.Intents[c.Intent]
	if i == nil {
		return action.Rule{}
	}
	return action.Rule{Limit: i.Limit}
}

// load reads each pack once, and makes one company of those that an inbox names.
func (l *library) load(ctx context.Context) (map[assist.InboxID]bot.Company, error) {
	packs, err := l.read, error(nil)
	if packs == nil {
		packs, err = l.readPacks()
	}
	if err != nil {
		return nil, err
	}
	out := map[assist.InboxID]bot.Company{}
	for _, i := range l.inboxes {
		p := joined(packs, i.Packs)
		for _, intent := range p.Intents {
			set, _ := l.settings.Rule(intent.Action)
			intent.Approve = set.Approval == "over" || set.Approval == "always"
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		reader, err := l.reader(p) // the same again for the same phrases
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", p.Name, err)
		}
		out[i.ID] = bot.Company{
			Pack: p, Reader: reader, Index: knowledge.New(slices.Concat(p.Articles, l.articles)),
			Sources: append(slices.Clone(i.Packs), ownPack), Office: l.office(i.ID),
		}
	}
	return out, nil
}

// readPacks reads the packs that the inboxes name behind the common one, without which there is nothing to say. What is
// wrong in any of them is the error, each fault with file and line.
func (l *library) readPacks() ([]*pack.Pack, error) {
	names := slices.DeleteFunc(usedPacks(l.inboxes), func(name string) bool { return name == pack.Common })
	return pack.Load(l.packs, backoffice.Actions(), append([]string{pack.Common}, names...)...)
}

// refuse reads at once what may be faulty, a company's own packs and articles, and names of which there is no pack, so
// that the hub doesn't even start with it. Those that are shipped are read behind the first accepted socket.
func (l *library) refuse(own bool) (err error) {
	for _, name := range usedPacks(l.inboxes) {
		if _, err := fs.Stat(l.packs, path.Join(name, "pack.yaml")); err != nil {
			own = true
		}
	}
	if own {
		if l.read, err = l.readPacks(); err != nil {
			return fmt.Errorf("bot.packs, and the packs that inboxes name:\n%w", err)
		}
	}
	if l.own != nil {
		if l.articles, err = knowledge.LoadFolder(l.own, ownPack); err != nil {
			return fmt.Errorf("bot.articles:\n%w", err)
		}
	}
	return nil
}

// joined is the pack of an inbox: those that it names, or the common one alone.
func joined(packs []*pack.Pack, names []string) *pack.Pack {
	var named []*pack.Pack
	for _, p := range packs {
		if slices.Contains(names, p.Name) {
			named = append(named, p)
		}
	}
	slices.SortStableFunc(named, func(a, b *pack.Pack) int { return slices.Index(names, a.Name) - slices.Index(names, b.Name) })
	if len(named) == 0 {
		return packs[0]
	}
	return pack.Join(named...)
}
