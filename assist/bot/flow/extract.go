package flow

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// manner is how a text stands to a slot: less must be certain in the answer to the very question.
type manner uint8

const (
	asked   manner = iota // it answers the question for the slot
	opening               // the errand began with it
	mined                 // it answered another question
	amended               // it corrects something while something else is awaited
)

// found is what a text gives for a slot: a value, a value that can't be taken, several that it may mean, or nothing.
type found struct {
	value   *Value
	why     string // of an item: one of entity.Why…
	trouble *Trouble
	several []backoffice.Item
	all     bool              // every item that there is
	rest    []backoffice.Item // that the errand is to be done for as well, one after the other
	used    []entity.Span     // of the text, that can't mean anything else
	at      entity.Span       // of the text, that gave the value
	part    string            // the day of a time whose hour is not said
}

func (f found) nothing() bool {
	return f.value == nil && f.trouble == nil && len(f.several) == 0 && f.part == "" && !f.all
}

// extract reads a text for a slot.
func (e *Engine) extract(ctx context.Context, t *Turn, i *pack.Intent, s *pack.Slot, text string, how manner) (found, error) {
	switch s.Type {
	case pack.Item:
		items, err := t.candidates(ctx, i, s)
		if err != nil {
			return found{}, err
		}
		if f, strange := strangeTail(items, text, how); strange {
			return f, nil
		}
		if allThere(i, s, items, text) {
			return found{all: true}, nil
		}
		f := t.matchItem(i, s, items, text, how)
		if s.People && f.nothing() && how != mined {
			if x, strange := t.stranger(i, s, items, text); strange {
				return x, nil
			}
		}
		if f = eachOf(i, s, items, f, text, how); f.value != nil {
			return f, nil
		}
		kind, free := i.Free[s.Name]
		switch {
		case free && kind == pack.DateTime:
			return t.newTime(s, items, f, text), nil
		case free && f.nothing():
			fresh := *s
			fresh.Type = kind
			return e.extract(ctx, t, i, &fresh, text, how)
		}
		return f, nil
	case pack.Money:
		return t.amount(text, how), nil
	case pack.Date, pack.DateTime:
		return t.meantAsTime(i, t.moment(s, text), how), nil
	case pack.Period:
		return t.period(s, text), nil
	case pack.Number:
		return number(text, how), nil
	case pack.Phone:
		return t.phone(text), nil
	case pack.Email:
		if all := entity.Emails(text); len(all) > 0 {
			return taken(all[len(all)-1], all[len(all)-1].Text), nil
		}
		return t.ownEmail(text, how), nil
	case pack.Code:
		return t.voucher(text, how), nil
	case pack.Address:
		return t.address(text, how), nil
	case pack.Choice:
		return choice(s, text, how, t.State.Language), nil
	case pack.Shape:
		return shaped(s, text), nil
	case pack.Place:
		if s.Kind == "area" {
			return t.area(text, how), nil
		}
		return place(s, text), nil
	case pack.FreeText:
		return t.freeText(s, text, how), nil
	case pack.Name:
		return t.newName(text, how), nil
	case pack.Duration:
		return t.duration(s, text, how), nil
	}
	return found{}, nil
}

// Names tells whether a text names a value of one of the types for a slot of the intent, whatever errand is under way.
func (e *Engine) Names(ctx context.Context, t *Turn, i *pack.Intent, text string, types ...pack.SlotType) bool {
	return e.names(ctx, t, i, text, mined, types)
}

// Alludes tells it of a text that is nothing else than such a value.
func (e *Engine) Alludes(ctx context.Context, t *Turn, i *pack.Intent, text string, types ...pack.SlotType) bool {
	return e.names(ctx, t, i, text, asked, types)
}

func (e *Engine) names(ctx context.Context, t *Turn, i *pack.Intent, text string, how manner, types []pack.SlotType) bool {
	defer t.supposing(i)()
	for _, ref := range i.Slots {
		s := t.Pack.Slots[ref.Name]
		if !slices.Contains(types, s.Type) {
			continue
		}
		if f, err := e.extract(ctx, t, i, s, text, how); err == nil && (f.value != nil || len(f.several) > 0 || s.People && f.trouble != nil) {
			return true
		}
	}
	return false
}

// Complete tells whether a text alone names something for each item and amount that the intent needs, where those are two
// at least.
func (e *Engine) Complete(ctx context.Context, t *Turn, i *pack.Intent, text string) bool {
	defer t.supposing(i)()
	needed := 0
	for _, ref := range i.Slots {
		s := t.Pack.Slots[ref.Name]
		if ref.Optional || s.Type != pack.Item && s.Type != pack.Money {
			continue
		}
		needed++
		if f, err := e.extract(ctx, t, i, s, text, opening); err != nil || f.value == nil {
			return false
		}
	}
	return needed > 1
}

