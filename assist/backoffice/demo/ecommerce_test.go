package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
)

// shopNow is in the middle of a day, so that days can be counted both ways.
func shopNow() time.Time { return time.Date(2026, 3, 18, 10, 0, 0, 0, time.UTC) }

// shopData is another shop than the shipped one: other names, ids, currency, window and products.
const shopData = `
banking: {company: {name: B}}
telecom: {company: {name: T}}
education: {company: {name: E}}
ecommerce:
  company: {name: Fjell Outdoor, name_zh: 山野户外, currency: EUR, return_window_days: 14}
  products:
    - {id: X-1, name: Ridge Lamp, name_zh: 山脊头灯, price: "39.90", variants: {red: 4, green: 0, black: 2}, tags: [outdoor], warranty_months: 36}
    - {id: X-2, name: Camp Kettle, name_zh: 露营水壶, price: "25.00", variants: {steel: 7}, tags: [outdoor, waterproof], warranty_months: 24}
    - {id: X-3, name: Rain Poncho, name_zh: 雨披, price: "80.05", variants: {m: 0, l: 0}, restock: +5d, tags: [waterproof], warranty_months: 6}
  promotions: [{code: TRAIL15, percent: 15, until: -0d, on: [X-1]}, {code: HELLO, percent: 5, until: +9d, first_order: true}, {code: OLD30, percent: 30, until: -1d}]
  customers:
    - id: C-1
      name: Ida Holm
      phone: "+47 912 34 567"
      email: ida@example.no
      language: en
      tier: gold
      points: 77
      since: -100d
      viewed: [X-2]
      orders:
        - {id: FO-100001, placed: -9d, status: packed, items: [{product: X-1, variant: red, qty: 2, price: "39.90"}, {product: X-2, variant: steel, qty: 1, price: "25.00"}], address: "Storgata 1, Oslo"}
        - {id: FO-100002, placed: -20d, status: shipped, carrier: Posten, tracking: PN1, eta: +2d, last_scan: {at: -0d, place: 奥斯陆, place_en: Oslo}, items: [{product: X-2, variant: steel, qty: 1, price: "25.00"}]}
        - {id: FO-100003, placed: -18d, status: delivered, delivered: -14d, items: [{product: X-1, variant: red, qty: 1, price: "39.90"}, {product: X-2, variant: steel, qty: 3, price: "25.00"}]}
        - {id: FO-100004, placed: -18d, status: delivered, delivered: -15d, items: [{product: X-1, variant: red, qty: 1, price: "39.90"}]}
        - {id: FO-100005, placed: -30d, status: returned, received_back: -3d, items: [{product: X-3, variant: m, qty: 1, price: "80.05"}], refund: {status: pending, amount: "80.05"}}
        - {id: FO-100006, placed: -3d, status: payment_failed, items: [{product: X-2, variant: steel, qty: 1, price: "25.00"}]}
        - {id: FO-100007, placed: -3d, status: lost_by_elves, items: [{product: X-2, variant: steel, qty: 1, price: "25.00"}]}
        - {id: FO-100008, placed: -3d, status: delivered, delivered: -1d, items: [{product: X-1, variant: red, qty: 3, price: "39.90"}]}
    - id: C-2
      name: 周岚
      phone: "+86 139 0000 1111"
      email: zl@example.cn
      language: zh
      points: 0
      orders:
        - {id: FO-200001, placed: -1d, status: packed, items: [{product: X-2, variant: steel, qty: 1, price: "25.00"}]}
`

func openShop(t *testing.T) *demo.Office {
	t.Helper()
	return openCompany(t, "ecommerce", shopData, shopNow())
}

func shopCall(action string, args ...string) backoffice.Call {
	c := backoffice.Call{Action: action, Customer: "C-1", Args: map[string]string{}, Language: "en", Now: shopNow()}
	for i := 0; i+1 < len(args); i += 2 {
		c.Args[args[i]] = args[i+1]
	}
	return c
}

