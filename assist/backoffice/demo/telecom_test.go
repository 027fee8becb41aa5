package demo_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/demo"
)

// telecomNow is a Wednesday.
func telecomNow() time.Time { return time.Date(2026, 3, 18, 10, 0, 0, 0, time.UTC) }

// telecomData is a carrier in the demo's format, with other names, ids and figures than the demo's own.
const telecomData = `
ecommerce: {company: {name: S, currency: USD}}
banking: {company: {name: B, currency: CNY}}
education: {company: {name: E, currency: CNY}}
telecom:
  company: {name: Nordlys Mobil, name_zh: 极光移动, currency: CNY}
  plans:
    - {id: N-S, name: Small 25, name_zh: 小套餐25, price: "25.00", data_gb: 5, minutes: 60}
    - {id: N-M, name: Middle 55, name_zh: 中套餐55, price: "55.00", data_gb: 30, minutes: 200}
    - {id: N-L, name: Large 95, name_zh: 大套餐95, price: "95.50", data_gb: 80, minutes: 900, broadband_mbps: 300}
  addons: [{id: D-5, name: 5 GB pack, name_zh: 5GB流量包, price: "8.00"}, {id: D-W, name: Weekend data, name_zh: 周末流量包, price: "6.00"}]
  outages: [{area: Harbour Street 9, area_zh: 海港九街, since: -0d, eta: +0d 22:00, kind: broadband}, {area: Oak Hill, area_zh: 橡树山, since: -1d, eta: -0d, kind: mobile}]
  customers:
    - id: N-1
      name: Ola Nordmann
      phone: "+47 400 11 222"
      language: en
      address: Storgata 1, Oslo
      line: {id: LN-1, plan: N-L, contract_until: -0d, usage: {data_gb: "64.0", minutes: 80}, months: [{data_gb: 70}, {data_gb: 80}]}
      bills: [{period: -1m, amount: "101.50", items: [{name: Large 95, amount: "95.50"}, {name: Premium SMS, amount: "6.00"}]}, {period: -2m, amount: "95.50", items: [{name: 大套餐95, amount: "95.50"}]}, {period: -4m, amount: "99.00", items: [{name: Large 95, amount: "95.50"}]}]
      device: {id: box-1, kind: wifi_router, telemetry: {wifi_channel_load: 0.5, clients: 3, firmware: "9.9"}, diagnosis: old_firmware, remote_fix: update_firmware}
      tickets: [{id: X-700, kind: broadband, status: done, visit: -3d 10:00}, {id: X-701, kind: signal, status: scheduled, visit: +1d 10:00}]
    - id: N-2
      name: 周岚
      phone: "+86 139 0000 1111"
      language: zh
      address: 人民路 8 号
      line: {id: LN-2, plan: N-S, contract_until: +1d, usage: {data_gb: "5.5", minutes: 70}, months: [{data_gb: 4}, {data_gb: 81}]}
      bills: []
      device: {id: box-2, kind: optical_terminal, telemetry: {rx_power_dbm: -30, status: los_alarm}, diagnosis: line_fault}
    - id: N-3
      name: Kari
      phone: "+47 400 33 444"
      language: en
      line: {id: LN-3, plan: N-M, usage: {data_gb: "1", minutes: 1}, months: [{data_gb: 5}]}
      bills: [{period: -1m, amount: "55.00", items: [{name: Middle 55, amount: "55.00"}]}]
`

func openCarrier(t *testing.T) *demo.Office {
	t.Helper()
	return openCompany(t, "telecom", telecomData, telecomNow())
}

func telecomCall(customer, action string, args ...string) backoffice.Call {
	c := backoffice.Call{Action: action, Customer: customer, Args: map[string]string{}, Language: "en", Now: telecomNow()}
	for i := 0; i+1 < len(args); i += 2 {
		c.Args[args[i]] = args[i+1]
	}
	return c
}

// outcome is a record's fields as text, or the refusal as "no: code slot".
func outcome(r backoffice.Record, err error) string {
	var no *backoffice.Refusal
	switch {
	case errors.As(err, &no):
		return strings.TrimSpace("no: " + no.Code + " " + no.Slot)
	case err != nil:
		return "error: " + err.Error()
	}
	return fmt.Sprint(map[string]any(r))
}

