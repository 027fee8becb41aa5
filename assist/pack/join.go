package pack

import (
	"maps"
	"slices"

	"deskhand/assist/knowledge"
	"deskhand/assist/nlu"
)

// Join makes one pack of those that an inbox names; where two say different things the first one counts.
func Join(packs ...*Pack) *Pack {
	if len(packs) == 1 {
		return packs[0]
	}
	p := *packs[0]
	p.Slots, p.Intents, p.Actions, p.replies = maps.Clone(p.Slots), maps.Clone(p.Intents), maps.Clone(p.Actions), maps.Clone(p.replies)
	p.Order, p.Phrases, p.Articles = slices.Clone(p.Order), slices.Clone(p.Phrases), slices.Clone(p.Articles)
	for _, other := range packs[1:] {
		p.merge(other)
		p.Name += "+" + other.Name
	}
	seen := map[nlu.Phrase]bool{} // each pack has brought the common ones
	p.Phrases = slices.DeleteFunc(p.Phrases, func(x nlu.Phrase) bool {
		double := seen[x]
		seen[x] = true
		return double
	})
	told := map[string]bool{}
	p.Articles = slices.DeleteFunc(p.Articles, func(a knowledge.Article) bool {
		key := a.Pack + "/" + a.ID + "/" + a.Language
		double := told[key]
		told[key] = true
		return double
	})
	return &p
}
