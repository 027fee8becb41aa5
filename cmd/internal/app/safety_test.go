package app_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
	"deskhand/assist/verify"
	"deskhand/cmd/internal/config"
	"deskhand/storage/records"
)

// teller is the demo bank as its customers see it, counting what was really moved.
type teller struct {
	backoffice.Office

	mu    sync.Mutex // guards what follows
	moved map[string]string
	fee   string // what a transfer costs from now on; empty: what the bank says
}

func (b *teller) Check(ctx context.Context, c backoffice.Call) (backoffice.Record, error) {
	r, err := b.Office.Check(ctx, c)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil && b.fee != "" {
		r["fee"] = b.fee
	}
	return r, err
}

func (b *teller) costs(fee string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fee = fee
}

func (b *teller) Execute(ctx context.Context, key string, c backoffice.Call) (backoffice.Record, error) {
	r, err := b.Office.Execute(ctx, key, c)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil {
		b.moved[key] = c.Action + " " + c.Args["payee"] + " " + c.Args["amount"]
	}
	return r, err
}

func (b *teller) list() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
	for _, m := range b.moved {
		out = append(out, m)
	}
	return strings.Join(out, "; ")
}

// openBank starts a hub whose first inbox is the demo's bank.
func openBank(t *testing.T, tweaks ...func(*config.Config)) (*desk, *teller, *verify.Outbox) {
	t.Helper()
	c := deskConfig(t, append(tweaks, fast)...)
	c.Inboxes[0].Packs = []string{"banking"}
	d := newDesk(t, c)
	data, err := fs.ReadFile(assets.Demo, "demo/demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	store, err := records.Open(t.Context(), filepath.Join(t.TempDir(), "bank.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	companies, err := demo.Open(t.Context(), demo.Options{Store: store, Data: data, Now: d.clock.now()})
	if err != nil {
		t.Fatal(err)
	}
	bank, outbox := &teller{Office: companies["banking"], moved: map[string]string{}}, verify.NewOutbox(d.clock.now)
	d.offices = func(id assist.InboxID) backoffice.Office {
		if id == shop {
			return bank
		}
		return nil
	}
	if c.Codes.Webhook == "" {
		d.sender = outbox
	}
	d.start()
	return d, bank, outbox
}

// anna is signed in on the bank's page.
func (d *desk) anna() *peer {
	c := access.Claim{ID: "B-1002", Name: "Anna Kowalski", IssuedAt: d.clock.now().Unix()}.Sign(shop, secret)
	return d.customer(shop, frame{"identity": frame{"id": c.ID, "name": c.Name, "issued_at": c.IssuedAt, "signature": c.Signature}})
}

// awaits waits for a turn of the bot that awaits this.
func (p *peer) awaits(what string) frame {
	p.t.Helper()
	return p.await("the bot awaits "+what, func(f frame) bool {
		return f.at("message", "from") == "bot" && f.text("message", "bot", "awaiting") == what
	})
}

// readBack has Anna ask for a transfer and prove who she is, until it is read back to her.
func (p *peer) readBack(outbox *verify.Outbox) {
	p.t.Helper()
	p.say(transfer)
	p.awaits(verify.Awaiting)
	code, _ := outbox.Last(shop, "B-1002")
	p.say(code)
	p.awaits("confirm")
}

const transfer = "Transfer 120 to Tom Reed from my current account"

// A code that a customer types is seen by nobody: no agent, no log, no file, not while it is typed and not after.
func TestCodes_AreSeenByNobody(t *testing.T) {
	d, bank, outbox := openBank(t)
	d.hire("li", assist.RoleSupervisor)
	li, anna := d.agent("li"), d.anna()
	anna.say(transfer)
	anna.awaits(verify.Awaiting)
	li.must(frame{"t": "open", "conversation": anna.conv})
	code, ok := outbox.Last(shop, "B-1002")
	if !ok {
		t.Fatal("no code was sent")
	}
	anna.send(frame{"t": "typing", "text": "it is " + code[:4]})
	typed := li.await("the preview", func(f frame) bool { return f["t"] == "typing" && f.text("text") != "" })
	if typed.text("text") != "it is ••••" {
		t.Errorf("the preview shows %q", typed.text("text"))
	}
	message := frame{"t": "send", "client_id": newID(), "text": "it is " + code + ", thanks"}
	anna.must(message)
	if again := anna.must(message); again["duplicate"] != true {
		t.Errorf("a doubled send: %v", again)
	}
	asked := anna.awaits("confirm")
	if text := asked.text("message", "text"); !strings.Contains(text, "Tom Reed") || !strings.Contains(text, "120.00") {
		t.Errorf("the read-back says %q", text)
	}
	anna.say("yes")
	anna.await("it is done", func(f frame) bool { return f.at("message", "from") == "bot" && bank.list() != "" })
	if bank.list() != "transfers.create Tom Reed 120.00" {
		t.Errorf("moved: %s", bank.list())
	}
	history := li.must(frame{"t": "history", "conversation": anna.conv, "before_rev": 0, "limit": 200})
	if !strings.Contains(fmt.Sprint(history), "it is ••••••, thanks") {
		t.Errorf("the transcript: %v", history)
	}
	list := li.must(frame{"t": "commands", "conversation": anna.conv})
	commands, _ := list["commands"].([]any)
	if len(commands) != 1 || frame(commands[0].(map[string]any)).text("state") != "done" {
		t.Errorf("the commands: %v", list)
	}
	if strings.Contains(anna.everything(), "command_changed") || strings.Contains(anna.everything(), `"executing"`) {
		t.Error("the customer's page is told of commands")
	}
	d.close()
	if strings.Contains(li.everything()+d.log.String(), code) {
		t.Error("an agent or the log has the code")
	}
	d.nowhere(code)
}

// nowhere looks for a text in all files of the desk.
func (d *desk) nowhere(text string) {
	d.t.Helper()
	err := filepath.WalkDir(d.config.Hub.Data, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), text) {
			d.t.Errorf("%s holds it", path)
		}
		return err
	})
	if err != nil {
		d.t.Error(err)
	}
}