// supposing has texts read as if an errand of the intent had just begun, until what it returns is called.
func (t *Turn) supposing(i *pack.Intent) (end func()) {
	running := t.State.Errand
	t.State.Errand = &Errand{Intent: i.Name}
	t.State.Errand.fill()
	return func() { t.State.Errand = running }
}

func taken(at entity.Span, value string) found {
	return found{value: &Value{V: value}, used: []entity.Span{at}, at: at}
}

func troubled(code, value string) found { return found{trouble: &Trouble{Code: code, Value: value}} }

func number(text string, how manner) found {
	all := entity.Numbers(text)
	if len(all) == 0 || how != asked && len(all) > 1 || math.IsNaN(all[0].Value) {
		return found{}
	}
	return taken(all[0].Span, strconv.FormatFloat(all[0].Value, 'f', -1, 64))
}

func (t *Turn) phone(text string) found {
	all := entity.Phones(text, t.Context())
	if len(all) == 0 {
		return found{}
	}
	switch p := all[0]; {
	case p.Problem != "":
		return troubled(string(p.Problem), p.Text)
	case strings.Contains(p.Text, "+") && p.E164 != "":
		return taken(p.Span, p.E164)
	default:
		return taken(p.Span, p.Digits)
	}
}

func (t *Turn) address(text string, how manner) found {
	if all := entity.Addresses(text, t.State.Language); len(all) > 0 {
		return taken(all[len(all)-1], all[len(all)-1].Text)
	}
	if own := t.ownAddress(text, how); own.value != nil || how != asked || NonAnswer(text) {
		return own
	}
	if tail := entity.Tail(text, t.State.Language); utf8.RuneCountInString(tail) >= leastAddress && strings.ContainsAny(tail, "0123456789０１２３４５６７８９号路街区室栋") {
		return found{value: &Value{V: tail}}
	}
	return found{}
}

const leastAddress = 5

func choice(s *pack.Slot, text string, how manner, language string) found {
	items := make([]entity.Item, len(s.Options))
	for n, o := range s.Options {
		items[n] = entity.Item{ID: o.ID, Names: slices.Concat(o.EN, o.ZH)}
	}
	hits := entity.Match(text, items, entity.Context{Language: language}, nil)
	least := hitMined
	if how == asked {
		least = hitAsked
	}
	if n := slices.IndexFunc(s.Options, func(o pack.Option) bool { return o.ID == shortly(s, text) }); n >= 0 && how == asked && (len(hits) == 0 || hits[0].Score < hitMined) {
		return found{value: &Value{V: s.Options[n].ID, EN: s.Options[n].Name("en"), ZH: s.Options[n].Name("zh")}}
	}
	if len(hits) == 0 || hits[0].Score < least || len(hits) > 1 && hits[1].Score > hits[0].Score-nearTie && hits[1].Item.ID != hits[0].Item.ID {
		return found{}
	}
	if how == mined && hits[0].Why == entity.WhyPosition {
		return found{}
	}
	n := slices.IndexFunc(s.Options, func(o pack.Option) bool { return o.ID == hits[0].Item.ID })
	v := Value{V: s.Options[n].ID, EN: s.Options[n].Name("en"), ZH: s.Options[n].Name("zh")}
	return found{value: &v}
}

// shortly is the only option whose name of one Chinese character an answer has in it, 比较高, unless it is denied there.
func shortly(s *pack.Slot, text string) string {
	only := ""
	for _, o := range s.Options {
		for _, name := range o.ZH {
			at := strings.Index(text, name)
			switch {
			case at < 0 || utf8.RuneCountInString(name) != 1:
			case only != "" && only != o.ID, strings.ContainsAny(text[:at], "不没别"):
				return ""
			default:
				only = o.ID
			}
		}
	}
	return only
}

func shaped(s *pack.Slot, text string) found {
	all := entity.Identifiers(text, []entity.Pattern{{Kind: s.Name, Shape: s.Shape}})
	switch {
	case len(all) == 0:
		return found{}
	case all[0].Problem != "":
		return troubled(string(all[0].Problem), all[0].Text)
	}
	return taken(all[0].Span, all[0].Value)
}

func place(s *pack.Slot, text string) found {
	all := entity.Countries(text)
	if s.Kind == "city" {
		all = entity.Cities(text)
	}
	if len(all) == 0 {
		return found{}
	}
	p := all[len(all)-1]
	v := inItsLanguage(p)
	return found{value: &v, used: []entity.Span{p.Span}}
}
