package access_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

var update = flag.Bool("update", false, "rewrite the golden table of permissions")

// The golden table is what a person reviews: a change of rights shows as a changed line.
func TestPermissions_GoldenTable(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s", "permission")
	for _, r := range assist.Roles() {
		fmt.Fprintf(&b, " %-10s", r)
	}
	b.WriteString("\n")
	for _, p := range access.Permissions() {
		fmt.Fprintf(&b, "%-22s", p)
		for _, r := range assist.Roles() {
			mark := "-"
			if access.Can(assist.Agent{ID: 1, Role: r}, p) {
				mark = "yes"
			}
			fmt.Fprintf(&b, " %-10s", mark)
		}
		b.WriteString("\n")
	}
	const golden = "testdata/permissions.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the rights differ from %s; if meant so, run with -update and review:\n%s", golden, b.String())
	}
}

func TestCan_NobodyUnknownAndDisabledMayNothing(t *testing.T) {
	for _, p := range access.Permissions() {
		for _, a := range []assist.Agent{{}, {Role: "boss"}, {Role: assist.RoleAdmin, Disabled: true}} {
			if access.Can(a, p) {
				t.Errorf("%+v may %s", a, p)
			}
		}
		if err := access.Require(assist.Agent{Role: assist.RoleAdmin}, p); err != nil {
			t.Error(err)
		}
	}
	wantCode(t, access.Require(assist.Agent{Role: assist.RoleAgent}, access.UserManage), assist.CodeForbidden)
	if got := access.PermissionsOf("boss"); len(got) != 0 {
		t.Errorf("an unknown role may %v", got)
	}
	for _, r := range assist.Roles() {
		got := access.PermissionsOf(r)
		if u := slices.Compact(slices.Clone(got)); len(u) != len(got) || !slices.IsSorted(got) {
			t.Errorf("rights of %s are doubled or unsorted: %v", r, got)
		}
	}
}

// Every role, policy and place of a conversation, against the rule in words.
func TestVisibilityOf_EveryRoleAndPolicy(t *testing.T) {
	places := map[string]assist.Conversation{
		"own":               {Assignee: 7, Team: "zh"},
		"own, other team":   {Assignee: 7, Team: "en"},
		"colleague's":       {Assignee: 8, Team: "zh"},
		"team's queue":      {Team: "zh"},
		"other team's":      {Assignee: 9, Team: "en"},
		"other queue":       {Team: "en"},
		"bot's":             {},
		"stranger, no team": {Assignee: 9},
	}
	agentSees := map[access.Scope][]string{
		access.ScopeOwn:  {"own", "own, other team", "team's queue", "bot's"},
		access.ScopeTeam: {"own", "own, other team", "team's queue", "bot's", "colleague's"},
		"":               {"own", "own, other team", "team's queue", "bot's", "colleague's"},
		access.ScopeAll:  {"own", "own, other team", "colleague's", "team's queue", "other team's", "other queue", "bot's", "stranger, no team"},
	}
	for scope, list := range agentSees {
		for _, hide := range []bool{false, true} {
			for _, role := range append(assist.Roles(), "boss") {
				v := access.VisibilityOf(assist.Agent{ID: 7, Role: role, Teams: []assist.TeamID{"zh"}}, access.Policy{AgentsSee: scope, HideUnassigned: hide})
				for name, c := range places {
					want := role != "boss" && (role != assist.RoleAgent || slices.Contains(list, name))
					if role == assist.RoleAgent && hide && scope != access.ScopeAll && name == "bot's" {
						want = false
					}
					if got := v.Sees(c); got != want {
						t.Errorf("%s with scope %q, hide %v: sees %s = %v, want %v", role, scope, hide, name, got, want)
					}
				}
			}
		}
	}
	if access.VisibilityOf(assist.Agent{ID: 7, Role: assist.RoleAdmin, Disabled: true}, access.Policy{}).Sees(places["own"]) {
		t.Error("a disabled admin sees a conversation")
	}
}

