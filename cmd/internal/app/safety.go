package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"deskhand/assist"
	"deskhand/assist/action"
	"deskhand/assist/backoffice"
	"deskhand/assist/intake"
	"deskhand/assist/verify"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/config"
	"deskhand/storage/sqlite"
)

// memory fits the store to what the bot remembers with.
type memory struct{ store *sqlite.Store }

// Load implements bot.Memory.
func (m memory) Load(ctx context.Context, c assist.ConversationID, turn assist.ClientID) ([]byte, error) {
	return m.store.Memory(ctx, c, turn)
}

// Save implements bot.Memory.
func (m memory) Save(ctx context.Context, c assist.ConversationID, turn assist.ClientID, state []byte) error {
	return m.store.SaveMemory(ctx, c, turn, state)
}

// offices gives the back office of an inbox; nil if it has none.
type offices func(inbox assist.InboxID) backoffice.Office

// newProofs makes the desk that verifies customers. Load must be called once the store is open for all.
func newProofs(p *parts, o Options, office offices, sender verify.Sender) (*verify.Desk, error) {
	key, err := readKey(filepath.Join(o.Config.Hub.Data, "keys", "codes.key"))
	if err != nil {
		return nil, err
	}
	c := o.Config.Codes
	return verify.New(verify.Options{Store: p.store, Office: office, Sender: sender, Key: key, Log: o.Log, Now: o.Now,
		CodeLife: c.Life, MostTries: c.Tries, PerHour: c.PerHour, StrongIdle: c.StrongFor})
}

// newSender is how codes reach customers: over the company's gateway, in the demo to the phones that its site shows.
func newSender(p *parts, o Options) (verify.Sender, error) {
	switch c := o.Config.Codes; {
	case o.Sender != nil:
		return o.Sender, nil
	case c.Webhook != "":
		return newCourier(p, o)
	case o.Demo:
		p.phones = verify.NewOutbox(o.Now)
		return p.phones, nil
	}
	return noGateway{}, nil
}

// newCourier brings codes to the company's gateway behind the bot's back: a slow one keeps no turn waiting.
func newCourier(p *parts, o Options) (verify.Sender, error) {
	hook, err := verify.NewWebhook(verify.WebhookOptions{URL: o.Config.Codes.Webhook, Secret: []byte(o.Config.Codes.Secret.Reveal()), Now: o.Now})
	if err != nil {
		return nil, err
	}
	failed := func(ctx context.Context, m verify.Message) error {
		if p.briefer == nil {
			return nil // nobody sends any
		}
		return p.briefer.CodeUnsent(ctx, m.Conversation, m.Generation, m.ID)
	}
	p.courier, err = verify.NewCourier(verify.CourierOptions{Sender: hook, Failed: failed, Log: o.Log})
	return p.courier, err
}

// noGateway refuses: whoever needs a code is passed to a person.
type noGateway struct{}

// SendCode implements verify.Sender.
func (noGateway) SendCode(context.Context, verify.Message) error {
	return errors.New("codes.webhook is not set: no codes can be sent")
}

// buildSafety makes what proves who customers are and what carries out their wishes. It works on where the bot is
// switched off: what was begun before is brought to an end.
func buildSafety(p *parts, o Options) error {
	sender, err := newSender(p, o)
	if err != nil {
		return err
	}
	if p.proofs, err = newProofs(p, o, p.offices, sender); err != nil {
		return err
	}
	p.commands, err = action.New(action.Options{
		Store: p.store, Ledger: p.ledger, Proofs: p.proofs, Office: p.offices, Log: o.Log, Now: o.Now,
		ApprovalWithin: o.Config.Bot.ApprovalWithin,
		Rule: func(c action.Command) action.Rule {
			r := action.Rule{}
			if p.library != nil {
				r = p.library.rule(c)
			}
			return ruleOf(o.Config, c, r)
		},
		Tell: func(ctx context.Context, c action.Command) (bool, error) {
			if p.announce == nil {
				return false, nil
			}
			return p.announce(ctx, c)
		},
	})
	return err
}

