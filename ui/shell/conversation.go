package shell

import (
	"slices"
	"strconv"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/panel/inbox"
	"deskhand/ui/state"
)

// openMost is how many conversations are followed at once: those looked at last, so that going back is at once. The
// hub allows wire.MaxOpen.
const openMost = 12

// show opens a conversation in the middle of the page.
func (d *desk) show(id assist.ConversationID) {
	if d.place != pageInbox {
		d.goTo(pageInbox)
	}
	if id == d.selected {
		return
	}
	d.selected, d.settled = id, true
	d.inbox.Select(id)
	d.keep.Set("selected", inbox.Key(id))
	d.follow(id)
	d.thread.Show(id)
	d.composer.Show(id)
	d.customer.Show(id)
	d.history.Show(id)
	d.assist.Show(id)
	d.countHistory()
}

// follow opens a conversation at the hub and closes the one that was looked at longest ago.
func (d *desk) follow(id assist.ConversationID) {
	if id == 0 {
		return
	}
	if i := slices.Index(d.open, id); i >= 0 {
		d.open = append(slices.Delete(d.open, i, i+1), id)
		return
	}
	d.open = append(d.open, id)
	d.state.Open(id)
	d.hub.Open(id)
	if len(d.open) > openMost {
		oldest := d.open[0]
		d.open = d.open[1:]
		d.hub.Close(oldest)
		d.state.Close(oldest)
	}
}

// write opens a conversation and goes to the composer.
func (d *desk) write(id assist.ConversationID) {
	d.show(id)
	d.composer.Focus()
}

// restore opens what was looked at when the program ended.
func (d *desk) restore() {
	if l := d.keep.Value("list"); l != "" && slices.Contains(state.Lists(), state.List(l)) {
		d.inbox.Show(state.List(l))
	}
	if n, err := strconv.ParseInt(d.keep.Value("selected"), 10, 64); err == nil && n > 0 {
		d.show(assist.ConversationID(n))
	}
}

// remember keeps what is looked at.
func (d *desk) remember() { d.keep.Set("list", string(d.inbox.List())) }

// chooseFirst shows something when nothing was looked at before: the first of one's own, else of the queue. While there
// are neither it shows what the bot does, without opening any.
func (d *desk) chooseFirst() {
	for _, l := range []state.List{state.Mine, state.Queue} {
		if rows := d.state.List(l); len(rows) > 0 {
			d.inbox.Show(l)
			d.show(rows[0].ID)
			return
		}
	}
	if d.inbox.List() == state.Mine && len(d.state.List(state.Bot)) > 0 {
		d.inbox.Show(state.Bot)
	}
}

// step opens the neighbour in the list.
func (d *desk) step(by int) {
	if d.place != pageInbox {
		d.goTo(pageInbox)
	}
	d.inbox.Step(by)
}

// row is the conversation shown.
func (d *desk) row() (wire.Row, bool) { return d.state.Row(d.selected) }

// openHit opens the conversation of a found message and goes to the message.
func (d *desk) openHit(m assist.Message) {
	d.show(m.Conversation)
	if !d.thread.JumpTo(m) {
		d.thread.Seek(m)
	}
}

// openCustomer opens the customer's newest conversation.
func (d *desk) openCustomer(id assist.CustomerID) {
	d.stage.Call(wire.AgentCustomer{Customer: id}, func(f wire.Frame) {
		page, ok := f.(wire.AgentCustomerPage)
		if !ok || len(page.Conversations) == 0 {
			d.stage.Tell(d.stage.T("search.customer.none"), false)
			return
		}
		newest := slices.MaxFunc(page.Conversations, func(a, b wire.Row) int { return a.CreatedAt.Compare(b.CreatedAt) })
		d.show(newest.ID)
		d.chooseSide("customer")
	})
}