func TestCarrier_RefusesChanges(t *testing.T) {
	tests := []struct {
		name, customer, action string
		args                   []string
		want                   string // "": it can be done
	}{
		{"nobody", "", "lines.suspend", nil, "no: unknown_customer"},
		{"a stranger", "N-9", "lines.top_up", []string{"amount", "5.00"}, "no: unknown_customer"},
		{"another customer's line", "N-1", "lines.suspend", []string{"line", "LN-2"}, "no: unknown_line"},
		{"an unknown line", "N-1", "lines.suspend", []string{"line", "LN-77"}, "no: unknown_line"},
		{"own line", "N-1", "lines.suspend", []string{"line", "LN-1"}, ""},
		{"own line unsaid", "N-1", "lines.suspend", nil, ""},
		{"the plan that they have", "N-1", "lines.change_plan", []string{"plan", "N-L"}, "no: same_plan plan"},
		{"an unknown plan", "N-1", "lines.change_plan", []string{"plan", "N-X"}, "no: unknown_plan plan"},
		{"another plan", "N-1", "lines.change_plan", []string{"plan", "N-S"}, ""},
		{"nothing to top up", "N-1", "lines.top_up", []string{"amount", "0.00"}, "no: bad_amount amount"},
		{"less than nothing", "N-1", "lines.top_up", []string{"amount", "-5.00"}, "no: bad_amount amount"},
		{"three decimals", "N-1", "lines.top_up", []string{"amount", "5.001"}, "no: bad_amount amount"},
		{"a cent", "N-1", "lines.top_up", []string{"amount", "0.01"}, ""},
		{"an unknown add-on", "N-1", "lines.buy_addon", []string{"addon", "A-10G"}, "no: unknown_addon addon"},
		{"an add-on", "N-1", "lines.buy_addon", []string{"addon", "D-W"}, ""},
		{"roaming", "N-1", "lines.enable_roaming", nil, ""},
		{"a card to nowhere", "N-1", "sims.replace", []string{"address", " "}, "no: no_address address"},
		{"a card", "N-1", "sims.replace", []string{"address", "Storgata 1"}, ""},
		{"a visit in a minute", "N-1", "faults.create", []string{"symptom", "dead", "visit_time", "2026-03-18T10:01"}, ""},
		{"a visit now", "N-1", "faults.create", []string{"symptom", "dead", "visit_time", "2026-03-18T10:00"}, "no: past_time visit_time"},
		{"a visit yesterday", "N-1", "faults.create", []string{"symptom", "dead", "visit_time", "2026-03-17T10:00"}, "no: past_time visit_time"},
		{"a visit at no time", "N-1", "faults.create", []string{"symptom", "dead"}, "no: no_time visit_time"},
		{"nothing wrong", "N-1", "faults.create", []string{"visit_time", "2026-03-19T10:00"}, "no: no_symptom symptom"},
		{"an area", "N-1", "faults.create", []string{"area", "the harbour"}, ""},
		{"moved to another day", "N-1", "faults.reschedule", []string{"ticket_id", "X-701", "visit_time", "2026-03-20T10:00"}, ""},
		{"moved, the number unsaid", "N-1", "faults.reschedule", []string{"visit_time", "2026-03-20T10:00"}, ""},
		{"moved to where it is", "N-1", "faults.reschedule", []string{"visit_time", "2026-03-19T10:00"}, "no: same_time visit_time"},
		{"moved into the past", "N-1", "faults.reschedule", []string{"visit_time", "2026-03-18T09:59"}, "no: past_time visit_time"},
		{"a repaired fault", "N-1", "faults.reschedule", []string{"ticket_id", "X-700", "visit_time", "2026-03-20T10:00"}, "no: settled"},
		{"another customer's fault", "N-2", "faults.reschedule", []string{"ticket_id", "X-701", "visit_time", "2026-03-20T10:00"}, "no: unknown_ticket ticket_id"},
		{"no fault at all", "N-2", "faults.reschedule", []string{"visit_time", "2026-03-20T10:00"}, "no: no_ticket"},
		{"the fix of the diagnosis", "N-1", "devices.remote_fix", []string{"device", "box-1", "fix", "update_firmware"}, ""},
		{"another fix", "N-1", "devices.remote_fix", []string{"device", "box-1", "fix", "reset"}, "no: no_fix"},
		{"another customer's device", "N-2", "devices.remote_fix", []string{"device", "box-1", "fix", "update_firmware"}, "no: unknown_device"},
		{"a device without a fix", "N-2", "devices.remote_fix", []string{"device", "box-2", "fix", ""}, "no: no_fix"},
		{"no device", "N-3", "devices.remote_fix", []string{"device", "box-1", "fix", "update_firmware"}, "no: unknown_device"},
		{"a copy of the data", "N-1", "privacy.export", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			office, c := openCarrier(t), telecomCall(tt.customer, tt.action, tt.args...)
			for do, err := range map[string]error{
				"check":   second(office.Check(context.Background(), c)),
				"execute": second(office.Execute(context.Background(), "k", c)),
			} {
				if got := outcome(nil, err); err != nil && got != tt.want || err == nil && tt.want != "" {
					t.Errorf("%s: got %q, want %q", do, got, tt.want)
				}
			}
		})
	}
}

