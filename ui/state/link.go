package state

import "time"

// Link is how the desk stands with its hub, in the words of the screen.
type Link struct {
	Live    bool
	Trying  bool      // a try is under way
	Ended   bool      // nothing happens any more unless a person acts
	Since   time.Time // when the connection was lost, or, while live, made
	RetryAt time.Time
	Queued  int // messages that wait to be sent
	Err     error
}

// Link is how the desk stands with its hub.
func (d *Desk) Link() Link { return d.link }

// SetLink takes the news of the connection. Since stays that of the loss through all tries.
func (d *Desk) SetLink(l Link, ch *Change) {
	if l.Live == d.link.Live && !d.link.Since.IsZero() {
		l.Since = d.link.Since
	}
	if l.Err == nil && !l.Live {
		l.Err = d.link.Err // while trying again, the cause is still the last one
	}
	d.link = l
	ch.Connection = true
}
