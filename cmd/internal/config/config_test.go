package config_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/config"
)

var same = cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(a, b config.Secret) bool { return a == b })}

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deskhand.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaultFile_ParsesToTheDefaults(t *testing.T) {
	var b bytes.Buffer
	if err := config.WriteDefault(&b); err != nil {
		t.Fatal(err)
	}
	got, err := config.Load(config.Source{File: write(t, b.String())})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(config.Default(), got, same); diff != "" {
		t.Errorf("-default +file:\n%s", diff)
	}
}

// The row tables are commented out in the default file; uncommented they must be real settings too.
func TestDefaultFile_RowsAreSettings(t *testing.T) {
	var b bytes.Buffer
	if err := config.WriteDefault(&b); err != nil {
		t.Fatal(err)
	}
	s := regexp.MustCompile(`(?m)^#(\[|[a-z_]+ = )`).ReplaceAllString(b.String(), "$1")
	s = regexp.MustCompile(`(?m)^(id|queue|team|name) = ""`).ReplaceAllString(s, `$1 = "acme"`)
	s = regexp.MustCompile(`(?s)(\[\[action\]\].*?name = )"acme"`).ReplaceAllString(s, `$1"transfers.create"`)
	got, err := config.Load(config.Source{File: write(t, s)})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Inboxes) != 1 || len(got.Teams) != 1 || len(got.Queues) != 1 || len(got.Actions) != 1 || len(got.Backoffices) != 1 || !got.Inboxes[0].BotFirst {
		t.Errorf("got %+v", got)
	}
}

func TestLoad_WholeFile(t *testing.T) {
	dir := t.TempDir()
	secret := strings.Repeat("s3cret", 6)
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "hub.toml")
	content := `
[hub]
listen = ":8443"
origins = ["https://a.example",
  "https://b.example"]
[limits]
outbound_buffer = "1 MiB"
[access]
agents_see = "own"
session_idle = "12h"
[routing]
auto_accept = true
reopen_within = "1d12h"
[log]
level = "debug"
[[team]]
id = "zh"
name = "中文组"
[[queue]]
id = "zh"
team = "zh"
[[queue]]
id = "en"
team = "en"
auto_accept = false
[[inbox]]
id = "northwind"
name = "Northwind"
name_zh = "北风"
queue = "zh"
packs = ["ecommerce"]
secret_file = "key"
csat = false
`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(config.Source{File: path})
	if err != nil {
		t.Fatal(err)
	}
	want := config.Default()
	want.Hub.Listen, want.Hub.Origins = ":8443", []string{"https://a.example", "https://b.example"}
	want.Limits.OutboundBytes = 1 << 20
	want.Access.AgentsSee, want.Access.SessionIdle = access.ScopeOwn, 12*time.Hour
	want.Routing.AutoAccept, want.Routing.ReopenWithin = true, 36*time.Hour
	want.Log.Level = slog.LevelDebug
	want.Teams = []assist.Team{{ID: "zh", Name: "中文组"}}
	want.Queues = []assist.Queue{{ID: "zh", Name: "zh", Team: "zh", AutoAccept: true}, {ID: "en", Name: "en", Team: "en"}}
	want.Inboxes = []config.Inbox{{
		Inbox:  assist.Inbox{ID: "northwind", Name: "Northwind", NameZH: "北风", Queue: "zh", Packs: []string{"ecommerce"}, BotFirst: true},
		Secret: config.NewSecret(secret), SecretFile: "key",
	}}
	if diff := cmp.Diff(want, c, same); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := c.Inboxes[0].Assist().Secret; got != secret {
		t.Errorf("secret %q", got)
	}
}

