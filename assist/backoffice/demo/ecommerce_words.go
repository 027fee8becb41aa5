package demo

import "strings"

// word is something in both languages.
type word struct{ en, zh string }

func (w word) in(language string) string {
	if language == "zh" {
		return w.zh
	}
	return w.en
}

// listed joins texts as people do.
func listed(list []string, language string) string {
	if language == "zh" {
		return strings.Join(list, "、")
	}
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}

// colours are how variants are called that are told apart by colour; the keys are those of demo.yaml.
func colours() map[string]word {
	return map[string]word{
		"black": {"black", "黑色"}, "white": {"white", "白色"}, "blue": {"blue", "蓝色"}, "silver": {"silver", "银色"}, "grey": {"grey", "灰色"},
		"gray": {"gray", "灰色"}, "red": {"red", "红色"}, "green": {"green", "绿色"}, "pink": {"pink", "粉色"}, "gold": {"gold", "金色"},
		"purple": {"purple", "紫色"}, "yellow": {"yellow", "黄色"}, "orange": {"orange", "橙色"}, "brown": {"brown", "棕色"}, "beige": {"beige", "米色"},
	}
}

// colourAliases are other names for a colour, which customers use.
func colourAliases() map[string][]string {
	return map[string][]string{
		"grey": {"gray"}, "gray": {"grey"}, "silver": {"银白色"}, "pink": {"粉红色", "粉红", "rose"}, "red": {"大红"}, "orange": {"橘色"}, "brown": {"咖啡色"},
		"blue": {"天蓝色", "海军蓝", "navy"}, "gold": {"golden"}, "purple": {"violet"}, "beige": {"米白色", "cream"},
	}
}

func variantName(key, language string) string {
	if w, ok := colours()[key]; ok {
		return w.in(language)
	}
	return key
}

func (o *order) statusText(language string) string {
	w, ok := map[string]word{
		"placed": {"placed and waiting to be packed", "已下单，等待打包"}, "paid": {"paid and waiting to be packed", "已付款，等待打包"},
		"confirmed": {"confirmed and waiting to be packed", "已确认，等待打包"}, "processing": {"being processed", "处理中"},
		"preparing": {"being prepared", "备货中"}, "packed": {"packed and not shipped yet", "已打包，尚未发货"}, "backordered": {"on back order", "缺货等待中"},
		"shipped": {"shipped and on its way", "已发货，正在运输途中"}, "in_transit": {"in transit", "已发货，正在运输途中"},
		"out_for_delivery": {"out for delivery", "正在派送"}, statusDelivered: {"delivered", "已送达签收"}, statusReturned: {"returned", "已退货"},
		statusCancelled: {"cancelled", "已取消"}, statusUnpaid: {"not paid: the payment failed", "未付款，支付失败"},
		"unpaid": {"not paid yet", "未付款"}, "payment_pending": {"waiting for the payment", "等待付款"}, "awaiting_payment": {"waiting for the payment", "等待付款"},
	}[o.Status]
	if !ok {
		return strings.ReplaceAll(o.Status, "_", " ")
	}
	return w.in(language)
}

func refundText(status, language string) string {
	w, ok := map[string]word{
		refundPending: {"pending", "处理中"}, "processing": {"being processed", "处理中"}, "approved": {"approved", "已批准"},
		"paid": {"paid out", "已退款"}, "done": {"paid out", "已退款"}, "completed": {"paid out", "已退款"}, "refunded": {"paid out", "已退款"},
	}[status]
	if !ok {
		return status
	}
	return w.in(language)
}

func tierName(tier, language string) string {
	w, ok := map[string]word{
		"standard": {"standard", "普通会员"}, "silver": {"silver", "银卡会员"}, "gold": {"gold", "金卡会员"}, "platinum": {"platinum", "白金会员"},
	}[tier]
	if !ok {
		return tier
	}
	return w.in(language)
}

