package backoffice

// Catalog is what a shop sells: what things are, what they cost and whether they are there.
func Catalog() Domain {
	promotions := Field{Name: "promotions", Type: List, Optional: true, Fields: promotion()}
	return Domain{Name: "catalog", Actions: []Action{
		{
			Name:   "catalog.get",
			Args:   []Field{{Name: "product", Type: ID}},
			Result: append(product(), promotions),
		},
		{
			Name: "catalog.stock",
			Args: []Field{{Name: "product", Type: ID}, {Name: "variant", Type: ID, Optional: true}},
			Result: append(product(),
				Field{Name: "variant", Type: Text, Optional: true}, // that was asked about, as the reader calls it
				Field{Name: "quantity", Type: Number, Optional: true},
				Field{Name: "state", Type: Text}, // in_stock, few, sold_out, no_such_variant; of the variant if one was named
				Field{Name: "in_stock", Type: Bool},
				Field{Name: "sold_out", Type: Bool},
				Field{Name: "no_such_variant", Type: Bool},
			),
		},
		{
			Name:   "catalog.promotions",
			Args:   []Field{{Name: "product", Type: ID, Optional: true}},
			Result: append(optional(product()), promotions),
		},
		{
			Name: "catalog.recommend",
			Args: []Field{{Name: "need", Type: Text}},
			Result: []Field{
				{Name: "products", Type: List, Fields: append(product(), Field{Name: "reason", Type: Text, Optional: true})}, // best first
				{Name: "matched", Type: Bool}, // false: none fits what was said; products are then what sells
			},
		},
	}}
}

// product are the fields of one thing that a shop sells.
func product() []Field {
	return []Field{
		{Name: "product", Type: ID},
		{Name: "name", Type: Text},
		{Name: "price", Type: Money},
		{Name: "features", Type: Text, Optional: true},  // a list in words, for the reader
		{Name: "variants", Type: Text, Optional: true},  // all there are, in words
		{Name: "available", Type: Text, Optional: true}, // those that are in stock, with how many
		{Name: "some_available", Type: Bool, Optional: true},
		{Name: "unavailable", Type: Text, Optional: true},
		{Name: "warranty_months", Type: Number, Optional: true},
		{Name: "restock", Type: Date, Optional: true}, // when what is sold out comes back
	}
}

func promotion() []Field {
	return []Field{
		{Name: "code", Type: ID},
		{Name: "percent", Type: Number},
		{Name: "until", Type: Date},
		{Name: "products", Type: Text, Optional: true}, // that it is for, in words; empty: all
		{Name: "first_order", Type: Bool, Optional: true},
		{Name: "price", Type: Money, Optional: true}, // of the product that was asked about, with the code
	}
}

// optional are the same fields where they may be missing.
func optional(fields []Field) []Field {
	out := make([]Field, len(fields))
	for i, f := range fields {
		f.Optional = true
		out[i] = f
	}
	return out
}

// Coupons are codes that make an order cheaper.
func Coupons() Domain {
	return Domain{Name: "coupons", Actions: []Action{{
		Name: "coupons.check",
		Args: []Field{{Name: "coupon", Type: ID}},
		Result: append(promotion(),
			Field{Name: "state", Type: Text}, // valid, expired, first_order_only (and the customer has ordered before)
			Field{Name: "valid", Type: Bool},
			Field{Name: "expired", Type: Bool},
			Field{Name: "used_up", Type: Bool},
		),
	}}}
}
