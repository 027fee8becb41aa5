package verify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// WebhookOptions configure a Webhook. URL and Secret are needed.
type WebhookOptions struct {
	URL    string
	Secret []byte
	Client *http.Client // default: one that follows no redirects
	Now    func() time.Time
	Within time.Duration // for all tries together; default 6 s
	Tries  int           // default 2
}

// Webhook is a Sender that hands codes to the company's SMS gateway by HTTP; WEBHOOK.md is its contract.
type Webhook struct{ opts WebhookOptions }

// NewWebhook checks the options.
func NewWebhook(o WebhookOptions) (*Webhook, error) {
	if o.URL == "" || len(o.Secret) == 0 {
		return nil, errors.New("webhook of codes: URL or Secret is missing")
	}
	if o.Client == nil {
		o.Client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	setDefault(&o.Within, 6*time.Second)
	setDefault(&o.Tries, 2)
	return &Webhook{o}, nil
}

// webhookBody is what the gateway gets.
type webhookBody struct {
	ID       string `json:"id"` // the same for each try
	Inbox    string `json:"inbox"`
	Party    string `json:"party"`
	Phone    string `json:"phone"`
	Language string `json:"language"`
	Code     string `json:"code"`
	Text     string `json:"text"`
	LifeS    int    `json:"life_s"`
}

// SendCode implements Sender. Its errors tell the status and never the code.
func (w *Webhook) SendCode(ctx context.Context, m Message) error {
	body, err := json.Marshal(webhookBody{ID: m.ID, Inbox: string(m.Inbox), Party: m.Party, Phone: m.Phone, Language: m.Language,
		Code: m.Code, Text: m.Text(), LifeS: int(m.Life.Seconds())})
	if err != nil {
		return fmt.Errorf("code for %s: %w", m.Party, err)
	}
	ctx, cancel := context.WithTimeout(ctx, w.opts.Within)
	defer cancel()
	var last error
	for n := range w.opts.Tries {
		each, done := context.WithTimeout(ctx, w.opts.Within/time.Duration(w.opts.Tries-n+1))
		again, err := w.post(each, body)
		done()
		if err == nil {
			return nil
		}
		if last = err; !again || ctx.Err() != nil {
			break
		}
	}
	return fmt.Errorf("code for %s: %w", m.Party, last)
}

// post tries once; again tells whether another try may help.
func (w *Webhook) post(ctx context.Context, body []byte) (again bool, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.opts.URL, bytes.NewReader(body))
	if err != nil {
		return false, fmt.Errorf("gateway: %w", err)
	}
	at := strconv.FormatInt(w.opts.Now().Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Deskhand-Time", at)
	r.Header.Set("Deskhand-Signature", Sign(w.opts.Secret, at, body))
	answer, err := w.opts.Client.Do(r)
	if err != nil {
		return true, fmt.Errorf("gateway: %w", err)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // so that the connection can be used again
	_ = answer.Body.Close()
	if answer.StatusCode/100 == 2 {
		return false, nil
	}
	return answer.StatusCode >= 500 || answer.StatusCode == http.StatusTooManyRequests, fmt.Errorf("gateway answers %s", answer.Status)
}

// Sign is the signature of a webhook: lower-case hex HMAC-SHA256 with the secret over the time, a newline and the body.
func Sign(secret []byte, at string, body []byte) string {
	h := hmac.New(sha256.New, secret)
	_, _ = io.WriteString(h, "deskhand-code-v1\n"+at+"\n")
	_, _ = h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}
