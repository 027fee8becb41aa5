package demo

import (
	"fmt"
	"maps"
	"strings"

	"deskhand/assist/backoffice"
)

// device is a customer's router or optical terminal, with what it reports of itself and what that was found to mean.
type device struct {
	ID        string         `yaml:"id" json:"id"`
	Kind      string         `yaml:"kind" json:"kind"`
	Telemetry map[string]any `yaml:"telemetry" json:"telemetry"`
	Diagnosis string         `yaml:"diagnosis" json:"diagnosis"`
	RemoteFix string         `yaml:"remote_fix" json:"remote_fix"` // what can be done from afar; empty: nothing
	Fixed     string         `yaml:"-" json:"fixed"`               // the fix that was done
}

const statusFixed = "fixed"

func (d *device) name(language string) string {
	w, ok := map[string]word{
		"optical_terminal": {"fibre terminal", "光猫"}, "wifi_router": {"wifi router", "无线路由器"}, "router": {"router", "路由器"},
		"modem": {"modem", "调制解调器"}, "set_top_box": {"television box", "机顶盒"},
	}[d.Kind]
	if !ok {
		return strings.ReplaceAll(d.Kind, "_", " ")
	}
	return w.in(language)
}

// finding is a diagnosis in a sentence, and what the customer can do.
func (d *device) finding(language string) (text, advice string) {
	f, ok := map[string][2]word{
		"line_fault": {
			{"hardly any light arrives on the fibre, so the line itself is broken", "光纤几乎收不到光，是线路断了或严重衰减"},
			{"check that the fibre plug sits firmly and the cable isn't bent; a technician has to see to the rest", "可以先看看光纤插头有没有插紧、有没有被压弯；其余要师傅上门处理"},
		},
		"congested_channel": {
			{"the wifi channel is crowded: too many networks and devices share it", "无线信道太拥挤，周围网络和接入设备太多"},
			{"the 5 GHz network and a place away from other devices help as well", "连 5G 频段、把路由器放到空旷处也会好一些"},
		},
		"overheating":      {{"it runs too hot", "设备过热"}, {"give it air, and keep it out of the sun", "放到通风、避免阳光直射的地方"}},
		"old_firmware":     {{"its software is out of date", "固件版本太旧"}, {"an update can be sent from here", "可以远程升级"}},
		"firmware_bug":     {{"its software has a known fault", "固件有已知问题"}, {"an update can be sent from here", "可以远程升级"}},
		"weak_wifi":        {{"the wifi hardly reaches the devices", "无线信号覆盖不足"}, {"put the router in the open, or use an extender", "把路由器放到空旷处，或加一个扩展器"}},
		"overload":         {{"too many devices are on it at the same time", "同时接入的设备太多"}, {"take some of them off", "可以断开一些不用的设备"}},
		"account_blocked":  {{"the connection is locked on our side", "线路在我们这边被锁定"}, {}},
		"hardware_failure": {{"the device itself is broken", "设备硬件损坏"}, {"a technician brings a new one", "需要师傅上门更换"}},
		statusFixed:        {{"it has just been seen to from here and reports nothing unusual", "刚刚远程处理过，目前没有异常"}, {}},
		"":                 {{"it reports nothing unusual", "设备上报一切正常"}, {"try once by cable, and restart the device", "可以先用网线试一下，再把设备断电重启"}},
	}[d.Diagnosis]
	if !ok {
		return strings.ReplaceAll(d.Diagnosis, "_", " "), ""
	}
	return f[0].in(language), f[1].in(language)
}

