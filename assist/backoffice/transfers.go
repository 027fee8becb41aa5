package backoffice

// Transfers are money that a customer sends from an account to one of the payees in their book.
func Transfers() Domain {
	return Domain{Name: "transfers", Actions: []Action{
		{
			Name: "transfers.create", Change: true,
			Args: []Field{{Name: "payee", Type: ID}, {Name: "amount", Type: Money}, {Name: "account", Type: ID, Optional: true}},
			Terms: []Field{
				{Name: "payee", Type: Text}, {Name: "payee_account", Type: ID}, {Name: "amount", Type: Money}, {Name: "fee", Type: Money},
				{Name: "total", Type: Money}, {Name: "account", Type: ID}, {Name: "name", Type: Text}, {Name: "at", Type: Date},
			},
			Result: []Field{
				{Name: "transfer_id", Type: ID}, {Name: "payee", Type: Text}, {Name: "amount", Type: Money}, {Name: "fee", Type: Money},
				{Name: "account", Type: ID}, {Name: "balance", Type: Money}, {Name: "status", Type: Text}, {Name: "status_text", Type: Text},
			},
		},
		{
			Name: "transfers.get",
			Args: []Field{{Name: "transfer_id", Type: ID, Optional: true}}, // without: the newest
			Result: []Field{
				{Name: "transfer_id", Type: ID}, {Name: "payee", Type: Text}, {Name: "amount", Type: Money}, {Name: "at", Type: Date},
				{Name: "status", Type: Text}, // processing, completed, failed, returned …
				{Name: "status_text", Type: Text}, {Name: "processing", Type: Bool}, {Name: "latest", Type: Date, Optional: true},
			},
		},
		{
			Name: "transfers.limit",
			Result: []Field{
				{Name: "daily", Type: Money}, {Name: "used", Type: Money}, {Name: "left", Type: Money},
				{Name: "here", Type: Money, Optional: true}, // how much the bot may send
			},
		},
	}}
}

// Payees are the people and companies in a customer's book.
func Payees() Domain {
	who := []Field{{Name: "payee", Type: Text}, {Name: "payee_account", Type: ID}}
	return Domain{Name: "payees", Actions: []Action{
		// Tells early, before an amount is asked for, whether there is such a payee.
		{Name: "payees.get", Args: who[:1], Result: who},
		{Name: "payees.create", Change: true, Args: who, Terms: who, Result: who},
	}}
}