// runCommands begins when the limits are known.
func (p *parts) runCommands(ctx context.Context) error {
	if p.library != nil {
		select {
		case <-p.library.ready:
		case <-ctx.Done():
			return nil
		}
	}
	return p.commands.Run(ctx)
}

// ruleOf is what holds for a command: what its pack says, and above it the settings.
func ruleOf(c config.Config, command action.Command, r action.Rule) action.Rule {
	set, ok := c.Rule(command.Action)
	if ok {
		r.Off = r.Off || set.Off
		r.Always, r.Approve = set.Approval == "always", set.Approval != "never"
		if cents, ok := config.Hundredths(set.Limit); ok {
			r.Limit = cents
		}
		if cents, ok := config.Hundredths(set.Day); ok {
			r.Day = cents
		}
	}
	if r.Day == 0 { // else parts of a sum could be asked for in one conversation after the other
		r.Day = r.Limit
	}
	return r
}

// readKey reads a key of the hub, and makes it, readable by its owner alone, if it is not there.
func readKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if err == nil && len(key) < sha256.Size {
		return nil, fmt.Errorf("key %s has %d bytes, %d are needed: remove it, and a new one is made", path, len(key), sha256.Size)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("folder of the keys: %w", err)
	}
	key = make([]byte, sha256.Size)
	_, _ = rand.Read(key)                                // never fails since Go 1.24
	f, err := os.CreateTemp(filepath.Dir(path), "new-*") // with mode 0600
	if err != nil {
		return nil, fmt.Errorf("new key: %w", err)
	}
	_, err = f.Write(key)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("new key %s: %w", path, err), os.Remove(f.Name()))
	}
	return key, nil
}

// typedCodes judges the codes that customers type, with what is built after the chat.
type typedCodes struct{ p *parts }

// Take implements webchat.Codes.
func (c typedCodes) Take(ctx context.Context, conversation assist.ConversationID, message assist.ClientID, text string) (string, error) {
	return c.p.proofs.Take(ctx, conversation, message, text)
}

// Preview implements webchat.Codes.
func (c typedCodes) Preview(conversation assist.ConversationID, text string) string {
	return c.p.proofs.Preview(conversation, text)
}

// brief is what the bot knows of a conversation that its customer wants a person for; what the transcript tells where the
// bot is switched off.
func (p *parts) brief(ctx context.Context, id assist.ConversationID, reason string) (assist.Handoff, error) {
	if p.briefer != nil {
		return p.briefer.Brief(ctx, id, reason)
	}
	messages, err := p.store.Messages(ctx, assist.MessageFilter{Conversation: id, Public: true, Limit: wire.HistoryPage})
	return intake.Handoff(reason, messages), err
}

// approver shows agents what was asked of the back office, with what is built after the gateway.
type approver struct{ p *parts }

// Command implements gateway.Commands.
func (a approver) Command(ctx context.Context, id action.ID) (action.Command, error) {
	return a.p.commands.Command(ctx, id)
}

// Of implements gateway.Commands.
func (a approver) Of(ctx context.Context, c assist.ConversationID) ([]action.Command, error) {
	return a.p.commands.Of(ctx, c)
}

// Waiting implements gateway.Commands.
func (a approver) Waiting(ctx context.Context) ([]action.Command, error) {
	return a.p.commands.Waiting(ctx)
}

// Approve implements gateway.Commands.
func (a approver) Approve(ctx context.Context, id action.ID, by assist.Agent) (action.Command, error) {
	return a.p.commands.Approve(ctx, id, by)
}

// Decline implements gateway.Commands.
func (a approver) Decline(ctx context.Context, id action.ID, by assist.Agent, why string) (action.Command, error) {
	return a.p.commands.Decline(ctx, id, by, why)
}