func second(_ backoffice.Record, err error) error { return err }

// A thing that is done can't be done again, and is seen by what is read afterwards.
func TestCarrier_Remembers(t *testing.T) {
	office := openCarrier(t)
	ctx := context.Background()
	do := func(action string, args ...string) (backoffice.Record, error) {
		c := telecomCall("N-1", action, args...)
		return office.Execute(ctx, fmt.Sprint(action, args, time.Now().UnixNano()), c)
	}
	for _, step := range []struct {
		action string
		args   []string
		again  string
	}{
		{"lines.suspend", nil, "no: suspended"},
		{"lines.enable_roaming", []string{"country", "Japan"}, "no: roaming_on"},
		{"lines.change_plan", []string{"plan", "N-M"}, "no: ordered plan"},
		{"devices.remote_fix", []string{"device", "box-1", "fix", "update_firmware"}, "no: no_fix"},
		{"faults.reschedule", []string{"visit_time", "2026-03-20T10:00"}, "no: same_time visit_time"},
	} {
		if _, err := do(step.action, step.args...); err != nil {
			t.Fatalf("%s: %v", step.action, err)
		}
		if r, err := do(step.action, step.args...); outcome(r, err) != step.again {
			t.Errorf("%s again: got %s, want %s", step.action, outcome(r, err), step.again)
		}
	}
	if r, err := office.Read(ctx, telecomCall("N-1", "devices.diagnose")); err != nil || r["remote_fix"] != nil || r["healthy"] != true {
		t.Errorf("after the fix: %v %v", r, err)
	}
	if r, err := office.Read(ctx, telecomCall("N-1", "lines.contract")); err != nil || r["plan"] != "Large 95" {
		t.Errorf("the plan changes before its day: %v %v", r, err)
	}
	later := telecomCall("N-1", "lines.contract")
	later.Now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	if r, err := office.Read(ctx, later); err != nil || r["plan"] != "Middle 55" {
		t.Errorf("the plan doesn't change on its day: %v %v", r, err)
	}
	r, err := do("faults.create", "symptom", "no light", "visit_time", "2026-03-21T09:00")
	if err != nil || r["ticket_id"] != "X-702" || r["address"] != "Storgata 1, Oslo" {
		t.Errorf("new fault: %v %v", r, err)
	}
	if r, err = do("faults.create", "area", "Oak Hill"); err != nil || r["ticket_id"] != "X-703" {
		t.Errorf("new area: %v %v", r, err)
	}
	if r, err = do("lines.top_up", "amount", "30.00"); err != nil || r["amount"] != "30.00" || r["phone"] != "1222" || r["line"] != "LN-1" {
		t.Errorf("top-up: %v %v", r, err)
	}
}
