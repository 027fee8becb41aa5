package storagetest

import (
	"context"
	"testing"
	"time"

	"deskhand/assist"
)

func startTests() map[string]func(*testing.T, *desk) {
	return map[string]func(*testing.T, *desk){
		"an open conversation goes on":                     testGoesOn,
		"a resolved one is reopened in time and not later": testReopenAfter,
		"a refused start leaves nothing behind":            testRefusedStart,
		"who is signed in is one person":                   testSignedIn,
		"a repeated first message starts nothing":          testRepeatedStart,
	}
}

func testGoesOn(t *testing.T, d *desk) {
	out := d.commit(start("a"), start("a", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "x"})), start("b"))
	if out[1].Conversation.ID != out[0].Conversation.ID || out[1].Conversation.Seq != 1 {
		t.Errorf("second start opened %d, first %d", out[1].Conversation.ID, out[0].Conversation.ID)
	}
	if out[2].Conversation.ID == out[0].Conversation.ID || out[2].Conversation.Customer == out[0].Conversation.Customer {
		t.Errorf("two visitors share %+v", out[2].Conversation)
	}
	d.reopen()
	if again := d.must(start("a")); again.Conversation.ID != out[0].Conversation.ID {
		t.Errorf("after a restart: conversation %d, want %d", again.Conversation.ID, out[0].Conversation.ID)
	}
	c, err := d.CustomerByIdentity(context.Background(), "shop", assist.IdentityVisitor, "b")
	if err != nil || c.ID != out[2].Conversation.Customer {
		t.Errorf("customer by identity: %+v, %v", c, err)
	}
	of, err := d.ConversationOf(context.Background(), "shop", c.ID)
	if err != nil || of.ID != out[2].Conversation.ID {
		t.Errorf("conversation of the customer: %+v, %v", of, err)
	}
}

func testReopenAfter(t *testing.T, d *desk) {
	c := d.started("a")
	resolved := d.must(write(c.ID, "", by(assist.Resolved{Cause: "bot"}))).Conversation
	late := start("a")
	late.Start.ReopenAfter = resolved.ResolvedAt.Add(time.Millisecond)
	in := start("a")
	in.Start.ReopenAfter = resolved.ResolvedAt
	if got := d.must(in).Conversation; got.ID != c.ID {
		t.Errorf("in time: conversation %d, want %d", got.ID, c.ID)
	}
	second := d.must(late).Conversation
	if second.ID == c.ID || second.Customer != c.Customer {
		t.Errorf("too late: conversation %+v, want a new one of the same customer", second)
	}
	if got := d.must(late).Conversation; got.ID != second.ID {
		t.Errorf("the new one does not go on: %d, want %d", got.ID, second.ID)
	}
}

func testRefusedStart(t *testing.T, d *desk) {
	no := assist.Write{Start: start("a").Start, Decide: func(c assist.Conversation) ([]assist.Event, error) {
		if c.ID == 0 || c.Customer == 0 || c.Inbox != "shop" || c.Rev != 0 {
			t.Errorf("a decision about a start saw %+v", c)
		}
		return nil, assist.Errorf(assist.CodeRateLimited, "no")
	}}
	bad := assist.Write{Start: &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: "guess", Source: "x"}}, Decide: no.Decide}
	silent := assist.Write{Start: start("b").Start, Decide: func(assist.Conversation) ([]assist.Event, error) { return nil, nil }}
	out := d.commit(no, bad, silent)
	wantCode(t, out[0].Err, assist.CodeRateLimited)
	wantCode(t, out[1].Err, assist.CodeBadIdentity)
	noError(t, out[2].Err)
	list, err := d.Customers(context.Background(), assist.CustomerFilter{})
	noError(t, err)
	if len(list) != 0 {
		t.Errorf("customers left behind: %+v", list)
	}
	if c := d.started("c"); c.ID != 1 || c.Customer != 1 {
		t.Errorf("numbers were lost: %+v", c)
	}
}

func signed(who string) assist.Write {
	w := start("", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "x"}))
	w.Start.Identity = assist.Identity{Inbox: "shop", Kind: assist.IdentitySigned, Source: "account-" + who}
	w.Start.Customer = assist.Customer{Name: who, Email: who + "@example.com"}
	return w
}

// testSignedIn: who is signed in is one person on every device, and never the visitor whose token reads the same.
func testSignedIn(t *testing.T, d *desk) {
	anonymous := d.started("account-ann")
	ann, bob := d.must(signed("ann")).Conversation, d.must(signed("bob")).Conversation
	if again := d.must(signed("ann")).Conversation; again.ID != ann.ID {
		t.Errorf("ann on a second device: conversation %d, want %d", again.ID, ann.ID)
	}
	if ann.Customer == anonymous.Customer || bob.Customer == ann.Customer || bob.ID == ann.ID {
		t.Errorf("a visitor, ann and bob: %d, %d, %d", anonymous.Customer, ann.Customer, bob.Customer)
	}
	c, err := d.Customer(context.Background(), bob.Customer)
	if err != nil || c.Name != "bob" || c.CreatedAt.IsZero() {
		t.Errorf("new customer %+v, %v", c, err)
	}
	ids, err := d.Identities(context.Background(), ann.Customer)
	if err != nil || len(ids) != 1 || ids[0].Source != "account-ann" || ids[0].Kind != assist.IdentitySigned {
		t.Errorf("identities %+v, %v", ids, err)
	}
}

func testRepeatedStart(t *testing.T, d *desk) {
	first := start("a", assist.Say(assist.ByCustomer(1), assist.Message{Kind: assist.KindText, Text: "hi"}))
	first.ClientID = d.id()
	out := d.commit(first, first)
	if out[0].Err != nil || out[0].Receipt.Seq != 1 || !out[1].Duplicate || out[1].Receipt != out[0].Receipt {
		t.Errorf("%+v\n%+v", out[0], out[1])
	}
}
