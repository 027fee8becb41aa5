package storagetest

import (
	"context"
	"math"
	"testing"

	"deskhand/assist"
)

func testUnstorable(t *testing.T, d *desk) {
	c := d.started("a")
	for name, e := range map[string]assist.Event{
		"no data":             {Actor: assist.BySystem()},
		"no actor":            {Data: assist.WrapUp{}},
		"a number that isn't": assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "x", Bot: &assist.BotTurn{Confidence: math.NaN()}}),
		"an unknown kind":     assist.Say(assist.ByBot(), assist.Message{Kind: "song", Text: "x"}),
		"a second start":      by(assist.Started{Inbox: "shop", Customer: c.Customer}),
		"a bad client id":     assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, ClientID: "x"}),
	} {
		out := d.commit(write(c.ID, "", e), say(c, d.id(), "fine"))
		if assist.CodeOf(out[0].Err) != assist.CodeBadValue {
			t.Errorf("%s: error %v, want %s", name, out[0].Err, assist.CodeBadValue)
		}
		if out[1].Err != nil {
			t.Errorf("%s: it took its neighbour along: %v", name, out[1].Err)
		}
	}
}

func testHostileText(t *testing.T, d *desk) {
	c := d.started("a")
	texts := []string{"", "\x00", "a\x00b", "'; DROP TABLE messages; --", "Robert\u202egnp", "👩‍👩‍👧‍👦 𠮷野家", "ﷺ\u0301\u0301", "\ufeff", "line\r\nline\t"}
	for _, text := range texts {
		d.must(say(c, d.id(), text))
		conv, err := d.Conversation(context.Background(), c.ID)
		noError(t, err)
		if conv.Last.Text != text {
			t.Errorf("preview %q, want %q", conv.Last.Text, text)
		}
	}
	got, err := d.Messages(context.Background(), assist.MessageFilter{Conversation: c.ID})
	noError(t, err)
	for i, m := range got {
		if m.Text != texts[i] {
			t.Errorf("text %q, want %q", m.Text, texts[i])
		}
	}
}