func TestLoad_FlagsOverEnvironmentOverFile(t *testing.T) {
	file := write(t, "[hub]\nlisten = \":1\"\ndata = \"file\"\npublic_url = \"http://file\"\n")
	env := []string{"DESKHAND_HUB_LISTEN=:2", "DESKHAND_HUB_DATA=env", "DESKHAND_HUB_ORIGINS=https://a.example, https://b.example", "DESKHAND_OTHER=1", "PATH=/bin"}
	c, err := config.Load(config.Source{File: file, Environ: env, Flags: []config.Flag{{Name: "--listen", Key: "hub.listen", Value: ":3"}}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Hub.Listen != ":3" || c.Hub.Data != "env" || c.Hub.PublicURL != "http://file" || len(c.Hub.Origins) != 2 {
		t.Errorf("got %+v", c.Hub)
	}
}

func TestLoad_SecretFromTheEnvironment(t *testing.T) {
	file := write(t, "[[inbox]]\nid = \"north-wind\"\nname = \"N\"\nqueue = \"q\"\n")
	c, err := config.Load(config.Source{File: file, Environ: []string{"DESKHAND_INBOX_NORTH_WIND_SECRET=0123456789abcdef0123"}})
	if err != nil || c.Inboxes[0].Secret.Reveal() != "0123456789abcdef0123" {
		t.Fatalf("got %v %v", c.Inboxes, err)
	}
}

// Each error names file, line and key, and says what to write instead.
func TestLoad_ErrorsNameFileLineAndKey(t *testing.T) {
	for name, c := range map[string]struct{ toml, want string }{
		"syntax":            {"[hub]\nlisten = \n", "FILE:2: hub.listen: "},
		"duplicate key":     {"[hub]\ndata = \"a\"\ndata = \"b\"\n", "FILE:3: "},
		"unknown table":     {"\n[hubb]\n", "FILE:2: hubb: there is no such table; there are [hub]"},
		"unknown key":       {"[hub]\n\nlisten = \":1\"\nlisen = \":1\"\n", "FILE:4: hub.lisen: there is no such setting; did you mean listen?"},
		"far key":           {"[tls]\nzzzzzzzz = 1\n", "FILE:2: tls.zzzzzzzz: there is no such setting; there are cert, key"},
		"other case":        {"[hub]\nListen = \":1\"\n", "FILE:2: hub.Listen: there is no such setting; did you mean listen?"},
		"number as text":    {"[limits]\nconnections = \"5\"\n", "FILE:2: limits.connections: write a whole number"},
		"number too large":  {"[limits]\nconnections = 99999999\n", "FILE:2: limits.connections: write a whole number from 1 to 1000000"},
		"text as number":    {"[hub]\ndata = 5\n", "FILE:2: hub.data: write a text in double quotes"},
		"bool as text":      {"[bot]\nenabled = \"yes\"\n", "FILE:2: bot.enabled: write true or false, without quotes"},
		"bad choice":        {"[access]\nagents_see = \"some\"\n", `FILE:2: access.agents_see: write one of "own", "team", "all"`},
		"bad level":         {"[log]\nlevel = \"INFO+2\"\n", "FILE:2: log.level: write one of"},
		"bad time":          {"[access]\nsession_idle = \"a week\"\n", "FILE:2: access.session_idle: write a time from"},
		"negative time":     {"[hub]\ndrain_within = \"-5s\"\n", "FILE:2: hub.drain_within: write a time from"},
		"bad size":          {"[limits]\nframe = \"many\"\n", "FILE:2: limits.frame: write a size from"},
		"overflowing size":  {"[limits]\nattachment = \"99999999999 GiB\"\n", "FILE:2: limits.attachment: write a size"},
		"bad address":       {"[hub]\nlisten = \"7420\"\n", "FILE:2: hub.listen: write host:port"},
		"bad origin":        {"[hub]\norigins = [\n  \"https://ok.example\",\n  \"https://x.example/path\",\n]\n", "FILE:2: hub.origins: write an origin"},
		"list of numbers":   {"[hub]\norigins = [1]\n", "FILE:2: hub.origins: write a list of texts"},
		"bad network":       {"[metrics]\nallow = [\"localhost\"]\n", "FILE:2: metrics.allow: write an address or a block"},
		"half of tls":       {"[tls]\ncert = \"c.pem\"\n", "FILE:2: tls.cert: give both"},
		"scalar for table":  {"hub = 1\n", "FILE:1: hub: write [hub]"},
		"one bracket":       {"[inbox]\nid = \"a\"\n", "FILE:1: inbox: write [[inbox]]"},
		"dotted key":        {"hub.listn = \":1\"\n", "FILE:1: hub.listn: there is no such setting; did you mean listen?"},
		"second inbox":      {"[[inbox]]\nid=\"a\"\nname=\"A\"\nqueue=\"q\"\n[[inbox]]\nid=\"a\"\nname=\"B\"\nqueue=\"q\"\n", "FILE:6: inbox[1].id: stands twice"},
		"inbox without id":  {"[[inbox]]\nname=\"A\"\nqueue=\"q\"\n", "FILE:1: inbox[0].id: is missing; it is required"},
		"bad id":            {"[[team]]\nid = \"My Team\"\n", "FILE:2: team[0].id: write 1 to 40 small letters"},
		"queue sans team":   {"[[queue]]\nid = \"q\"\n", "FILE:1: queue[0].team: is missing"},
		"secret too short":  {"[[inbox]]\nid=\"a\"\nname=\"A\"\nqueue=\"q\"\nsecret=\"hunter2\"\n", "FILE:5: inbox[0].secret: write at least 16"},
		"secret file":       {"[[inbox]]\nid=\"a\"\nname=\"A\"\nqueue=\"q\"\nsecret_file=\"nope\"\n", "FILE:5: inbox[0].secret_file: the file cannot be read"},
		"secret twice":      {"[[inbox]]\nid=\"a\"\nname=\"A\"\nqueue=\"q\"\nsecret=\"0123456789abcdef\"\nsecret_file=\"x\"\n", "FILE:6: inbox[0].secret_file: give secret or"},
		"not UTF-8":         {"[hub]\ndata = \"\xff\"\n", "FILE:2: this line is not UTF-8"},
		"after long string": {"[bot]\narticles = \"\"\"\nlisten = 1\n[hub]\n\"\"\"\nenabled = 1\n", "FILE:6: bot.enabled: write true"},
	} {
		path := write(t, c.toml)
		_, err := config.Load(config.Source{File: path})
		var problems config.Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: got %v, want Problems", name, err)
			continue
		}
		if got := strings.ReplaceAll(err.Error(), path, "FILE"); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error quotes a secret", name)
		}
	}
}

