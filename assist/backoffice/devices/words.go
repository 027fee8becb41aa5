package devices

import (
	"fmt"
	"strings"
)

// word is a text in English and in Chinese.
type word struct{ en, zh string }

func (w word) in(language string) string {
	if language == "zh" {
		return w.zh
	}
	return w.en
}

// Codes of diagnoses that are no rule's.
const (
	Fixed  = "fixed"  // it was seen to from afar, and reports nothing unusual since
	Busy   = "busy"   // it is being seen to right now
	Silent = "silent" // it reports nothing, though it should
)

// Name is what a kind of device is called.
func Name(kind, language string) string {
	w, ok := map[string]word{
		"optical_terminal": {"fibre terminal", "光猫"}, "wifi_router": {"wifi router", "无线路由器"}, "router": {"router", "路由器"},
		"modem": {"modem", "调制解调器"}, "set_top_box": {"television box", "机顶盒"}, "": {"device", "设备"},
	}[kind]
	if !ok {
		return strings.ReplaceAll(kind, "_", " ")
	}
	return w.in(language)
}

// Finding is a diagnosis in a sentence, and what the customer can do.
func Finding(code, language string) (text, advice string) {
	f, ok := findings()[code]
	if !ok {
		return strings.ReplaceAll(code, "_", " "), ""
	}
	return f[0].in(language), f[1].in(language)
}

func findings() map[string][2]word {
	return map[string][2]word{
		"line_fault": {
			{"hardly any light arrives on the fibre, so the line itself is broken", "光纤几乎收不到光，是线路断了或严重衰减"},
			{"check that the fibre plug sits firmly and the cable isn't bent; a technician has to see to the rest", "可以先看看光纤插头有没有插紧、有没有被压弯；其余要师傅上门处理"},
		},
		"weak_signal": {
			{"the signal on the line is weak, and the device has lost step with our network", "线路信号偏弱，设备与网络失去同步"},
			{"check that all plugs sit firmly", "可以先检查各个插头有没有插紧"},
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
		Fixed:              {{"it has just been seen to from here and reports nothing unusual", "刚刚远程处理过，目前没有异常"}, {}},
		Busy:               {{"it is being seen to from here right now and will be back in a few minutes", "正在远程处理，过几分钟就会恢复"}, {}},
		Silent:             {{"it isn't reporting to us at all, so it is off or cut off", "设备一直没有上报，可能没通电或线路断了"}, {"check that it has power and that its cables sit firmly", "可以先看看电源和网线、光纤有没有插好"}},
		"":                 {{"it reports nothing unusual", "设备上报一切正常"}, {"try once by cable, and restart the device", "可以先用网线试一下，再把设备断电重启"}},
	}
}

// failedFix says that a fix was tried and did not help.
func failedFix(fix, language string) string {
	return word{"; what I did from here before (" + FixText(fix, "en") + ") did not help", "；之前远程处理过（" + FixText(fix, "zh") + "），没有好转"}.in(language)
}

// Words are the readings in words, in the order of importance.
func (r Reading) Words(language string) string {
	var out []string
	number := func(name string, says func(v float64) word) {
		if v, ok := r.Values[name]; ok {
			out = append(out, says(v).in(language))
		}
	}
	state := func(name string, says func(s string) word) {
		if s, ok := r.States[name]; ok {
			out = append(out, says(s).in(language))
		}
	}
	number("rx_power_dbm", func(v float64) word {
		return word{fmt.Sprintf("received light %v dBm (good: -27 to -8)", v), fmt.Sprintf("收光功率 %v dBm（正常 -27 到 -8）", v)}
	})
	number("snr_db", func(v float64) word {
		return word{fmt.Sprintf("signal-to-noise %v dB (good: above 15)", v), fmt.Sprintf("信噪比 %v dB（正常 15 以上）", v)}
	})
	state("status", func(s string) word {
		if s == "los_alarm" {
			return word{"LOS alarm: no light", "LOS 告警（无光）"}
		}
		s = strings.ReplaceAll(s, "_", " ")
		return word{"status " + s, "状态 " + s}
	})
	number("wifi_channel_load", func(v float64) word {
		n := int(v*100 + 0.5)
		return word{fmt.Sprintf("channel %d%% full", n), fmt.Sprintf("信道占用 %d%%", n)}
	})
	number("clients", func(v float64) word {
		return word{fmt.Sprintf("%v devices connected", v), fmt.Sprintf("接入设备 %v 台", v)}
	})
	number("uptime_h", func(v float64) word {
		return word{fmt.Sprintf("running for %v hours", v), fmt.Sprintf("已连续运行 %v 小时", v)}
	})
	state("firmware", func(s string) word { return word{"firmware " + s, "固件 " + s} })
	if language == "zh" {
		return strings.Join(out, "，")
	}
	return strings.Join(out, ", ")
}

// FixText is a remote fix in words: what would be done.
func FixText(fix, language string) string {
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
