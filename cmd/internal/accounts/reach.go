package accounts

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

// maxAnswer bounds what is read from a hub: a list of some ten thousand people.
const maxAnswer = 16 << 20

// Reach is Accounts of the hub that works in dir. It fails if that hub has no door, or none that answers.
func Reach(dir string) (Accounts, error) {
	plate, err := readPlate(dir)
	if err != nil {
		return nil, fmt.Errorf("find the door of the hub: %w", err)
	}
	host, _, err := net.SplitHostPort(plate.Address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("%s names no address of this machine", doorFile)
	}
	// No proxy, whatever the environment says: the door is on this machine.
	return &remote{plate: plate, http: &http.Client{Timeout: answersWith, Transport: &http.Transport{DisableKeepAlives: true}}}, nil
}

type remote struct {
	plate doorPlate
	http  *http.Client
}

func (r *remote) ask(ctx context.Context, q request) ([]assist.Agent, error) {
	ans, err := r.answer(ctx, q)
	return ans.Agents, err
}

func (r *remote) answer(ctx context.Context, q request) (ans answer, err error) {
	body, err := json.Marshal(q)
	if err != nil {
		return ans, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+r.plate.Address+"/", bytes.NewReader(body))
	if err != nil {
		return ans, err
	}
	req.Header.Set("Authorization", "Bearer "+r.plate.Key)
	res, err := r.http.Do(req)
	if err != nil {
		return ans, fmt.Errorf("ask the running hub: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return ans, fmt.Errorf("the running hub refused the request (%s): is it of the same version as this program?", res.Status)
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, maxAnswer)).Decode(&ans); err != nil {
		return ans, fmt.Errorf("answer of the running hub: %w", err)
	}
	if f := ans.Error; f != nil {
		return ans, &assist.Error{Code: f.Code, Detail: f.Detail, RetryAfter: time.Duration(f.RetryAfterMS) * time.Millisecond}
	}
	return ans, nil
}

func (r *remote) one(ctx context.Context, q request) (assist.Agent, error) {
	list, err := r.ask(ctx, q)
	if err != nil {
		return assist.Agent{}, err
	}
	if len(list) != 1 {
		return assist.Agent{}, fmt.Errorf("the running hub answered with %d accounts to %s", len(list), q.Do)
	}
	return list[0], nil
}

func (r *remote) Add(ctx context.Context, u access.NewUser) (assist.Agent, error) {
	return r.one(ctx, request{Do: "add", Login: u.Login, Password: u.Password, User: &newUser{
		Name: u.Name, Role: u.Role, Teams: u.Teams, Languages: u.Languages, Capacity: u.Capacity}})
}

func (r *remote) List(ctx context.Context) ([]assist.Agent, error) {
	return r.ask(ctx, request{Do: "list"})
}

func (r *remote) Update(ctx context.Context, login string, c Change) (assist.Agent, error) {
	c.Teams, c.Languages = present(c.Teams), present(c.Languages)
	return r.one(ctx, request{Do: "update", Login: login, Change: c})
}

func (r *remote) SetPassword(ctx context.Context, login, password string) error {
	_, err := r.ask(ctx, request{Do: "password", Login: login, Password: password})
	return err
}

func (r *remote) Disable(ctx context.Context, login string) (assist.Agent, error) {
	return r.one(ctx, request{Do: "disable", Login: login})
}

func (r *remote) Enable(ctx context.Context, login string) (assist.Agent, error) {
	return r.one(ctx, request{Do: "enable", Login: login})
}

// present makes a list that is to become empty differ, in JSON, from one that is to stay.
func present[T any](list *[]T) *[]T {
	if list != nil && *list == nil {
		return &[]T{}
	}
	return list
}