func TestCheckPassword(t *testing.T) {
	for _, good := range []string{"harbour lantern 7", "correct horse", "客服工作台需要好密码吧", "x9$kQ-2mPz"} {
		if err := access.CheckPassword("li", good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "short", "ninechars", "密码太短了", "Qwerty12345", "1Q2W3E4R5T6Y", "aaaaaaaaaaaaaaaa", "abababababab", "bcdefghijklmno",
		"9876543210987", "23456789012345", "with\nnewline ok", "bad\xffutf8 here!", strings.Repeat("long ", 60), "marta.k2024",
	} {
		if err := access.CheckPassword("marta.k", bad); err == nil {
			t.Errorf("%q passed", bad)
		} else if len(bad) > 6 && strings.Contains(err.Error(), bad) {
			t.Errorf("the error quotes the password: %v", err)
		}
	}
}

func TestVisitorIdentity(t *testing.T) {
	token := access.NewVisitorToken()
	a, err := access.VisitorIdentity("northwind", token)
	if err != nil || a.Kind != assist.IdentityVisitor || a.Inbox != "northwind" || len(a.Source) != 64 || strings.Contains(a.Source, token) {
		t.Fatalf("got %+v %v", a, err)
	}
	if b, _ := access.VisitorIdentity("northwind", token); a != b {
		t.Error("the same token gave two identities")
	}
	for _, bad := range []string{"", "dkv_", strings.TrimPrefix(token, "dkv_"), token + "=", "dks_" + token[4:], token[:len(token)-1] + "!"} {
		_, err := access.VisitorIdentity("northwind", bad)
		wantCode(t, err, assist.CodeBadIdentity)
	}
}

// The vector is what the doc comment's Python prints; other languages test against it.
func TestClaim_KnownSignature(t *testing.T) {
	c := access.Claim{ID: "C-1001", Name: "王芳", Email: "fang@example.com", IssuedAt: 1772442000}.Sign("northwind", "0123456789abcdef0123456789abcdef")
	const want = "1f74481bfaa57289d57ac18c4be06371f7eb4167c8467a736b9dd36d4dc15e84"
	if c.Signature != want {
		t.Errorf("got %s, want %s", c.Signature, want)
	}
}

func TestSignedIdentity(t *testing.T) {
	s, _, c := newDesk(t)
	inbox := assist.Inbox{ID: "northwind", Secret: "0123456789abcdef0123456789abcdef"}
	claim := access.Claim{ID: "C-1001", Name: "王芳", IssuedAt: c.now().Unix()}.Sign(inbox.ID, inbox.Secret)
	id, customer, err := s.SignedIdentity(inbox, claim)
	if err != nil || id.Kind != assist.IdentitySigned || id.Source != "C-1001" || customer.Name != "王芳" {
		t.Fatalf("got %+v %+v %v", id, customer, err)
	}
	other := inbox
	other.ID = "contoso"
	bare := inbox
	bare.Secret = ""
	forged := claim
	forged.ID = "C-1002"
	moved := access.Claim{ID: "C-1001\n王芳", IssuedAt: c.now().Unix()}.Sign(inbox.ID, inbox.Secret)
	future := access.Claim{ID: "C-1001", IssuedAt: c.now().Add(6 * time.Minute).Unix()}.Sign(inbox.ID, inbox.Secret)
	empty := access.Claim{IssuedAt: c.now().Unix()}.Sign(inbox.ID, inbox.Secret)
	unsigned := claim
	unsigned.Signature = ""
	huge := access.Claim{ID: strings.Repeat("x", 201), IssuedAt: c.now().Unix()}.Sign(inbox.ID, inbox.Secret)
	for name, x := range map[string]struct {
		in    assist.Inbox
		claim access.Claim
	}{
		"another inbox": {other, claim}, "no secret": {bare, claim}, "changed id": {inbox, forged}, "line feed": {inbox, moved},
		"future": {inbox, future}, "empty id": {inbox, empty}, "no signature": {inbox, unsigned}, "too long": {inbox, huge},
	} {
		_, _, err := s.SignedIdentity(x.in, x.claim)
		if assist.CodeOf(err) != assist.CodeBadIdentity {
			t.Errorf("%s: got %v", name, err)
		}
	}
	c.add(24*time.Hour + time.Second)
	_, _, err = s.SignedIdentity(inbox, claim)
	wantCode(t, err, assist.CodeBadIdentity)
}
