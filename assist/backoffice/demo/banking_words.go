package demo

import "strings"

func accountKind(kind, language string) string {
	w, ok := map[string]word{
		"current": {"current account", "活期账户"}, "savings": {"savings account", "储蓄账户"}, "deposit": {"fixed deposit", "定期账户"},
		"credit": {"credit account", "信用账户"}, "business": {"business account", "对公账户"},
	}[kind]
	if !ok {
		w = word{strings.ReplaceAll(kind, "_", " ") + " account", kind + "账户"}
	}
	return w.in(language)
}

func cardKind(kind, language string) string {
	w, ok := map[string]word{"debit": {"debit card", "借记卡"}, "credit": {"credit card", "信用卡"}, "prepaid": {"prepaid card", "预付卡"}}[kind]
	if !ok {
		w = word{strings.ReplaceAll(kind, "_", " ") + " card", kind + "卡"}
	}
	return w.in(language)
}

func cardName(x bankCard, language string) string {
	if language == "zh" {
		return "尾号" + x.Last4 + "的" + cardKind(x.Kind, language)
	}
	return cardKind(x.Kind, language) + " ending in " + x.Last4
}

func cardText(status, language string) string {
	w, ok := map[string]word{
		cardActive: {"active", "已激活"}, cardInactive: {"not activated yet", "未激活"}, cardInPost: {"in the post", "寄送中"}, cardBlocked: {"blocked", "已挂失"},
		"expired": {"expired", "已过期"}, "cancelled": {"cancelled", "已注销"},
	}[status]
	if !ok {
		return strings.ReplaceAll(status, "_", " ")
	}
	return w.in(language)
}

func transferName(t bankTransfer, language string) string {
	if language == "zh" {
		return t.ID + "（转给" + t.To + " " + t.Amount + "）"
	}
	return t.ID + " (" + t.Amount + " to " + t.To + ")"
}

func transferText(status, language string) string {
	w, ok := map[string]word{
		transferProcessing: {"being processed", "处理中"}, "completed": {"completed", "已到账"}, "failed": {"failed", "失败"}, "returned": {"returned", "已退回"},
		"cancelled": {"cancelled", "已取消"}, "scheduled": {"scheduled", "已预约"},
	}[status]
	if !ok {
		return strings.ReplaceAll(status, "_", " ")
	}
	return w.in(language)
}

func declineText(reason, language string) string {
	w, ok := map[string]word{
		"over_daily_limit": {"it went over the card's daily limit", "超过了卡片的当日限额"}, "insufficient_funds": {"there wasn't enough money available", "可用余额不足"},
		"expired": {"the card has expired", "卡片已过期"}, "wrong_pin": {"the PIN was wrong", "密码输入错误"}, "blocked": {"the card is blocked", "卡片已挂失"},
		"not_activated": {"the card isn't activated yet", "卡片尚未激活"}, "abroad_off": {"payments abroad are switched off", "境外支付未开通"},
		"suspected_fraud": {"it looked unusual and was stopped for your protection", "交易异常，为保护您的资金被拦截"}, "online_off": {"online payments are switched off", "网上支付未开通"},
	}[reason]
	if !ok {
		return strings.ReplaceAll(reason, "_", " ")
	}
	return w.in(language)
}

func declineAdvice(reason, language string) string {
	return map[string]word{
		"over_daily_limit":   {"The limit starts afresh at midnight; you can raise it in the app under Cards.", "限额零点后恢复，也可以在手机银行“卡管理”里调高。"},
		"insufficient_funds": {"Once there is money in the account, the card works again.", "账户里有钱后就可以继续用卡。"},
		"expired":            {"Your new card should have reached you; if not, tell me.", "新卡应该已经寄给您，没收到请告诉我。"},
		"wrong_pin":          {"I can reset the PIN for you if you like.", "需要的话我可以帮您重置密码。"},
		"not_activated":      {"I can activate it for you if you like.", "需要的话我可以帮您激活。"},
		"abroad_off":         {"You can switch them on in the app under Cards, Security.", "可以在手机银行“安全设置”里开通。"},
		"online_off":         {"You can switch them on in the app under Cards, Security.", "可以在手机银行“安全设置”里开通。"},
	}[reason].in(language)
}

