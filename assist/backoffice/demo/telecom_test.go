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
	"deskhand/assist/nlu/entity"
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

func TestCarrier_Bills(t *testing.T) {
	office := openCarrier(t)
	for _, tt := range []struct {
		period string
		want   string // months and amounts, or the month without a bill
	}{
		{"", "February 2026 101.50"},
		{"2026-02-01/2026-02-28", "February 2026 101.50"},
		{"2026-02-28/2026-02-28", "February 2026 101.50"},
		{"2026-01-01/2026-01-31", "January 2026 95.50"},
		{"2026-01-31/2026-02-01", "February 2026 101.50 January 2026 95.50"},
		{"2025-12-01/2025-12-31", "none December 2025"},
		{"2025-11-15/2025-11-20", "November 2025 99.00"},
		{"2026-03-01/2026-03-18", "none March 2026 running"},
	} {
		r, err := office.Read(context.Background(), telecomCall("N-1", "bills.get", "period", tt.period))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		bills, _ := r["bills"].([]backoffice.Record)
		for _, b := range bills {
			got = append(got, fmt.Sprint(b["month"]), fmt.Sprint(b["amount"]))
		}
		if r["found"] == false {
			got = append(got, "none", fmt.Sprint(r["asked"]))
		}
		if r["running"] == true {
			got = append(got, "running")
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.period, got, tt.want)
		}
	}
	r, _ := office.Read(context.Background(), telecomCall("N-1", "bills.get"))
	if extras := fmt.Sprint(r["extras"]); !strings.Contains(extras, "Premium SMS") || strings.Contains(extras, "Large") {
		t.Errorf("extras: %s", extras)
	}
	if before := r["before"].(backoffice.Record); before["difference"] != "6.00" || before["higher"] != true {
		t.Errorf("before: %v", before)
	}
	if r, _ := office.Read(context.Background(), telecomCall("N-2", "bills.get")); r["found"] != false {
		t.Errorf("no bills: %v", r)
	}
}

func TestCarrier_RecommendsFromUsage(t *testing.T) {
	office := openCarrier(t)
	for _, tt := range []struct{ customer, plan, why string }{
		{"N-1", "N-L", "the month with the most fits exactly; broadband stays"},
		{"N-2", "N-L", "no plan has enough: the one with the most"},
		{"N-3", "N-S", "a smaller one is enough"},
	} {
		r, err := office.Read(context.Background(), telecomCall(tt.customer, "plans.recommend"))
		if err != nil {
			t.Fatal(err)
		}
		if p := r["plan"].(backoffice.Record); p["plan"] != tt.plan {
			t.Errorf("%s: got %v, want %s (%s)", tt.customer, p["plan"], tt.plan, tt.why)
		}
	}
	r, _ := office.Read(context.Background(), telecomCall("N-2", "plans.recommend"))
	if r["short"] != true || r["peak_gb"] != "81" || r["addon_total"] != "33.00" || r["difference"] != "70.50" || r["dearer"] != true {
		t.Errorf("got %v", r)
	}
	if r, _ = office.Read(context.Background(), telecomCall("N-3", "plans.recommend")); r["dearer"] != false || r["difference"] != "30.00" || r["addon"] != nil {
		t.Errorf("got %v", r)
	}
}

