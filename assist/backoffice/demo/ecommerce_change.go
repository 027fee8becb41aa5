package demo

import (
	"strings"

	"deskhand/assist/backoffice"
)

func (s *shop) ordersGet(c backoffice.Call) (backoffice.Record, error) {
	o, err := s.orderOf(c)
	if err != nil {
		return nil, err
	}
	return s.orderRecord(o, c), nil
}

func (s *shop) ordersOpen(c backoffice.Call) (backoffice.Record, error) {
	o, err := s.openOrder(c)
	if err != nil {
		return nil, err
	}
	return backoffice.Record{"order_id": o.ID, "address": o.Address}, nil
}

// openOrder is the customer's order if it can still be changed: before it ships.
func (s *shop) openOrder(c backoffice.Call) (*order, error) {
	o, err := s.orderOf(c)
	switch {
	case err != nil:
		return nil, err
	case o.beforeDispatch():
		return o, nil
	}
	code := "shipped"
	switch {
	case o.arrived():
		code = "delivered"
	case o.Status == statusReturned, o.Status == statusCancelled:
		code = o.Status
	}
	return nil, &backoffice.Refusal{Code: code, Facts: s.facts(o, c)}
}

func (s *shop) ordersChangeAddress(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	o, err := s.openOrder(c)
	if err != nil {
		return nil, nil, err
	}
	address := strings.TrimSpace(c.Args["address"])
	facts := s.facts(o, c)
	switch {
	case address == "":
		return nil, nil, &backoffice.Refusal{Code: "no_address", Slot: "address", Facts: facts}
	case strings.EqualFold(address, o.Address):
		return nil, nil, &backoffice.Refusal{Code: "same_address", Slot: "address", Facts: facts}
	}
	terms := backoffice.Record{"summary": s.summary(o, c.Language), "address_before": o.Address}
	return terms, func() backoffice.Record {
		o.Address = address
		return backoffice.Record{"order_id": o.ID, "address": address}
	}, nil
}

func (s *shop) ordersCancel(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	o, err := s.openOrder(c)
	if err != nil {
		return nil, nil, err
	}
	terms := backoffice.Record{"summary": s.summary(o, c.Language)}
	result := backoffice.Record{"order_id": o.ID}
	paid := !o.unpaid()
	if paid {
		terms["refund"], result["refund"] = decimalOf(o.total()), decimalOf(o.total())
	}
	return terms, func() backoffice.Record {
		o.Status = statusCancelled
		if paid {
			o.Refund = &refund{Status: refundPending, Amount: decimalOf(o.total())}
		}
		for _, x := range o.Items {
			s.restock(x.Product, x.Variant, max(x.Qty, 1))
		}
		return result
	}, nil
}

// restock puts things back on the shelf, or takes them off.
func (s *shop) restock(product, variant string, by int) {
	if p := s.product(product); p != nil {
		if _, ok := p.Variants[variant]; ok {
			p.Variants[variant] += by
		}
	}
}

func (s *shop) invoicesSend(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	o, err := s.orderOf(c)
	if err != nil {
		return nil, nil, err
	}
	email := strings.TrimSpace(c.Args["email"])
	name, host, ok := strings.Cut(email, "@")
	switch {
	case !ok || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(email, " \t\n"):
		return nil, nil, &backoffice.Refusal{Code: "bad_email", Slot: "email", Facts: s.facts(o, c)}
	case o.Status == statusCancelled:
		return nil, nil, &backoffice.Refusal{Code: "cancelled", Facts: s.facts(o, c)}
	}
	return backoffice.Record{"summary": s.summary(o, c.Language), "total": decimalOf(o.total())}, func() backoffice.Record {
		return backoffice.Record{"invoice": s.paper("INV"), "email": email}
	}, nil
}