// currency is how a currency is called.
type currency struct {
	word
	more []string
}

// currencyNames are the currencies that customers ask about, by ISO code.
func currencyNames() map[string]currency {
	return map[string]currency{
		"USD": {word{"US dollar", "美元"}, []string{"dollar", "dollars", "US dollars", "american dollars", "bucks", "greenback", "US$", "美金", "美刀", "刀", "美钞"}},
		"EUR": {word{"euro", "欧元"}, []string{"euros", "€"}},
		"HKD": {word{"Hong Kong dollar", "港币"}, []string{"Hong Kong dollars", "HK dollar", "HK dollars", "HK$", "港元", "港纸", "港幣"}},
		"JPY": {word{"Japanese yen", "日元"}, []string{"yen", "日圆", "日币", "日幣"}},
		"GBP": {word{"British pound", "英镑"}, []string{"pound", "pounds", "pounds sterling", "sterling", "quid", "£", "英磅"}},
		"AUD": {word{"Australian dollar", "澳元"}, []string{"Australian dollars", "aussie dollar", "aussie dollars", "澳币", "澳刀", "澳大利亚元"}},
		"CAD": {word{"Canadian dollar", "加元"}, []string{"Canadian dollars", "加币", "加拿大元", "加刀"}},
		"SGD": {word{"Singapore dollar", "新加坡元"}, []string{"Singapore dollars", "新币", "坡币"}},
		"NZD": {word{"New Zealand dollar", "新西兰元"}, []string{"New Zealand dollars", "kiwi dollar", "纽币"}},
		"TWD": {word{"New Taiwan dollar", "新台币"}, []string{"Taiwan dollar", "Taiwan dollars", "台币"}},
		"CHF": {word{"Swiss franc", "瑞士法郎"}, []string{"Swiss francs", "francs", "franc", "瑞郎"}},
		"KRW": {word{"Korean won", "韩元"}, []string{"won", "韩币", "韩圆"}},
		"THB": {word{"Thai baht", "泰铢"}, []string{"baht", "泰币"}},
		"MYR": {word{"Malaysian ringgit", "马来西亚林吉特"}, []string{"ringgit", "马币", "令吉", "林吉特"}},
		"MOP": {word{"Macau pataca", "澳门元"}, []string{"pataca", "patacas", "澳门币", "葡币"}},
		"PLN": {word{"Polish zloty", "波兰兹罗提"}, []string{"zloty", "zlotys", "zlotych", "兹罗提"}},
		"RUB": {word{"Russian rouble", "俄罗斯卢布"}, []string{"rouble", "roubles", "ruble", "rubles", "卢布"}},
		"INR": {word{"Indian rupee", "印度卢比"}, []string{"rupee", "rupees", "卢比"}},
		"SEK": {word{"Swedish krona", "瑞典克朗"}, []string{"swedish kronor", "瑞典币"}},
		"DKK": {word{"Danish krone", "丹麦克朗"}, []string{"danish kroner"}},
		"NOK": {word{"Norwegian krone", "挪威克朗"}, []string{"norwegian kroner"}},
		"VND": {word{"Vietnamese dong", "越南盾"}, []string{"dong", "越盾"}},
		"PHP": {word{"Philippine peso", "菲律宾比索"}, []string{"philippine pesos"}},
		"MXN": {word{"Mexican peso", "墨西哥比索"}, []string{"mexican pesos"}},
		"BRL": {word{"Brazilian real", "巴西雷亚尔"}, []string{"reais", "雷亚尔"}},
		"TRY": {word{"Turkish lira", "土耳其里拉"}, []string{"lira", "里拉"}},
		"AED": {word{"UAE dirham", "阿联酋迪拉姆"}, []string{"dirham", "dirhams", "迪拉姆"}},
		"CNY": {word{"Chinese yuan", "人民币"}, []string{"yuan", "rmb", "renminbi"}},
	}
}

func currencyName(code, language string) string {
	if n, ok := currencyNames()[code]; ok {
		return n.in(language)
	}
	return code
}
