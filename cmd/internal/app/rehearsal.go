package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
	"deskhand/assist/nlu"
	"deskhand/assist/pack"
	"deskhand/assist/verify"
	"deskhand/assist/wire"
	"deskhand/cmd/internal/config"
	"deskhand/cmd/internal/rehearse"
	"deskhand/storage/records"
)

// Rehearsal is a whole hub with the demo companies, made for one scenario: its back office begins anew, its clock begins
// where the scenario's does, and nobody else writes to it. It is a rehearse.Stage.
type Rehearsal struct {
	app     *App
	dir     string
	now     func() time.Time
	records *records.Store
	phones  *verify.Outbox
	parties map[assist.InboxID][]string // customers of the companies
	offices map[assist.InboxID]*witness
}

// RehearsalOptions say where a Rehearsal works. Reader and Log are needed.
type RehearsalOptions struct {
	Config config.Config                            // of the hub; its data folder is where rehearsals make theirs
	Reader func(*pack.Pack) (nlu.Classifier, error) // the models, shared by all rehearsals
	Now    time.Time                                // what its clock begins at
	Log    *slog.Logger
	// Data is another demo.yaml; default: the one that the product carries.
	Data []byte
	// Pack is the company that alone is opened; default: all four.
	Pack string
	// Turn hears how long the bot took to decide on each turn.
	Turn func(time.Duration)
	// Office puts something between the hub and a company's back office; default: nothing.
	Office func(ctx context.Context, pack string, f backoffice.Office) (backoffice.Office, error)
}

// NewRehearsal starts one.
func NewRehearsal(ctx context.Context, o RehearsalOptions) (_ *Rehearsal, err error) {
	r := &Rehearsal{parties: map[assist.InboxID][]string{}, offices: map[assist.InboxID]*witness{}}
	if r.dir, err = os.MkdirTemp(o.Config.Hub.Data, "rehearsal-"); err != nil {
		return nil, fmt.Errorf("folder of the rehearsal: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.Close())
		}
	}()
	o.Config.Hub.Data = r.dir
	if err := withDemo(&o.Config); err != nil {
		return nil, err
	}
	o.Config.Inboxes = slices.DeleteFunc(o.Config.Inboxes, func(i config.Inbox) bool { return o.Pack != "" && i.Industry != o.Pack })
	if len(o.Config.Inboxes) == 0 {
		return nil, fmt.Errorf("pack %s: %w", o.Pack, assist.ErrNotFound)
	}
	began := time.Now()
	r.now = func() time.Time { return o.Now.Add(time.Since(began)) }
	if err := r.open(ctx, o); err != nil {
		return nil, err
	}
	r.phones = verify.NewOutbox(r.now)
	if r.app, err = Start(ctx, Options{Config: o.Config, Log: o.Log, Now: r.now, Offices: r.office, Sender: r.phones, Reader: o.Reader, Turn: o.Turn}); err != nil {
		return nil, err
	}
	// The first rehearsal trains the models; no customer should wait for that.
	_, err = r.app.parts.library.Company(ctx, assist.Inbox{ID: o.Config.Inboxes[0].ID})
	return r, err
}

// open begins the companies' day anew.
func (r *Rehearsal) open(ctx context.Context, o RehearsalOptions) (err error) {
	data := o.Data
	if data == nil {
		if data, err = fs.ReadFile(assets.Demo, "demo/demo.yaml"); err != nil {
			return fmt.Errorf("demo companies: %w", err)
		}
	}
	if r.records, err = records.Open(ctx, filepath.Join(r.dir, "demo.db")); err != nil {
		return err
	}
	companies, err := demo.Open(ctx, demo.Options{Store: r.records, Data: data, Now: r.now()})
	if err != nil {
		return err
	}
	known, err := readCompanies(data)
	if err != nil {
		return err
	}
	for _, i := range demoInboxes {
		office := backoffice.Office(companies[i.industry])
		if o.Office != nil && (o.Pack == "" || o.Pack == i.industry) {
			if office, err = o.Office(ctx, i.industry, office); err != nil {
				return err
			}
		}
		r.offices[i.inbox] = &witness{Office: office}
		for _, c := range known[i.industry].Customers {
			r.parties[i.inbox] = append(r.parties[i.inbox], c.ID)
		}
	}
	return nil
}

func (r *Rehearsal) office(inbox assist.InboxID) backoffice.Office {
	if w, ok := r.offices[inbox]; ok {
		return w
	}
	return nil
}