// topic is what a tag of a product means.
type topic struct {
	name    word
	kind    bool   // it says what the thing is, not what it is good for
	aliases string // other one-word names for such a thing
	needs   string // what customers say who need that: words in English, parts of words in Chinese
}

// topics are the tags that the demo shop knows; one that it doesn't know is shown as it stands.
func topics() map[string]topic {
	return map[string]topic{
		"headphones": {
			name: word{"over-ear headphones", "头戴式耳机"}, kind: true, aliases: "headset 耳麦",
			needs: "headphone headset over-ear over-ears cans 耳机 头戴 耳罩",
		},
		"earbuds": {
			name: word{"earbuds", "真无线耳机"}, kind: true, aliases: "earphones buds 耳塞",
			needs: "earbud earbuds bud buds in-ear earphone earphones airpods 耳机 耳塞 入耳 真无线 小耳机",
		},
		"noise-cancelling": {
			name: word{"noise cancelling", "主动降噪"},
			needs: "noise noisy quiet silence plane flight flights flying airplane commute commuting commuter train subway metro " +
				"bus travel travelling traveling office concentrate focus study loud snoring cancelling canceling anc 降噪 " +
				"噪音 吵 安静 飞机 坐车 通勤 地铁 高铁 出差 旅行 旅游 办公 学习 图书馆 专注",
		},
		"wireless": {
			name:  word{"wireless", "无线"},
			needs: "wireless bluetooth cordless cable-free 无线 蓝牙",
		},
		"studio": {
			name: word{"studio sound", "录音室音质"},
			needs: "studio mixing producer producing professional hifi hi-fi audiophile classical mastering 录音 混音 专业 " +
				"发烧 音质 编曲 古典 做音乐",
		},
		"sport": {
			name: word{"made for sport", "适合运动"},
			needs: "sport sports sporty gym run runs running runner jog jogging workout workouts fitness exercise exercising " +
				"cycling bike sweat marathon 运动 跑步 夜跑 晨跑 健身 锻炼 骑车 骑行 出汗 马拉松",
		},
		"speaker": {
			name: word{"speaker", "音箱"}, kind: true, aliases: "音响 boombox",
			needs: "speaker speakers party parties loud boombox living 音箱 音响 派对 聚会 外放 广场舞 客厅",
		},
		"outdoor": {
			name: word{"made for outdoors", "适合户外"},
			needs: "outdoor outdoors outside garden patio camping camp beach picnic hike hiking barbecue bbq park 户外 露营 " +
				"野餐 花园 院子 沙滩 海边 爬山 徒步 烧烤 公园",
		},
		"waterproof": {
			name: word{"waterproof", "防水"},
			needs: "waterproof water pool swim swimming rain rainy shower bath bathroom beach boat splash 防水 泳池 游泳 " +
				"浴室 洗澡 下雨 海边",
		},
		"microphone": {
			name: word{"microphone", "麦克风"}, kind: true, aliases: "mic 话筒",
			needs: "mic microphone podcast podcasts podcasting streaming streamer sing singing voice record recording voiceover " +
				"meeting meetings calls 麦克风 话筒 麦 直播 播客 唱歌 录音 配音 开会 会议 网课 " +
				"视频会议",
		},
		"usb": {
			name:  word{"USB", "USB 接口"},
			needs: "usb computer laptop pc 电脑 笔记本",
		},
		"podcast": {
			name:  word{"good for podcasts", "适合播客"},
			needs: "podcast podcasts podcasting streaming 播客 直播",
		},
		"charger": {
			name: word{"charger", "充电器"}, kind: true, aliases: "充电头 充电器",
			needs: "charge charging charger chargers power adapter battery plug 充电 快充 没电 充电头 插头",
		},
	}
}

func tagNames(tags []string, language string) []string {
	var out []string
	for _, t := range tags {
		if x, ok := topics()[t]; ok {
			out = append(out, x.name.in(language))
		} else {
			out = append(out, t)
		}
	}
	return out
}
