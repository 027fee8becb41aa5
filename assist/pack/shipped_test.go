package pack_test

import (
	"io/fs"
	"testing"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/pack"
)

// Each pack that is shipped can be used as it is. Warnings are told, not failed on.
func TestShipped(t *testing.T) {
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"common", "ecommerce", "banking", "telecom", "education"} {
		t.Run(name, func(t *testing.T) {
			loaded, err := pack.Load(packs, backoffice.Actions(), name)
			if err != nil {
				t.Fatalf("the pack can't be used:\n%v", err)
			}
			for _, w := range loaded[0].Warnings {
				t.Log(w)
			}
		})
	}
}
