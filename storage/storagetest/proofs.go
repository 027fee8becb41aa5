package storagetest

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"deskhand/assist"
)

func proofs(t *testing.T, d *desk) {
	ctx := t.Context()
	c := d.started("a")
	if _, err := d.Proof(ctx, c.ID, 1); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	p := assist.Proof{Conversation: c.ID, Generation: 1, Level: "identified", Party: "P-1", ActiveAt: d.at}
	noError(t, d.SaveProof(ctx, p))
	p.Level, p.ActiveAt = "strong", d.at.Add(time.Minute)
	noError(t, d.SaveProof(ctx, p))
	d.reopen()
	if got, err := d.Proof(ctx, c.ID, 1); err != nil || got != p {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := d.Proof(ctx, c.ID, 2); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("another generation's: %v", err)
	}
}

func (d *desk) code(c assist.Conversation, party string) assist.SentCode {
	return assist.SentCode{Conversation: c.ID, Generation: 1, Inbox: "shop", Party: party, Hash: []byte("hash of " + party), SentAt: d.at, ExpiresAt: d.at.Add(10 * time.Minute)}
}

func codesSent(t *testing.T, d *desk) {
	ctx := t.Context()
	c, other := d.started("a"), d.started("b")
	since := d.at.Add(-time.Hour)
	noError(t, d.SaveCode(ctx, d.code(c, "P-1"), since, 2))
	noError(t, d.SaveCode(ctx, d.code(other, "P-1"), since, 2))
	wantCode(t, d.SaveCode(ctx, d.code(c, "P-1"), since, 2), assist.CodeRateLimited)
	noError(t, d.SaveCode(ctx, d.code(c, "P-2"), since, 2))
	noError(t, d.SaveCode(ctx, d.code(c, "P-1"), d.at.Add(time.Second), 1))
	list, err := d.RecentCodes(ctx, since)
	noError(t, err)
	if len(list) != 4 || list[0].Conversation != c.ID || list[2].Party != "P-2" ||
		len(list[0].Hash)+len(list[2].Hash) > 0 || !bytes.Equal(list[3].Hash, []byte("hash of P-1")) { // nothing is left of those that were replaced
		t.Errorf("got %+v", list)
	}
	if list, err = d.RecentCodes(ctx, d.at.Add(time.Second)); err != nil || len(list) != 0 {
		t.Errorf("later: %+v, %v", list, err)
	}
}

func codesOnce(t *testing.T, d *desk) {
	ctx := t.Context()
	c := d.started("a")
	calls := 0
	judge := func(v assist.CodeVerdict) func(*assist.CodeCase) assist.CodeVerdict {
		return func(x *assist.CodeCase) assist.CodeVerdict {
			calls++
			if x.Code != nil {
				x.Code.Tries++
			}
			v.At = d.at
			return v
		}
	}
	noError(t, d.SaveCode(ctx, d.code(c, "P-1"), d.at, 9))
	wrong, right, next := d.id(), d.id(), d.id()
	want := assist.CodeVerdict{Outcome: "wrong", Tries: 2, Left: 1, Hide: true, At: d.at}
	for range 3 {
		if v, err := d.JudgeCode(ctx, c.ID, wrong, d.at, judge(want)); err != nil || v != want {
			t.Errorf("got %+v, %v", v, err)
		}
	}
	if n, err := d.FailedCodes(ctx, c.ID, d.at); err != nil || n != 2 || calls != 1 {
		t.Errorf("%d failed, judged %d times, %v", n, calls, err)
	}
	if n, err := d.FailedCodes(ctx, c.ID, d.at.Add(time.Second)); err != nil || n != 0 {
		t.Errorf("%d failed later, %v", n, err)
	}
	if v, err := d.CodeVerdict(ctx, c.ID, wrong); err != nil || v != want {
		t.Errorf("got %+v, %v", v, err)
	}
	if _, err := d.CodeVerdict(ctx, c.ID, next); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("a message without a code: %v", err)
	}
	d.at = d.at.Add(time.Second)
	proof := assist.Proof{Conversation: c.ID, Generation: 1, Level: "strong", Party: "P-1", ActiveAt: d.at}
	if _, err := d.JudgeCode(ctx, c.ID, right, d.at, judge(assist.CodeVerdict{Outcome: "right", Proof: &proof})); err != nil {
		t.Fatal(err)
	}
	if p, err := d.Proof(ctx, c.ID, 1); err != nil || p != proof {
		t.Errorf("what it proved: %+v, %v", p, err)
	}
	d.at = d.at.Add(time.Second)
	if _, err := d.JudgeCode(ctx, c.ID, next, d.at, judge(assist.CodeVerdict{Outcome: "wrong", Tries: 1})); err != nil {
		t.Fatal(err)
	}
	if n, err := d.FailedCodes(ctx, c.ID, d.at.Add(-time.Hour)); err != nil || n != 1 {
		t.Errorf("%d failed since the right one, %v", n, err)
	}
	wantCode(t, second(d.JudgeCode(ctx, c.ID, "x", d.at, judge(want))), assist.CodeBadValue)
	wantCode(t, second(d.JudgeCode(ctx, 999, d.id(), d.at, judge(want))), assist.CodeNotFound)
}

func second[T any](_ T, err error) error { return err }

func codeCase(t *testing.T, d *desk) {
	ctx := t.Context()
	c := d.started("a")
	var seen assist.CodeCase
	look := func() assist.CodeCase {
		t.Helper()
		_, err := d.JudgeCode(ctx, c.ID, d.id(), d.at, func(x *assist.CodeCase) assist.CodeVerdict {
			seen = *x
			return assist.CodeVerdict{Outcome: "none", At: d.at}
		})
		noError(t, err)
		return seen
	}
	if x := look(); x.Code != nil || x.Awaiting != "" || !x.AskedAt.IsZero() || x.Conversation.ID != c.ID || x.Proof.Level != "" {
		t.Errorf("nothing yet: %+v", x)
	}
	noError(t, d.SaveCode(ctx, d.code(c, "P-0"), d.at, 9))
	last := d.code(c, "P-1")
	noError(t, d.SaveCode(ctx, last, d.at, 9))
	noError(t, d.SaveProof(ctx, assist.Proof{Conversation: c.ID, Generation: 1, Level: "identified", Party: "P-1", ActiveAt: d.at}))
	asked := write(c.ID, "", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "?", Bot: &assist.BotTurn{Awaiting: "one_time_code"}}))
	at := d.must(asked).Events[0].At
	d.must(say(c, d.id(), "a moment"))
	x := look()
	if x.Code == nil || x.Code.Party != "P-1" || !x.Code.ExpiresAt.Equal(last.ExpiresAt) || x.Awaiting != "one_time_code" || !x.AskedAt.Equal(at) || x.Proof.Level != "identified" {
		t.Errorf("got %+v", x)
	}
	d.must(write(c.ID, "", assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "Something else."})))
	if x := look(); x.Awaiting != "" {
		t.Errorf("awaits %q", x.Awaiting)
	}
}
