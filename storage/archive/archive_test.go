package archive_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/storage/archive"
	"deskhand/storage/files"
	"deskhand/storage/sqlite"
)

type desk struct {
	*sqlite.Store
	content *files.Store
}

func open(t *testing.T) desk {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlite.Open(context.Background(), sqlite.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	f, err := files.Open(files.Options{Dir: filepath.Join(dir, sqlite.FilesFolder)})
	if err != nil {
		t.Fatal(err)
	}
	return desk{s, f}
}

func no(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lived is a desk in which everything that an archive holds has happened.
func lived(t *testing.T) desk {
	t.Helper()
	ctx, d, sys := context.Background(), open(t), assist.BySystem()
	li, err := d.SaveAgent(ctx, sys, assist.Agent{Login: "li", Name: "Li Wei", Role: assist.RoleAgent, Teams: []assist.TeamID{"s"}, Capacity: 3})
	no(t, err)
	no(t, d.SetPasswordHash(ctx, sys, li.ID, "$argon2id$SECRET"))
	no(t, d.SaveTeam(ctx, sys, assist.Team{ID: "s", Name: "S"}))
	_, err = d.SaveMacro(ctx, sys, assist.Macro{Name: "hi", Text: "<Hello> & 你好"})
	no(t, err)
	saved, err := d.content.Save(ctx, strings.NewReader("content"), "")
	no(t, err)
	a := assist.Attachment{ID: assist.AttachmentID(strings.Repeat("ab", 16)), Name: "x.txt", Type: saved.Type, Size: saved.Size, SHA256: saved.SHA256}
	no(t, d.SaveAttachment(ctx, assist.Upload{Attachment: a, Owner: "agent:1"}))
	events := func(c assist.Conversation) []assist.Event {
		by := assist.ByCustomer(c.Customer)
		return []assist.Event{
			{Actor: by, Data: assist.Started{Inbox: c.Inbox, Customer: c.Customer, Language: "zh"}},
			{Actor: by, Data: assist.CustomerChanged{Customer: assist.Customer{ID: c.Customer, Name: "王芳", Fields: map[string]string{"b": "1", "a": "2"}}}},
			assist.Say(by, assist.Message{Kind: assist.KindText, Text: "退款 <b>&\u2028", Attachments: []assist.Attachment{a}}),
			assist.Say(assist.ByBot(), assist.Message{Kind: assist.KindText, Text: "?", Choices: []assist.Choice{{Label: "a", Text: "b"}}, Bot: &assist.BotTurn{Intent: "refund", Confidence: 0.25}}),
			{Actor: assist.ByBot(), Data: assist.HandedOff{Handoff: assist.Handoff{Reason: "customer_asked", Slots: map[string]string{"order": "1"}}, Queue: "q", Team: "s"}},
			assist.Line(assist.ActivityWaiting, nil),
			{Actor: assist.ByAgent(li), Data: assist.Assigned{Agent: li.ID, Cause: "accept"}},
			assist.Say(assist.ByAgent(li), assist.Message{Kind: assist.KindNote, Text: "note"}),
			{Actor: assist.ByAgent(li), Data: assist.Tagged{Added: []string{"vip"}}},
			{Actor: assist.ByAgent(li), Data: assist.Snoozed{Until: time.UnixMilli(1_800_000_000_123).UTC()}},
		}
	}
	for _, source := range []string{"a", "b"} {
		out, err := d.Commit(ctx, time.UnixMilli(1_700_000_000_120), []assist.Write{{ClientID: "018f5e6a-7b3c-7ddd-8eee-000000000001",
			Start:  &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: source}},
			Decide: func(c assist.Conversation) ([]assist.Event, error) { return events(c), nil }}})
		no(t, err)
		no(t, out[0].Err)
		out, err = d.Commit(ctx, time.UnixMilli(1_700_000_000_130), []assist.Write{{Conversation: out[0].Conversation.ID, Marks: &assist.Marks{CustomerRead: 2}}})
		no(t, err)
		no(t, out[0].Err)
	}
	d.asked(t)
	return d
}

