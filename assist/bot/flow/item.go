package flow

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// candidates are what an item slot may mean, as the errand stands; once a turn for each.
func (t *Turn) candidates(ctx context.Context, i *pack.Intent, s *pack.Slot) ([]backoffice.Item, error) {
	if t.Office == nil {
		return nil, backoffice.ErrUnavailable
	}
	args := t.State.Errand.values()
	key := s.Kind + " " + t.party + fmt.Sprint(args)
	if items, ok := t.items[key]; ok {
		return items, nil
	}
	c := t.call("", args)
	c.Action = i.Action
	items, err := t.Office.Items(ctx, s.Kind, c)
	if errors.Is(err, backoffice.ErrUnsupported) || errors.Is(err, backoffice.ErrNotFound) {
		items, err = nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("items %s: %w", s.Kind, err)
	}
	t.items[key] = items
	return items, nil
}

// preferred are the candidates that the intent is about: only those of some status, say.
func preferred(i *pack.Intent, slot string, items []backoffice.Item) []backoffice.Item {
	only := i.Only[slot]
	if len(only) == 0 {
		return items
	}
	var out []backoffice.Item
	for _, item := range items {
		fits := true
		for attribute, values := range only {
			fits = fits && slices.Contains(values, item.Attributes[attribute])
		}
		if fits {
			out = append(out, item)
		}
	}
	return out
}

// Scores of entity.Match from which a hit counts: less is asked of a text that answers the question.
const (
	hitAsked   = 0.3
	hitMined   = 0.55
	nearTie    = 0.12
	sureEnough = 0.9
)

// matchItem finds which of the candidates a text means.
func (t *Turn) matchItem(i *pack.Intent, s *pack.Slot, items []backoffice.Item, text string, how manner) found {
	if v, ok := t.State.Buttons[strings.TrimSpace(text)]; ok && how == asked {
		if n := slices.IndexFunc(items, func(x backoffice.Item) bool { return x.ID == v }); n >= 0 {
			return t.itemFound(items[n], entity.Hit{End: len(text), Why: entity.WhyName})
		}
	}
	all := asEntities(t.inOrder(s.Kind, items))
	hits := entity.Match(t.side(i, s, text, how), all, t.Context(), t.State.Mentioned)
	if len(hits) == 0 {
		hits = entity.Match(text, all, t.Context(), t.State.Mentioned)
	}
	least := hitMined
	if how == asked {
		least = hitAsked
	}
	hits = slices.DeleteFunc(hits, func(h entity.Hit) bool {
		return h.Score < least || how == mined && (h.Why == entity.WhyPosition || h.Why == entity.WhyMention)
	})
	if how == amended {
		if f, refused := t.refusedValue(s, text, &hits); refused {
			return f
		}
	}
	if f, foreign := t.foreign(s, items, text, hits); foreign {
		return f
	}
	if hits = t.apart(i, s, hits); len(hits) == 0 {
		return found{}
	}
	rivals := slices.DeleteFunc(slices.Clone(hits), func(h entity.Hit) bool { return h.Score < hits[0].Score-nearTie })
	if f, listed := t.listed(items, rivals, text); listed {
		return f
	}
	return t.among(i, s, items, rivals)
}

// refusedValue looks at a correction: the value that it replaces isn't meant by it, and one that is denied without another
// in its place is to be asked for.
func (t *Turn) refusedValue(s *pack.Slot, text string, hits *[]entity.Hit) (found, bool) {
	denied := false
	*hits = slices.DeleteFunc(*hits, func(h entity.Hit) bool {
		if h.Item.ID != t.amending || !denies(text[:h.Start]) {
			return false
		}
		denied = true
		return true
	})
	if others := slices.DeleteFunc(slices.Clone(*hits), func(h entity.Hit) bool { return h.Item.ID == t.amending }); len(others) > 0 && denied {
		*hits = others
	}
	if denied && len(*hits) == 0 {
		return found{trouble: &Trouble{Code: "denied"}}, true
	}
	return found{}, false
}

// denies tells whether what stands before a name denies it.
func denies(before string) bool {
	before = strings.TrimRight(strings.ToLower(before), " 	“\"'")
	for _, lead := range []string{" to", " the", " for", " from", "给", "是", "要"} {
		before = strings.TrimRight(strings.TrimSuffix(before, lead), " ")
	}
	for _, w := range []string{"not", "n't", "no", "instead of", "rather than", "不", "别", "不要", "不用"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// apart leaves to each of two slots of one kind its own: "compare the A with the B" is A for the first, B for the other.
func (t *Turn) apart(i *pack.Intent, s *pack.Slot, hits []entity.Hit) []entity.Hit {
	r, open := t.State.Errand, 0
	for _, ref := range i.Slots {
		other := t.Pack.Slots[ref.Name]
		if other.Kind != s.Kind || other.Type != pack.Item || other == s {
			continue
		}
		v, filled := r.Slots[ref.Name]
		if !filled {
			open++
			continue
		}
		hits = slices.DeleteFunc(hits, func(h entity.Hit) bool { return h.Item.ID == v.V })
	}
	if open == 0 || len(hits) < 2 {
		return hits
	}
	first := slices.MinFunc(hits, func(a, b entity.Hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), -cmp.Compare(a.Score, b.Score))
	})
	return []entity.Hit{first}
}

