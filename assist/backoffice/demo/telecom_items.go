package demo

import (
	"fmt"
	"strings"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/devices"
)

// items are what the slots of the carrier may mean.
func (s *carrier) items(kind string, c backoffice.Call) ([]backoffice.Item, error) {
	switch kind {
	case "plan":
		return s.planItems(c), nil
	case "addon":
		return s.addonItems(), nil
	case "line":
		return s.lineItems(c), nil
	case "ticket":
		return s.ticketItems(c), nil
	case "device":
		return s.deviceItems(c), nil
	}
	return nil, backoffice.ErrUnsupported
}

// deviceItems say whose a device is.
func (s *carrier) deviceItems(c backoffice.Call) []backoffice.Item {
	who := s.subscriber(c.Customer)
	if who == nil || who.Device == nil {
		return nil
	}
	d := who.Device
	return []backoffice.Item{{ID: d.ID, Kind: "device", Names: []string{devices.Name(d.Kind, "en")}, NameZH: devices.Name(d.Kind, "zh"), Attributes: map[string]string{"kind": d.Kind}}}
}

func (s *carrier) planItems(c backoffice.Call) []backoffice.Item {
	var own *tariff
	if who := s.subscriber(c.Customer); who != nil {
		own = s.planOf(&who.Line, c.Now)
	}
	var out []backoffice.Item
	for i := range s.Plans {
		p := &s.Plans[i]
		x := backoffice.Item{
			ID: p.ID, Kind: "plan", Names: s.planNames(p), NameZH: p.NameZH, Attributes: map[string]string{"price": p.Price, "current": no},
		}
		if own != nil && own.ID == p.ID {
			x.Attributes["current"] = yes
		}
		out = append(out, x)
	}
	return out
}

// planNames are a plan's names, and what people call it by: what it costs and what is in it.
func (s *carrier) planNames(p *tariff) []string {
	names := []string{p.Name}
	if p.NameZH != "" {
		names = append(names, p.NameZH)
	}
	price := strings.TrimSuffix(decimalOf(hundredths(p.Price)), ".00")
	names = append(names, price+" yuan", price+"元", price+"块", price+"块钱", fmt.Sprintf("%d GB", p.DataGB), fmt.Sprintf("%dG", p.DataGB), fmt.Sprintf("%d minutes", p.Minutes), fmt.Sprintf("%d分钟", p.Minutes))
	if p.Broadband > 0 && s.withBroadband() == 1 {
		names = append(names, "broadband", "宽带", fmt.Sprintf("%dM", p.Broadband))
	}
	return names
}

func (s *carrier) withBroadband() int {
	n := 0
	for _, p := range s.Plans {
		if p.Broadband > 0 {
			n++
		}
	}
	return n
}

func (s *carrier) addonItems() []backoffice.Item {
	var out []backoffice.Item
	for _, a := range s.Addons {
		bare := strings.TrimSuffix(strings.TrimSuffix(a.Name, " pack"), " data")
		price := strings.TrimSuffix(decimalOf(hundredths(a.Price)), ".00")
		short := strings.ReplaceAll(bare, " GB", "G")
		// "data pack" is what all of them are, so that none is meant by it.
		names := []string{
			a.Name, a.NameZH, bare + " data pack", bare + " data", bare + "流量包", short, short + "流量包", short + "的流量包",
			price + " yuan", price + "元", price + "块", price + "块钱",
		}
		out = append(out, backoffice.Item{ID: a.ID, Kind: "addon", Names: names, NameZH: a.NameZH, Attributes: map[string]string{"price": a.Price}})
	}
	return out
}

func (s *carrier) lineItems(c backoffice.Call) []backoffice.Item {
	who := s.subscriber(c.Customer)
	if who == nil || who.Line.ID == "" {
		return nil
	}
	return []backoffice.Item{{ID: who.Line.ID, Kind: "line", Names: []string{who.Phone}}}
}

// ticketItems are the customer's faults, the newest first. They have no date to be told by: a day that a customer names
// is the one that the visit is to be moved to.
func (s *carrier) ticketItems(c backoffice.Call) []backoffice.Item {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil
	}
	var out []backoffice.Item
	for i := len(who.Tickets) - 1; i >= 0; i-- {
		t := &who.Tickets[i]
		x := backoffice.Item{
			ID: t.ID, Kind: "ticket", Names: []string{t.ID + " – " + t.kindText("en"), t.kindText("en"), t.kindText("zh")}, NameZH: t.ID + " " + t.kindText("zh"),
			Attributes: map[string]string{"status": t.Status, "open": no},
		}
		if t.open() {
			x.Attributes["open"] = yes
		}
		out = append(out, x)
	}
	return out
}
