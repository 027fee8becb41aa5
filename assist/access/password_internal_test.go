package access

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"golang.org/x/crypto/argon2"

	"deskhand/assist"
)

func TestDefaultParams_HashAndVerify(t *testing.T) {
	h, err := newHasher(DefaultParams(), 1)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := h.hash(t.Context(), "harbour lantern 7")
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("got %s %v", stored, err)
	}
	for password, want := range map[string]bool{"harbour lantern 7": true, "harbour lantern 8": false, "": false} {
		match, outdated, err := h.verify(t.Context(), password, stored)
		if err != nil || match != want || outdated {
			t.Errorf("%q: got %v %v %v", password, match, outdated, err)
		}
	}
}

// The decoy stands for an unknown login: it must cost what a real hash does and never match.
func TestVerify_UnknownLoginCostsTheSame(t *testing.T) {
	h, _ := newHasher(Params{MemoryKiB: 64, Passes: 1, Lanes: 1}, 1)
	p, salt, sum, err := decodePHC(h.decoy)
	if err != nil || p != h.params || len(salt) != saltBytes || len(sum) != hashBytes {
		t.Fatalf("decoy %s: %v", h.decoy, err)
	}
	if match, _, err := h.verify(t.Context(), "", ""); match || err != nil {
		t.Fatalf("got %v %v", match, err)
	}
}

func TestDecodePHC_RefusesDamage(t *testing.T) {
	good := encodePHC(Params{MemoryKiB: 64, Passes: 1, Lanes: 1}, make([]byte, 16), make([]byte, 32))
	if _, _, _, err := decodePHC(good); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"", "$", good + "$", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=64", "m=4294967295", 1), strings.Replace(good, "t=1", "t=0", 1),
		strings.Replace(good, "p=1", "p=256", 1), strings.Replace(good, "p=1", "p=1,x=2", 1), good[:len(good)-2], good + "=",
	} {
		if _, _, _, err := decodePHC(bad); !errors.Is(err, errBadHash) {
			t.Errorf("%q: got %v", bad, err)
		}
	}
}

func FuzzDecodePHC(f *testing.F) {
	f.Add(encodePHC(DefaultParams(), make([]byte, 16), make([]byte, 32)))
	f.Add("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, salt, sum, err := decodePHC(s)
		if err == nil && encodePHC(p, salt, sum) != s {
			t.Errorf("%q reads as %q", s, encodePHC(p, salt, sum))
		}
	})
}

func TestHasher_BoundsHashesAndTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, _ := newHasher(Params{MemoryKiB: 64, Passes: 1, Lanes: 1}, 2)
		free1, _ := h.turn(t.Context())
		free2, _ := h.turn(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		for range maxWaiting {
			go func() {
				if _, err := h.turn(ctx); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			}()
		}
		synctest.Wait() // all stand in line
		if _, err := h.turn(t.Context()); assist.CodeOf(err) != assist.CodeBusy {
			t.Errorf("a full line: got %v", err)
		}
		cancel()
		synctest.Wait()
		free1()
		free2()
		free, err := h.turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		free()
	})
}

func TestNewHasher_RefusesNonsense(t *testing.T) {
	for _, p := range []Params{{}, {MemoryKiB: 7, Passes: 1, Lanes: 1}, {MemoryKiB: 64, Passes: 0, Lanes: 1}, {MemoryKiB: 1 << 30, Passes: 1, Lanes: 1}} {
		if _, err := newHasher(p, 1); err == nil {
			t.Errorf("%+v passed", p)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	p := DefaultParams()
	for b.Loop() {
		argon2.IDKey([]byte("harbour lantern 7"), make([]byte, saltBytes), p.Passes, p.MemoryKiB, p.Lanes, hashBytes)
	}
}
