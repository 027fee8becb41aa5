package backofficetest

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"time"

	"deskhand/assist"
	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
)

// Demo are the companies of demo.yaml, the text of which is data, by industry: their own offices, or what wrap makes of
// them, e.g. an adapter that reaches them over the wire.
func Demo(data []byte, wrap func(t *testing.T, f backoffice.Office) backoffice.Office) map[string]Company {
	now := time.Date(2026, 3, 18, 10, 0, 0, 0, time.UTC)
	out := map[string]Company{"ecommerce": shop(), "banking": bank(), "telecom": carrier(), "education": school()}
	for industry, c := range out {
		c.Now = now
		c.Open = func(t *testing.T) backoffice.Office {
			t.Helper()
			all, err := demo.Open(context.Background(), demo.Options{Store: &Records{}, Data: data, Now: now, Location: time.UTC})
			if err != nil {
				t.Fatal(err)
			}
			if wrap == nil {
				return all[industry]
			}
			return wrap(t, all[industry])
		}
		out[industry] = c
	}
	return out
}

func shop() Company {
	return Company{
		One: "E-1001", Two: "E-1002", Details: backoffice.Details{Phone: "415 555 0134", OrderID: "NW-7731377"},
		Kinds: map[string]bool{"order": true, "product": false},
		Reads: []Case{
			{Action: "orders.get", Args: map[string]string{"order_id": "NW-7731377"}}, {Action: "shipments.track", Args: map[string]string{"order_id": "NW-7731377"}},
			{Action: "refunds.get", Args: map[string]string{"order_id": "NW-7731204"}}, {Action: "catalog.get", Args: map[string]string{"product": "P-100"}},
			{Action: "catalog.stock", Args: map[string]string{"product": "P-100", "variant": "white"}}, {Action: "catalog.recommend", Args: map[string]string{"need": "headphones for the train"}},
			{Action: "coupons.check", Args: map[string]string{"coupon": "FALL10"}}, {Action: "catalog.promotions"}, {Action: "loyalty.get"},
		},
		Changes: []Case{
			{Action: "orders.cancel", Args: map[string]string{"order_id": "NW-7731377", "reason": "too late"}},
			{Action: "orders.change_address", Args: map[string]string{"order_id": "NW-7731377", "address": "1 Main St, Oakland, CA 94601"}},
			{Action: "returns.create", Args: map[string]string{"order_id": "NW-7730555", "item": "P-102", "reason": "they don't fit"}},
			{Action: "invoices.send", Args: map[string]string{"order_id": "NW-7730555", "email": "m@example.com"}},
		},
		Foreign: map[string][2]string{"order_id": {"NW-7740018", "NW-9999999"}},
	}
}

func bank() Company {
	return Company{
		One: "B-1001", Two: "B-1002", Details: backoffice.Details{Phone: "13912345678"},
		Kinds: map[string]bool{"account": true, "card": true, "payee": true},
		Reads: []Case{
			{Action: "accounts.get", Args: map[string]string{"account": "6222-0001"}}, {Action: "accounts.get"}, {Action: "accounts.transactions", Args: map[string]string{"account": "6222-0001"}},
			{Action: "transfers.limit"}, {Action: "transfers.get", Args: map[string]string{"transfer_id": "TR-55120"}}, {Action: "rates.get", Args: map[string]string{"currency": "usd"}},
			{Action: "wealth.suitable", Args: map[string]string{"risk_tolerance": "low", "horizon": "6 months", "goal": "savings"}}, {Action: "branches.find", Args: map[string]string{"city": "Shanghai"}},
		},
		Changes: []Case{
			{Action: "transfers.create", Args: map[string]string{"payee": "王磊", "amount": "300.00", "account": "6222-0001"}},
			{Action: "cards.block", Args: map[string]string{"card": "card-4821"}}, {Action: "cards.activate", Args: map[string]string{"card": "card-9937"}},
			{Action: "statements.send", Args: map[string]string{"account": "6222-0001", "period": "2026-02-01/2026-02-28"}},
		},
		Foreign: map[string][2]string{"account": {"6222-0103", "6222-9999"}, "card": {"card-1177", "card-0000"}, "payee": {"Tom Reed", "Nobody Known"}},
	}
}

