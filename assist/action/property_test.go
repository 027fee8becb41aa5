package action_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/action"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// life is what a random run does to the commands of one customer in two conversations, and what it knows of them.
type life struct {
	x        *counter
	party    string
	convs    [2]assist.Conversation
	commands []action.Command
	yes      map[action.ID]bool // the customer said yes to the read-back of that very command
	approved map[action.ID]bool
	seen     map[action.ID]readBack
}

type readBack struct{ at, spoken assist.Seq }

const ceiling = 10_000

// However drafts, edits, read-backs, yeses, approvals, switches, time-outs and crashes follow each other: nothing moves
// that wasn't said yes to, nothing twice, nothing above the limits without approval or at another price, and in the end each command says
// what the bank says.
func TestDesk_MovesWhatWasConfirmedAndNothingElse(t *testing.T) {
	x := open(t, func(o *action.Options) {
		o.Rule = func(c action.Command) action.Rule {
			return action.Rule{Limit: ceiling, Day: ceiling * 3 / 2, Approve: c.Intent == "approvable"}
		}
	})
	rapid.Check(t, func(r *rapid.T) {
		l := &life{x: x, party: uuid.NewString(), yes: map[action.ID]bool{}, approved: map[action.ID]bool{}, seen: map[action.ID]readBack{}}
		l.convs[0], l.convs[1] = x.begin(uuid.NewString()), x.begin(uuid.NewString())
		x.proof.set("strong", l.party)
		x.bank.done = map[string]int64{}
		l.heal()
		ops := map[string]func(*rapid.T){"draft": l.draft, "read back": l.readBack, "say yes": l.sayYes, "confirm": l.confirm,
			"execute": l.execute, "approve": l.approve, "void": l.void, "fault": l.fault, "time": l.time, "sweep": l.sweep, "switch": l.flip, "price": l.price}
		names := []string{"draft", "draft", "read back", "read back", "read back", "say yes", "say yes", "say yes", "execute", "execute", "execute",
			"confirm", "approve", "void", "fault", "fault", "time", "sweep", "switch", "price"}
		for range rapid.IntRange(1, 40).Draw(r, "steps") {
			ops[rapid.SampledFrom(names).Draw(r, "op")](r)
			l.check(r)
		}
		l.end(r)
	})
}

func (l *life) heal() {
	l.x.fault, l.x.bank.before, l.x.bank.after, l.x.bank.asked, l.x.bank.refusal = nil, nil, nil, nil, nil
	_ = l.x.store.SwitchAction(context.Background(), "transfers.create", "test", false)
}

// alive calls f; where it is killed a new desk goes on.
func (l *life) alive(f func()) {
	if survive(f) {
		l.x.fault, l.x.bank.before, l.x.bank.after = nil, nil, nil
		l.x.make()
	}
}

func (l *life) pick(r *rapid.T) (action.Command, bool) {
	if len(l.commands) == 0 {
		return action.Command{}, false
	}
	return rapid.SampledFrom(l.commands).Draw(r, "command"), true
}

func (l *life) draft(r *rapid.T) {
	c := l.x.command(rapid.SampledFrom(l.convs[:]).Draw(r, "conversation"), rapid.Int64Range(1, ceiling*5/4).Draw(r, "cents"))
	c.Party, c.Intent = l.party, rapid.SampledFrom([]string{"transfer_money", "approvable"}).Draw(r, "intent")
	l.alive(func() {
		_, _ = l.x.desk.Draft(context.Background(), c)
	})
	if all, err := l.x.desk.Find(context.Background(), assist.CommandFilter{ID: string(c.ID)}); err == nil && len(all) == 1 {
		l.commands = append(l.commands, c)
	}
}

func (l *life) readBack(r *rapid.T) {
	c, ok := l.pick(r)
	if !ok {
		return
	}
	now, err := l.x.store.Conversation(context.Background(), c.Conversation)
	if err != nil {
		r.Fatal(err)
	}
	read := false
	l.alive(func() { read = l.x.desk.ReadBack(context.Background(), c.ID, "Shall I?", now.Seq+1) == nil })
	if read && rapid.Bool().Draw(r, "spoken") {
		l.x.says(c.Conversation, assist.ByBot(), "Shall I?", "confirm")
		l.seen[c.ID] = readBack{at: now.Seq + 1, spoken: now.Seq + 1}
	} else if read {
		l.seen[c.ID] = readBack{at: now.Seq + 1}
	}
}

// sayYes is the customer's yes, and the bot's taking it.
func (l *life) sayYes(r *rapid.T) {
	c, ok := l.pick(r)
	if !ok {
		return
	}
	at := l.x.says(c.Conversation, assist.ByCustomer(c.Customer), "yes", "")
	l.take(c, at)
}

// confirm takes a yes that was perhaps never said.
func (l *life) confirm(r *rapid.T) {
	if c, ok := l.pick(r); ok {
		l.take(c, assist.Seq(rapid.IntRange(0, 30).Draw(r, "seq")))
	}
}

