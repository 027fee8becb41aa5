package accounts_test

import (
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/accounts"
	"deskhand/storage/sqlite"
)

const password = "harbour lantern 7"

// newDesk is a folder with a real database and the accounts over it.
func newDesk(t *testing.T) (dir string, local accounts.Accounts, service *access.Service) {
	t.Helper()
	dir = t.TempDir()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	service, err = access.New(access.Options{Store: store, Passwords: access.Params{MemoryKiB: 64, Passes: 1, Lanes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return dir, accounts.Local(service), service
}

// Every way to reach the accounts behaves alike.
func TestAccounts_LocalAndThroughTheDoor(t *testing.T) {
	t.Run("local", func(t *testing.T) {
		_, local, service := newDesk(t)
		workOnAccounts(t, local, service)
	})
	t.Run("through the door", func(t *testing.T) {
		dir, local, service := newDesk(t)
		door, err := accounts.Serve(accounts.DoorOptions{Dir: dir, Accounts: local, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		remote, err := accounts.Reach(dir)
		if err != nil {
			t.Fatal(err)
		}
		workOnAccounts(t, remote, service)
		if err := door.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := remote.List(t.Context()); err == nil {
			t.Error("a closed door answered")
		}
		if _, err := accounts.Reach(dir); err == nil {
			t.Error("the plate of a closed door is still there")
		}
	})
}

func workOnAccounts(t *testing.T, a accounts.Accounts, service *access.Service) {
	t.Helper()
	ctx := t.Context()
	if _, err := a.Add(ctx, access.NewUser{Login: "root", Role: assist.RoleAdmin, Password: password}); err != nil {
		t.Fatal(err)
	}
	li, err := a.Add(ctx, access.NewUser{Login: "Li", Name: "李伟", Role: assist.RoleAgent, Teams: []assist.TeamID{"zh"}, Languages: []string{"zh"}, Capacity: 3, Password: password})
	if err != nil || li.ID != 2 || li.Login != "li" || li.Name != "李伟" || li.Capacity != 3 || !li.InTeam("zh") || li.CreatedAt.IsZero() {
		t.Fatalf("got %+v %v", li, err)
	}
	for want, err := range map[assist.Code]error{
		assist.CodeExists:   second(a.Add(ctx, access.NewUser{Login: "LI", Role: assist.RoleAgent, Password: password})),
		assist.CodeBadValue: a.SetPassword(ctx, "li", "password123"),
		assist.CodeNotFound: second(a.Disable(ctx, "nobody")),
	} {
		if assist.CodeOf(err) != want {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	role, teams := assist.RoleSupervisor, []assist.TeamID(nil)
	if li, err = a.Update(ctx, "LI", accounts.Change{Role: &role, Teams: &teams}); err != nil || li.Role != role || len(li.Teams) != 0 || li.Name != "李伟" {
		t.Fatalf("got %+v %v", li, err)
	}
	token, _, session, err := service.SignIn(ctx, access.Credentials{Login: "li", Password: password, Remote: "10.0.0.1", Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	ended, stop := service.Watch(session.Hash)
	defer stop()
	if li, err = a.Disable(ctx, "li"); err != nil || !li.Disabled {
		t.Fatalf("got %+v %v", li, err)
	}
	<-ended
	if _, _, err := service.Authenticate(ctx, token); assist.CodeOf(err) != assist.CodeUnauthenticated {
		t.Errorf("a disabled agent's session: %v", err)
	}
	if li, err = a.Enable(ctx, "li"); err != nil || li.Disabled {
		t.Fatalf("got %+v %v", li, err)
	}
	if err := a.SetPassword(ctx, "li", "window kettle 12"); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := service.SignIn(ctx, access.Credentials{Login: "li", Password: "window kettle 12"}); err != nil {
		t.Error(err)
	}
	if list, err := a.List(ctx); err != nil || len(list) != 2 || list[0].Login != "root" {
		t.Errorf("got %+v %v", list, err)
	}
}

func second(_ assist.Agent, err error) error { return err }

func TestDoor_IsPrivate(t *testing.T) {
	dir, local, _ := newDesk(t)
	plate := filepath.Join(dir, "hub-door.json")
	if err := os.WriteFile(plate, []byte("left by a killed hub"), 0o644); err != nil {
		t.Fatal(err)
	}
	door, err := accounts.Serve(accounts.DoorOptions{Dir: dir, Accounts: local, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close(t.Context())
	info, err := os.Stat(plate)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("plate %v %v", info, err)
	}
	text, _ := os.ReadFile(plate)
	address := regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(string(text))
	for _, key := range []string{"", "Bearer ", "Bearer x", "Basic " + string(text)} {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+address, strings.NewReader(`{"do":"list"}`))
		req.Header.Set("Authorization", key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusUnauthorized {
			t.Errorf("key %q: %s", key, res.Status)
		}
	}
}

func TestReach_RefusesAPlateThatPointsElsewhere(t *testing.T) {
	dir := t.TempDir()
	for _, text := range []string{`{"address":"192.0.2.1:80","key":"x"}`, `{"address":"localhost:80"}`, `{`, ``} {
		if err := os.WriteFile(filepath.Join(dir, "hub-door.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := accounts.Reach(dir); err == nil {
			t.Errorf("%q passed", text)
		}
	}
}