// asked has changes asked for in the first conversation: one that is done and one that waits.
func (d desk) asked(t *testing.T) {
	t.Helper()
	ctx, at := context.Background(), time.UnixMilli(1_700_000_000_140)
	c, err := d.Conversation(ctx, 1)
	no(t, err)
	for id, state := range map[string]string{"one": "done", "two": "waiting"} {
		data := `{"id":"` + id + `","conversation":1,"generation":1,"inbox":"shop","customer":` + strconv.FormatInt(int64(c.Customer), 10) + `,"party":"P-1","intent":"t","action":"a.b","state":"` +
			state + `","amount":500,"terms":{"at":"\u0000t2026-03-02T00:00:00Z"},"read_back":"<b> & 你好"}`
		r := assist.CommandRecord{ID: id, Conversation: 1, Generation: 1, Inbox: "shop", Customer: c.Customer, Party: "P-1", Intent: "t", Action: "a.b", State: state,
			Ended: state == "done", Amount: 500, CreatedAt: at.UTC(), UpdatedAt: at.UTC(), Data: []byte(data)}
		out, err := d.Commit(ctx, at, []assist.Write{{Conversation: 1, Command: &assist.CommandChange{To: r},
			Decide: func(assist.Conversation) ([]assist.Event, error) { return nil, nil }}})
		no(t, err)
		no(t, out[0].Err)
	}
	no(t, d.SaveCode(ctx, assist.SentCode{Conversation: 1, Generation: 1, Inbox: "shop", Party: "P-1", Hash: []byte("SECRET"), SentAt: at, ExpiresAt: at}, at, 9))
}

func export(t *testing.T, d desk) (dir string, sum archive.Summary) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "out")
	sum, err := archive.Export(context.Background(), d.Store, d.content, dir)
	no(t, err)
	return dir, sum
}

// contents reads all files of a folder.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	no(t, filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		out[rel], err = os.ReadFile(path)
		return err
	}))
	return out
}

func TestImport_ExportedAgainIsTheSame(t *testing.T) {
	first, sum := export(t, lived(t))
	want := archive.Summary{Conversations: 2, Messages: 8, Events: 24, Customers: 2, Agents: 1, Attachments: 1, Commands: 2}
	if sum != want {
		t.Errorf("exported %+v, want %+v", sum, want)
	}
	d := open(t)
	got, err := archive.Import(context.Background(), d.Store, d.content, first)
	no(t, err)
	if got != want {
		t.Errorf("imported %+v, want %+v", got, want)
	}
	second, _ := export(t, d)
	a, b := contents(t, first), contents(t, second)
	if len(a) != 11 || len(a) != len(b) {
		t.Errorf("%d files, then %d", len(a), len(b))
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs:\n%s\n%s", name, a[name], b[name])
		}
		if bytes.Contains(a[name], []byte("SECRET")) {
			t.Errorf("%s holds the password", name)
		}
	}
	hits, err := d.Search(context.Background(), "退款", assist.SearchFilter{})
	if err != nil || len(hits) != 2 {
		t.Errorf("search after the import: %d hits, %v", len(hits), err)
	}
}

func TestImport_DeskGoesOn(t *testing.T) {
	from, _ := export(t, lived(t))
	d := open(t)
	_, err := archive.Import(context.Background(), d.Store, d.content, from)
	no(t, err)
	out, err := d.Commit(context.Background(), time.UnixMilli(1_700_000_001_000), []assist.Write{{
		Start: &assist.Start{Inbox: "shop", Identity: assist.Identity{Kind: assist.IdentityVisitor, Source: "b"}},
		Decide: func(c assist.Conversation) ([]assist.Event, error) {
			return []assist.Event{assist.Say(assist.ByCustomer(c.Customer), assist.Message{Kind: assist.KindText, Text: "on"})}, nil
		}}})
	no(t, err)
	if out[0].Err != nil || out[0].Conversation.ID != 2 || out[0].Receipt.Seq != 0 || out[0].Conversation.Seq != 4 {
		t.Errorf("after the import: %+v", out[0])
	}
}

