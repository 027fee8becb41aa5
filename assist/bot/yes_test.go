package bot_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"deskhand/assets"
	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// What customers say when they want something else is no yes to a change that was read back: none of all the phrases that
// the packs know, whatever single characters and small words there are in it.
func TestYes_NoOtherWishIsOne(t *testing.T) {
	files, err := fs.Sub(assets.Packs, "packs")
	if err != nil {
		t.Fatal(err)
	}
	packs, err := pack.Load(files, backoffice.Actions(), "ecommerce", "banking", "telecom", "education")
	if err != nil {
		t.Fatal(err)
	}
	// Thanks are none of a wish, and these say so much of the matter that they may be meant as a yes.
	polite := []string{"affirm", "thanks", "praise"}
	for _, p := range packs {
		heard, taken := 0, 0
		for _, name := range p.Order {
			i := p.Intents[name]
			if i == nil || i.Kind != pack.Action {
				continue
			}
			doing := []string{i.Title.EN, i.Title.ZH, strings.NewReplacer(".", " ", "_", " ").Replace(i.Action)}
			for _, phrase := range p.Phrases {
				if phrase.Intent == name || slices.Contains(polite, phrase.Intent) {
					continue
				}
				heard++
				if entity.YesNo(phrase.Text, phrase.Language, doing...).Verdict != entity.Yes {
					continue
				}
				taken++
				if slices.Contains([]string{"deny", "never_mind", "complaint", "ask_human"}, phrase.Intent) {
					t.Errorf("%s, %s: %q (%s) is a yes", p.Name, name, phrase.Text, phrase.Intent)
				}
			}
		}
		if taken*1000 > heard {
			t.Errorf("%s: %d of %d other wishes are a yes, want one in a thousand at most", p.Name, taken, heard)
		}
	}
}

// A yes that names something else than what was read back is a correction.
func TestDialogue_YesToSomethingElse(t *testing.T) {
	for _, text := range []string{"yes to anna", "好的，给 Anna 吧", "yes, the other one, anna"} {
		d := paying(t, "en")
		d.says(text)
		a := d.answers()
		if len(d.office.changes) > 0 || a.Turn.Slots["payee"] != "Anna" {
			t.Errorf("%q: changed %v, payee %q: %s", text, d.office.changes, a.Turn.Slots["payee"], a.Text)
		}
	}
}
