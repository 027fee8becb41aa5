package verify_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/verify"

	"github.com/google/uuid"
)

func TestDesk_ACodeProvesOnce(t *testing.T) {
	x := open(t)
	c := x.begin()
	x.level(c, verify.None, "")
	x.must(x.desk.Identify(t.Context(), c.ID, c.BotGeneration, "B-1"))
	x.level(c, verify.Identified, "B-1")
	code := x.sends(c, "B-1")
	stored, a := x.types(c, "here you are: "+code+", thanks")
	if stored != "here you are: ••••••, thanks" || !a.Right {
		t.Fatalf("stored %q, %+v", stored, a)
	}
	x.level(c, verify.Strong, "B-1")
	if stored, a = x.types(c, code); stored != verify.Hidden || a.Right || !a.Expired {
		t.Errorf("a second time: stored %q, %+v", stored, a)
	}
	x.pass(14 * time.Minute)
	x.level(c, verify.Strong, "B-1")
	x.pass(14 * time.Minute) // 28 since the code, but the customer was there in between
	x.level(c, verify.Strong, "B-1")
	x.pass(16 * time.Minute)
	x.level(c, verify.Identified, "B-1")
	x.level(c, verify.Identified, "B-1")
	code = x.sends(c, "B-1")
	x.types(c, code)
	x.must(x.desk.Identify(t.Context(), c.ID, c.BotGeneration, "B-2"))
	x.level(c, verify.Identified, "B-2")
}

func TestDesk_ThreeTriesThenLocked(t *testing.T) {
	x := open(t)
	c := x.begin()
	code := x.sends(c, "B-1")
	for n := range 3 {
		if n == 2 {
			code = x.sends(c, "B-1") // a new code gives no new tries
		}
		stored, a := x.types(c, other(code, n))
		if stored != verify.Hidden || a.Right || a.Expired || a.None || a.Left != 2-n {
			t.Errorf("wrong code %d: stored %q, %+v", n+1, stored, a)
		}
	}
	if stored, a := x.types(c, code); stored != verify.Hidden || a.Right || a.Left != 0 {
		t.Errorf("the right one after three wrong: stored %q, %+v", stored, a)
	}
	x.level(c, verify.None, "")
	if err := x.desk.Send(t.Context(), c.ID, c.BotGeneration, "B-1", "en"); !errors.Is(err, verify.ErrLocked) {
		t.Errorf("another code: %v", err)
	}
	c = x.event(c, assist.Event{Actor: assist.BySystem(), Data: assist.Reopened{Cause: "customer"}})
	if failed, err := x.desk.Failed(t.Context(), c.ID, c.BotGeneration); err != nil || failed != 3 {
		t.Errorf("begun afresh: %d failed, %v", failed, err)
	}
	free := x.begin()
	if _, a := x.types(free, x.sends(free, "B-1")); !a.Right {
		t.Errorf("another conversation: %+v", a)
	}
}

func TestDesk_SeveralCodesInOneMessageAreSeveralTries(t *testing.T) {
	x := open(t)
	c := x.begin()
	code := x.sends(c, "B-1")
	stored, a := x.types(c, strings.Join([]string{other(code, 0), other(code, 1), other(code, 2), code}, " or "))
	if a.Right || a.Left != 0 || strings.ContainsAny(stored, "0123456789") {
		t.Errorf("guessing: stored %q, %+v", stored, a)
	}
	c = x.begin()
	code = x.sends(c, "B-1")
	if _, a = x.types(c, "not "+other(code, 0)+" but "+code); !a.Right {
		t.Errorf("corrected: %+v", a)
	}
}

func TestDesk_ADoubledSendIsOneTry(t *testing.T) {
	x := open(t)
	c := x.begin()
	code := x.sends(c, "B-1")
	id := assist.ClientID(uuid.NewString())
	for range 5 {
		if stored, a := x.again(c, id, other(code, 0)); stored != verify.Hidden || a.Left != 2 {
			t.Errorf("stored %q, %+v", stored, a)
		}
	}
	id = assist.ClientID(uuid.NewString())
	for range 2 {
		if stored, a := x.again(c, id, code); stored != verify.Hidden || !a.Right {
			t.Errorf("stored %q, %+v", stored, a)
		}
	}
	x.asks(c, "")
	if stored, a := x.again(c, id, code); stored != verify.Hidden || !a.Right {
		t.Errorf("after the bot's answer: stored %q, %+v", stored, a)
	}
}

