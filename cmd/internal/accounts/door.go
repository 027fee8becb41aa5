package accounts

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

const (
	doorFile    = "hub-door.json" // in the desk's folder
	maxRequest  = 64 << 10
	answersWith = 30 * time.Second
)

// doorPlate is what the file says: where the door is, and the key to it.
type doorPlate struct {
	Address string `json:"address"` // host:port on the loopback interface
	Key     string `json:"key"`
}

// request is one piece of work; Do names it, the rest are its arguments.
type request struct {
	Do       string   `json:"do"` // add, list, update, password, disable, enable, actions, action_off, action_on
	Login    string   `json:"login,omitzero"`
	Password string   `json:"password,omitzero"`
	User     *newUser `json:"user,omitzero"`
	Change   Change   `json:"change,omitzero"`
	Action   string   `json:"action,omitzero"`
	By       string   `json:"by,omitzero"`
}

type newUser struct {
	Name      string          `json:"name,omitzero"`
	Role      assist.Role     `json:"role"`
	Teams     []assist.TeamID `json:"teams,omitzero"`
	Languages []string        `json:"languages,omitzero"`
	Capacity  int             `json:"capacity,omitzero"`
}

type answer struct {
	Agents   []assist.Agent        `json:"agents,omitzero"`
	Switches []assist.ActionSwitch `json:"switches,omitzero"`
	Error    *failure              `json:"error,omitzero"`
}

type failure struct {
	Code         assist.Code `json:"code"`
	Detail       string      `json:"detail,omitzero"`
	RetryAfterMS int64       `json:"retry_after_ms,omitzero"`
}

// Door is the open door of a running hub.
type Door struct {
	path   string
	server *http.Server
	done   chan struct{}
	log    *slog.Logger
}

// DoorOptions are what a Door needs; all but Switches are required.
type DoorOptions struct {
	Dir      string // the desk's folder, which this process holds
	Accounts Accounts
	Switches Switches // nil: no action is switched through it
	Log      *slog.Logger
}

// Serve opens the door and writes its plate. Close it before the folder is given up.
func Serve(o DoorOptions) (*Door, error) {
	if o.Dir == "" || o.Accounts == nil || o.Log == nil {
		return nil, errors.New("accounts: Dir, Accounts and Log are needed")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("door for the tools: %w", err)
	}
	plate := doorPlate{Address: listener.Addr().String(), Key: rand.Text()}
	d := &Door{path: filepath.Join(o.Dir, doorFile), done: make(chan struct{}), log: o.Log.With("component", "accounts")}
	if err := writePlate(d.path, plate); err != nil {
		return nil, errors.Join(fmt.Errorf("door for the tools: %w", err), listener.Close())
	}
	d.server = &http.Server{
		Handler:           d.handler(o, plate.Key),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: answersWith, WriteTimeout: answersWith,
		ErrorLog: slog.NewLogLogger(d.log.Handler(), slog.LevelDebug),
	}
	go func() {
		defer close(d.done)
		if err := d.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			d.log.Error("the door for the tools closed by itself", "err", err)
		}
	}()
	return d, nil
}

func writePlate(path string, p doorPlate) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	// The lock of the folder is ours, so an old plate is one that a killed hub left behind.
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// Close takes the plate down, waits for work in progress until ctx ends, and closes the door.
func (d *Door) Close(ctx context.Context) error {
	err := os.Remove(d.path)
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	if stop := d.server.Shutdown(ctx); stop != nil {
		err = errors.Join(err, stop, d.server.Close())
	}
	<-d.done
	return err
}

func (d *Door) handler(o DoorOptions, key string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := r.Header.Get("Authorization")
		if subtle.ConstantTimeCompare([]byte(given), []byte("Bearer "+key)) != 1 {
			http.Error(w, "the key does not fit", http.StatusUnauthorized)
			return
		}
		var req request
		dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequest))
		dec.DisallowUnknownFields()
		if r.Method != http.MethodPost || dec.Decode(&req) != nil {
			http.Error(w, "not a request of this version", http.StatusBadRequest)
			return
		}
		var ans answer
		var handled bool
		var err error
		if ans.Switches, handled, err = turn(r.Context(), o.Switches, req); !handled {
			ans.Agents, err = perform(r.Context(), o.Accounts, req)
		}
		if err != nil {
			ans.Error = d.failed(err)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(ans) // the tool has gone: nobody is left to tell
	})
}

// failed is an error as the tool gets it; one that is ours is logged here, in full.
func (d *Door) failed(err error) *failure {
	var e *assist.Error
	if !errors.As(err, &e) {
		d.log.Error("work on an account failed", "err", err)
		return &failure{Code: assist.CodeInternal, Detail: "the hub's log says more"}
	}
	return &failure{Code: e.Code, Detail: e.Detail, RetryAfterMS: e.RetryAfter.Milliseconds()}
}

func perform(ctx context.Context, a Accounts, r request) ([]assist.Agent, error) {
	one := func(agent assist.Agent, err error) ([]assist.Agent, error) {
		if err != nil {
			return nil, err
		}
		return []assist.Agent{agent}, nil
	}
	switch r.Do {
	case "list":
		return a.List(ctx)
	case "add":
		if r.User == nil {
			return nil, assist.Errorf(assist.CodeBadField, "user is missing")
		}
		return one(a.Add(ctx, access.NewUser{Login: r.Login, Name: r.User.Name, Role: r.User.Role, Teams: r.User.Teams,
			Languages: r.User.Languages, Capacity: r.User.Capacity, Password: r.Password}))
	case "update":
		return one(a.Update(ctx, r.Login, r.Change))
	case "password":
		return nil, a.SetPassword(ctx, r.Login, r.Password)
	case "disable":
		return one(a.Disable(ctx, r.Login))
	case "enable":
		return one(a.Enable(ctx, r.Login))
	}
	return nil, assist.Errorf(assist.CodeUnknownType, "%q", r.Do)
}

// readPlate finds the door of the hub that works in dir.
func readPlate(dir string) (doorPlate, error) {
	var p doorPlate
	f, err := os.Open(filepath.Join(dir, doorFile))
	if err != nil {
		return p, err
	}
	defer f.Close()
	return p, json.NewDecoder(io.LimitReader(f, 4096)).Decode(&p)
}
