package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"deskhand/assist"
	"deskhand/assist/wire"
)

// answerMost bounds what is read of an answer that is no file, in bytes.
const answerMost = 1 << 20

func newHTTP() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 2
	t.IdleConnTimeout = 10 * time.Second
	return &http.Client{Timeout: time.Minute, Transport: t}
}

// SignIn opens a session for an agent. device is how the program names itself to the agent's list of sessions.
// A refusal is an *assist.Error: CodeUnauthenticated for a wrong login or password, CodeLocked with RetryAfter
// after too many tries.
func SignIn(ctx context.Context, hubURL, login, password, device string) (session string, agent assist.Agent, expires time.Time, err error) {
	in := struct {
		Login    string `json:"login"`
		Password string `json:"password"`
		Device   string `json:"device,omitzero"`
	}{login, password, device}
	var out struct {
		Session   string       `json:"session"`
		ExpiresAt time.Time    `json:"expires_at"`
		Agent     assist.Agent `json:"agent"`
	}
	c := newHTTP()
	defer c.CloseIdleConnections()
	err = post(ctx, c, hubURL, "/api/v1/login", "", in, &out)
	return out.Session, out.Agent, out.ExpiresAt, err
}

// SignOut ends a session; its connections are closed by the hub.
func SignOut(ctx context.Context, hubURL, session string) error {
	c := newHTTP()
	defer c.CloseIdleConnections()
	return post(ctx, c, hubURL, "/api/v1/logout", session, nil, nil)
}

// Ticket is a single-use key for one connection, good for 30 s. Agent fetches its own.
func Ticket(ctx context.Context, hubURL, session string) (string, error) {
	c := newHTTP()
	defer c.CloseIdleConnections()
	return ticket(ctx, c, hubURL, session)
}

func ticket(ctx context.Context, c *http.Client, hubURL, session string) (string, error) {
	var out struct {
		Ticket string `json:"ticket"`
	}
	err := post(ctx, c, hubURL, "/api/v1/ticket", session, nil, &out)
	if e := assist.AsError(err); e != nil && e.Code == assist.CodeUnauthenticated {
		return "", &assist.Error{Code: e.Code, Detail: sessionRefused, Err: err}
	}
	return out.Ticket, err
}

// post sends JSON and reads JSON.
func post(ctx context.Context, c *http.Client, hubURL, path, bearer string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("encode %s: %w", path, err)
		}
		body = bytes.NewReader(b)
	}
	resp, err := do(ctx, c, http.MethodPost, strings.TrimSuffix(hubURL, "/")+path, bearer, body)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, answerMost)).Decode(out); err != nil {
		return fmt.Errorf("answer of %s: %w", path, err)
	}
	return nil
}

// do makes a request and turns refusals into errors. The caller closes the body.
func do(ctx context.Context, c *http.Client, method, address, bearer string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 300 {
		return resp, nil
	}
	defer resp.Body.Close()
	return nil, refusalOf(resp)
}

// refusalOf is the error that an answer carries.
func refusalOf(resp *http.Response) error {
	b, err := io.ReadAll(io.LimitReader(resp.Body, answerMost))
	var f wire.Failure
	if err == nil && wire.DecodeHub(b, &f) == nil && f.Code != 0 {
		return failure(f)
	}
	return fmt.Errorf("%s %s: %s", resp.Request.Method, resp.Request.URL.Path, resp.Status)
}

func fileURL(hubURL string, inbox assist.InboxID, rest string, query url.Values) string {
	if inbox != "" {
		query.Set("inbox", string(inbox))
	}
	u := strings.TrimSuffix(hubURL, "/") + "/api/v1/files" + rest
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}

func upload(ctx context.Context, c *http.Client, hubURL string, inbox assist.InboxID, name, bearer string, content io.Reader) (assist.Attachment, error) {
	var a assist.Attachment
	resp, err := do(ctx, c, http.MethodPost, fileURL(hubURL, inbox, "", url.Values{"name": {name}}), bearer, content)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(io.LimitReader(resp.Body, answerMost)).Decode(&a); err != nil {
		return a, fmt.Errorf("answer to an upload: %w", err)
	}
	return a, nil
}

func download(ctx context.Context, c *http.Client, hubURL string, inbox assist.InboxID, id assist.AttachmentID, bearer string) (io.ReadCloser, error) {
	resp, err := do(ctx, c, http.MethodGet, fileURL(hubURL, inbox, "/"+url.PathEscape(string(id)), url.Values{}), bearer, nil)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}