// refusalOf runs a call, as a read or as a check followed by the change, and gives the code and slot of its refusal.
func refusalOf(t *testing.T, f *demo.Office, c backoffice.Call, change bool) string {
	t.Helper()
	ctx := context.Background()
	var err error
	if change {
		_, err = f.Check(ctx, c)
		if _, again := f.Execute(ctx, t.Name(), c); (again == nil) != (err == nil) {
			t.Errorf("check said %v, execute %v", err, again)
		}
	} else {
		_, err = f.Read(ctx, c)
	}
	var no *backoffice.Refusal
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &no):
		t.Fatalf("got %v, want a refusal", err)
	case no.Slot != "":
		return no.Code + "@" + no.Slot
	}
	return no.Code
}

func TestShop_RulesOfOrders(t *testing.T) {
	home := "12 New Rd, Bergen"
	for _, c := range []struct {
		action, order, more string
		want                string
	}{
		{"orders.cancel", "FO-100001", "", ""},
		{"orders.cancel", "fo 100001", "", ""},
		{"orders.cancel", "FO-100002", "", "shipped"},
		{"orders.cancel", "FO-100003", "", "delivered"},
		{"orders.cancel", "FO-100005", "", "returned"},
		{"orders.cancel", "FO-100006", "", ""},
		{"orders.cancel", "FO-100007", "", "shipped"}, // a status that nobody knows: nothing is changed
		{"orders.cancel", "FO-200001", "", "unknown_order@order_id"},
		{"orders.cancel", "FO-999999", "", "unknown_order@order_id"},
		{"orders.cancel", "", "", "unknown_order@order_id"},
		{"orders.change_address", "FO-100001", home, ""},
		{"orders.change_address", "FO-100001", "storgata 1, oslo", "same_address@address"},
		{"orders.change_address", "FO-100001", " ", "no_address@address"},
		{"orders.change_address", "FO-100002", home, "shipped"},
		{"orders.change_address", "FO-100003", home, "delivered"},
		{"orders.change_address", "FO-200001", home, "unknown_order@order_id"},
		{"returns.create", "FO-100001", "X-1", "not_shipped"},
		{"returns.create", "FO-100002", "X-2", "on_its_way"},
		{"returns.create", "FO-100003", "X-1", ""}, // the last day counts
		{"returns.create", "FO-100003", "X-3", "unknown_item@item"},
		{"returns.create", "FO-100004", "X-1", "window"}, // one day too late
		{"returns.create", "FO-100005", "X-3", "returned"},
		{"returns.create", "FO-100006", "X-2", "unpaid"},
		{"returns.create", "FO-100007", "X-2", "on_its_way"},
		{"returns.create", "FO-200001", "X-2", "unknown_order@order_id"},
		{"refunds.create", "FO-100001", "", "not_shipped"},
		{"refunds.create", "FO-100002", "", "on_its_way"},
		{"refunds.create", "FO-100003", "", ""},
		{"refunds.create", "FO-100004", "", "window"},
		{"refunds.create", "FO-100005", "", "refund_open"},
		{"refunds.create", "FO-100006", "", "unpaid"},
		{"refunds.create", "FO-200001", "", "unknown_order@order_id"},
		{"invoices.send", "FO-100003", "a@b.example", ""},
		{"invoices.send", "FO-100003", "a@b", "bad_email@email"},
		{"invoices.send", "FO-100003", "a b@c.example", "bad_email@email"},
		{"invoices.send", "FO-200001", "a@b.example", "unknown_order@order_id"},
	} {
		t.Run(c.action+" "+c.order+" "+c.more, func(t *testing.T) {
			call := shopCall(c.action, "order_id", c.order, "item", c.more, "address", c.more, "email", c.more, "reason", "too big")
			if got := refusalOf(t, openShop(t), call, true); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestShop_RulesOfExchanges(t *testing.T) {
	for _, c := range []struct{ order, item, variant, want string }{
		{"FO-100003", "X-1", "black", ""},
		{"FO-100003", "X-1", "red", "same_variant@variant"},
		{"FO-100003", "X-1", "green", "sold_out@variant"},
		{"FO-100003", "X-1", "pink", "no_such_variant@variant"},
		{"FO-100003", "X-2", "black", "no_such_variant"}, // there is nothing else to choose
		{"FO-100008", "X-1", "black", "sold_out"},        // three are needed, two are there
		{"FO-100004", "X-1", "black", "window"},
		{"FO-100002", "X-2", "steel", "on_its_way"},
		{"FO-200001", "X-2", "steel", "unknown_order@order_id"},
	} {
		t.Run(c.order+" "+c.variant, func(t *testing.T) {
			call := shopCall("exchanges.create", "order_id", c.order, "item", c.item, "variant", c.variant)
			if got := refusalOf(t, openShop(t), call, true); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What was done keeps from being done twice, whatever it is called the second time.
func TestShop_NothingIsGivenTwice(t *testing.T) {
	ctx := context.Background()
	order := []string{"order_id", "FO-100003", "item", "X-1", "variant", "black", "reason", "r", "email", "a@b.example"}
	for _, c := range []struct{ first, second, want string }{
		{"returns.create", "returns.create", "under_way"}, {"returns.create", "exchanges.create", "under_way"},
		{"returns.create", "refunds.create", "under_way"}, {"exchanges.create", "returns.create", "under_way"},
		{"exchanges.create", "refunds.create", "under_way"}, {"refunds.create", "refunds.create", "refund_open"},
		{"refunds.create", "returns.create", "refund_open"}, {"refunds.create", "exchanges.create", "refund_open"},
	} {
		t.Run(c.first+" "+c.second, func(t *testing.T) {
			f := openShop(t)
			if _, err := f.Execute(ctx, "one", shopCall(c.first, order...)); err != nil {
				t.Fatal(err)
			}
			if got := refusalOf(t, f, shopCall(c.second, order...), true); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	f := openShop(t)
	if _, err := f.Execute(ctx, "one", shopCall("orders.cancel", "order_id", "FO-100001")); err != nil {
		t.Fatal(err)
	}
	for action, want := range map[string]string{"orders.cancel": "cancelled", "orders.change_address": "cancelled", "returns.create": "cancelled", "refunds.create": "refund_open", "invoices.send": "cancelled"} {
		args := append(order[2:], "order_id", "FO-100001", "address", "12 New Rd")
		if got := refusalOf(t, f, shopCall(action, args...), true); got != want {
			t.Errorf("%s after a cancellation: got %q, want %q", action, got, want)
		}
	}
}

func TestShop_TermsAndResultsNameTheSums(t *testing.T) {
	ctx, f := context.Background(), openShop(t)
	for _, c := range []struct {
		call        backoffice.Call
		field, want string
	}{
		{shopCall("orders.cancel", "order_id", "FO-100001"), "refund", "104.80"},
		{shopCall("orders.cancel", "order_id", "FO-100006"), "refund", ""}, // nothing was paid
		{shopCall("orders.cancel", "order_id", "FO-100001"), "summary", "2 × Ridge Lamp (red), Camp Kettle (steel)"},
		{shopCall("returns.create", "order_id", "FO-100003", "item", "X-2", "reason", "r"), "refund", "75.00"},
		{shopCall("refunds.create", "order_id", "FO-100003", "reason", "r"), "amount", "114.90"},
		{shopCall("exchanges.create", "order_id", "FO-100003", "item", "X-1", "variant", "black"), "variant_before", "red"},
		{shopCall("invoices.send", "order_id", "FO-100003", "email", "a@b.example"), "total", "114.90"},
		{shopCall("orders.change_address", "order_id", "FO-100001", "address", "a 1"), "address_before", "Storgata 1, Oslo"},
	} {
		terms, err := f.Check(ctx, c.call)
		if got, _ := terms[c.field].(string); err != nil || got != c.want {
			t.Errorf("%s %s: %s is %q (%v), want %q", c.call.Action, c.call.Args["order_id"], c.field, got, err, c.want)
		}
	}
}
