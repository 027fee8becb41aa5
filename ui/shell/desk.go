package shell

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
	uiclient "deskhand/ui/client"
	"deskhand/ui/panel"
	"deskhand/ui/panel/stage"
	"deskhand/ui/state"
)

// desk is the page of somebody who is signed in, with the connection behind it.
type desk struct {
	shell   *Shell
	session *Session
	stage   *stage.Stage
	state   *state.Desk
	keep    *uiclient.Keeper
	bridge  *uiclient.Bridge
	hub     Hub

	ctx  context.Context // of the sign-in
	stop context.CancelFunc
	work sync.WaitGroup

	parts
	page     fyne.CanvasObject
	selected assist.ConversationID
	settled  bool // the person chose a list or a conversation: nothing is chosen for them any more
	second   int  // counts the clock's ticks
	open     []assist.ConversationID
	alerts   alerts
	bound    []fyne.Shortcut    // that the canvas listens for
	files    *dialog.FileDialog // that is open, else nil
}

func newDesk(s *Shell, session *Session) (*desk, error) {
	d := &desk{shell: s, session: session, state: state.New(state.Options{Now: s.opts.Now})}
	d.ctx, d.stop = context.WithCancel(s.ctx)
	d.bridge = uiclient.NewBridge(uiclient.BridgeOptions{Post: fyne.Do, Paint: d.paint})
	hub, err := session.Connect(d.bridge.Handle, d.bridge.Connection)
	if err != nil {
		d.stop()
		return nil, err
	}
	d.hub = hub
	d.keep = uiclient.NewKeeper(session.Memory, s.opts.Log)
	d.stage = &stage.Stage{Input: s.opts.Input, Canvas: s.win.Canvas, Clipboard: s.opts.App.Clipboard, Shortcut: d.shortcut}
	d.stage.Desk = &panel.Desk{Lang: s.opts.Lang, State: d.state, Hub: hub, Keep: d.keep, Now: s.opts.Now,
		Go: d.background, Tell: s.tell, Changed: d.apply, Keys: s.keys.Shown}
	d.alerts = newAlerts(d)
	d.recall()
	d.build()
	return d, nil
}

// recall shows what the outbox still holds from before.
func (d *desk) recall() {
	var ch state.Change
	for _, m := range d.hub.Waiting() {
		o := state.Outgoing{ClientID: m.ClientID, Conversation: m.Conversation, Text: m.Text, Note: m.Note,
			Attachments: m.Attachments, At: m.QueuedAt, State: state.Queued}
		if m.Refused != 0 {
			o.State, o.Code = state.Failed, m.Refused
		}
		d.state.Send(o, &ch)
	}
}

// start connects and begins the clock.
func (d *desk) start() {
	d.shortcuts()
	d.work.Go(func() { _ = d.bridge.Run(d.ctx) }) // returns nil always
	d.work.Go(func() {
		err := d.hub.Run(d.ctx)
		if d.ctx.Err() == nil {
			fyne.Do(func() { d.ended(err) })
		}
	})
	d.work.Go(d.clock)
	d.restore()
}

// ended is the connection giving up: the session is over, the versions differ.
func (d *desk) ended(err error) {
	if d.shell.desk != d {
		return
	}
	code := assist.CodeOf(err)
	if code == assist.CodeUnauthenticated || code == assist.CodeSessionExpired {
		d.shell.leave(true, &assist.Error{Code: assist.CodeSessionExpired, Err: err})
		return
	}
	var ch state.Change
	link := d.state.Link()
	link.Ended, link.Live, link.Trying, link.Err = true, false, false, err
	d.state.SetLink(link, &ch)
	d.apply(&ch)
	if err != nil {
		d.stage.Fail(err)
	}
}

// close ends everything of the sign-in and waits for it, but for what the session itself has to end, which the shell
// waits for.
func (d *desk) close(signOut bool) {
	d.remember()
	if d.shell.ctx.Err() == nil { // else the window is gone already
		d.unshortcut()
		d.alerts.close()
	}
	d.stop()
	done := make(chan struct{})
	go func() { d.work.Wait(); close(done) }()
	<-done
	d.keep.Flush()
	_ = d.keep.Close() // returns nil always
	d.shell.endSession(d.session, signOut)
	if d.shell.ctx.Err() != nil {
		d.shell.work.Wait()
	}
}

// background does work off the main goroutine and then, on it, what work returned.
func (d *desk) background(work func(ctx context.Context) func()) {
	d.work.Go(func() {
		then := work(d.ctx)
		if then != nil && d.ctx.Err() == nil {
			fyne.Do(func() {
				if d.ctx.Err() == nil {
					then()
				}
			})
		}
	})
}

// clock ticks once a second for what shows running times.
func (d *desk) clock() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-d.ctx.Done():
			return
		case <-t.C:
			fyne.Do(d.tick)
		}
	}
}

func (d *desk) tick() {
	if d.ctx.Err() != nil {
		return
	}
	d.second++
	var ch state.Change
	d.state.Tick(&ch)
	if ch.Any() {
		d.apply(&ch)
	}
	d.inbox.Tick(d.second%30 == 0)
	d.thread.Tick()
	d.composer.Tick()
	if d.second%10 == 0 {
		d.approval.Tick()
	}
}

// paint takes what the bridge carries.
func (d *desk) paint(frames []wire.Frame, link *client.Connection) {
	if d.ctx.Err() != nil {
		return
	}
	var ch state.Change
	was := d.state.Loaded()
	for _, f := range frames {
		if u, ok := f.(client.Undone); ok {
			d.alerts.undone(u)
		}
		d.state.Apply(f, &ch)
	}
	if link != nil {
		d.state.SetLink(state.Link{Live: link.State == client.Live, Trying: link.State == client.Connecting, Since: link.Since,
			RetryAt: link.RetryAt, Queued: link.Queued, Err: link.Err}, &ch)
	}
	d.apply(&ch)
	if ch.Lists && d.state.Loaded() && d.selected == 0 && !d.settled {
		d.chooseFirst()
	}
	if !was && d.state.Loaded() {
		d.loaded()
	}
}

// loaded is the first complete list: something is shown at once.
func (d *desk) loaded() {
	if d.shell.opts.OnReady != nil && !d.shell.ready {
		d.shell.ready = true
		d.shell.opts.OnReady()
	}
}

// apply has every panel show what has changed.
func (d *desk) apply(ch *state.Change) {
	d.inbox.Apply(ch)
	d.thread.Apply(ch)
	d.composer.Apply(ch)
	d.customer.Apply(ch)
	d.history.Apply(ch)
	d.assist.Apply(ch)
	d.approval.Apply(ch)
	d.applyRail(ch)
	if ch.Details[d.selected] {
		d.countHistory()
	}
	d.alerts.take(ch)
}

// speak shows everything in another language.
func (d *desk) speak() {
	d.stage.Speak()
	d.inbox.Speak()
	d.search.Speak()
	d.applyRail(&state.Change{Me: true, Lists: true})
	d.countHistory()
}
