package demo_test

import (
	"context"
	"strings"
	"testing"

	"deskhand/assist/backoffice"
)

func TestShop_ReadsSayWhatTheRecordsHold(t *testing.T) {
	ctx, f := context.Background(), openShop(t)
	for _, c := range []struct {
		call  backoffice.Call
		field string
		want  any
	}{
		{shopCall("shipments.track", "order_id", "FO-100002"), "tracking", "PN1"},
		{shopCall("shipments.track", "order_id", "FO-100002"), "place", "Oslo"},
		{shopCall("refunds.get", "order_id", "FO-100005"), "amount", "80.05"},
		{shopCall("refunds.get", "order_id", "FO-100003"), "found", false},
		{shopCall("loyalty.get"), "points", 77},
		{shopCall("catalog.stock", "product", "X-1", "variant", "green"), "state", "sold_out"},
		{shopCall("catalog.stock", "product", "X-1", "variant", "red"), "quantity", 4},
		{shopCall("catalog.stock", "product", "X-1", "variant", "pink"), "state", "no_such_variant"},
		{shopCall("catalog.stock", "product", "X-3"), "state", "sold_out"},
		{shopCall("catalog.stock", "product", "x1"), "state", "in_stock"},
		{shopCall("coupons.check", "coupon", "trail15"), "state", "valid"}, // its last day
		{shopCall("coupons.check", "coupon", "OLD30"), "state", "expired"},
		{shopCall("coupons.check", "coupon", "HELLO"), "state", "used_up"}, // has ordered before
		{shopCall("returns.allowed", "order_id", "FO-100003"), "order_id", "FO-100003"},
	} {
		r, err := f.Read(ctx, c.call)
		if err != nil || r[c.field] != c.want {
			t.Errorf("%s %v: %s is %v (%v), want %v", c.call.Action, c.call.Args, c.field, r[c.field], err, c.want)
		}
	}
	if got := refusalOf(t, f, shopCall("coupons.check", "coupon", "NOPE"), false); got != "unknown_coupon@coupon" {
		t.Errorf("an unknown code: got %q", got)
	}
	nobody := shopCall("orders.get", "order_id", "FO-100001")
	nobody.Customer = ""
	if got := refusalOf(t, f, nobody, false); got != "unknown_customer" {
		t.Errorf("an order for nobody: got %q", got)
	}
}

func TestShop_FindsByOrderAndPhone(t *testing.T) {
	f := openShop(t)
	for _, c := range []struct{ order, phone, want string }{
		{"FO-100001", "+47 912 34 567", "C-1"}, {"fo100001", "91234567", "C-1"}, {"FO-100001", "004791234567", "C-1"}, {"FO-100001", "0912 34567", "C-1"},
		{"FO-100001", "234567", ""}, {"FO-100001", "+86 139 0000 1111", ""}, {"FO-200001", "13900001111", "C-2"}, {"FO-200001", "", ""}, {"", "91234567", ""},
		{"FO-100001", "12345678", ""},
	} {
		got, err := f.Find(context.Background(), backoffice.Details{OrderID: c.order, Phone: c.phone})
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s %s: got %q %v, want %q", c.order, c.phone, got, err, c.want)
		}
	}
}

func TestShop_Items(t *testing.T) {
	ctx, f := context.Background(), openShop(t)
	orders, err := f.Items(ctx, "order", shopCall(""))
	if err != nil || len(orders) != 8 || orders[0].At.Before(orders[7].At) {
		t.Fatalf("orders: got %d, %v, want 8, newest first", len(orders), err)
	}
	variants, err := f.Items(ctx, "variant", shopCall("", "order_id", "FO-100003", "item", "X-1"))
	if err != nil || variants[0].ID != "black" || variants[0].Attributes["offered"] != "y" || variants[1].Attributes["offered"] != "n" {
		t.Errorf("variants: got %v, %v, want black alone on offer", variants, err)
	}
	stranger := shopCall("", "order_id", "FO-200001")
	if things, err := f.Items(ctx, "item", stranger); err != nil || len(things) != 0 {
		t.Errorf("things in somebody else's order: got %v, %v", things, err)
	}
	p, err := f.Profile(ctx)
	if err != nil || p.Shapes["order"] != "FO-999999" || p.Shapes["product"] != "X-9" {
		t.Errorf("shapes: got %v, %v", p.Shapes, err)
	}
}

func TestShop_RecommendsByNeedBudgetAndTaste(t *testing.T) {
	ctx, f := context.Background(), openShop(t)
	for need, want := range map[string]string{
		"something for camping": "Camp Kettle", "against the rain, at most 100 euros": "Camp Kettle", "a lamp for my garden under €30": "Camp Kettle", "想要露营用的": "Camp Kettle",
	} {
		r, err := f.Read(ctx, shopCall("catalog.recommend", "need", need))
		list, _ := r["products"].([]backoffice.Record)
		if err != nil || len(list) == 0 || list[0]["name"] != want || !strings.Contains(list[0]["reason"].(string), "you looked at it lately") {
			t.Errorf("%s: got %v %v, want %s first, because it was looked at", need, list, err, want)
		}
	}
	r, err := f.Read(ctx, shopCall("catalog.recommend", "need", "something for podcasts"))
	if err != nil || r["matched"] != false {
		t.Errorf("nothing for podcasts: got %v %v, want matched false", r, err)
	}
}
