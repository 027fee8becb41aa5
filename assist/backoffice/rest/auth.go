package rest

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Auth is how a hub proves to the company that it is the hub.
type Auth string

// The ways.
const (
	NoAuth Auth = ""       // behind a proxy that proves it, or on this machine
	Bearer Auth = "bearer" // the secret itself, in Authorization
	HMAC   Auth = "hmac"   // a signature of each request with the secret
)

// minSecret is the shortest secret that is taken, in bytes.
const minSecret = 16

func (a Auth) check(secret []byte) error {
	switch {
	case a != NoAuth && a != Bearer && a != HMAC:
		return fmt.Errorf("auth is %q, must be bearer, hmac or empty", a)
	case a != NoAuth && len(secret) < minSecret:
		return fmt.Errorf("auth %s needs a secret of at least %d characters", a, minSecret)
	case a == Bearer && strings.ContainsFunc(string(secret), func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("the secret of auth bearer has letters, digits and signs only")
	}
	return nil
}

// The headers of auth hmac.
const (
	timeHeader      = "Deskhand-Time" // seconds since 1970
	signatureHeader = "Deskhand-Signature"
)

// sign puts the proof into a request.
func (a Auth) sign(r *http.Request, secret, body []byte, now time.Time) {
	switch a {
	case Bearer:
		r.Header.Set("Authorization", "Bearer "+string(secret))
	case HMAC:
		at := strconv.FormatInt(now.Unix(), 10)
		r.Header.Set(timeHeader, at)
		r.Header.Set(signatureHeader, signature(r, secret, body, at))
	}
}

// signature is lower-case hex HMAC-SHA256 with the secret over version, time, method, path, idempotency key and body, each
// but the last followed by a newline.
func signature(r *http.Request, secret, body []byte, at string) string {
	h := hmac.New(sha256.New, secret)
	_, _ = io.WriteString(h, "deskhand-office-v1\n"+at+"\n"+r.Method+"\n"+r.URL.EscapedPath()+"\n"+r.Header.Get("Idempotency-Key")+"\n")
	_, _ = h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// freshFor is how far the time of a signed request may be off.
const freshFor = 5 * time.Minute

// proved tells whether a request comes from the hub.
func (a Auth) proved(r *http.Request, secret, body []byte, now time.Time) bool {
	switch a {
	case NoAuth:
		return true
	case Bearer:
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		want := sha256.Sum256([]byte("Bearer " + string(secret)))
		return subtle.ConstantTimeCompare(got[:], want[:]) == 1
	case HMAC:
		at := r.Header.Get(timeHeader)
		n, err := strconv.ParseInt(at, 10, 64)
		if err != nil || now.Sub(time.Unix(n, 0)).Abs() > freshFor {
			return false
		}
		return hmac.Equal([]byte(r.Header.Get(signatureHeader)), []byte(signature(r, secret, body, at)))
	}
	return false
}