func TestDesk_ACodeIsWorthNothingElsewhere(t *testing.T) {
	x := open(t)
	c, stranger := x.begin(), x.begin()
	code := x.sends(c, "B-1")
	x.sends(stranger, "B-2")
	if _, a := x.types(stranger, code); a.Right {
		t.Error("taken in another conversation")
	}
	x.pass(11 * time.Minute)
	if stored, a := x.types(c, code); stored != verify.Hidden || a.Right || !a.Expired || a.Left != 3 {
		t.Errorf("too late: stored %q, %+v", stored, a)
	}
	first := x.sends(c, "B-1")
	second := x.sends(c, "B-1")
	if _, a := x.types(c, first); a.Right && first != second {
		t.Error("the code before the last one was taken")
	}
	c = x.event(c, assist.Event{Actor: assist.BySystem(), Data: assist.GivenToBot{}})
	x.asks(c, verify.Awaiting)
	if _, a := x.types(c, second); a.Right {
		t.Error("taken in another generation")
	}
	x.level(c, verify.None, "")
}

func TestDesk_WhatIsNoTry(t *testing.T) {
	x := open(t)
	c := x.begin()
	if stored, a := x.types(c, "123456"); stored != "123456" || !a.None {
		t.Errorf("no code was sent: stored %q, %+v", stored, a)
	}
	code := x.sends(c, "B-1")
	for _, text := range []string{"I didn't get it", "12345", "1234567", "order NW-7731377", "call me on 138 0013 8000", "¥123456", "123456.50", "4111 1111 1111 1111", "2026-03"} {
		if stored, a := x.types(c, text); stored != text || !a.None {
			t.Errorf("%q: stored %q, %+v", text, stored, a)
		}
	}
	x.asks(c, "amount")
	if stored, a := x.types(c, "250000"); stored != "250000" || !a.None {
		t.Errorf("while an amount is awaited: stored %q, %+v", stored, a)
	}
	x.asks(c, verify.Awaiting)
	if _, a := x.types(c, code); !a.Right {
		t.Errorf("after all that: %+v", a)
	}
}

