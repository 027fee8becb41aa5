package demo

import (
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// shop is the demo company of the industry ecommerce.
type shop struct {
	Company    shopCompany    `yaml:"company" json:"company"`
	Products   []product      `yaml:"products" json:"products"`
	Promotions []promotion    `yaml:"promotions" json:"promotions"`
	Customers  []shopCustomer `yaml:"customers" json:"customers"`
	Papers     int            `yaml:"-" json:"papers"` // references given out since the start
}

type shopCompany struct {
	about            `yaml:",inline"`
	ReturnWindowDays int `yaml:"return_window_days" json:"return_window_days"`
}

type product struct {
	ID       string         `yaml:"id" json:"id"`
	Name     string         `yaml:"name" json:"name"`
	NameZH   string         `yaml:"name_zh" json:"name_zh"`
	Price    string         `yaml:"price" json:"price"`
	Variants map[string]int `yaml:"variants" json:"variants"` // how many there are of each
	Tags     []string       `yaml:"tags" json:"tags"`
	Warranty int            `yaml:"warranty_months" json:"warranty_months"`
	Restock  time.Time      `yaml:"restock" json:"restock"`
}

type promotion struct {
	Code       string    `yaml:"code" json:"code"`
	Percent    int       `yaml:"percent" json:"percent"`
	Until      time.Time `yaml:"until" json:"until"`
	On         []string  `yaml:"on" json:"on"` // product ids; empty: all
	FirstOrder bool      `yaml:"first_order" json:"first_order"`
}

type shopCustomer struct {
	ID       string    `yaml:"id" json:"id"`
	Name     string    `yaml:"name" json:"name"`
	Phone    string    `yaml:"phone" json:"phone"`
	Email    string    `yaml:"email" json:"email"`
	Language string    `yaml:"language" json:"language"`
	Tier     string    `yaml:"tier" json:"tier"`
	Points   int       `yaml:"points" json:"points"`
	Since    time.Time `yaml:"since" json:"since"`
	Viewed   []string  `yaml:"viewed" json:"viewed"`
	Orders   []order   `yaml:"orders" json:"orders"`
}

func (s *shop) profile() backoffice.Profile {
	p := s.Company.profile()
	p.Country = map[string]string{"USD": "US", "CNY": "CN", "GBP": "GB"}[s.Company.Currency]
	var orders, products []string
	for _, c := range s.Customers {
		for _, o := range c.Orders {
			orders = append(orders, o.ID)
		}
	}
	for _, x := range s.Products {
		products = append(products, x.ID)
	}
	p.Shapes = map[string]string{}
	for kind, ids := range map[string][]string{"order": orders, "product": products} {
		if shape := shapeOf(ids); shape != "" {
			p.Shapes[kind] = shape
		}
	}
	return p
}

// shapeOf is what most of the ids look like, 9 for a digit.
func shapeOf(ids []string) string {
	count, best := map[string]int{}, ""
	for _, id := range ids {
		shape := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return '9'
			}
			return r
		}, id)
		count[shape]++
		if count[shape] > count[best] {
			best = shape
		}
	}
	return best
}

func (s *shop) person(id string) (backoffice.Person, bool) {
	c := s.customer(id)
	if c == nil {
		return backoffice.Person{}, false
	}
	p := backoffice.Person{ID: c.ID, Name: c.Name, Phone: c.Phone, Email: c.Email, Language: c.Language, Tier: c.Tier, Since: c.Since}
	for i := range c.Orders {
		o := &c.Orders[i]
		if o.beforeDispatch() || o.onItsWay() || o.Refund != nil && o.Refund.Status == refundPending {
			p.Notes = append(p.Notes, s.note(o, c.Language))
		}
	}
	return p, true
}

// note says in a line where an order stands that isn't settled yet.
func (s *shop) note(o *order, language string) string {
	text := o.ID + ": " + s.summary(o, language) + ", " + o.statusText(language)
	if language == "zh" {
		text = o.ID + "：" + s.summary(o, language) + "，" + o.statusText(language)
	}
	return text
}

func (s *shop) customer(id string) *shopCustomer {
	n := slices.IndexFunc(s.Customers, func(c shopCustomer) bool { return c.ID == id && id != "" })
	if n < 0 {
		return nil
	}
	return &s.Customers[n]
}

func (s *shop) find(by backoffice.Details) (string, bool) {
	for _, c := range s.Customers {
		owns := slices.ContainsFunc(c.Orders, func(o order) bool { return sameID(o.ID, by.OrderID) })
		if owns && samePhone(c.Phone, by.Phone) {
			return c.ID, true
		}
	}
	return "", false
}

// sameID compares ids as people type them: case, spaces and hyphens apart.
func sameID(a, b string) bool {
	plain := func(id string) string {
		return strings.Map(func(r rune) rune {
			if r == '-' || r == ' ' {
				return -1
			}
			return r
		}, strings.ToUpper(id))
	}
	return plain(a) == plain(b)
}

func (s *shop) product(id string) *product {
	n := slices.IndexFunc(s.Products, func(p product) bool { return sameID(p.ID, id) })
	if n < 0 {
		return nil
	}
	return &s.Products[n]
}

func (s *shop) actions() map[string]rule {
	return map[string]rule{
		"catalog.get":           {read: s.catalogGet},
		"catalog.stock":         {read: s.catalogStock},
		"catalog.promotions":    {read: s.catalogPromotions},
		"catalog.recommend":     {read: s.catalogRecommend},
		"coupons.check":         {read: s.couponsCheck},
		"orders.get":            {read: s.ordersGet},
		"shipments.track":       {read: s.ordersGet},
		"orders.open":           {read: s.ordersOpen},
		"orders.change_address": {change: s.ordersChangeAddress},
		"orders.cancel":         {change: s.ordersCancel},
		"returns.allowed":       {read: s.returnsAllowed},
		"returns.create":        {change: s.returnsCreate},
		"exchanges.create":      {change: s.exchangesCreate},
		"refunds.get":           {read: s.refundsGet},
		"refunds.allowed":       {read: s.refundsAllowed},
		"refunds.create":        {change: s.refundsCreate},
		"invoices.send":         {change: s.invoicesSend},
		"loyalty.get":           {read: s.loyaltyGet},
		"privacy.export":        {change: s.privacyExport},
	}
}

func (s *shop) loyaltyGet(c backoffice.Call) (backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	return backoffice.Record{"points": who.Points, "tier": tierName(who.Tier, c.Language), "since": who.Since}, nil
}

func (s *shop) privacyExport(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	return backoffice.Record{"email": who.Email, "phone": who.Phone}, func() backoffice.Record {
		return backoffice.Record{"reference": s.paper("PD"), "ready": c.Now.AddDate(0, 0, 2)}
	}, nil
}

// unknownCustomer is the no to a call for nobody, or for somebody who is no customer.
func unknownCustomer() error { return &backoffice.Refusal{Code: "unknown_customer"} }
