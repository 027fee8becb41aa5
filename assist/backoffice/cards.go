package backoffice

// Cards are a bank customer's cards.
func Cards() Domain {
	which := []Field{{Name: "card", Type: ID, Optional: true}} // without: the only one that it can be about
	one := func(more ...Field) []Field { return append(card(), more...) }
	return Domain{Name: "cards", Actions: []Action{
		{Name: "cards.block", Change: true, Args: which, Terms: card(), Result: one(Field{Name: "reference", Type: ID})},
		{Name: "cards.activate", Change: true, Args: which, Terms: card(), Result: card()},
		{
			Name: "cards.reset_pin", Change: true, Args: which,
			Terms: one(Field{Name: "phone", Type: Text}), Result: one(Field{Name: "phone", Type: Text}), // last four digits of the phone that the new PIN is set with
		},
		{
			Name: "cards.last_decline", Args: which,
			Result: one(
				Field{Name: "found", Type: Bool}, // false: no payment with the card was declined
				Field{Name: "at", Type: Date, Optional: true}, Field{Name: "merchant", Type: Text, Optional: true},
				Field{Name: "reason", Type: Text, Optional: true}, // over_daily_limit …
				Field{Name: "reason_text", Type: Text, Optional: true}, Field{Name: "advice", Type: Text, Optional: true},
			),
		},
		{
			Name: "cards.delivery",
			Result: []Field{
				{Name: "cards", Type: List, Optional: true, Fields: one(Field{Name: "eta", Type: Date, Optional: true})}, // in the post
				{Name: "waiting", Type: List, Optional: true, Fields: card()},                                            // arrived, not activated
			},
		},
	}}
}

// card are the fields of one card.
func card() []Field {
	return []Field{
		{Name: "card", Type: ID}, {Name: "last4", Type: Text}, {Name: "kind", Type: Text}, // debit, credit
		{Name: "name", Type: Text},   // of the kind, for the reader
		{Name: "status", Type: Text}, // active, inactive, in_post, blocked …
		{Name: "status_text", Type: Text},
	}
}
