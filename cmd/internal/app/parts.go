package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/action"
	"deskhand/assist/attach"
	"deskhand/assist/backoffice/demo"
	"deskhand/assist/bot"
	"deskhand/assist/bot/flow"
	"deskhand/assist/channel/webchat"
	"deskhand/assist/floor"
	"deskhand/assist/gateway"
	"deskhand/assist/hub"
	"deskhand/assist/ledger"
	"deskhand/assist/nlu/consult"
	"deskhand/assist/nlu/onnx"
	"deskhand/assist/pack"
	"deskhand/assist/routing"
	"deskhand/assist/verify"
	"deskhand/cmd/internal/accounts"
	"deskhand/storage/files"
	"deskhand/storage/records"
	"deskhand/storage/sqlite"
)

// parts are all that a hub is made of, lower ones first.
type parts struct {
	store     *sqlite.Store
	files     *files.Store
	access    *access.Service
	door      *accounts.Door
	hub       *hub.Hub
	ledger    *ledger.Ledger
	floor     *floor.Floor
	presence  *hub.Presence
	webchat   *webchat.Server
	gateway   *gateway.Server
	attach    *attach.Handler
	cleaner   *attach.Cleaner
	routing   *routing.Worker
	bot       runner // the bot's worker, or what takes its place where it is switched off
	announce  func(context.Context, action.Command) (bool, error)
	briefer   *bot.Worker // nil where the bot is switched off
	offices   offices
	records   *records.Store // of the demo's companies; nil elsewhere, as are they
	companies map[string]*demo.Office
	declared  *declarations
	closers   []io.Closer // what else holds something open
	fleet     runner      // hears customers' devices; nil: no broker is set
	proofs    *verify.Desk
	courier   *verify.Courier // of codes; nil where no gateway is set
	commands  *action.Desk
	phones    *verify.Outbox   // of the demo's customers; nil elsewhere
	library   *library         // nil where the bot is switched off
	sentences *onnx.Encoder    // nil where none is configured
	adviser   *consult.Adviser // likewise
	metrics   *metrics
	inboxes   []assist.Inbox
}

// build makes the parts and wires them; nothing runs yet. On error nothing is left open.
func build(ctx context.Context, o Options) (*parts, error) {
	p := &parts{}
	for _, i := range o.Config.Inboxes {
		inbox := i.Assist()
		inbox.BotFirst = inbox.BotFirst && o.Config.Bot.Enabled
		inbox.Origins = slices.Concat(inbox.Origins, o.Config.Hub.Origins)
		p.inboxes = append(p.inboxes, inbox)
	}
	store, err := sqlite.Open(ctx, sqlite.Options{Dir: o.Config.Hub.Data, Log: o.Log, Now: o.Now})
	if err != nil {
		return nil, err
	}
	p.store = store
	offices := func(p *parts, o Options) error { return buildOffices(ctx, p, o) }
	fleet := func(p *parts, o Options) error { return buildDevices(ctx, p, o) }
	for _, step := range []func(*parts, Options) error{buildCore, offices, fleet, buildTiers, buildFloor, buildServers, buildWorkers} {
		if err := step(p, o); err != nil {
			return nil, errors.Join(err, p.close())
		}
	}
	return p, nil
}

// close closes what keeps files open.
func (p *parts) close() error {
	var errs []error
	for _, c := range p.closers {
		errs = append(errs, c.Close())
	}
	if p.records != nil {
		errs = append(errs, p.records.Close())
	}
	return errors.Join(append(errs, p.store.Close())...)
}

// buildCore makes what everything else writes through.
func buildCore(p *parts, o Options) (err error) {
	p.files, err = files.Open(files.Options{Dir: filepath.Join(o.Config.Hub.Data, "files"), MaxSize: o.Config.Limits.AttachmentBytes, Now: o.Now})
	if err != nil {
		return err
	}
	c := o.Config.Access
	p.access, err = access.New(access.Options{
		Store: p.store, Log: o.Log, Now: o.Now, SessionIdle: c.SessionIdle, SessionLife: c.SessionLife,
		IdentityMaxAge: c.IdentityMaxAge, HashesAtOnce: c.HashesAtOnce,
	})
	if err != nil {
		return err
	}
	p.hub, p.metrics = hub.New(), newMetrics()
	p.ledger, err = ledger.New(ledger.Options{Store: p.metrics.timed(p.store), Publisher: p.hub, Log: o.Log, Now: o.Now})
	return err
}

