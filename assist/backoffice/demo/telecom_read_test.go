package demo_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
)

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
