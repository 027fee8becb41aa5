package demo

import (
	"slices"

	"deskhand/assist/backoffice"
)

func (x *bankCard) record(language string) backoffice.Record {
	return backoffice.Record{
		"card": x.ID, "last4": x.Last4, "kind": x.Kind, "name": cardKind(x.Kind, language), "status": x.Status, "status_text": cardText(x.Status, language),
	}
}

// facts are the card's fields and when it arrives.
func (x *bankCard) facts(language string) backoffice.Record {
	r := x.record(language)
	if !x.ETA.IsZero() {
		r["eta"] = x.ETA
	}
	return r
}

// card is the one of the customer's cards that the call is about; where it can be only one, it need not be named.
func (s *bank) card(c backoffice.Call) (*bankCustomer, *bankCard, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	id := c.Args["card"]
	if id == "" {
		likely := who.likelyCards(c.Action)
		switch {
		case len(who.Cards) == 0:
			return nil, nil, &backoffice.Refusal{Code: "no_card"}
		case len(likely) == 1:
			id = likely[0]
		default:
			return nil, nil, &backoffice.Refusal{Code: "which_card", Slot: "card"}
		}
	}
	n := slices.IndexFunc(who.Cards, func(x bankCard) bool { return x.ID == id })
	if n < 0 {
		return nil, nil, notYours("card", id)
	}
	return who, &who.Cards[n], nil
}

// likelyCards are the ids of those that an action is about when nobody says which: the active ones for a block, the ones
// not yet active for an activation, those that were declined for the reason why. Where none fits, all are.
func (who *bankCustomer) likelyCards(action string) []string {
	fits := map[string][]func(bankCard) bool{
		"cards.block":        {is(cardActive)},
		"cards.activate":     {is(cardInactive), is(cardInPost)},
		"cards.reset_pin":    {is(cardActive)},
		"cards.last_decline": {func(x bankCard) bool { return x.LastDecline != nil }, is(cardActive)},
	}[action]
	for _, fit := range append(fits, func(bankCard) bool { return true }) {
		var ids []string
		for _, x := range who.Cards {
			if fit(x) {
				ids = append(ids, x.ID)
			}
		}
		if len(ids) > 0 {
			return ids
		}
	}
	return nil
}

func is(status string) func(bankCard) bool {
	return func(x bankCard) bool { return x.Status == status }
}

func (s *bank) cardsBlock(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	_, x, err := s.card(c)
	switch {
	case err != nil:
		return nil, nil, err
	case x.Status == cardBlocked:
		return nil, nil, &backoffice.Refusal{Code: "blocked_already", Facts: x.facts(c.Language)}
	}
	return x.record(c.Language), func() backoffice.Record {
		x.Status = cardBlocked
		out := x.record(c.Language)
		out["reference"] = s.paper("BL", c.Now)
		return out
	}, nil
}

func (s *bank) cardsActivate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	_, x, err := s.card(c)
	if err != nil {
		return nil, nil, err
	}
	if x.Status != cardInactive {
		code := map[string]string{cardActive: "active_already", cardInPost: "in_post", cardBlocked: "blocked"}[x.Status]
		if code == "" {
			code = "card_status"
		}
		return nil, nil, &backoffice.Refusal{Code: code, Facts: x.facts(c.Language)}
	}
	return x.record(c.Language), func() backoffice.Record {
		x.Status = cardActive
		return x.record(c.Language)
	}, nil
}

func (s *bank) cardsResetPIN(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, x, err := s.card(c)
	if err != nil {
		return nil, nil, err
	}
	if x.Status != cardActive {
		code := map[string]string{cardInactive: "inactive", cardInPost: "in_post", cardBlocked: "blocked"}[x.Status]
		if code == "" {
			code = "card_status"
		}
		return nil, nil, &backoffice.Refusal{Code: code, Facts: x.facts(c.Language)}
	}
	out := x.record(c.Language)
	digits := digitsOf(who.Phone)
	out["phone"] = digits[max(0, len(digits)-4):]
	return out, func() backoffice.Record { return out }, nil
}

func (s *bank) cardsLastDecline(c backoffice.Call) (backoffice.Record, error) {
	_, x, err := s.card(c)
	if err != nil {
		return nil, err
	}
	out := x.record(c.Language)
	out["found"] = x.LastDecline != nil
	if d := x.LastDecline; d != nil {
		out["at"], out["merchant"], out["reason"] = d.At.In(c.Now.Location()), d.Merchant, d.Reason
		out["reason_text"] = declineText(d.Reason, c.Language)
		if advice := declineAdvice(d.Reason, c.Language); advice != "" {
			out["advice"] = advice
		}
	}
	return out, nil
}

func (s *bank) cardsDelivery(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	var posted, waiting []backoffice.Record
	for i := range who.Cards {
		switch x := &who.Cards[i]; x.Status {
		case cardInPost:
			posted = append(posted, x.facts(c.Language))
		case cardInactive:
			waiting = append(waiting, x.record(c.Language))
		}
	}
	return backoffice.Record{"cards": posted, "waiting": waiting}, nil
}
