package backoffice

// Accounts are a bank customer's accounts and what went through them.
func Accounts() Domain {
	which := []Field{{Name: "account", Type: ID, Optional: true}}
	return Domain{Name: "accounts", Actions: []Action{
		{
			Name: "accounts.get", Args: which, // without an account: all of them
			Result: []Field{{Name: "accounts", Type: List, Fields: account()}, {Name: "several", Type: Bool}},
		},
		{
			Name: "accounts.transactions",
			Args: append(which, Field{Name: "period", Type: Text, Optional: true}), // 2006-01-02/2006-01-02, both days included
			Result: []Field{
				{Name: "account", Type: ID, Optional: true}, {Name: "name", Type: Text, Optional: true},
				{Name: "from", Type: Date, Optional: true}, {Name: "to", Type: Date, Optional: true},
				{Name: "transactions", Type: List, Optional: true, Fields: []Field{ // newest first
					{Name: "at", Type: Date}, {Name: "amount", Type: Money}, {Name: "merchant", Type: Text}, {Name: "account", Type: ID},
				}},
				{Name: "more", Type: Number, Optional: true}, // that were left out
			},
		},
	}}
}

// account are the fields of one account.
func account() []Field {
	return []Field{
		{Name: "account", Type: ID}, {Name: "kind", Type: Text}, // current, savings …
		{Name: "name", Type: Text}, // of the kind, for the reader
		{Name: "balance", Type: Money},
	}
}

// Statements are documents about an account.
func Statements() Domain {
	span := []Field{{Name: "account", Type: ID}, {Name: "name", Type: Text}, {Name: "from", Type: Date}, {Name: "to", Type: Date}}
	return Domain{Name: "statements", Actions: []Action{{
		Name: "statements.send", Change: true,
		Args:   []Field{{Name: "account", Type: ID, Optional: true}, {Name: "period", Type: Text}},
		Terms:  span,
		Result: append(span, Field{Name: "reference", Type: ID}),
	}}}
}
