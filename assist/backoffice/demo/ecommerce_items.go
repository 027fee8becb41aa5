package demo

import (
	"cmp"
	"slices"
	"strings"

	"deskhand/assist/backoffice"
)

// Values of the attributes that a pack prefers candidates by; too short to be found in what a customer says.
const (
	yes = "y"
	no  = "n"
)

// items are what the slots of the shop may mean.
func (s *shop) items(kind string, c backoffice.Call) ([]backoffice.Item, error) {
	switch kind {
	case "product":
		return s.productItems(), nil
	case "variant":
		return s.variantItems(c), nil
	case "order":
		return s.orderItems(c), nil
	case "item":
		return s.thingsOf(c), nil
	}
	return nil, backoffice.ErrUnsupported
}

func (s *shop) productItems() []backoffice.Item {
	var out []backoffice.Item
	for i := range s.Products {
		p := &s.Products[i]
		out = append(out, backoffice.Item{
			ID: p.ID, Kind: "product", Names: s.namesOf(p), NameZH: p.NameZH, Attributes: map[string]string{"price": p.Price},
		})
	}
	return out
}

// namesOf are a product's names, and what people call such a thing if the shop has one such thing only.
func (s *shop) namesOf(p *product) []string {
	names := []string{p.Name}
	if p.NameZH != "" {
		names = append(names, p.NameZH)
	}
	for _, tag := range p.Tags {
		if n := s.tagged(tag); n == 1 {
			names = append(names, strings.Fields(topics()[tag].aliases)...)
		}
	}
	return names
}

func (s *shop) tagged(tag string) int {
	n := 0
	for _, p := range s.Products {
		if slices.Contains(p.Tags, tag) {
			n++
		}
	}
	return n
}

// variantItems are the variants of the product or of the thing in the order. Other colours stand behind them, so that
// one that the product doesn't come in is understood and refused; attribute offered tells which can be had.
func (s *shop) variantItems(c backoffice.Call) []backoffice.Item {
	p, own, qty := s.product(c.Args["product"]), "", 1
	if p == nil {
		o, err := s.orderOf(c)
		if err != nil {
			return nil
		}
		n := slices.IndexFunc(o.Items, func(x orderItem) bool { return sameID(x.Product, c.Args["item"]) })
		if n < 0 {
			return nil
		}
		p, own, qty = s.product(o.Items[n].Product), o.Items[n].Variant, max(o.Items[n].Qty, 1)
	}
	if p == nil {
		return nil
	}
	var out []backoffice.Item
	coloured := false
	for _, k := range p.variantKeys() {
		_, colour := colours()[k]
		coloured = coloured || colour
		out = append(out, variantItem(k, k != own && p.Variants[k] >= qty))
	}
	for k := range colours() {
		if _, has := p.Variants[k]; coloured && !has && !alias(k, p) {
			out = append(out, variantItem(k, false))
		}
	}
	slices.SortFunc(out, func(a, b backoffice.Item) int {
		return cmp.Or(strings.Compare(b.Attributes["offered"], a.Attributes["offered"]), strings.Compare(a.ID, b.ID))
	})
	return out
}

// alias tells whether a colour is another name for one that the product has.
func alias(colour string, p *product) bool {
	return slices.ContainsFunc(colourAliases()[colour], func(a string) bool { _, has := p.Variants[a]; return has })
}

func variantItem(key string, offered bool) backoffice.Item {
	x := backoffice.Item{ID: key, Kind: "variant", Names: []string{variantName(key, "en")}, NameZH: variantName(key, "zh"), Attributes: map[string]string{"offered": no}}
	if offered {
		x.Attributes["offered"] = yes
	}
	if _, colour := colours()[key]; colour {
		x.Attributes["colour"] = key
		x.Names = append(x.Names, x.NameZH)
		x.Names = append(x.Names, colourAliases()[key]...)
	}
	return x
}

// orderItems are the customer's orders, newest first.
func (s *shop) orderItems(c backoffice.Call) []backoffice.Item {
	who := s.customer(c.Customer)
	if who == nil {
		return nil
	}
	var out []backoffice.Item
	for i := range who.Orders {
		out = append(out, s.orderItem(&who.Orders[i], c))
	}
	slices.SortStableFunc(out, func(a, b backoffice.Item) int { return b.At.Compare(a.At) })
	return out
}

func (s *shop) orderItem(o *order, c backoffice.Call) backoffice.Item {
	x := backoffice.Item{
		ID: o.ID, Kind: "order", At: o.Placed,
		Names:      []string{o.ID + " – " + s.summary(o, "en")},
		NameZH:     o.ID + " " + s.summary(o, "zh"),
		Attributes: map[string]string{"status": o.Status, "price": decimalOf(o.total()), "open": no, "returnable": no, "refund": no},
	}
	for _, line := range o.Items {
		if p := s.product(line.Product); p != nil {
			x.Names = append(x.Names, s.namesOf(p)...)
		}
		if len(o.Items) == 1 {
			x.Attributes["variant"] = line.Variant
		}
	}
	_, err := s.returnable(backoffice.Call{Customer: c.Customer, Args: map[string]string{"order_id": o.ID}, Now: c.Now, Language: c.Language})
	for name, is := range map[string]bool{"open": o.beforeDispatch(), "returnable": err == nil, "refund": o.Refund != nil} {
		if is {
			x.Attributes[name] = yes
		}
	}
	return x
}

// thingsOf are the lines of the order.
func (s *shop) thingsOf(c backoffice.Call) []backoffice.Item {
	o, err := s.orderOf(c)
	if err != nil {
		return nil
	}
	var out []backoffice.Item
	for _, line := range o.Items {
		x := backoffice.Item{ID: line.Product, Kind: "item", Names: []string{line.Product}, Attributes: map[string]string{"price": line.Price, "variant": line.Variant}}
		if p := s.product(line.Product); p != nil {
			x.Names, x.NameZH = s.namesOf(p), p.NameZH
		}
		out = append(out, x)
	}
	return out
}