func carrier() Company {
	return Company{
		One: "T-1002", Two: "T-1001", Details: backoffice.Details{Phone: "85 123 4567"},
		Kinds: map[string]bool{"line": true, "ticket": true, "device": true, "plan": false, "addon": false},
		Reads: []Case{
			{Action: "lines.usage", Args: map[string]string{"line": "L-2002"}}, {Action: "lines.contract"}, {Action: "plans.get"}, {Action: "plans.recommend"}, {Action: "bills.get"},
			{Action: "faults.get", Args: map[string]string{"ticket_id": "F-3301"}}, {Action: "outages.find", Args: map[string]string{"area": "East Ring 7"}},
			{Action: "devices.diagnose", Args: map[string]string{"device": "router-2002"}},
		},
		Changes: []Case{
			{Action: "lines.change_plan", Args: map[string]string{"plan": "PL-79", "line": "L-2002"}}, {Action: "lines.top_up", Args: map[string]string{"amount": "20.00", "line": "L-2002"}},
			{Action: "lines.buy_addon", Args: map[string]string{"addon": "A-10G", "line": "L-2002"}}, {Action: "lines.suspend", Args: map[string]string{"line": "L-2002"}},
			{Action: "faults.reschedule", Args: map[string]string{"ticket_id": "F-3301", "visit_time": "2026-03-25T10:00"}},
			{Action: "devices.remote_fix", Args: map[string]string{"device": "router-2002", "fix": "restart_and_change_channel"}},
		},
		Foreign: map[string][2]string{"line": {"L-2001", "L-9999"}, "device": {"ont-2001", "ont-9999"}},
	}
}

func school() Company {
	return Company{
		One: "S-1002", Two: "S-1001", Details: backoffice.Details{Phone: "206 555 0188"},
		Kinds: map[string]bool{"student": true, "course": false},
		Reads: []Case{
			{Action: "courses.get", Args: map[string]string{"course": "C-PY"}}, {Action: "courses.schedule", Args: map[string]string{"course": "C-IELTS"}}, {Action: "courses.discounts"},
			{Action: "enrolments.get", Args: map[string]string{"student": "ST-2"}}, {Action: "progress.get", Args: map[string]string{"student": "ST-2"}},
			{Action: "progress.advise", Args: map[string]string{"student": "ST-2"}}, {Action: "exams.get", Args: map[string]string{"exam": "X-IELTS"}}, {Action: "materials.find", Args: map[string]string{"course": "C-PY"}},
		},
		Changes: []Case{
			{Action: "enrolments.create", Args: map[string]string{"course": "C-MATH8", "student": "ST-2", "class_time": "2026-03-20T19:00"}},
			{Action: "attendance.request_leave", Args: map[string]string{"student": "ST-2", "date": "2026-03-25"}},
		},
		Foreign: map[string][2]string{"student": {"ST-1", "ST-99"}},
	}
}

// Records is a demo.Store in memory.
type Records struct {
	mu        sync.Mutex // guards all
	documents map[string][]byte
	results   map[string][]byte
}

// Document implements demo.Store.
func (r *Records) Document(_ context.Context, company string) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return had(r.documents, company)
}

// Begin implements demo.Store.
func (r *Records) Begin(_ context.Context, company string, document []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.documents == nil {
		r.documents, r.results = map[string][]byte{}, map[string][]byte{}
	}
	r.documents[company] = bytes.Clone(document)
	return nil
}

// Change implements demo.Store.
func (r *Records) Change(_ context.Context, company, key string, document, result []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, made := r.results[key]; made {
		return assist.Errorf(assist.CodeExists, "change %s was made before", key)
	}
	r.documents[company], r.results[key] = bytes.Clone(document), bytes.Clone(result)
	return nil
}

// Result implements demo.Store.
func (r *Records) Result(_ context.Context, key string) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return had(r.results, key)
}

func had(m map[string][]byte, key string) ([]byte, error) {
	b, ok := m[key]
	if !ok {
		return nil, assist.ErrNotFound
	}
	return bytes.Clone(b), nil
}
