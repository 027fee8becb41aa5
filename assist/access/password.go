package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"

	"deskhand/assist"
)

// Params are the costs of argon2id. The zero value means DefaultParams.
type Params struct {
	MemoryKiB uint32 // memory of one hash, KiB
	Passes    uint32 // passes over the memory ("t" in RFC 9106)
	Lanes     uint8  // degree of parallelism ("p" in RFC 9106)
}

// DefaultParams is the first choice for argon2id of the OWASP Password Storage Cheat Sheet: 19 MiB, two
// passes, one lane. RFC 9106 section 4 offers 64 MiB with three passes as well; the smaller memory lets a
// hub on a small machine check several sign-ins at once without crowding out the conversations.
func DefaultParams() Params { return Params{MemoryKiB: 19 * 1024, Passes: 2, Lanes: 1} }

// Sizes of salt and hash: RFC 9106 section 3.1 recommends 16 bytes of salt, section 4 a 256-bit tag.
const (
	saltBytes = 16
	hashBytes = 32
)

// Limits of the parameters read back from a stored hash, so that a damaged row cannot ask for all memory.
const (
	maxMemoryKiB = 1 << 20 // 1 GiB
	maxPasses    = 64
)

// maxWaiting is how many sign-ins may wait for their turn at hashing; more are sent away with CodeBusy.
const maxWaiting = 64

var errBadHash = errors.New("stored password hash is not an argon2id PHC string")

// hasher makes and checks password hashes, at most cap(turns) at a time because each takes MemoryKiB.
type hasher struct {
	params  Params
	turns   chan struct{}
	waiting atomic.Int32
	decoy   string // a hash of nobody's password: an unknown login costs what a known one does
}

// newHasher makes a hasher. atOnce is how many hashes may be computed at the same time.
func newHasher(p Params, atOnce int) (*hasher, error) {
	if p.Passes == 0 || p.Lanes == 0 || p.MemoryKiB < 8*uint32(p.Lanes) || p.MemoryKiB > maxMemoryKiB || p.Passes > maxPasses {
		return nil, fmt.Errorf("argon2id parameters m=%d,t=%d,p=%d are out of range", p.MemoryKiB, p.Passes, p.Lanes)
	}
	h := &hasher{params: p, turns: make(chan struct{}, atOnce)}
	h.decoy = encodePHC(p, make([]byte, saltBytes), make([]byte, hashBytes))
	return h, nil
}

// hash is the PHC string of a password with a fresh salt:
// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>, base64 without padding (PHC string format, argon2 README).
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	salt := make([]byte, saltBytes)
	rand.Read(salt) // never fails, see crypto/rand
	sum := argon2.IDKey([]byte(password), salt, h.params.Passes, h.params.MemoryKiB, h.params.Lanes, hashBytes)
	return encodePHC(h.params, salt, sum), nil
}

// verify tells whether password belongs to the stored PHC string, and whether the string should be made
// anew because the parameters have grown since. An empty stored string takes the time of a real one and
// never matches.
func (h *hasher) verify(ctx context.Context, password, stored string) (match, outdated bool, err error) {
	known := stored != ""
	if !known {
		stored = h.decoy
	}
	p, salt, want, err := decodePHC(stored)
	if err != nil {
		return false, false, err
	}
	release, err := h.turn(ctx)
	if err != nil {
		return false, false, err
	}
	defer release()
	got := argon2.IDKey([]byte(password), salt, p.Passes, p.MemoryKiB, p.Lanes, uint32(len(want)))
	equal := subtle.ConstantTimeCompare(got, want) == 1
	return equal && known, h.outdated(p, len(salt), len(want)), nil
}

// outdated tells whether a hash of the parameters p is weaker than one made today.
func (h *hasher) outdated(p Params, salt, sum int) bool {
	return p.MemoryKiB < h.params.MemoryKiB || p.Passes < h.params.Passes || p.Lanes != h.params.Lanes ||
		salt < saltBytes || sum < hashBytes
}

// turn waits until one more hash may be computed. A full line is refused: who waits longer than a person
// would only holds memory.
func (h *hasher) turn(ctx context.Context) (release func(), err error) {
	if h.waiting.Add(1) > maxWaiting {
		h.waiting.Add(-1)
		return nil, &assist.Error{Code: assist.CodeBusy, Detail: "too many sign-ins at once", RetryAfter: 2 * time.Second}
	}
	defer h.waiting.Add(-1)
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to check a password: %w", ctx.Err())
	}
}

func encodePHC(p Params, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.MemoryKiB, p.Passes, p.Lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}

// decodePHC reads what encodePHC wrote, and refuses anything else rather than guess.
func decodePHC(s string) (p Params, salt, sum []byte, err error) {
	parts := strings.Split(s, "$")
	if strings.ContainsAny(s, "\r\n") { // which package base64 skips
		return p, nil, nil, errBadHash
	}
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errBadHash
	}
	var m, t, l uint64
	if n, scanErr := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &m, &t, &l); n != 3 || scanErr != nil ||
		m > maxMemoryKiB || t == 0 || t > maxPasses || l == 0 || l > math.MaxUint8 || m < 8*l {
		return p, nil, nil, errBadHash
	}
	p = Params{MemoryKiB: uint32(m), Passes: uint32(t), Lanes: uint8(l)}
	if parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", m, t, l) {
		return p, nil, nil, errBadHash
	}
	salt, saltErr := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(salt) < 8 || len(sum) < 16 || len(sum) > 64 {
		return p, nil, nil, errBadHash
	}
	return p, salt, sum, nil
}
