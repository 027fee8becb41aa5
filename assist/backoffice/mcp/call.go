package mcp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxAnswer is the largest answer that is read.
const maxAnswer = 1 << 20

// call calls a tool and gives its answer, a JSON object with the names that the fields are declared by.
func (f *Office) call(ctx context.Context, t Tool, key string, c backoffice.Call) (jsontext.Value, error) {
	if t.Tool == "" {
		return nil, backoffice.ErrUnsupported
	}
	ctx, cancel := context.WithTimeout(ctx, f.opts.Within)
	defer cancel()
	session, err := f.connected(ctx)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", backoffice.ErrUnavailable, err)
	}
	result, err := session.CallTool(ctx, &sdk.CallToolParams{Name: t.Tool, Arguments: t.arguments(key, c)})
	if err != nil {
		f.drop(session)
		return nil, fmt.Errorf("%w: tool %s: %w", backoffice.ErrUnavailable, t.Tool, err)
	}
	raw, err := answer(result)
	if err != nil {
		return nil, fmt.Errorf("%w: tool %s: %w", backoffice.ErrUnavailable, t.Tool, err)
	}
	if err := no(raw); err != nil {
		return nil, err
	}
	return renamed(raw, t.Fields), nil
}

// answer is the JSON object that a tool gave: its structured content, else its one text.
func answer(r *sdk.CallToolResult) (jsontext.Value, error) {
	var raw jsontext.Value
	switch {
	case r.IsError:
		return nil, errors.New("the tool failed") // what it says of it is for its own people
	case r.NeedsInput():
		return nil, errors.New("the tool asks for something, which nobody answers")
	case r.StructuredContent != nil:
		var err error
		if raw, err = json.Marshal(r.StructuredContent); err != nil {
			return nil, fmt.Errorf("structured content: %w", err)
		}
	case len(r.Content) == 1:
		if text, ok := r.Content[0].(*sdk.TextContent); ok {
			raw = jsontext.Value(text.Text)
		}
	}
	if len(raw) > maxAnswer {
		return nil, fmt.Errorf("the answer is larger than %d bytes", maxAnswer)
	}
	if !raw.IsValid() || raw.Kind() != '{' { // IsValid also refuses doubled keys
		return nil, errors.New("the answer is no JSON object")
	}
	return raw, nil
}

// no tells whether an answer is a refusal, or says that something is not there.
func no(raw jsontext.Value) error {
	var doc struct {
		Refused jsontext.Value `json:"refused"`
		Error   any            `json:"error"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return unreadable(err)
	}
	switch {
	case doc.Refused.Kind() == '{':
		return typed.Refusal(doc.Refused)
	case doc.Error == "not_found":
		return backoffice.ErrNotFound
	case doc.Error == "unsupported":
		return backoffice.ErrUnsupported
	case doc.Error != nil:
		return unreadable(errors.New("it tells of an error"))
	}
	return nil
}

// renamed gives fields the names that they are declared by.
func renamed(raw jsontext.Value, fields map[string]string) jsontext.Value {
	if len(fields) == 0 {
		return raw
	}
	var doc map[string]jsontext.Value
	if json.Unmarshal(raw, &doc) != nil {
		return raw // whoever reads it says so
	}
	out := map[string]jsontext.Value{}
	for name, v := range doc {
		out[name] = v
	}
	for declared, theirs := range fields {
		delete(out, declared)
		if v, ok := doc[theirs]; ok {
			out[declared] = v
		}
	}
	b, err := json.Marshal(out, json.Deterministic(true))
	if err != nil {
		return raw
	}
	return b
}

// connected is the session, made anew where the last one has ended.
func (f *Office) connected(ctx context.Context) (*sdk.ClientSession, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.session != nil {
		return f.session, nil
	}
	session, err := f.client.Connect(ctx, f.transport(), nil)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	f.session = session
	return session, nil
}

// drop ends a session in which a call failed; the next call begins another one.
func (f *Office) drop(s *sdk.ClientSession) {
	f.mu.Lock()
	mine := f.session == s
	if mine {
		f.session = nil
	}
	f.mu.Unlock()
	if mine {
		_ = s.Close() // it is broken or slow; there is nothing to be saved
	}
}

// Close ends the session, and with it the child process.
func (f *Office) Close() error {
	f.mu.Lock()
	s := f.session
	f.session = nil
	f.mu.Unlock()
	if s == nil {
		return nil
	}
	return s.Close()
}

// endWithin is how long a child process may take to end before it is made to.
const endWithin = 500 * time.Millisecond

func (f *Office) transport() sdk.Transport {
	if len(f.opts.Command) > 0 {
		cmd := exec.Command(f.opts.Command[0], f.opts.Command[1:]...)
		cmd.Env = append([]string{}, f.opts.Env...) // never the hub's own, which may hold keys
		return &sdk.CommandTransport{Command: cmd, TerminateDuration: endWithin}
	}
	return &sdk.StreamableClientTransport{Endpoint: f.opts.URL, MaxRetries: -1, DisableStandaloneSSE: true, MaxEventSize: 2 * maxAnswer,
		HTTPClient: &http.Client{Transport: gate{f.opts.Bearer}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// gate puts the proof into requests and bounds the answers.
type gate struct{ bearer string }

// RoundTrip implements http.RoundTripper.
func (g gate) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if g.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+g.bearer)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		answer.Body = bounded{io.LimitReader(answer.Body, 4*maxAnswer), answer.Body}
	}
	return answer, err
}

type bounded struct {
	io.Reader
	io.Closer
}

// safe tells whether customers' data may be sent to an address.
func safe(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}
