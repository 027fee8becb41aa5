package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

type order struct {
	ID           string      `yaml:"id" json:"id"`
	Placed       time.Time   `yaml:"placed" json:"placed"`
	Status       string      `yaml:"status" json:"status"`
	Delivered    time.Time   `yaml:"delivered" json:"delivered"`
	ReceivedBack time.Time   `yaml:"received_back" json:"received_back"`
	Carrier      string      `yaml:"carrier" json:"carrier"`
	Tracking     string      `yaml:"tracking" json:"tracking"`
	ETA          time.Time   `yaml:"eta" json:"eta"`
	LastScan     *scan       `yaml:"last_scan" json:"last_scan"`
	Address      string      `yaml:"address" json:"address"`
	Items        []orderItem `yaml:"items" json:"items"`
	Refund       *refund     `yaml:"refund" json:"refund"`
}

type scan struct {
	At      time.Time `yaml:"at" json:"at"`
	Place   string    `yaml:"place" json:"place"`
	PlaceEN string    `yaml:"place_en" json:"place_en"`
}

type orderItem struct {
	Product     string `yaml:"product" json:"product"`
	Variant     string `yaml:"variant" json:"variant"`
	Qty         int    `yaml:"qty" json:"qty"`
	Price       string `yaml:"price" json:"price"`
	Return      string `yaml:"return" json:"return"`     // reference of the return under way
	Exchange    string `yaml:"exchange" json:"exchange"` // of the exchange under way
	ExchangedTo string `yaml:"exchange_to" json:"exchange_to"`
}

type refund struct {
	Status string `yaml:"status" json:"status"`
	Amount string `yaml:"amount" json:"amount"`
}

// What the rules ask about an order. A status that the shop doesn't know counts as gone: nothing is changed then.
const (
	statusDelivered = "delivered"
	statusReturned  = "returned"
	statusCancelled = "cancelled"
	statusUnpaid    = "payment_failed"
	refundPending   = "pending"
)

func (o *order) unpaid() bool {
	return slices.Contains([]string{statusUnpaid, "unpaid", "payment_pending", "awaiting_payment"}, o.Status)
}

func (o *order) beforeDispatch() bool {
	return o.unpaid() || slices.Contains([]string{"placed", "paid", "confirmed", "processing", "preparing", "packed", "backordered"}, o.Status)
}

func (o *order) onItsWay() bool {
	return slices.Contains([]string{"shipped", "in_transit", "out_for_delivery"}, o.Status)
}

func (o *order) arrived() bool { return o.Status == statusDelivered }

// arrivedAt is the day that the window of returns counts from.
func (o *order) arrivedAt() time.Time {
	if o.Delivered.IsZero() {
		return o.Placed
	}
	return o.Delivered
}

// returnUntil is the last day on which something of the order can go back.
func (s *shop) returnUntil(o *order) time.Time {
	return o.arrivedAt().AddDate(0, 0, s.Company.ReturnWindowDays)
}

// inWindow counts whole days: the last one counts until midnight.
func (s *shop) inWindow(o *order, now time.Time) bool {
	y, m, d := s.returnUntil(o).In(now.Location()).Date()
	return now.Before(time.Date(y, m, d+1, 0, 0, 0, 0, now.Location()))
}

func (o *order) total() int64 {
	sum := int64(0)
	for _, x := range o.Items {
		sum += x.sum()
	}
	return sum
}

func (x orderItem) sum() int64 { return hundredths(x.Price) * int64(max(x.Qty, 1)) }

// settled tells whether the thing goes back or is exchanged already.
func (x orderItem) settled() bool { return x.Return != "" || x.Exchange != "" }

// summary names what is in an order: 2 × USB-C Fast Charger (white).
func (s *shop) summary(o *order, language string) string {
	var parts []string
	for _, x := range o.Items {
		parts = append(parts, s.itemText(x, language))
	}
	if language == "zh" {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}

func (s *shop) itemText(x orderItem, language string) string {
	name := x.Product
	if p := s.product(x.Product); p != nil {
		name = p.name(language)
	}
	if language == "zh" {
		text := name
		if x.Variant != "" {
			text += "（" + variantName(x.Variant, language) + "）"
		}
		if x.Qty > 1 {
			text += fmt.Sprintf(" ×%d", x.Qty)
		}
		return text
	}
	if x.Variant != "" {
		name += " (" + variantName(x.Variant, language) + ")"
	}
	if x.Qty > 1 {
		name = fmt.Sprintf("%d × %s", x.Qty, name)
	}
	return name
}

// orderOf is the customer's own order of that id; another one's is refused like one that there is not.
func (s *shop) orderOf(c backoffice.Call) (*order, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	id := c.Args["order_id"]
	n := slices.IndexFunc(who.Orders, func(o order) bool { return sameID(o.ID, id) })
	if n < 0 {
		return nil, &backoffice.Refusal{Code: "unknown_order", Slot: "order_id", Facts: backoffice.Record{"order_id": id}}
	}
	return &who.Orders[n], nil
}

// facts are what a refusal about an order may tell.
func (s *shop) facts(o *order, c backoffice.Call) backoffice.Record {
	r := s.orderRecord(o, c)
	r["days"] = s.Company.ReturnWindowDays
	r["until"] = s.returnUntil(o)
	return r
}

// orderRecord is an order for a reader.
func (s *shop) orderRecord(o *order, c backoffice.Call) backoffice.Record {
	r := backoffice.Record{
		"order_id": o.ID, "status": o.Status, "status_text": o.statusText(c.Language), "summary": s.summary(o, c.Language),
		"total": decimalOf(o.total()), "before_dispatch": o.beforeDispatch(), "on_its_way": o.onItsWay(), "arrived": o.arrived(),
		"sent_back": o.Status == statusReturned, "cancelled": o.Status == statusCancelled, "unpaid": o.unpaid(),
	}
	for name, at := range map[string]time.Time{"placed": o.Placed, "delivered": o.Delivered, "received_back": o.ReceivedBack, "eta": o.ETA} {
		if !at.IsZero() {
			r[name] = at
		}
	}
	for name, text := range map[string]string{"address": o.Address, "carrier": o.Carrier, "tracking": o.Tracking} {
		if text != "" {
			r[name] = text
		}
	}
	if o.LastScan != nil {
		r["scanned"], r["place"] = o.LastScan.At, o.LastScan.Place
		if c.Language != "zh" && o.LastScan.PlaceEN != "" {
			r["place"] = o.LastScan.PlaceEN
		}
	}
	if o.arrived() && s.inWindow(o, c.Now) {
		r["return_until"] = s.returnUntil(o)
	}
	if o.Refund != nil {
		r["refund"] = backoffice.Record{"status": o.Refund.Status, "status_text": refundText(o.Refund.Status, c.Language), "amount": o.Refund.Amount}
	}
	return r
}

// paper is the reference of something that the shop wrote down.
func (s *shop) paper(kind string) string {
	s.Papers++
	return fmt.Sprintf("%s-%06d", kind, 410000+s.Papers*37)
}
