package backoffice

// Orders are what a customer has bought.
func Orders() Domain {
	which := []Field{{Name: "order_id", Type: ID}}
	return Domain{Name: "orders", Actions: []Action{
		{Name: "orders.get", Args: which, Result: order()},
		// Tells early, before more is asked for, whether the order can still be changed.
		{Name: "orders.open", Args: which, Result: []Field{{Name: "order_id", Type: ID}, {Name: "address", Type: Text, Optional: true}}},
		{
			Name: "orders.change_address", Change: true,
			Args:   []Field{{Name: "order_id", Type: ID}, {Name: "address", Type: Text}},
			Terms:  []Field{{Name: "summary", Type: Text}, {Name: "address_before", Type: Text, Optional: true}},
			Result: []Field{{Name: "order_id", Type: ID}, {Name: "address", Type: Text}},
		},
		{
			Name: "orders.cancel", Change: true,
			Args:   []Field{{Name: "order_id", Type: ID}, {Name: "reason", Type: Text, Optional: true}},
			Terms:  []Field{{Name: "summary", Type: Text}, {Name: "refund", Type: Money, Optional: true}}, // no refund: nothing was paid
			Result: []Field{{Name: "order_id", Type: ID}, {Name: "refund", Type: Money, Optional: true}},
		},
	}}
}

// order are the fields of one order.
func order() []Field {
	return []Field{
		{Name: "order_id", Type: ID},
		{Name: "status", Type: Text}, // placed, packed, shipped, delivered, returned, cancelled, payment_failed …
		{Name: "status_text", Type: Text},
		{Name: "summary", Type: Text}, // what is in it, in words
		{Name: "total", Type: Money},
		{Name: "placed", Type: Date, Optional: true},
		{Name: "delivered", Type: Date, Optional: true},
		{Name: "received_back", Type: Date, Optional: true},
		{Name: "address", Type: Text, Optional: true},
		{Name: "carrier", Type: Text, Optional: true},
		{Name: "tracking", Type: ID, Optional: true},
		{Name: "eta", Type: Date, Optional: true},
		{Name: "place", Type: Text, Optional: true}, // of the last scan
		{Name: "scanned", Type: DateTime, Optional: true},
		{Name: "return_until", Type: Date, Optional: true}, // last day on which it can go back
		{Name: "refund", Type: Object, Optional: true, Fields: []Field{
			{Name: "status", Type: Text}, {Name: "status_text", Type: Text}, {Name: "amount", Type: Money},
		}},
		{Name: "before_dispatch", Type: Bool},
		{Name: "on_its_way", Type: Bool},
		{Name: "arrived", Type: Bool},
		{Name: "sent_back", Type: Bool},
		{Name: "cancelled", Type: Bool},
		{Name: "unpaid", Type: Bool},
	}
}

// Shipments are parcels.
func Shipments() Domain {
	return Domain{Name: "shipments", Actions: []Action{{
		Name: "shipments.track", Args: []Field{{Name: "order_id", Type: ID}}, Result: order(),
	}}}
}

// Invoices are sent by e-mail.
func Invoices() Domain {
	return Domain{Name: "invoices", Actions: []Action{{
		Name: "invoices.send", Change: true,
		Args:   []Field{{Name: "order_id", Type: ID}, {Name: "email", Type: Text}},
		Terms:  []Field{{Name: "summary", Type: Text}, {Name: "total", Type: Money}},
		Result: []Field{{Name: "invoice", Type: ID}, {Name: "email", Type: Text}},
	}}}
}

// Loyalty is what a shop gives its regular customers.
func Loyalty() Domain {
	return Domain{Name: "loyalty", Actions: []Action{{
		Name:   "loyalty.get",
		Result: []Field{{Name: "points", Type: Number}, {Name: "tier", Type: Text, Optional: true}, {Name: "since", Type: Date, Optional: true}},
	}}}
}
