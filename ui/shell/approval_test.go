package shell

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"deskhand/assist"
	"deskhand/assist/wire"
	"deskhand/ui/lang"
)

// supervise gives the person the right to decide.
func (o *office) supervise() {
	w := o.morning()[0].(wire.AgentWelcome)
	w.Permissions = append(w.Permissions, "command.approve")
	o.paint([]wire.Frame{w}, nil)
}

func (o *office) waits(ids ...string) {
	list := wire.AgentApprovalList{}
	for _, id := range ids {
		list.Commands = append(list.Commands, wire.CommandView{ID: id, Conversation: 2, Customer: 2, CustomerName: "王晓明", Action: "refunds.create",
			Args: map[string]string{"order_id": "7731-204"}, Amount: 49900, Currency: "CNY", State: "waiting", Approval: "action", By: assist.ByBot(),
			ReadBack: "Refund ¥499.00?", CreatedAt: o.now.Add(-time.Minute), DueAt: o.now.Add(time.Hour)})
	}
	o.paint([]wire.Frame{list}, nil)
}

func TestApprovals_OnlyForThoseWhoMayDecide(t *testing.T) {
	o := openOffice(t)
	if o.rail.buttons[pageApprovals].Visible() {
		t.Error("an agent sees the approvals")
	}
	o.act("approvals")
	if o.place != pageInbox || o.available("approvals", wire.Row{}, false) {
		t.Errorf("an agent came to %s", o.place)
	}
	o.supervise()
	if !o.rail.buttons[pageApprovals].Visible() {
		t.Fatal("a supervisor does not see the approvals")
	}
	o.waits("a", "b")
	o.press(fyne.Key5, fyne.KeyModifierControl)
	o.shows("Waiting for approval", "Refund money · ¥499.00", "7731-204", "王晓明", "Refund ¥499.00?", "Approve", "Decline")
	o.paint(o.morning()[:1], nil) // the right is gone
	if o.place != pageInbox || len(o.state.Approvals()) != 0 {
		t.Errorf("still at %s with %d approvals", o.place, len(o.state.Approvals()))
	}
}

func TestApprovals_ApproveByKeyboard(t *testing.T) {
	o := openOffice(t)
	o.supervise()
	o.waits("a")
	o.paint([]wire.Frame{wire.AgentAlert{Kind: "approval", Conversation: 2}}, nil)
	o.shows("王晓明: a change waits for your approval")
	o.act("approvals")
	c := o.shell.win.Canvas()
	o.hub.Calls = nil
	for i := 0; i < 30 && c.Overlays().Top() == nil; i++ { // along the buttons, to the one that opens the question
		c.FocusNext()
		if f := c.Focused(); f != nil && len(o.hub.Calls) == 0 && textOf(f) == "Approve" {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	o.shows("Approve: Refund money · ¥499.00?")
	for i := 0; i < 5 && textOf(c.Focused()) != "Approve"; i++ {
		c.FocusNext()
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(o.hub.Calls) != 2 || o.hub.Calls[0].(wire.AgentApprove).ID != "a" {
		t.Fatalf("calls %+v", o.hub.Calls)
	}
	o.waits()
	o.shows("Approved: Refund money · ¥499.00", "Nothing waits for approval", "DECIDED BY YOU", "Approved. It is being carried out…")
	o.hub.Answer = func(c any) (wire.Frame, error) {
		if ask, ok := c.(wire.AgentCommands); ok {
			return wire.AgentCommandList{Conversation: ask.Conversation, Commands: []wire.CommandView{{ID: "a", Conversation: 2, Action: "refunds.create", Amount: 49900, Currency: "CNY", State: "done"}}}, nil
		}
		return wire.Ack{}, nil
	}
	o.waits() // the list comes anew when the command has moved
	o.shows("Approved and carried out.")
}

func TestApprovals_Chinese(t *testing.T) {
	o := openOffice(t)
	o.supervise()
	o.waits("a")
	o.act("approvals")
	if err := o.shell.opts.Lang.Use(lang.Chinese); err != nil {
		t.Fatal(err)
	}
	o.shows("等待审批", "退款 · ¥499.00", "批准", "拒绝")
	if i := slices.IndexFunc(o.texts(), func(s string) bool { return strings.Contains(s, "Approve") }); i >= 0 {
		t.Errorf("English is left: %q", o.texts()[i])
	}
}

func textOf(f fyne.Focusable) string {
	if b, ok := f.(interface{ Text() string }); ok {
		return b.Text()
	}
	return ""
}
