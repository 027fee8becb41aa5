package backoffice

// Rates are what a bank pays for savings and for other money.
func Rates() Domain {
	return Domain{Name: "rates", Actions: []Action{{
		Name: "rates.get", Args: []Field{{Name: "currency", Type: ID, Optional: true}},
		Result: []Field{
			{Name: "currency", Type: ID, Optional: true}, {Name: "name", Type: Text, Optional: true},
			{Name: "rate", Type: Text, Optional: true},                               // units of the bank's currency for one
			{Name: "base", Type: ID}, {Name: "hundred", Type: Money, Optional: true}, // what 100 come to
			{Name: "interest", Type: List, Optional: true, Fields: []Field{{Name: "name", Type: Text}, {Name: "rate", Type: Text}}},
		},
	}}}
}

// Wealth is what a bank offers to put money into.
func Wealth() Domain {
	return Domain{Name: "wealth", Actions: []Action{{
		Name: "wealth.suitable",
		Args: []Field{{Name: "risk_tolerance", Type: Text}, {Name: "horizon", Type: Text}, {Name: "goal", Type: Text}},
		Result: []Field{
			{Name: "products", Type: List, Optional: true, Fields: []Field{ // never above the customer's risk level; best first
				{Name: "product", Type: ID}, {Name: "name", Type: Text}, {Name: "risk", Type: Text}, {Name: "annual", Type: Text},
				{Name: "horizon_months", Type: Number}, {Name: "any_time", Type: Bool},
			}},
			{Name: "risk_level", Type: Text}, // of the customer, on file
			{Name: "capped", Type: Bool},     // the customer would take more risk than is on file
			{Name: "goal", Type: Text, Optional: true},
		},
	}}}
}

// Branches are a bank's offices.
func Branches() Domain {
	return Domain{Name: "branches", Actions: []Action{{
		Name: "branches.find", Args: []Field{{Name: "city", Type: Text}},
		Result: []Field{
			{Name: "city", Type: Text}, {Name: "found", Type: Bool},
			{Name: "branches", Type: List, Optional: true, Fields: []Field{
				{Name: "name", Type: Text}, {Name: "address", Type: Text}, {Name: "hours", Type: Text}, {Name: "city", Type: Text},
			}},
			{Name: "cities", Type: Text, Optional: true}, // where there are any, in words
		},
	}}}
}
