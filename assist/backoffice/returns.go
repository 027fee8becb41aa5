package backoffice

// Returns are things that come back.
func Returns() Domain {
	return Domain{Name: "returns", Actions: []Action{
		{
			// Tells early, before item and reason are asked for, whether anything of the order can still go back.
			Name:   "returns.allowed",
			Args:   []Field{{Name: "order_id", Type: ID}},
			Result: []Field{{Name: "order_id", Type: ID}, {Name: "until", Type: Date}},
		},
		{
			Name: "returns.create", Change: true,
			Args:   []Field{{Name: "order_id", Type: ID}, {Name: "item", Type: ID}, {Name: "reason", Type: Text}},
			Terms:  []Field{{Name: "name", Type: Text}, {Name: "variant", Type: Text, Optional: true}, {Name: "quantity", Type: Number}, {Name: "refund", Type: Money}, {Name: "until", Type: Date}},
			Result: []Field{{Name: "return", Type: ID}, {Name: "refund", Type: Money}, {Name: "until", Type: Date}},
		},
	}}
}

// Exchanges are things that come back for another variant of the same.
func Exchanges() Domain {
	return Domain{Name: "exchanges", Actions: []Action{{
		Name: "exchanges.create", Change: true,
		Args: []Field{{Name: "order_id", Type: ID}, {Name: "item", Type: ID}, {Name: "variant", Type: ID}},
		Terms: []Field{
			{Name: "name", Type: Text}, {Name: "variant", Type: Text}, {Name: "variant_before", Type: Text, Optional: true}, {Name: "quantity", Type: Number},
		},
		Result: []Field{{Name: "exchange", Type: ID}, {Name: "variant", Type: Text}},
	}}}
}

// Refunds are money that goes back.
func Refunds() Domain {
	return Domain{Name: "refunds", Actions: []Action{
		{
			Name: "refunds.get", Args: []Field{{Name: "order_id", Type: ID}},
			Result: []Field{
				{Name: "order_id", Type: ID}, {Name: "summary", Type: Text}, {Name: "found", Type: Bool}, // false: there is none for the order
				{Name: "status", Type: Text, Optional: true}, {Name: "status_text", Type: Text, Optional: true},
				{Name: "paid_out", Type: Bool, Optional: true}, {Name: "amount", Type: Money, Optional: true}, {Name: "received_back", Type: Date, Optional: true},
			},
		},
		{
			// Tells early whether the order can be refunded, before a reason is asked for.
			Name:   "refunds.allowed",
			Args:   []Field{{Name: "order_id", Type: ID}},
			Result: []Field{{Name: "order_id", Type: ID}, {Name: "amount", Type: Money}},
		},
		{
			Name: "refunds.create", Change: true,
			Args:   []Field{{Name: "order_id", Type: ID}, {Name: "reason", Type: Text}},
			Terms:  []Field{{Name: "summary", Type: Text}, {Name: "amount", Type: Money}},
			Result: []Field{{Name: "refund", Type: ID}, {Name: "amount", Type: Money}},
		},
	}}
}