// buildFloor makes the live picture. The presence tells the gateway and the routing, which are built later.
func buildFloor(p *parts, o Options) error {
	p.floor = floor.New(p.store, p.inboxes, o.Now)
	p.presence = hub.NewPresence(o.Now, func(s hub.AgentStatus) {
		p.gateway.StateChanged(s)
		p.routing.Wake()
	})
	p.hub.Watch(p.floor)
	p.hub.Watch(p.metrics)
	return nil
}

func policy(o Options) access.Policy {
	return access.Policy{AgentsSee: o.Config.Access.AgentsSee, HideUnassigned: o.Config.Access.HideUnassigned}
}

// buildServers makes what customers and agents connect to.
func buildServers(p *parts, o Options) (err error) {
	l, claims, remote := o.Config.Limits, attach.Claims{Store: p.store}, proxies(o.Config.Hub.TrustedProxies).remote
	p.webchat, err = webchat.New(webchat.Options{
		Store: p.store, Ledger: p.ledger, Hub: p.hub, Identities: p.access, Files: claims, Floor: lobby{p.floor, p.presence}, Codes: typedCodes{p}, Brief: p.brief,
		Inboxes: p.inboxes, Log: o.Log, Now: o.Now, ReopenWithin: o.Config.Routing.ReopenWithin,
		FramesPerSecond: float64(l.FramesPerSecond), FramesBurst: l.FramesBurst, MessagesPerMinute: l.MessagesPerMinute,
		AddressMessagesPerMinute: l.MessagesPerAddress, Remote: remote,
		MaxConnections: l.Connections, PerAddress: l.ConnectionsPerAddress, MaxBuffer: int(l.OutboundBytes), MaxFrame: int(l.FrameBytes), MaxFile: l.AttachmentBytes,
	})
	if err != nil {
		return err
	}
	p.gateway, err = gateway.New(gateway.Options{
		Store: p.store, Ledger: p.ledger, Hub: p.hub, Floor: p.floor, Presence: p.presence, Access: p.access, Files: claims, Commands: approver{p},
		Policy: policy(o), Inboxes: p.inboxes, Bot: o.Config.Bot.Enabled, Log: o.Log, Now: o.Now, AwayAfter: o.Config.Routing.AwayAfter,
		Grace: o.Config.Routing.AgentGrace, FramesPerSecond: float64(l.FramesPerSecond), FramesBurst: l.FramesBurst,
		MessagesPerMinute: l.MessagesPerAgent, MaxConnections: l.Connections, PerAddress: l.ConnectionsPerAddress, PerAgent: l.ConnectionsPerAgent,
		MaxBuffer: int(l.OutboundBytes), MaxFrame: int(l.FrameBytes), MaxFile: l.AttachmentBytes,
		Remote: remote,
	})
	if err != nil {
		return err
	}
	p.hub.Watch(p.gateway.Sink())
	p.attach, err = attach.New(attach.Options{
		Store: p.store, Content: content{p.files}, Agents: known{p.access, p.floor}, Customers: p.webchat, Policy: policy(o),
		Inboxes: p.inboxes, MaxFile: l.AttachmentBytes, Log: o.Log, Now: o.Now, Remote: remote, Window: l.UploadWindow,
		PerCustomer: attach.Allowance{Files: l.UploadsPerCustomer, Bytes: l.UploadBytesPerCustomer},
		PerAddress:  attach.Allowance{Files: l.UploadsPerAddress, Bytes: l.UploadBytesPerAddress},
	})
	return err
}

