package demo

import (
	"slices"

	"deskhand/assist/backoffice"
)

// returnable is the customer's order if something of it can go back: it has arrived, within the window, and isn't
// back, refunded or settled already.
func (s *shop) returnable(c backoffice.Call) (*order, error) {
	o, err := s.orderOf(c)
	if err != nil {
		return nil, err
	}
	no := func(code string) (*order, error) { return nil, &backoffice.Refusal{Code: code, Facts: s.facts(o, c)} }
	switch {
	case o.Status == statusCancelled:
		return no("cancelled")
	case o.Status == statusReturned:
		return no("returned")
	case o.unpaid():
		return no("unpaid")
	case o.Refund != nil:
		return no("refund_open")
	case o.beforeDispatch():
		return no("not_shipped")
	case !o.arrived():
		return no("on_its_way")
	case !s.inWindow(o, c.Now):
		return no("window")
	}
	return o, nil
}

func (s *shop) returnsAllowed(c backoffice.Call) (backoffice.Record, error) {
	o, err := s.returnable(c)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(o.Items, func(x orderItem) bool { return !x.settled() }) {
		return nil, &backoffice.Refusal{Code: "under_way", Facts: s.itemFacts(o, o.Items[0], c)}
	}
	return backoffice.Record{"order_id": o.ID, "until": s.returnUntil(o)}, nil
}

func (s *shop) itemFacts(o *order, x orderItem, c backoffice.Call) backoffice.Record {
	f := s.facts(o, c)
	f["name"] = s.itemText(x, c.Language)
	f["reference"] = x.Return + x.Exchange // only one of them is there
	return f
}

// itemOf is the thing of the order that is meant, if it can go back.
func (s *shop) itemOf(c backoffice.Call) (*order, *orderItem, error) {
	o, err := s.returnable(c)
	if err != nil {
		return nil, nil, err
	}
	n := slices.IndexFunc(o.Items, func(x orderItem) bool { return sameID(x.Product, c.Args["item"]) })
	if n < 0 {
		return nil, nil, &backoffice.Refusal{Code: "unknown_item", Slot: "item", Facts: s.facts(o, c)}
	}
	if x := o.Items[n]; x.settled() {
		return nil, nil, &backoffice.Refusal{Code: "under_way", Facts: s.itemFacts(o, x, c)}
	}
	return o, &o.Items[n], nil
}

func (s *shop) returnsCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	o, x, err := s.itemOf(c)
	if err != nil {
		return nil, nil, err
	}
	until, sum := s.returnUntil(o), decimalOf(x.sum())
	terms := backoffice.Record{
		"name": s.itemText(*x, c.Language), "variant": variantName(x.Variant, c.Language), "quantity": max(x.Qty, 1), "refund": sum, "until": until,
	}
	return terms, func() backoffice.Record {
		x.Return = s.paper("RT")
		return backoffice.Record{"return": x.Return, "refund": sum, "until": until}
	}, nil
}

func (s *shop) exchangesCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	o, x, err := s.itemOf(c)
	if err != nil {
		return nil, nil, err
	}
	p := s.product(x.Product)
	if p == nil {
		return nil, nil, &backoffice.Refusal{Code: "unknown_item", Slot: "item", Facts: s.facts(o, c)}
	}
	want, qty := c.Args["variant"], max(x.Qty, 1)
	facts := s.itemFacts(o, *x, c)
	facts["product"], facts["variant"], facts["available"] = p.name(c.Language), variantName(want, c.Language), p.available(c.Language, x.Variant, qty)
	slot := "variant"
	if facts["available"] == "" { // nothing else to choose: the errand ends
		slot = ""
	}
	have, known := p.Variants[want]
	code := ""
	switch {
	case want == x.Variant:
		code = "same_variant"
	case !known:
		code = "no_such_variant"
	case have < qty:
		code = "sold_out"
	}
	if code != "" {
		return nil, nil, &backoffice.Refusal{Code: code, Slot: slot, Facts: facts}
	}
	terms := backoffice.Record{
		"name": p.name(c.Language), "variant": variantName(want, c.Language), "variant_before": variantName(x.Variant, c.Language), "quantity": qty,
	}
	return terms, func() backoffice.Record {
		x.Exchange, x.ExchangedTo = s.paper("EX"), want
		s.restock(x.Product, want, -qty)
		return backoffice.Record{"exchange": x.Exchange, "variant": variantName(want, c.Language)}
	}, nil
}

func (s *shop) refundsGet(c backoffice.Call) (backoffice.Record, error) {
	o, err := s.orderOf(c)
	if err != nil {
		return nil, err
	}
	r := backoffice.Record{"order_id": o.ID, "summary": s.summary(o, c.Language), "found": o.Refund != nil}
	if !o.ReceivedBack.IsZero() {
		r["received_back"] = o.ReceivedBack
	}
	if o.Refund != nil {
		r["status"], r["status_text"], r["amount"] = o.Refund.Status, refundText(o.Refund.Status, c.Language), o.Refund.Amount
		r["paid_out"] = o.Refund.Status != refundPending && o.Refund.Status != "processing"
	}
	return r, nil
}

// refundable is the customer's order if its money can go back without the goods: as for a return, and nothing of it
// is on its way back, since that brings its own money.
func (s *shop) refundable(c backoffice.Call) (*order, error) {
	o, err := s.orderOf(c)
	if err != nil {
		return nil, err
	}
	if o.Refund != nil {
		return nil, &backoffice.Refusal{Code: "refund_open", Facts: s.facts(o, c)}
	}
	if o, err = s.returnable(c); err != nil {
		return nil, err
	}
	if n := slices.IndexFunc(o.Items, orderItem.settled); n >= 0 {
		return nil, &backoffice.Refusal{Code: "under_way", Facts: s.itemFacts(o, o.Items[n], c)}
	}
	return o, nil
}

func (s *shop) refundsAllowed(c backoffice.Call) (backoffice.Record, error) {
	o, err := s.refundable(c)
	if err != nil {
		return nil, err
	}
	return backoffice.Record{"order_id": o.ID, "amount": decimalOf(o.total())}, nil
}

func (s *shop) refundsCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	o, err := s.refundable(c)
	if err != nil {
		return nil, nil, err
	}
	sum := decimalOf(o.total())
	return backoffice.Record{"summary": s.summary(o, c.Language), "amount": sum}, func() backoffice.Record {
		o.Refund = &refund{Status: refundPending, Amount: sum}
		return backoffice.Record{"refund": s.paper("RF"), "amount": sum}
	}, nil
}
