package storagetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"deskhand/assist"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func readTests() map[string]func(*testing.T, *desk) {
	return map[string]func(*testing.T, *desk){
		"pages of messages":                           testPages,
		"lists hold what the filter says":             testLists,
		"visible is what Visibility.Sees":             testVisible,
		"waiting in the order of service":             testWaiting,
		"events come in order of rev":                 testEvents,
		"readers see whole writes while others write": testConcurrent,
		"what is not there":                           testMissing,
	}
}

func testPages(t *testing.T, d *desk) {
	ctx := context.Background()
	c := d.started("a")
	var all []assist.Message
	for i := range 120 {
		kind := assist.KindText
		if i%7 == 3 {
			kind = assist.KindNote
		}
		d.must(write(c.ID, "", assist.Say(assist.ByAgent(assist.Agent{ID: 7}), assist.Message{Kind: kind, Text: fmt.Sprint(i)})))
		d.must(say(assist.Conversation{ID: d.started("b").ID}, d.id(), "other"))
	}
	all, err := d.Messages(ctx, assist.MessageFilter{Conversation: c.ID, Limit: 1000})
	noError(t, err)
	if len(all) != 120 {
		t.Fatalf("%d messages, want 120", len(all))
	}
	rapid.Check(t, func(t *rapid.T) {
		f := assist.MessageFilter{Conversation: c.ID, Public: rapid.Bool().Draw(t, "public"), Limit: rapid.IntRange(1, 130).Draw(t, "limit")}
		switch rapid.IntRange(0, 4).Draw(t, "by") {
		case 1:
			f.BeforeRev = assist.Rev(rapid.Int64Range(1, int64(all[119].Rev)+2).Draw(t, "before rev"))
		case 2:
			f.AfterRev = assist.Rev(rapid.Int64Range(1, int64(all[119].Rev)+2).Draw(t, "after rev"))
		case 3:
			f.BeforeSeq = assist.Seq(rapid.Int64Range(1, 125).Draw(t, "before seq"))
		case 4:
			f.AfterSeq = assist.Seq(rapid.Int64Range(1, 125).Draw(t, "after seq"))
			f.BeforeSeq = assist.Seq(rapid.Int64Range(0, 125).Draw(t, "and before seq"))
		}
		got, err := d.Messages(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(pick(all, f), got); diff != "" {
			t.Fatalf("%+v (-want +got):\n%s", f, diff)
		}
	})
}

// pick is the contract of assist.MessageFilter, plainly.
func pick(all []assist.Message, f assist.MessageFilter) []assist.Message {
	out := []assist.Message{}
	for _, m := range all {
		bySeq := f.AfterSeq > 0 || f.BeforeSeq > 0
		if (f.Public || bySeq) && m.Seq == 0 ||
			f.BeforeRev > 0 && m.Rev >= f.BeforeRev || f.AfterRev > 0 && m.Rev <= f.AfterRev ||
			f.BeforeSeq > 0 && m.Seq >= f.BeforeSeq || f.AfterSeq > 0 && m.Seq <= f.AfterSeq {
			continue
		}
		out = append(out, m)
	}
	return out[max(0, len(out)-f.Limit):]
}

func testEvents(t *testing.T, d *desk) {
	ctx := context.Background()
	fill(d, 20)
	c := d.started("a")
	d.must(say(c, d.id(), "hi"))
	d.must(write(c.ID, "", by(assist.WrapUp{})))
	all, err := d.Events(ctx, assist.EventFilter{Limit: 5000})
	noError(t, err)
	var paged []assist.Event
	for after := assist.Rev(0); ; {
		page, err := d.Events(ctx, assist.EventFilter{AfterRev: after, Limit: 7})
		noError(t, err)
		if len(page) == 0 {
			break
		}
		paged = append(paged, page...)
		after = page[len(page)-1].Rev
	}
	if diff := cmp.Diff(all, paged); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	for i := 1; i < len(all); i++ {
		if all[i].Rev <= all[i-1].Rev {
			t.Errorf("rev %d after %d", all[i].Rev, all[i-1].Rev)
		}
	}
	own, err := d.Events(ctx, assist.EventFilter{Conversation: c.ID})
	noError(t, err)
	folded := assist.Conversation{ID: c.ID}
	for _, e := range own {
		folded = folded.Apply(e)
	}
	now, err := d.Conversation(ctx, c.ID)
	noError(t, err)
	if diff := cmp.Diff(folded, now); diff != "" || len(own) != 3 {
		t.Errorf("%d events of the conversation; fold and row differ (-fold +row):\n%s", len(own), diff)
	}
}

func testConcurrent(t *testing.T, d *desk) {
	c := d.started("a")
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := checkWhole(d, c.ID); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 100 {
		two := assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "x"})
		d.must(write(c.ID, "", two, two))
	}
	stop()
	wg.Wait()
}

// checkWhole fails if a reader sees half of a write, or a gap.
func checkWhole(d *desk, id assist.ConversationID) error {
	ctx := context.Background()
	list, err := d.Messages(ctx, assist.MessageFilter{Conversation: id, Limit: 1000})
	if err != nil {
		return err
	}
	if len(list)%2 != 0 {
		return fmt.Errorf("a reader saw %d messages", len(list))
	}
	for i, m := range list {
		if m.Seq != assist.Seq(i+1) {
			return fmt.Errorf("seq %d at place %d", m.Seq, i+1)
		}
	}
	c, err := d.Conversation(ctx, id)
	if err == nil && c.Seq < assist.Seq(len(list)) {
		err = fmt.Errorf("seq of the conversation went back from %d to %d", len(list), c.Seq)
	}
	return err
}

func testMissing(t *testing.T, d *desk) {
	ctx := context.Background()
	for name, look := range map[string]func() error{
		"conversation": func() error { _, err := d.Conversation(ctx, 1); return err },
		"latest":       func() error { _, err := d.ConversationOf(ctx, "shop", 1); return err },
		"customer":     func() error { _, err := d.Customer(ctx, 1); return err },
		"identity":     func() error { _, err := d.CustomerByIdentity(ctx, "shop", "visitor", "x"); return err },
		"agent":        func() error { _, err := d.Agent(ctx, 1); return err },
		"login":        func() error { _, err := d.AgentByLogin(ctx, "x"); return err },
		"password":     func() error { _, err := d.PasswordHash(ctx, 1); return err },
		"session":      func() error { _, err := d.Session(ctx, "x"); return err },
		"touch":        func() error { return d.TouchSession(ctx, "x", d.at) },
		"attachment":   func() error { _, err := d.Attachment(ctx, "x"); return err },
		"team":         func() error { return d.DeleteTeam(ctx, assist.BySystem(), "x") },
		"macro":        func() error { return d.DeleteMacro(ctx, assist.BySystem(), 1) },
	} {
		if err := look(); assist.CodeOf(err) != assist.CodeNotFound {
			t.Errorf("%s: error %v, want not found", name, err)
		}
	}
	list, err := d.Messages(ctx, assist.MessageFilter{Conversation: 1})
	if err != nil || len(list) != 0 {
		t.Errorf("messages of nothing: %v, %v", list, err)
	}
}