func TestImport_Refuses(t *testing.T) {
	from, _ := export(t, lived(t))
	whole := contents(t, from)
	for name, tc := range map[string]struct {
		file, old, new string
		code           assist.Code
		where          string
	}{
		"a repeated key":             {"agents.jsonl", `{"id":1,`, `{"id":1,"id":2,`, assist.CodeBadValue, "agents.jsonl:1"},
		"a key in other letters":     {"agents.jsonl", `"login"`, `"Login"`, assist.CodeBadValue, "agents.jsonl:1"},
		"an unknown key":             {"agents.jsonl", `{"id":1,`, `{"id":1,"password":"x",`, assist.CodeBadValue, "agents.jsonl:1"},
		"bytes that are no UTF-8":    {"messages.jsonl", "note", "no\xff\xfe", assist.CodeBadValue, "messages.jsonl:4"},
		"a gap in seq":               {"messages.jsonl", `"seq":2`, `"seq":3`, assist.CodeBadValue, "messages.jsonl:2"},
		"a line too long":            {"messages.jsonl", "note", strings.Repeat("x", archive.MaxLine), assist.CodeTooLong, "messages.jsonl:4"},
		"an unknown event":           {"events.jsonl", `"type":"agent_saved"`, `"type":"agent_fired"`, assist.CodeBadValue, "events.jsonl:1"},
		"an unknown key in the data": {"events.jsonl", `"change":"created"`, `"change":"created","x":1`, assist.CodeBadValue, "events.jsonl:1"},
		"a conversation of nobody":   {"conversations.jsonl", `"customer":1`, `"customer":9`, assist.CodeBadValue, "conversations.jsonl:1"},
		"a seq that does not fit":    {"conversations.jsonl", `"seq":3`, `"seq":4`, assist.CodeBadValue, "conversations.jsonl:1"},
		"an unknown status":          {"conversations.jsonl", `"snoozed"`, `"asleep"`, assist.CodeBadValue, "conversations.jsonl:1"},
		"two lines in one":           {"customers.jsonl", "\n", " ", assist.CodeBadValue, "customers.jsonl:1"},
		"the same customer twice":    {"customers.jsonl", `{"id":2`, `{"id":1`, assist.CodeExists, "customers.jsonl:2"},
		"other bytes of a file":      {"attachments.jsonl", `"size":7`, `"size":8`, assist.CodeBadValue, "attachments.jsonl:1"},
		"a file cut between lines":   {"settings.jsonl", `{"kind":"team","id":"s","data":{"id":"s","name":"S"}}` + "\n", "", assist.CodeBadValue, "settings.jsonl"},
		"another format":             {"contents.json", `"format":1`, `"format":2`, assist.CodeBadVersion, "contents.json:1"},
		"no agent to a conversation": {"conversations.jsonl", `"assignee":1`, `"assignee":2`, assist.CodeBadValue, "conversations.jsonl:1"},
		"a file that nobody sent":    {"messages.jsonl", `"abababababababababababababababab"`, `"cbababababababababababababababab"`, assist.CodeBadValue, "attachments.jsonl:1"},
		"half a millisecond":         {"customers.jsonl", `.12Z"`, `.1205Z"`, assist.CodeBadValue, "customers.jsonl:1"},
		"a missing message":          {"events.jsonl", `"seq":1,"kind"`, `"seq":2,"kind"`, assist.CodeBadValue, "events.jsonl"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for n, b := range whole {
				if n == tc.file {
					changed := bytes.Replace(b, []byte(tc.old), []byte(tc.new), 1)
					if bytes.Equal(changed, b) {
						t.Fatalf("%q is not in %s", tc.old, b)
					}
					b = changed
				}
				no(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, n)), 0o700))
				no(t, os.WriteFile(filepath.Join(dir, n), b, 0o600))
			}
			refused(t, dir, tc.code, tc.where)
		})
	}
	t.Run("a missing file", func(t *testing.T) { refused(t, t.TempDir(), assist.CodeBadValue, "agents.jsonl") })
}

// refused imports and expects the code, the place, and an empty desk.
func refused(t *testing.T, dir string, code assist.Code, where string) {
	t.Helper()
	d := open(t)
	_, err := archive.Import(context.Background(), d.Store, d.content, dir)
	var line *archive.LineError
	if assist.CodeOf(err) != code || !errors.As(err, &line) || !strings.Contains(err.Error(), where) {
		t.Errorf("error %v, want %s at %s", err, code, where)
	}
	if rev, err := d.Rev(context.Background()); err != nil || rev != 0 {
		t.Errorf("rev %d (%v) after a refused import", rev, err)
	}
	if list, err := d.Agents(context.Background()); err != nil || len(list) != 0 {
		t.Errorf("agents left behind: %+v, %v", list, err)
	}
}

func TestImport_ClashLeavesTheDeskAsItWas(t *testing.T) {
	d := lived(t)
	from, _ := export(t, d)
	_, err := archive.Import(context.Background(), d.Store, d.content, from)
	if assist.CodeOf(err) != assist.CodeExists || !strings.Contains(err.Error(), "agents.jsonl:1") {
		t.Errorf("error %v", err)
	}
	again, _ := export(t, d)
	a, b := contents(t, from), contents(t, again)
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s was changed", name)
		}
	}
}

func TestExport_KeepsWhatIsInTheFolder(t *testing.T) {
	d, dir := open(t), t.TempDir()
	no(t, os.WriteFile(filepath.Join(dir, "mine"), nil, 0o600))
	if _, err := archive.Export(context.Background(), d.Store, d.content, dir); assist.CodeOf(err) != assist.CodeExists {
		t.Errorf("error %v", err)
	}
}
