package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

func (p *product) name(language string) string { return named(p.Name, p.NameZH, language) }

// variantKeys are sorted: a map has no order of its own.
func (p *product) variantKeys() []string {
	var keys []string
	for k := range p.Variants {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// available lists the variants of which there are at least so many, but one.
func (p *product) available(language, but string, atLeast int) string {
	var names []string
	for _, k := range p.variantKeys() {
		if k != but && p.Variants[k] >= atLeast {
			format := "%s (%d)"
			if language == "zh" {
				format = "%s（%d 件）"
			}
			names = append(names, fmt.Sprintf(format, variantName(k, language), p.Variants[k]))
		}
	}
	return listed(names, language)
}

func (p *product) stock() int {
	n := 0
	for _, k := range p.Variants {
		n += k
	}
	return n
}

// record is a product for a reader.
func (p *product) record(language string) backoffice.Record {
	var all, gone []string
	for _, k := range p.variantKeys() {
		all = append(all, variantName(k, language))
		if p.Variants[k] == 0 {
			gone = append(gone, variantName(k, language))
		}
	}
	r := backoffice.Record{
		"product": p.ID, "name": p.name(language), "price": p.Price, "features": listed(tagNames(p.Tags, language), language),
		"variants": listed(all, language), "available": p.available(language, "", 1), "some_available": p.stock() > 0,
		"unavailable": listed(gone, language), "warranty_months": p.Warranty,
	}
	if !p.Restock.IsZero() {
		r["restock"] = p.Restock
	}
	return r
}

func (s *shop) productOf(c backoffice.Call) (*product, error) {
	if p := s.product(c.Args["product"]); p != nil {
		return p, nil
	}
	return nil, &backoffice.Refusal{Code: "unknown_product", Slot: "product", Facts: backoffice.Record{"product": c.Args["product"]}}
}

func (s *shop) catalogGet(c backoffice.Call) (backoffice.Record, error) {
	p, err := s.productOf(c)
	if err != nil {
		return nil, err
	}
	r := p.record(c.Language)
	r["promotions"] = s.promotionsFor(p, c)
	return r, nil
}

func (s *shop) catalogStock(c backoffice.Call) (backoffice.Record, error) {
	p, err := s.productOf(c)
	if err != nil {
		return nil, err
	}
	r := p.record(c.Language)
	state, quantity := "in_stock", p.stock()
	if v := c.Args["variant"]; v != "" {
		inStock, known := p.Variants[v]
		quantity = inStock
		r["variant"] = variantName(v, c.Language)
		r["available"] = p.available(c.Language, v, 1)
		if !known {
			state = "no_such_variant"
		}
	}
	if quantity == 0 && state == "in_stock" {
		state = "sold_out"
	}
	r["quantity"], r["state"] = quantity, state
	for _, is := range []string{"in_stock", "sold_out", "no_such_variant"} {
		r[is] = state == is
	}
	return r, nil
}

func (s *shop) catalogPromotions(c backoffice.Call) (backoffice.Record, error) {
	if c.Args["product"] == "" {
		return backoffice.Record{"promotions": s.promotionsFor(nil, c)}, nil
	}
	return s.catalogGet(c)
}

// promotionsFor are those that count now, for the product if one is named.
func (s *shop) promotionsFor(p *product, c backoffice.Call) []backoffice.Record {
	out := []backoffice.Record{}
	for i := range s.Promotions {
		x := &s.Promotions[i]
		if x.over(c.Now) || p != nil && !x.covers(p) || x.FirstOrder && s.hasBought(c.Customer) {
			continue
		}
		r := s.promotionRecord(x, c.Language)
		if p != nil {
			r["price"] = decimalOf(reduced(hundredths(p.Price), x.Percent))
		}
		out = append(out, r)
	}
	return out
}

// reduced is a price less so many per cent, rounded half up to the cent.
func reduced(price int64, percent int) int64 { return (price*int64(100-percent) + 50) / 100 }

// over tells whether the last day has passed.
func (x *promotion) over(now time.Time) bool {
	y, m, d := x.Until.In(now.Location()).Date()
	return !x.Until.IsZero() && !now.Before(time.Date(y, m, d+1, 0, 0, 0, 0, now.Location()))
}

func (x *promotion) covers(p *product) bool { return len(x.On) == 0 || slices.Contains(x.On, p.ID) }

func (s *shop) promotionRecord(x *promotion, language string) backoffice.Record {
	var names []string
	for _, id := range x.On {
		if p := s.product(id); p != nil {
			names = append(names, p.name(language))
		}
	}
	return backoffice.Record{
		"code": x.Code, "percent": x.Percent, "until": x.Until, "products": listed(names, language), "first_order": x.FirstOrder,
	}
}

// hasBought tells whether a customer has an order that counts as the first.
func (s *shop) hasBought(customer string) bool {
	who := s.customer(customer)
	return who != nil && slices.ContainsFunc(who.Orders, func(o order) bool { return !o.unpaid() && o.Status != statusCancelled })
}

func (s *shop) couponsCheck(c backoffice.Call) (backoffice.Record, error) {
	code := c.Args["coupon"]
	n := slices.IndexFunc(s.Promotions, func(x promotion) bool { return sameID(x.Code, code) })
	if n < 0 {
		return nil, &backoffice.Refusal{Code: "unknown_coupon", Slot: "coupon", Facts: backoffice.Record{"coupon": strings.ToUpper(code)}}
	}
	x := &s.Promotions[n]
	r := s.promotionRecord(x, c.Language)
	state := "valid"
	switch {
	case x.over(c.Now):
		state = "expired"
	case x.FirstOrder && s.hasBought(c.Customer):
		state = "used_up"
	}
	r["state"] = state
	for _, is := range []string{"valid", "expired", "used_up"} {
		r[is] = state == is
	}
	return r, nil
}