// buildWorkers makes what acts by itself.
func buildWorkers(p *parts, o Options) (err error) {
	r := o.Config.Routing
	p.routing, err = routing.New(routing.Options{
		Ledger: p.ledger, Floor: p.floor, Presence: p.presence, Log: o.Log, Now: o.Now, Grace: r.AgentGrace,
		AutoAccept: r.AutoAccept, WrapUpLimit: r.WrapUpLimit,
	})
	if err != nil {
		return err
	}
	p.hub.Watch(p.routing)
	if p.cleaner, err = attach.NewCleaner(attach.CleanerOptions{Store: p.store, Content: p.files, Log: o.Log, Now: o.Now}); err != nil {
		return err
	}
	if err := buildBot(p, o); err != nil {
		return err
	}
	p.door, err = accounts.Serve(accounts.DoorOptions{Dir: o.Config.Hub.Data, Accounts: accounts.Local(p.access), Switches: p.store, Log: o.Log})
	return err
}

// runner is a part that works by itself until ctx ends.
type runner interface {
	Run(ctx context.Context) error
}

func buildBot(p *parts, o Options) error {
	from := bot.Options{Ledger: p.ledger, Store: p.store, Desk: p.floor, Log: o.Log, Now: o.Now}
	if err := buildSafety(p, o); err != nil {
		return err
	}
	if !o.Config.Bot.Enabled {
		off, err := bot.NewOff(from)
		p.bot = off
		return err
	}
	dialogue, err := newDialogue(p, o)
	if err != nil {
		return err
	}
	from.Responder, from.Took = dialogue, p.metrics.turns(o.Turn)
	worker, err := bot.New(from)
	if err != nil {
		return err
	}
	p.bot, p.briefer, p.announce = worker, worker, worker.Announce
	p.hub.Watch(worker)
	return nil
}

// newDialogue makes what the bot decides with: what it knows, what customers have proved, what it may carry out.
func newDialogue(p *parts, o Options) (*bot.Dialogue, error) {
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		return nil, fmt.Errorf("packs: %w", err)
	}
	p.library = &library{packs: packs, inboxes: p.inboxes, office: p.offices, ready: make(chan struct{}), reader: o.Reader, settings: o.Config}
	if o.Reader == nil {
		p.library.reader = NewModels(filepath.Join(o.Config.Hub.Data, "models"), p.extraSentences(), o.Log).Reader
	}
	if p.declared != nil {
		p.declared.library = p.library
	}
	if o.Config.Bot.Packs != "" {
		p.library.packs = pack.Over(os.DirFS(o.Config.Bot.Packs), packs)
	}
	if o.Config.Bot.Articles != "" {
		p.library.own = os.DirFS(o.Config.Bot.Articles)
	}
	if err := p.library.refuse(o.Config.Bot.Packs != ""); err != nil {
		return nil, err
	}
	engine, err := flow.New(p.commands, p.proofs)
	if err != nil {
		return nil, err
	}
	return bot.NewDialogue(bot.DialogueOptions{Engine: engine, Memory: memory{p.store}, Companies: p.library, Log: o.Log, Now: o.Now,
		Split: split, Line: p.floor.Line, Adviser: p.secondOpinion()})
}

func usedPacks(inboxes []assist.Inbox) []string {
	var out []string
	for _, i := range inboxes {
		for _, p := range i.Packs {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// content fits the file store to what attach asks for.
type content struct{ files *files.Store }

func (c content) Save(ctx context.Context, r io.Reader, claimed string) (assist.Attachment, error) {
	saved, err := c.files.Save(ctx, r, claimed)
	return assist.Attachment{Type: saved.Type, Size: saved.Size, SHA256: saved.SHA256}, err
}

func (c content) Open(_ context.Context, sha256 string) (io.ReadSeekCloser, error) {
	return c.files.Open(sha256)
}

// lobby is the floor as customers' pages see it.
type lobby struct {
	*floor.Floor
	presence *hub.Presence
}

func (l lobby) Connected(id assist.AgentID) bool { return l.presence.Connected(id) }

// known gives the agent of a session as the floor has it, teams filled in.
type known struct {
	access *access.Service
	floor  *floor.Floor
}

func (k known) Authenticate(ctx context.Context, token string) (assist.Agent, assist.Session, error) {
	a, s, err := k.access.Authenticate(ctx, token)
	if f, ok := k.floor.Agent(a.ID); err == nil && ok {
		a.Teams = f.Teams
	}
	return a, s, err
}