func TestDesk_WaysToTypeACode(t *testing.T) {
	x := open(t)
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	han := strings.NewReplacer("0", "零", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")
	for what, write := range map[string]func(string) string{
		"plain": func(c string) string { return c }, "in two": func(c string) string { return c[:3] + " " + c[3:] },
		"with a dash": func(c string) string { return c[:3] + "-" + c[3:] }, "in three": func(c string) string { return c[:2] + " " + c[2:4] + " " + c[4:] },
		"one by one": func(c string) string { return strings.Join(strings.Split(c, ""), " ") }, "full width": wide.Replace, "Chinese figures": han.Replace,
		"in a sentence": func(c string) string { return "the code is " + c + "." }, "in Chinese": func(c string) string { return "验证码" + c + "，谢谢" },
		"glued": func(c string) string { return "code" + c }, "with zero width": func(c string) string { return c[:2] + "\u200b" + c[2:] },
		"wide space": func(c string) string { return c[:3] + "\u3000" + c[3:] }, "with a mark": func(c string) string { return "G-" + c },
		"quoted": func(c string) string { return "“" + c + "”" }, "in brackets": func(c string) string { return "[" + c + "]" },
	} {
		c := x.begin()
		code := x.sends(c, []string{"B-1", "B-2"}[len(what)%2])
		text := write(code)
		if stored, a := x.types(c, text); !a.Right || !strings.Contains(stored, verify.Hidden) || strings.Contains(stored, code) {
			t.Errorf("%s: %q is stored as %q, %+v", what, text, stored, a)
		}
		x.pass(10 * time.Minute)
	}
}

// A person who takes over while a code is out must not see it, and can't be used to try codes.
func TestDesk_HiddenFromWhoTookOver(t *testing.T) {
	x := open(t)
	c := x.begin()
	code := x.sends(c, "B-1")
	x.event(c, assist.Event{Actor: assist.BySystem(), Data: assist.Assigned{Agent: 7, Cause: "take"}})
	for _, text := range []string{code, other(code, 0)} {
		if stored, a := x.types(c, text); stored != verify.Hidden || !a.None {
			t.Errorf("stored %q, %+v", stored, a)
		}
	}
	x.pass(11 * time.Minute)
	if stored, _ := x.types(c, "123456"); stored != "123456" {
		t.Errorf("long after: %q", stored)
	}
}

func TestDesk_Previews(t *testing.T) {
	x := open(t)
	c, quiet := x.begin(), x.begin()
	if got := x.desk.Preview(c.ID, "call 123"); got != "call 123" {
		t.Errorf("before: %q", got)
	}
	code := x.sends(c, "B-1")
	if got := x.desk.Preview(c.ID, "it is 12"); got != "it is ••" {
		t.Errorf("while it is typed: %q", got)
	}
	if got := x.desk.Preview(quiet.ID, "12"); got != "12" {
		t.Errorf("elsewhere: %q", got)
	}
	x.start() // a new hub knows that a code is out
	if got := x.desk.Preview(c.ID, "it is １二"); got != "it is ••" {
		t.Errorf("after a restart: %q", got)
	}
	x.types(c, code)
	if got := x.desk.Preview(c.ID, "it is 12"); got != "it is 12" {
		t.Errorf("after it was right: %q", got)
	}
}

func TestSend_Refusals(t *testing.T) {
	x := open(t)
	c := x.begin()
	ctx := t.Context()
	if err := x.desk.Send(ctx, c.ID, 1, "B-3", "en"); !errors.Is(err, verify.ErrNoPhone) {
		t.Errorf("no phone: %v", err)
	}
	if err := x.desk.Send(ctx, c.ID, 1, "B-9", "en"); !errors.Is(err, backoffice.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
	if err := x.desk.Send(ctx, 999, 1, "B-1", "en"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("no conversation: %v", err)
	}
	for range 10 {
		x.must(x.desk.Send(ctx, x.begin().ID, 1, "B-1", "en"))
	}
	if err := x.desk.Send(ctx, c.ID, 1, "B-1", "en"); assist.CodeOf(err) != assist.CodeRateLimited {
		t.Errorf("too many: %v", err)
	}
	x.must(x.desk.Send(ctx, c.ID, 1, "B-2", "en"))
	x.pass(time.Hour + time.Second)
	x.must(x.desk.Send(ctx, c.ID, 1, "B-1", "en"))
}

// A code is nowhere but on the phone: not in the log, not in the folder, not in what prints a message.
func TestDesk_LeavesNoTrace(t *testing.T) {
	x := open(t)
	c := x.begin()
	code := x.sends(c, "B-1")
	m := x.outbox.Phone("bank", "B-1")[0].Message
	slog.New(slog.NewTextHandler(x.log, nil)).Info("sent", "message", m)
	stored, _ := x.types(c, "my code: "+code)
	x.event(c, assist.Say(assist.ByCustomer(c.Customer), assist.Message{Kind: assist.KindText, Text: stored}))
	if strings.Contains(x.log.String(), code) || strings.Contains(m.String(), code) {
		t.Errorf("logged: %s", x.log)
	}
	if !strings.Contains(m.Text(), code) {
		t.Errorf("the phone shows %q", m.Text())
	}
	err := filepath.WalkDir(x.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(code)) {
			t.Errorf("%s holds the code", path)
		}
		return err
	})
	x.must(err)
}

// Many of the same customer's pages type at once: three tries remain three.
func TestDesk_TriesAtOnce(t *testing.T) {
	x := open(t)
	c := x.begin()
	code := x.sends(c, "B-1")
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			if _, err := x.desk.Take(context.Background(), c.ID, assist.ClientID(uuid.NewString()), other(code, n%5)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if failed, err := x.desk.Failed(t.Context(), c.ID, 1); err != nil || failed != 3 {
		t.Errorf("%d failed, %v", failed, err)
	}
	if _, a := x.types(c, code); a.Right {
		t.Error("the right one after that")
	}
}