func (l *life) take(c action.Command, at assist.Seq) {
	seen := l.seen[c.ID]
	if seen.spoken != 0 && seen.spoken == seen.at && at > seen.at && l.customerSaid(c, at) {
		l.yes[c.ID] = true // counts if the desk takes it now
		before := l.x.state(c.ID).State
		l.alive(func() { _ = l.x.desk.Confirm(context.Background(), c.ID, at) })
		if after := l.x.state(c.ID); before != action.Confirmed && after.YesAt == 0 {
			delete(l.yes, c.ID)
		}
		return
	}
	l.alive(func() { _ = l.x.desk.Confirm(context.Background(), c.ID, at) })
}

func (l *life) customerSaid(c action.Command, at assist.Seq) bool {
	list, err := l.x.store.Messages(context.Background(), assist.MessageFilter{Conversation: c.Conversation, Public: true, BeforeSeq: at + 1, Limit: 1})
	return err == nil && len(list) == 1 && list[0].Seq == at && list[0].From.Kind == assist.ActorCustomer
}

func (l *life) execute(r *rapid.T) {
	if c, ok := l.pick(r); ok {
		l.alive(func() { _, _ = l.x.desk.Execute(context.Background(), c.ID) })
	}
}

func (l *life) approve(r *rapid.T) {
	c, ok := l.pick(r)
	if !ok {
		return
	}
	l.alive(func() { _, _ = l.x.desk.Approve(context.Background(), c.ID, assist.Agent{ID: 8}) })
	if l.x.state(c.ID).Approver == 8 {
		l.approved[c.ID] = true
	}
}

func (l *life) void(r *rapid.T) {
	if c, ok := l.pick(r); ok {
		l.alive(func() { _ = l.x.desk.Void(context.Background(), c.ID, "edited") })
	}
}

// fault has the next thing of its kind go wrong: killed, or no answer.
func (l *life) fault(r *rapid.T) {
	fail := func() error { return errors.New("no answer") }
	kill := func() error { panic("killed") }
	switch rapid.IntRange(0, 6).Draw(r, "fault") {
	case 0:
		l.x.bank.before = fail
	case 1:
		l.x.bank.after = fail
	case 2:
		l.x.bank.before = kill
	case 3:
		l.x.bank.after = kill
	case 4:
		l.x.bank.refusal = refused("closed")
	case 5:
		l.x.fault = func(w assist.Write) error {
			if w.Command == nil {
				return nil
			}
			panic("killed before it was stored")
		}
	case 6:
		l.x.fault = func(w assist.Write) error {
			if w.Command == nil {
				return nil
			}
			_, _ = l.x.ledger.Write(context.Background(), w)
			panic("killed after it was stored")
		}
	}
}

func (l *life) time(r *rapid.T) {
	l.x.pass(time.Duration(rapid.IntRange(1, 400).Draw(r, "seconds")) * time.Second)
	if rapid.Bool().Draw(r, "healed") {
		l.heal()
	}
}

func (l *life) sweep(*rapid.T) { l.alive(func() { l.x.desk.Sweep(context.Background()) }) }

func (l *life) flip(r *rapid.T) {
	_ = l.x.store.SwitchAction(context.Background(), "transfers.create", "test", rapid.Bool().Draw(r, "off"))
}

// price changes what a transfer costs from now on.
func (l *life) price(r *rapid.T) {
	l.x.bank.costs(rapid.SampledFrom([]string{"0.50", "2.00"}).Draw(r, "fee"))
}

// check compares what moved with what the customer said.
func (l *life) check(r *rapid.T) {
	sums := map[string]int64{}
	for id, cents := range l.x.bank.done {
		if !l.yes[action.ID(id)] {
			r.Fatalf("command %s moved %d without a yes", id, cents)
		}
		c := l.x.state(action.ID(id))
		if c.Amount != cents {
			r.Fatalf("command %s moved %d, confirmed were %d", id, cents, c.Amount)
		}
		if fee := l.x.bank.paid[id]; fee != c.Terms["fee"] {
			r.Fatalf("command %s cost %s, read back was %v", id, fee, c.Terms["fee"])
		}
		if !l.approved[action.ID(id)] {
			sums[fmt.Sprint(c.Conversation)] += cents
			sums["day"] += cents
		}
	}
	for of, sum := range sums {
		if most := int64(ceiling); sum > most && of != "day" || sum > most*3/2 {
			r.Fatalf("%s: %d moved without approval", of, sum)
		}
	}
}

// end lets everything come to an end, then each command must say what the bank says.
func (l *life) end(r *rapid.T) {
	for range 12 {
		l.heal()
		l.x.pass(time.Hour)
		l.x.desk.Sweep(context.Background())
	}
	l.check(r)
	for _, c := range l.commands {
		c = l.x.state(c.ID)
		state := c.State
		if state == action.Reconciled {
			state = c.Outcome
		}
		_, moved := l.x.bank.done[string(c.ID)]
		if !c.State.Ended() || moved != (state == action.Done) {
			r.Fatalf("command %s is %s (%s), moved: %t", c.ID, c.State, c.Outcome, moved)
		}
	}
}
