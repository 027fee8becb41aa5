package rest

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net"
	"net/http"
	"strconv"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/typed"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// maxAnswer is the largest answer that is read.
const maxAnswer = 1 << 20

// newClient follows no redirects: the address is configured, and what is sent is for that host alone.
func newClient(roots *x509.CertPool) *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:         (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
			TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: 3 * time.Second, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: 16, MaxConnsPerHost: 64, IdleConnTimeout: 90 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// request is one question to the company.
type request struct {
	method, path string
	key          string // Idempotency-Key
	body         any
	again        bool // it may be tried again
}

// failure is an answer that is none, and whether another try may help.
type failure struct {
	err   error
	again bool
	after time.Duration // that the company wants to be left alone for
}

// ask sends a request, again where that is safe and may help, and gives the body of the answer.
func (f *Office) ask(ctx context.Context, q request) (jsontext.Value, error) {
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body, json.Deterministic(true)); err != nil {
			return nil, fmt.Errorf("%w: %w", backoffice.ErrUnavailable, err)
		}
	}
	pause := f.opts.Pause
	for try := 1; ; try++ {
		if !f.breaker.may() {
			return nil, fmt.Errorf("%w: it has failed %d times in a row and is left alone", backoffice.ErrUnavailable, f.opts.BreakAfter)
		}
		raw, bad, err := f.once(ctx, q, body)
		f.breaker.note(bad == nil, ctx.Err() != nil)
		if bad == nil {
			return raw, err
		}
		if !q.again || !bad.again || try >= f.opts.Tries || !rest(ctx, max(bad.after, pause/2+rand.N(pause/2+1))) {
			return nil, fmt.Errorf("%w after %d tries: %w", backoffice.ErrUnavailable, try, bad.err)
		}
		pause *= 2
	}
}

// rest waits; false if ctx ends before or would.
func rest(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// once tries once. err is the company's answer that isn't 2xx, bad means that there is none.
func (f *Office) once(ctx context.Context, q request, body []byte) (raw jsontext.Value, bad *failure, err error) {
	ctx, cancel := context.WithTimeout(ctx, f.opts.Within)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, q.method, f.base.String()+q.path, bytes.NewReader(body))
	if err != nil {
		return nil, &failure{err: err}, nil
	}
	r.Header.Set("Accept", "application/json")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if q.key != "" {
		r.Header.Set("Idempotency-Key", clean(q.key))
	}
	f.opts.Auth.sign(r, f.opts.Secret, body, f.opts.Now())
	answer, err := f.client.Do(r)
	if err != nil {
		return nil, &failure{err: err, again: true}, nil
	}
	defer answer.Body.Close()
	raw, err = io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, &failure{err: fmt.Errorf("answer: %w", err), again: true}, nil
	case len(raw) > maxAnswer:
		return nil, &failure{err: fmt.Errorf("the answer is larger than %d bytes", maxAnswer)}, nil
	}
	return judge(answer, raw)
}

// judge tells an answer from what stands in its way. That something is not there or not known counts only from the company
// itself, in its own words: a proxy's 404 must not pass for "never carried out".
func judge(answer *http.Response, raw jsontext.Value) (jsontext.Value, *failure, error) {
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	isJSON := kind == "application/json" && raw.IsValid()
	said := ""
	if isJSON {
		said = stringOf(raw, "error")
	}
	status := answer.StatusCode
	switch {
	case status == http.StatusOK && isJSON:
		return raw, nil, nil
	case status == http.StatusUnprocessableEntity && isJSON:
		if no, err := member(raw, "refused"); err == nil {
			return nil, nil, typed.Refusal(no)
		}
	case status == http.StatusNotFound && said == saidNotFound:
		return nil, nil, backoffice.ErrNotFound
	case status == http.StatusNotImplemented && said == saidUnsupported:
		return nil, nil, backoffice.ErrUnsupported
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout, status >= 500 && status != http.StatusNotImplemented:
		return nil, &failure{err: fmt.Errorf("the company answers %s", answer.Status), again: true, after: retryAfter(answer)}, nil
	case status/100 == 3:
		return nil, &failure{err: fmt.Errorf("the company answers %s: redirects are not followed, configure the address that answers", answer.Status)}, nil
	}
	return nil, &failure{err: fmt.Errorf("the company answers %s, %s, which is none of the answers in openapi.yaml", answer.Status, kind)}, nil
}

// What the bodies of errors say.
const (
	saidNotFound    = "not_found"
	saidUnsupported = "unsupported"
	saidUnavailable = "unavailable"
)

// longestAfter is the longest pause that a company may ask for; a customer is waiting.
const longestAfter = 2 * time.Second

func retryAfter(answer *http.Response) time.Duration {
	n, err := strconv.Atoi(answer.Header.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, longestAfter)
}

// unreadable is an answer that isn't as declared.
func unreadable(err error) error {
	return fmt.Errorf("%w: its answer is not as declared: %w", backoffice.ErrUnavailable, err)
}

// member is a member of a JSON object that must be there.
func member(raw jsontext.Value, name string) (jsontext.Value, error) {
	var doc map[string]jsontext.Value
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("not a JSON object: %w", err)
	}
	v, ok := doc[name]
	if !ok || v.Kind() == 'n' {
		return nil, errors.New(name + " is missing")
	}
	return v, nil
}

// resultOf is the record of an answer.
func resultOf(raw jsontext.Value) (jsontext.Value, error) {
	v, err := member(raw, "result")
	if err == nil && v.Kind() != '{' {
		err = errors.New("result is no JSON object")
	}
	return v, err
}

func stringOf(raw jsontext.Value, name string) (s string) {
	if v, err := member(raw, name); err == nil {
		_ = json.Unmarshal(v, &s) // of another type: none
	}
	return s
}
