package devices

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
)

// Fleet is where the devices are heard and reached; package mqtt has one.
type Fleet interface {
	// Reading is the last one of a device; false if there is none, or none lately.
	Reading(device string) (Reading, bool)
	// Silent tells whether a device has reported nothing for so long that something must be wrong with it.
	Silent(device string) bool
	// Send has a device do the fix. The same id again is the same order: a device does it once. It returns when the order is
	// on its way for good.
	Send(ctx context.Context, device, id, fix string) error
}

// Store keeps what was sent to devices; storage/records is one.
type Store interface {
	Document(ctx context.Context, company string) ([]byte, error) // assist.ErrNotFound if there is none
	Begin(ctx context.Context, company string, document []byte) error
	Change(ctx context.Context, company, key string, document, result []byte) error // assist.CodeExists if key was used
	Result(ctx context.Context, key string) ([]byte, error)                         // assist.ErrNotFound if key is new
}

// The actions that an Office answers from the fleet.
const (
	Diagnose  = "devices.diagnose"
	RemoteFix = "devices.remote_fix"
)

// Options configure an Office. Those without a default are needed.
type Options struct {
	Office backoffice.Office // the company's other systems, which say as items of the kind "device" whose a device is
	Fleet  Fleet
	Rules  Rules
	Store  Store
	Name   string // of the company, for Store
	Log    *slog.Logger

	Minutes int           // how long a device is away when it is seen to; default 3
	Again   time.Duration // a fix that did not help is not tried again before; default 1 h
}

// Office is a company whose devices are heard: it answers what is wrong with them, and has them seen to from afar. All
// else is asked of the company's other systems. It is a backoffice.Office.
type Office struct {
	backoffice.Office
	opts Options

	sending sync.Mutex // held through a fix: one key is one order

	mu    sync.Mutex // guards tried
	tried map[string]attempt
}

// attempt is the last fix that a device was sent.
type attempt struct {
	Fix string    `json:"fix"`
	At  time.Time `json:"at"`
}

// New reads what was sent before.
func New(ctx context.Context, o Options) (*Office, error) {
	if o.Office == nil || o.Fleet == nil || len(o.Rules) == 0 || o.Store == nil || o.Name == "" || o.Log == nil {
		return nil, errors.New("devices: an option without default is missing")
	}
	if o.Minutes == 0 {
		o.Minutes = 3
	}
	if o.Again == 0 {
		o.Again = time.Hour
	}
	f := &Office{Office: o.Office, opts: o, tried: map[string]attempt{}}
	document, err := o.Store.Document(ctx, f.company())
	if errors.Is(err, assist.ErrNotFound) {
		return f, o.Store.Begin(ctx, f.company(), []byte("{}"))
	}
	if err == nil {
		err = json.Unmarshal(document, &f.tried)
	}
	if err != nil {
		return nil, fmt.Errorf("what devices of %s were sent: %w", o.Name, err)
	}
	return f, nil
}

func (f *Office) company() string { return "devices/" + f.opts.Name }

// Profile implements backoffice.Office.
func (f *Office) Profile(ctx context.Context) (backoffice.Profile, error) {
	p, err := f.Office.Profile(ctx)
	for _, a := range []string{Diagnose, RemoteFix} {
		if err == nil && !slices.Contains(p.Actions, a) {
			p.Actions = append(slices.Clip(p.Actions), a)
		}
	}
	return p, err
}

// Read implements backoffice.Office.
func (f *Office) Read(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	if c.Action != Diagnose {
		return f.Office.Read(ctx, c)
	}
	own, err := f.own(ctx, c)
	if err != nil {
		return nil, err
	}
	if len(own) == 0 { // somebody has to come and look
		return backoffice.Record{"none": true, "healthy": true}, nil
	}
	all := make([]state, len(own))
	for n, x := range own {
		all[n] = f.state(x, c)
	}
	s := worst(all)
	if s.unheard {
		return f.elsewhere(ctx, c)
	}
	return s.record(c.Language), nil
}

