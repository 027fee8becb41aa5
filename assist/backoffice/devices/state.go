package devices

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
)

// state is how a device stands now.
type state struct {
	id, kind string
	unheard  bool // nothing is known of it
	reading  Reading
	code     string // of the diagnosis
	fix      string // that may be tried
	failed   string // that was tried and did not help
}

func (s state) healthy() bool { return s.code == "" || s.code == Fixed || s.code == Busy }

func (s state) name(language string) string { return Name(s.kind, language) }

// state tells from the last reading and the last fix how a device stands.
func (f *Office) state(x backoffice.Item, c backoffice.Call) state {
	s := state{id: x.ID, kind: x.Attributes["kind"]}
	r, heard := f.opts.Fleet.Reading(x.ID)
	if heard && r.Kind != "" {
		s.kind = r.Kind
	}
	last, tried := f.lastFix(x.ID)
	since := c.Now.Sub(last.At)
	tried = tried && since < f.opts.Again
	stale := tried && (!heard || !r.At.After(last.At)) // it hasn't reported since
	switch {
	case stale && since < 2*time.Duration(f.opts.Minutes)*time.Minute:
		s.code = Busy
	case stale:
		s.code, s.failed = Silent, last.Fix
	case !heard && f.opts.Fleet.Silent(x.ID):
		s.code = Silent
	case !heard:
		s.unheard = true
	default:
		s.reading = r
		d := f.opts.Rules.Diagnose(r)
		s.code, s.fix = d.Code, d.RemoteFix
		switch {
		case tried && d.Code == "":
			s.code = Fixed
		case tried && d.RemoteFix == last.Fix:
			s.fix, s.failed = "", last.Fix
		}
	}
	return s
}

// worst is the device that the call is about, of several: the first that has something, else that was seen to lately, else
// that is heard.
func worst(all []state) state {
	for _, fits := range []func(state) bool{
		func(s state) bool { return !s.unheard && !s.healthy() }, func(s state) bool { return !s.unheard && s.code != "" },
		func(s state) bool { return !s.unheard },
	} {
		if n := slices.IndexFunc(all, fits); n >= 0 {
			return all[n]
		}
	}
	return all[0]
}

// record is the result of Diagnose.
func (s state) record(language string) backoffice.Record {
	finding, advice := Finding(s.code, language)
	if s.failed != "" {
		finding += failedFix(s.failed, language)
	}
	r := backoffice.Record{"none": false, "device": s.id, "name": s.name(language), "diagnosis": s.code, "finding": finding,
		"readings": s.reading.Words(language), "advice": advice, "healthy": s.healthy()}
	if s.fix != "" {
		r["remote_fix"], r["fix"] = s.fix, FixText(s.fix, language)
	}
	return r
}

func (f *Office) lastFix(device string) (attempt, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.tried[device]
	return a, ok
}

// sent is the result of an order that went out under the key; backoffice.ErrNotFound if none did.
func (f *Office) sent(ctx context.Context, key string, zone *time.Location) (backoffice.Record, error) {
	b, err := f.opts.Store.Result(ctx, f.company()+"/"+key)
	switch {
	case errors.Is(err, assist.ErrNotFound):
		return nil, fmt.Errorf("order %s: %w", key, backoffice.ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("order %s: %w: %w", key, backoffice.ErrUnavailable, err)
	}
	return backoffice.Stored(b, zone)
}

// forgetAfter is how long it is remembered what a device was sent.
const forgetAfter = 24 * time.Hour

// note writes down that an order went out.
func (f *Office) note(ctx context.Context, key, device string, a attempt, result backoffice.Record) error {
	f.mu.Lock()
	next := maps.Clone(f.tried)
	f.mu.Unlock()
	maps.DeleteFunc(next, func(_ string, old attempt) bool { return a.At.Sub(old.At) > forgetAfter })
	next[device] = a
	document, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("what devices were sent: %w", err)
	}
	kept, err := backoffice.Store(result)
	if err != nil {
		return fmt.Errorf("what devices were sent: %w", err)
	}
	if err := f.opts.Store.Change(ctx, f.company(), f.company()+"/"+key, document, kept); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tried = next
	return nil
}