func TestLoad_ErrorsOfEnvironmentAndFlags(t *testing.T) {
	for want, src := range map[string]config.Source{
		"DESKHAND_HUB_LISTEN: write host:port":                                                {Environ: []string{"DESKHAND_HUB_LISTEN=x"}},
		"DESKHAND_HUB_LISTN: there is no such setting; did you mean listen?":                  {Environ: []string{"DESKHAND_HUB_LISTN=x"}},
		"DESKHAND_LIMITS_CONNECTIONS: write a whole number":                                   {Environ: []string{"DESKHAND_LIMITS_CONNECTIONS=1e3"}},
		"DESKHAND_BOT_ENABLED: write true or false":                                           {Environ: []string{"DESKHAND_BOT_ENABLED=1"}},
		"--listen: write host:port":                                                           {Flags: []config.Flag{{Name: "--listen", Key: "hub.listen", Value: "x"}}},
		"/nowhere/deskhand.toml: the config file cannot be read: open /nowhere/deskhand.toml": {File: "/nowhere/deskhand.toml"},
	} {
		if _, err := config.Load(src); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestLoad_TellsEveryProblemInTheOrderOfTheFile(t *testing.T) {
	_, err := config.Load(config.Source{File: write(t, "[log]\nlevel = 1\n[hub]\nlisten = 1\nx = 1\n"), Environ: []string{"DESKHAND_BOT_ENABLED=x"}})
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 4 || !strings.Contains(lines[0], ":2: log.level") || !strings.Contains(lines[1], ":4: hub.listen") ||
		!strings.Contains(lines[2], ":5: hub.x") || !strings.HasPrefix(lines[3], "DESKHAND_BOT_ENABLED") {
		t.Errorf("got\n%s", err)
	}
}

func TestSecret_IsNeverPrinted(t *testing.T) {
	c := config.Default()
	c.Inboxes = []config.Inbox{{Secret: config.NewSecret("hunter2hunter2hunter2")}}
	var b bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q", "%d"} {
		fmt.Fprintf(&b, verb+"\n", c)
		fmt.Fprintf(&b, verb+"\n", c.Inboxes[0].Secret)
		fmt.Fprintf(&b, verb+"\n", &c.Inboxes[0])
	}
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "config", c, "secret", c.Inboxes[0].Secret)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "config", c, "secret", c.Inboxes[0].Secret)
	if err := json.NewEncoder(&b).Encode(c); err != nil {
		t.Fatal(err)
	}
	if out := b.String(); strings.Contains(out, "hunter2") || strings.Contains(out, "68756e746572") {
		t.Errorf("printed: %s", out)
	}
	if !strings.Contains(b.String(), "[secret]") {
		t.Error("a set secret does not show that it is set")
	}
}

func FuzzLoad(f *testing.F) {
	var b bytes.Buffer
	_ = config.WriteDefault(&b)
	f.Add(b.String())
	f.Add("[[inbox]]\nid = \"a\"\nname = \"A\"\nqueue = \"q\"\n[hub]\norigins = [\"https://a\",\n]\n")
	f.Add("hub.listen = '''\n:1'''\n[limits]\nframe = \"9 KiB\"\nx.y.z = {a = [1, {b = 2}]}\n")
	f.Add("[access]\nsession_idle = \"1d-5h\"\n[[team]]\n[[team]]\n")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, s string) {
		path := filepath.Join(dir, "f.toml")
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(config.Source{File: path})
		if err == nil {
			if c.Hub.Listen == "" || c.Limits.Connections < 1 || c.Access.SessionIdle > c.Access.SessionLife {
				t.Errorf("passed: %+v", c)
			}
			return
		}
		var problems config.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("an error that the owner cannot read: %v", err)
		}
		for _, p := range problems {
			if p.File == "" || p.Text == "" || p.Line > strings.Count(s, "\n")+1 {
				t.Errorf("problem %+v", p)
			}
		}
	})
}