// elsewhere asks the company's other systems about a device that isn't heard, as far as they know.
func (f *Office) elsewhere(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	r, err := f.Office.Read(ctx, c)
	if errors.Is(err, backoffice.ErrUnsupported) {
		return backoffice.Record{"none": true, "healthy": true}, nil
	}
	return r, err
}

// own are the devices of the customer that the call is about. One that isn't the customer's own is refused like one that
// there is not.
func (f *Office) own(ctx context.Context, c backoffice.Call) ([]backoffice.Item, error) {
	if c.Customer == "" {
		return nil, &backoffice.Refusal{Code: "unknown_customer"}
	}
	items, err := f.Office.Items(ctx, "device", backoffice.Call{Customer: c.Customer, Args: map[string]string{}, Language: c.Language, Now: c.Now})
	if errors.Is(err, backoffice.ErrUnsupported) {
		f.opts.Log.Error("the company's systems do not say whose a device is: they know no items of the kind device", "component", "devices", "company", f.opts.Name)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	id := c.Args["device"]
	if id == "" {
		return items, nil
	}
	items = slices.DeleteFunc(slices.Clone(items), func(x backoffice.Item) bool { return !strings.EqualFold(x.ID, id) })
	if len(items) == 0 {
		return nil, &backoffice.Refusal{Code: "unknown_device", Facts: backoffice.Record{"device": id}}
	}
	return items, nil
}

// Check implements backoffice.Office.
func (f *Office) Check(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	if c.Action != RemoteFix {
		return f.Office.Check(ctx, c)
	}
	s, err := f.named(ctx, c)
	switch {
	case err != nil:
		return nil, err
	case s.unheard: // as its diagnosis was theirs
		return f.Office.Check(ctx, c)
	}
	return f.terms(s, c)
}

// named is how the device stands that a fix names.
func (f *Office) named(ctx context.Context, c backoffice.Call) (state, error) {
	own, err := f.own(ctx, c)
	if err == nil && (len(own) == 0 || c.Args["device"] == "") {
		err = &backoffice.Refusal{Code: "unknown_device", Facts: backoffice.Record{"device": c.Args["device"]}}
	}
	if err != nil {
		return state{}, err
	}
	return f.state(own[0], c), nil
}

// terms are what a fix comes to, if it is the one for how the device stands.
func (f *Office) terms(s state, c backoffice.Call) (backoffice.Record, error) {
	name := s.name(c.Language)
	if s.fix == "" || c.Args["fix"] != s.fix {
		return nil, &backoffice.Refusal{Code: "no_fix", Facts: backoffice.Record{"device": s.id, "name": name}}
	}
	return backoffice.Record{"device": s.id, "name": name, "fix": FixText(s.fix, c.Language), "minutes": f.opts.Minutes}, nil
}

// Execute implements backoffice.Office: it sends the fix to the device, under the key as the order's id.
func (f *Office) Execute(ctx context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	if c.Action != RemoteFix {
		return f.Office.Execute(ctx, key, c)
	}
	f.sending.Lock()
	defer f.sending.Unlock()
	if before, err := f.sent(ctx, key, c.Now.Location()); !errors.Is(err, backoffice.ErrNotFound) {
		return before, err
	}
	s, err := f.named(ctx, c)
	if err != nil {
		return nil, err
	}
	if s.unheard {
		return f.Office.Execute(ctx, key, c)
	}
	result, err := f.terms(s, c)
	if err != nil {
		return nil, err
	}
	if err := f.opts.Fleet.Send(ctx, s.id, key, s.fix); err != nil {
		return nil, fmt.Errorf("%w: %w", backoffice.ErrUnavailable, err)
	}
	if err := f.note(ctx, key, s.id, attempt{Fix: s.fix, At: c.Now}, result); err != nil {
		return nil, fmt.Errorf("%w: %w", backoffice.ErrUnavailable, err)
	}
	return result, nil
}

// Outcome implements backoffice.Office.
func (f *Office) Outcome(ctx context.Context, key string) (backoffice.Record, error) {
	r, err := f.sent(ctx, key, nil)
	if errors.Is(err, backoffice.ErrNotFound) {
		return f.Office.Outcome(ctx, key)
	}
	return r, err
}