// among decides between hits that fit about as well: those that the intent is about come first.
func (t *Turn) among(i *pack.Intent, s *pack.Slot, items []backoffice.Item, hits []entity.Hit) found {
	var several []backoffice.Item
	var first entity.Hit
	for _, h := range hits {
		n := slices.IndexFunc(items, func(x backoffice.Item) bool { return x.ID == h.Item.ID })
		if n < 0 || slices.ContainsFunc(several, func(x backoffice.Item) bool { return x.ID == h.Item.ID }) {
			continue
		}
		if len(several) == 0 {
			first = h
		}
		several = append(several, items[n])
	}
	if len(several) > 1 {
		if better := preferred(i, s.Name, several); len(better) == 1 {
			several = better
			for _, h := range hits {
				if h.Item.ID == better[0].ID {
					first = h
				}
			}
		}
	}
	switch len(several) {
	case 0:
		return found{}
	case 1:
		return t.itemFound(several[0], first)
	}
	return found{several: several}
}

func (t *Turn) itemFound(x backoffice.Item, h entity.Hit) found {
	f := found{value: valueOf(x), why: h.Why, at: entity.Span{Start: h.Start, End: h.End}}
	// A name may mean something for another slot too (the order by what is in it); a number or a place in a list may not.
	if h.Why != entity.WhyName && h.Why != entity.WhyChild && h.Why != entity.WhyAttribute {
		f.used = []entity.Span{{Start: h.Start, End: h.End}}
	}
	return f
}

// foreign finds a complete id of the kind that is none of the customer's.
func (t *Turn) foreign(s *pack.Slot, items []backoffice.Item, text string, hits []entity.Hit) (found, bool) {
	shapes := t.patterns(s.Kind)
	if len(shapes) == 0 {
		return found{}, false
	}
	var strange *entity.Identifier
	for _, id := range entity.Identifiers(text, shapes) {
		ours := slices.ContainsFunc(items, func(x backoffice.Item) bool { return strings.EqualFold(x.ID, id.Value) })
		if ours {
			return found{}, false
		}
		covered := slices.ContainsFunc(hits, func(h entity.Hit) bool {
			return h.Score >= sureEnough && h.Start < id.End && id.Start < h.End
		})
		if !id.Partial && !covered && strange == nil {
			strange = &id
		}
	}
	if strange == nil {
		return found{}, false
	}
	code := "not_yours"
	if strange.Problem != "" {
		code = "unknown"
	}
	return found{trouble: &Trouble{Code: code, Value: strange.Value}}, true
}

// newTime reads a time for a slot of what comes again every week, e.g. a class: one of the items, or another time, which
// the back office is to judge.
func (t *Turn) newTime(s *pack.Slot, items []backoffice.Item, f found, text string) found {
	fresh := *s
	fresh.Type, fresh.Future = pack.DateTime, true
	other := t.moment(&fresh, text)
	if other.value == nil && other.part == "" || f.trouble != nil {
		return f
	}
	if other.value == nil { // a day without its hour
		if f.nothing() {
			return found{value: &Value{V: other.part}}
		}
		return f
	}
	at, err := time.Parse("2006-01-02T15:04", other.value.V)
	if err != nil || slices.ContainsFunc(items, func(x backoffice.Item) bool {
		return x.At.Weekday() == at.Weekday() && x.At.Hour() == at.Hour() && x.At.Minute() == at.Minute()
	}) {
		return f
	}
	return other
}

func valueOf(x backoffice.Item) *Value {
	v := Value{V: x.ID, ZH: x.NameZH}
	if len(x.Names) > 0 {
		v.EN = x.Names[0]
	}
	return &v
}

// inOrder sorts items as they were last shown, so that "the second one" is the second one on the screen.
func (t *Turn) inOrder(kind string, items []backoffice.Item) []backoffice.Item {
	shown := t.State.Lists[kind]
	if len(shown) == 0 {
		return items
	}
	out := make([]backoffice.Item, 0, len(items))
	for _, id := range shown {
		if n := slices.IndexFunc(items, func(x backoffice.Item) bool { return x.ID == id }); n >= 0 {
			out = append(out, items[n])
		}
	}
	for _, x := range items {
		if !slices.Contains(shown, x.ID) {
			out = append(out, x)
		}
	}
	return out
}

func asEntities(items []backoffice.Item) []entity.Item {
	out := make([]entity.Item, len(items))
	for n, x := range items {
		names := x.Names
		if x.NameZH != "" && !slices.Contains(names, x.NameZH) {
			names = append(slices.Clone(names), x.NameZH)
		}
		price, _ := pack.Cents(x.Attributes["price"])
		out[n] = entity.Item{ID: x.ID, Kind: x.Kind, Names: names, At: x.At, Price: price, Attributes: x.Attributes}
	}
	return out
}