// What is above the limit waits for a second person, who sees the stored command whole; the customer hears of it.
func TestApprovals_OverTheWire(t *testing.T) {
	d, bank, outbox := openBank(t, func(c *config.Config) {
		c.Actions = []config.ActionRule{{Name: "transfers.create", Limit: "100.00", Approval: "over"}}
	})
	d.hire("boss", assist.RoleSupervisor)
	d.hire("li", assist.RoleAgent)
	boss, li, anna := d.agent("boss"), d.agent("li"), d.anna()
	anna.readBack(outbox)
	anna.say("yes")
	alert := boss.await("the alert", func(f frame) bool { return f["t"] == "alert" && f["kind"] == "approval" })
	if alert.num("conversation") != anna.conv {
		t.Errorf("got %v", alert)
	}
	pushed := boss.await("the list", func(f frame) bool { return f["t"] == "approvals" && len(list(f, "commands")) == 1 })
	c := frame(list(pushed, "commands")[0].(map[string]any))
	if c.text("args", "payee") != "Tom Reed" || c.text("args", "amount") != "120.00" || c.num("amount") != 12_000 || c.text("approval") != "action" ||
		c.text("party") != "B-1002" || c.text("had") != "strong" || !strings.Contains(c.text("read_back"), "Tom Reed") || c["due_at"] == nil {
		t.Errorf("shown: %v", c)
	}
	if bank.list() != "" {
		t.Fatalf("moved before anybody approved: %s", bank.list())
	}
	id := c.text("id")
	for what, f := range map[string]frame{"approves": {"t": "approve", "id": id}, "declines": {"t": "decline", "id": id}, "lists": {"t": "approvals"}} {
		if got := li.codeOf(f); got != int(assist.CodeForbidden) {
			t.Errorf("an agent %s: got %d", what, got)
		}
	}
	if got := boss.codeOf(frame{"t": "approve", "id": "nothing"}); got != int(assist.CodeNotFound) {
		t.Errorf("no such command: got %d", got)
	}
	boss.must(frame{"t": "approve", "id": id})
	boss.await("an empty list", func(f frame) bool { return f["t"] == "approvals" && len(list(f, "commands")) == 0 })
	d.eventually("it is carried out", func() bool { return bank.list() == "transfers.create Tom Reed 120.00" })
	anna.await("the customer hears of it", func(f frame) bool {
		return f.at("message", "from") == "bot" && strings.Contains(f.text("message", "text"), "TR-") // the transfer's number
	})
	if got := boss.codeOf(frame{"t": "decline", "id": id, "note": "too late"}); got != int(assist.CodeTaken) {
		t.Errorf("declined after that: got %d", got)
	}
}

// The hub is stopped between the yes and the bank's answer being stored: it is done once, and said.
func TestCommands_AHubThatStopsInBetween(t *testing.T) {
	d, bank, outbox := openBank(t)
	anna := d.anna()
	anna.readBack(outbox)
	anna.send(frame{"t": "send", "client_id": newID(), "text": "yes"})
	d.close()
	d.start()
	back := d.anna()
	d.eventually("it is done, once", func() bool {
		return bank.list() == "transfers.create Tom Reed 120.00" || strings.Contains(back.everything(), "confirm")
	})
	if strings.Contains(bank.list(), ";") {
		t.Errorf("moved: %s", bank.list())
	}
}
