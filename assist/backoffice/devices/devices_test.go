package devices_test

import (
	"testing"

	"deskhand/assist/backoffice/devices"
)

func TestRules_TellWhatReadingsMean(t *testing.T) {
	rules, err := devices.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		reading   devices.Reading
		code, fix string
	}{
		"no light":      {devices.Reading{Kind: "optical_terminal", Values: map[string]float64{"rx_power_dbm": -29.5}}, "line_fault", ""},
		"the bound":     {devices.Reading{Kind: "optical_terminal", Values: map[string]float64{"rx_power_dbm": -27}}, "", ""},
		"an alarm":      {devices.Reading{Kind: "optical_terminal", States: map[string]string{"status": "los_alarm"}}, "line_fault", ""},
		"a crowd":       {devices.Reading{Kind: "wifi_router", Values: map[string]float64{"wifi_channel_load": 0.93, "clients": 21}}, "congested_channel", "restart_and_change_channel"},
		"another kind":  {devices.Reading{Kind: "modem", Values: map[string]float64{"wifi_channel_load": 0.93}}, "", ""},
		"out of step":   {devices.Reading{Kind: "modem", Values: map[string]float64{"snr_db": 9}}, "weak_signal", "reprovision"},
		"gone":          {devices.Reading{States: map[string]string{"status": "offline"}}, "silent", ""},
		"nothing given": {devices.Reading{Kind: "wifi_router"}, "", ""},
	} {
		if d := rules.Diagnose(tt.reading); d.Code != tt.code || d.RemoteFix != tt.fix {
			t.Errorf("%s: got %+v, want %s %s", name, d, tt.code, tt.fix)
		}
	}
	for _, bad := range []string{"", "[]", "- {diagnosis: x}", "- {when: [{reading: a}], diagnosis: x}", "- {when: [{reading: a, is: b}], diagnosis: x, call: y}"} {
		if _, err := devices.ReadRules([]byte(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