// Hub implements rehearse.Stage.
func (r *Rehearsal) Hub() string { return r.app.loopback() }

// Inbox implements rehearse.Stage.
func (r *Rehearsal) Inbox(name string) assist.InboxID {
	for _, i := range demoInboxes {
		if i.industry == name {
			return i.inbox
		}
	}
	return ""
}

// Identity implements rehearse.Stage.
func (r *Rehearsal) Identity(_ context.Context, inbox assist.InboxID, customer string) (wire.SignedIdentity, error) {
	if !slices.Contains(r.parties[inbox], customer) {
		return wire.SignedIdentity{}, fmt.Errorf("customer %s of %s: %w", customer, inbox, assist.ErrNotFound)
	}
	configured, _ := r.app.parts.floor.Inbox(inbox)
	c := access.Claim{ID: customer, IssuedAt: r.now().Unix()}.Sign(inbox, configured.Secret)
	return wire.SignedIdentity{ID: c.ID, IssuedAt: c.IssuedAt, Signature: c.Signature}, nil
}

// Code implements rehearse.Stage.
func (r *Rehearsal) Code(inbox assist.InboxID) (party, code string, ok bool) {
	var last time.Time
	for _, p := range r.parties[inbox] {
		for _, m := range r.phones.Phone(inbox, p) {
			if !m.At.Before(last) {
				party, code, ok, last = p, m.Code, true, m.At
			}
		}
	}
	return party, code, ok
}

// Changes implements rehearse.Stage.
func (r *Rehearsal) Changes() []rehearse.Change {
	var all []rehearse.Change
	for _, w := range r.offices {
		all = append(all, w.seen()...)
	}
	return all
}

// State implements rehearse.Keeper.
func (r *Rehearsal) State(ctx context.Context) (string, error) {
	h := sha256.New()
	for _, i := range demoInboxes {
		document, err := r.records.Document(ctx, i.industry)
		if err != nil {
			return "", fmt.Errorf("state of %s: %w", i.industry, err)
		}
		fmt.Fprintf(h, "%q\n", document)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Needs implements rehearse.Stage.
func (r *Rehearsal) Needs(name, action string) rehearse.Needs {
	c, err := r.app.parts.library.Company(context.Background(), assist.Inbox{ID: r.Inbox(name)})
	if err != nil {
		return rehearse.Needs{}
	}
	for _, i := range c.Pack.Intents {
		for _, s := range i.Flow {
			if s.Do == pack.DoChange && s.Action == action {
				return rehearse.Needs{Known: true, Strong: i.Verify == verify.Strong, Signed: i.Verify.Covers(verify.Identified), Duty: i.Duty,
					Doing: []string{i.Title.EN, i.Title.ZH}}
			}
		}
	}
	return rehearse.Needs{}
}

// Person implements rehearse.Stage.
func (r *Rehearsal) Person(ctx context.Context, inbox assist.InboxID, party string) (backoffice.Person, error) {
	return r.offices[inbox].Person(ctx, party)
}

// Close implements rehearse.Stage.
func (r *Rehearsal) Close() error {
	var err error
	if r.app != nil {
		err = r.app.Close()
	}
	for _, w := range r.offices {
		if c, ok := w.Office.(io.Closer); ok {
			err = errors.Join(err, c.Close())
		}
	}
	if r.records != nil {
		err = errors.Join(err, r.records.Close())
	}
	return errors.Join(err, os.RemoveAll(r.dir))
}

// witness is a back office that remembers what was changed in it.
type witness struct {
	backoffice.Office

	mu      sync.Mutex // guards changes
	changes map[string]rehearse.Change
	order   []string
}

// Execute implements backoffice.Office. Only what was carried out counts, and the same key once.
func (w *witness) Execute(ctx context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	result, err := w.Office.Execute(ctx, key, c)
	if err != nil {
		return result, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.changes[key]; !ok {
		if w.changes == nil {
			w.changes = map[string]rehearse.Change{}
		}
		w.changes[key] = rehearse.Change{At: time.Now(), Action: c.Action, Party: c.Customer, Args: maps.Clone(c.Args)}
		w.order = append(w.order, key)
	}
	return result, nil
}

func (w *witness) seen() []rehearse.Change {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]rehearse.Change, 0, len(w.order))
	for _, key := range w.order {
		out = append(out, w.changes[key])
	}
	return out
}