func TestCarrier_Reads(t *testing.T) {
	office := openCarrier(t)
	for _, tt := range []struct {
		customer, action string
		args             []string
		want             []string // parts of the record
	}{
		{"N-1", "lines.usage", nil, []string{"data_used:64 ", "data_left:16 ", "data_percent:80 ", "nearly:true", "minutes_left:820"}},
		{"N-2", "lines.usage", []string{"usage_kind", "minutes"}, []string{"data_left:0 ", "data_over:0.5", "minutes_left:0 ", "minutes_only:true"}},
		{"N-1", "lines.contract", nil, []string{"over:false", "days:0 "}},
		{"N-2", "lines.contract", nil, []string{"over:false", "days:1 "}},
		{"N-3", "lines.contract", nil, []string{"over:true"}},
		{"", "plans.get", nil, []string{"N-S", "N-M", "N-L", "single:false"}},
		{"", "plans.get", []string{"plan", "N-M"}, []string{"Middle 55", "single:true", "minutes:200"}},
		{"", "plans.get", []string{"plan", "N-Q"}, []string{"no: unknown_plan plan"}},
		{"", "outages.find", []string{"area", "harbour street 9"}, []string{"found:true", "Harbour Street 9"}},
		{"", "outages.find", []string{"area", "海港9街那边"}, []string{"found:true"}},
		{"", "outages.find", []string{"area", "Harbour Street 8"}, []string{"found:false"}},
		{"", "outages.find", []string{"area", "hill"}, []string{"found:false"}},
		{"", "outages.find", []string{"area", "oak hill"}, []string{"found:true", "mobile network fault"}},
		{"N-1", "faults.get", nil, []string{"X-701", "scheduled"}},
		{"N-1", "faults.get", []string{"ticket_id", "x700"}, []string{"X-700", "repaired"}},
		{"N-2", "faults.get", []string{"ticket_id", "X-701"}, []string{"no: unknown_ticket ticket_id"}},
		{"N-2", "faults.get", nil, []string{"no: no_ticket"}},
		{"N-1", "faults.open", []string{"ticket_id", "X-700"}, []string{"no: settled"}},
		{"N-1", "devices.diagnose", nil, []string{"remote_fix:update_firmware", "channel 50% full", "healthy:false"}},
		{"N-2", "devices.diagnose", nil, []string{"line_fault", "LOS alarm", "-30 dBm"}},
		{"N-2", "devices.diagnose", []string{"device", "box-1"}, []string{"no: unknown_device"}},
		{"N-3", "devices.diagnose", nil, []string{"none:true"}},
	} {
		got := outcome(office.Read(context.Background(), telecomCall(tt.customer, tt.action, tt.args...)))
		for _, part := range tt.want {
			if !strings.Contains(got+" ", part) {
				t.Errorf("%s %s %v: %s lacks %q", tt.customer, tt.action, tt.args, got, part)
			}
		}
	}
}

func TestCarrier_FindsByPhone(t *testing.T) {
	office := openCarrier(t)
	for phone, want := range map[string]string{"40011222": "N-1", "+47 400-11-222": "N-1", "139 0000 1111": "N-2", "0013900001111": "N-2", "00001111": "", "40011223": ""} {
		if got, _ := office.Find(context.Background(), backoffice.Details{Phone: phone}); got != want {
			t.Errorf("%s: got %q, want %q", phone, got, want)
		}
	}
}

// What customers call plans and packs by tells them apart.
func TestCarrier_ItemsAreTold(t *testing.T) {
	office := openCarrier(t)
	for _, tt := range []struct{ kind, text, want string }{
		{"plan", "switch me to the middle one please", "N-M"}, {"plan", "我想换中套餐", "N-M"}, {"plan", "the 30 gb plan", "N-M"}, {"plan", "换成55块的", "N-M"},
		{"plan", "large 95", "N-L"}, {"plan", "that one with broadband", "N-L"}, {"plan", "80G那个", "N-L"}, {"plan", "25元套餐", "N-S"},
		{"addon", "buy the 5 gb pack", "D-5"}, {"addon", "5g流量包", "D-5"}, {"addon", "weekend data pls", "D-W"}, {"addon", "周末流量包来一个", "D-W"}, {"addon", "a data pack", ""}, {"addon", "加个流量包", ""},
		{"addon", "那个6块钱的", "D-W"}, {"ticket", "X-701", "X-701"}, {"ticket", "the signal one", "X-701"},
	} {
		c := telecomCall("N-1", "")
		items, err := office.Items(context.Background(), tt.kind, c)
		if err != nil {
			t.Fatal(err)
		}
		list := make([]entity.Item, len(items))
		for i, x := range items {
			list[i] = entity.Item{ID: x.ID, Kind: x.Kind, Names: x.Names, At: x.At, Attributes: x.Attributes}
		}
		hits := entity.Match(tt.text, list, entity.Context{Now: telecomNow(), Language: "en", Currency: "CNY", Country: "CN"}, nil)
		got := ""
		if len(hits) > 0 && hits[0].Score >= 0.55 && (len(hits) == 1 || hits[1].Score < hits[0].Score-0.12) {
			got = hits[0].Item.ID
		}
		if got != tt.want {
			t.Errorf("%s %q: got %q (%v), want %q", tt.kind, tt.text, got, hits, tt.want)
		}
	}
}
