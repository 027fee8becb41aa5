package app

import (
	"io/fs"
	"log/slog"
	"testing"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/intent"
	"deskhand/assist/pack"
)

// A pack whose phrases were changed needs its model made anew (make models), or each first start trains it.
func TestModels_ShipForThePacksAsTheyAre(t *testing.T) {
	packs, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		t.Fatal(err)
	}
	models := NewModels("", nil, slog.New(slog.DiscardHandler))
	e, err := models.encoder()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pack.Common, "ecommerce", "banking", "telecom", "education"} {
		loaded, err := pack.Load(packs, backoffice.Actions(), name)
		if err != nil {
			t.Fatal(err)
		}
		if models.shipped(name, intent.PhrasesHash(loaded[0].Phrases, learning(loaded[0])), e) == nil {
			t.Errorf("%s: the shipped model is of other phrases; run `make models`", name)
		}
	}
}
