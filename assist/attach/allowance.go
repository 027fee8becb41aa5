package attach

import (
	"io"
	"net/http"
	"net/netip"
	"time"

	"deskhand/assist"
	"deskhand/assist/quota"
)

// Allowance is what may be uploaded in one Options.Window. Both are needed.
type Allowance struct {
	Files int
	Bytes int64
}

// allowances are what customers and the addresses that they come from have uploaded lately. Agents, who are known by
// name, have no bound.
type allowances struct {
	remote    func(*http.Request) string
	customers uses[assist.Identity]
	networks  uses[netip.Prefix] // a customer can be another visitor with the next page
}

// uses is what each of some has uploaded lately.
type uses[K comparable] struct {
	files, bytes *quota.Quota[K]
}

func newAllowances(o Options) *allowances {
	return &allowances{
		remote:    o.Remote,
		customers: newUses[assist.Identity](o.PerCustomer, o.Window, o.Now),
		networks:  newUses[netip.Prefix](o.PerAddress, o.Window, o.Now),
	}
}

func newUses[K comparable](a Allowance, window time.Duration, now func() time.Time) uses[K] {
	return uses[K]{
		files: quota.New[K](quota.Options{Amount: int64(a.Files), Per: window, Now: now}),
		bytes: quota.New[K](quota.Options{Amount: a.Bytes, Per: window, Now: now}),
	}
}

func (u uses[K]) take(key K, size int64) (wait time.Duration, ok bool) {
	if wait, ok = u.files.Take(key, 1); !ok {
		return wait, false
	}
	if wait, ok = u.bytes.Take(key, size); !ok {
		u.files.Give(key, 1)
	}
	return wait, ok
}

// reserve sets an upload of up to size bytes aside. When it has ended, settle must be told how many came.
func (a *allowances) reserve(by who, r *http.Request, size int64) (settle func(came int64), err error) {
	if by.agent != nil {
		return func(int64) {}, nil
	}
	network := quota.Network(a.remote(r))
	wait, ok := a.customers.take(by.person, size)
	if !ok {
		return nil, quota.Refused(assist.CodeUploadQuota, "this customer's uploads are used up", wait)
	}
	if wait, ok = a.networks.take(network, size); !ok {
		a.customers.files.Give(by.person, 1)
		a.customers.bytes.Give(by.person, size)
		return nil, quota.Refused(assist.CodeUploadQuota, "the uploads of this network address are used up", wait)
	}
	return func(came int64) {
		if rest := size - came; rest > 0 {
			a.customers.bytes.Give(by.person, rest)
			a.networks.bytes.Give(network, rest)
		}
	}, nil
}

// counter counts what is read, and keeps what ended the reading before its end.
type counter struct {
	io.Reader
	n   int64
	err error
}

// Read implements io.Reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}