// readings are what the device reports, in words.
func (d *device) readings(language string) string {
	var out []string
	for _, r := range []struct {
		key  string
		says func(v any) word
	}{
		{"rx_power_dbm", func(v any) word {
			return word{fmt.Sprintf("received light %v dBm (good: -27 to -8)", v), fmt.Sprintf("收光功率 %v dBm（正常 -27 到 -8）", v)}
		}},
		{"status", func(v any) word {
			if v == "los_alarm" {
				return word{"LOS alarm: no light", "LOS 告警（无光）"}
			}
			text := strings.ReplaceAll(fmt.Sprint(v), "_", " ")
			return word{"status " + text, "状态 " + text}
		}},
		{"wifi_channel_load", func(v any) word {
			n := int(number(v)*100 + 0.5)
			return word{fmt.Sprintf("channel %d%% full", n), fmt.Sprintf("信道占用 %d%%", n)}
		}},
		{"clients", func(v any) word {
			return word{fmt.Sprintf("%v devices connected", v), fmt.Sprintf("接入设备 %v 台", v)}
		}},
		{"uptime_h", func(v any) word {
			return word{fmt.Sprintf("running for %v hours", v), fmt.Sprintf("已连续运行 %v 小时", v)}
		}},
		{"firmware", func(v any) word { return word{fmt.Sprintf("firmware %v", v), fmt.Sprintf("固件 %v", v)} }},
	} {
		if v, ok := d.Telemetry[r.key]; ok {
			out = append(out, r.says(v).in(language))
		}
	}
	if language == "zh" {
		return strings.Join(out, "，")
	}
	return strings.Join(out, ", ")
}

// number is a reading, as YAML or JSON give it.
func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	}
	return 0
}

// fixText is a remote fix in words: what would be done.
func fixText(fix, language string) string {
	w, ok := map[string]word{
		"restart_and_change_channel": {"restart it and move it to a freer channel", "重启并换到空闲信道"},
		"restart":                    {"restart it", "远程重启"}, "reboot": {"restart it", "远程重启"},
		"change_channel": {"move it to a freer channel", "换到空闲信道"}, "update_firmware": {"update its software", "升级固件"},
		"reset": {"reset it", "恢复设置"}, "reprovision": {"set up its connection anew", "重新下发配置"}, "unlock": {"unlock the connection", "解锁线路"},
	}[fix]
	if !ok {
		return strings.ReplaceAll(fix, "_", " ")
	}
	return w.in(language)
}

// deviceOf is the customer's device. One that isn't the customer's own is refused like one that there is not.
func (s *carrier) deviceOf(c backoffice.Call) (*device, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, unknownCustomer()
	}
	if id := c.Args["device"]; who.Device == nil || id != "" && !sameID(id, who.Device.ID) {
		return nil, &backoffice.Refusal{Code: "unknown_device", Facts: backoffice.Record{"device": id}}
	}
	return who.Device, nil
}

func (s *carrier) devicesDiagnose(c backoffice.Call) (backoffice.Record, error) {
	if who := s.subscriber(c.Customer); who != nil && who.Device == nil && c.Args["device"] == "" {
		return backoffice.Record{"none": true, "healthy": true}, nil // somebody has to come and look
	}
	d, err := s.deviceOf(c)
	if err != nil {
		return nil, err
	}
	finding, advice := d.finding(c.Language)
	r := backoffice.Record{
		"none": false, "device": d.ID, "name": d.name(c.Language), "diagnosis": d.Diagnosis, "finding": finding, "readings": d.readings(c.Language), "advice": advice,
		"healthy": d.Diagnosis == "" || d.Diagnosis == "ok" || d.Diagnosis == statusFixed,
	}
	if d.RemoteFix != "" {
		r["remote_fix"], r["fix"] = d.RemoteFix, fixText(d.RemoteFix, c.Language)
	}
	return r, nil
}

// fixMinutes is how long a device is away when it is seen to from afar.
const fixMinutes = 3

func (s *carrier) devicesRemoteFix(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	d, err := s.deviceOf(c)
	if err != nil {
		return nil, nil, err
	}
	if d.RemoteFix == "" || c.Args["fix"] != d.RemoteFix {
		return nil, nil, &backoffice.Refusal{Code: "no_fix", Facts: backoffice.Record{"device": d.ID, "name": d.name(c.Language)}}
	}
	r := backoffice.Record{"device": d.ID, "name": d.name(c.Language), "fix": fixText(d.RemoteFix, c.Language), "minutes": fixMinutes}
	return r, func() backoffice.Record {
		d.Fixed, d.RemoteFix, d.Diagnosis = d.RemoteFix, "", statusFixed
		// What it reported before is over; it tells anew once it is up again.
		maps.DeleteFunc(d.Telemetry, func(key string, _ any) bool { return key != "firmware" })
		return r
	}, nil
}
