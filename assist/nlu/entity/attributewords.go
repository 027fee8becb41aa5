package entity

// said are the words for values that attributes commonly have.
var said = map[string]phraseSet{
	"debit": phrases("debit", "借记卡", "借记", "储蓄卡"), "credit": phrases("credit card", "credit", "信用卡", "贷记卡", "信用", "visa credit"),
	"savings": phrases("savings", "saving", "储蓄", "存款", "定期"), "current": phrases("current", "checking", "chequing", "everyday account", "活期", "往来", "日常账户"),
	"black": phrases("black", "黑色", "黑"), "white": phrases("white", "白色", "白"), "blue": phrases("blue", "蓝色", "蓝"), "red": phrases("red", "红色", "红"),
	"green": phrases("green", "绿色", "绿"), "grey": phrases("grey", "gray", "灰色", "灰"), "gray": phrases("grey", "gray", "灰色", "灰"), "silver": phrases("silver", "银色", "银白"),
	"pink": phrases("pink", "粉色", "粉红", "粉"), "gold": phrases("gold", "golden", "金色"), "purple": phrases("purple", "紫色", "紫"), "yellow": phrases("yellow", "黄色", "黄"),
	"orange": phrases("orange", "橙色", "橘色"), "brown": phrases("brown", "棕色", "咖啡色"),
	"delivered": phrases("delivered", "arrived", "received", "已送达", "送到的", "收到的", "已收到", "签收"), "shipped": phrases("shipped", "on its way", "on the way", "dispatched", "in transit", "发货", "已发货", "在路上", "寄出"),
	"packed": phrases("packed", "not shipped", "not yet shipped", "unshipped", "hasn't shipped", "hasn't been shipped", "not been shipped", "没发货", "未发货", "还没发", "打包"), "returned": phrases("returned", "sent back", "退货的", "退回", "退了的"),
	"cancelled": phrases("cancelled", "canceled", "取消的", "已取消"), "payment_failed": phrases("payment failed", "unpaid", "not paid", "没付款", "未付款", "付款失败"),
	"inactive": phrases("inactive", "not active", "not activated", "new card", "new one", "未激活", "没激活", "新卡", "新的"), "in_post": phrases("in the post", "in post", "on its way", "new card", "新卡", "寄送中", "在路上"),
	"active": phrases("active one", "activated", "正在用的", "在用的"), "blocked": phrases("blocked", "frozen", "冻结"), "processing": phrases("processing", "pending", "处理中"),
	"scheduled": phrases("scheduled", "预约的"), "open": phrases("open one", "未关闭"),
	"small": phrases("small", "小号"), "medium": phrases("medium", "中号"), "large": phrases("large", "大号"),
}
