package entity

// signal is a list of phrases and what they do to a reply.
type signal struct {
	said  phraseSet
	means func(r *reply, i, end int)
}

// signalAt finds the signal of a phrase by its number.
var signalAt = func() table[int] {
	var list []entry[int]
	for n, x := range signals {
		for _, same := range x.said {
			for _, p := range same {
				list = append(list, entry[int]{p, n})
			}
		}
	}
	return tableOf(list...)
}()

// signals are what a reply is read by. The longest phrase at a place counts, and of equals the first.
var signals = []signal{
	{neutralPhrases, func(*reply, int, int) {}},
	{yesPhrases, func(r *reply, i, end int) { r.say(Yes, i, end) }},
	{noPhrases, func(r *reply, i, end int) { r.say(No, i, end) }},
	{cancelPhrases, func(r *reply, i, end int) {
		if r.denied(i) {
			r.no++
			return
		}
		r.cancel++
	}},
	{conditionPhrases, func(r *reply, _, _ int) { r.condition, r.opened = true, r.opened || r.first == Unclear }},
	{correctionPhrases, func(r *reply, _, _ int) { r.correction = true }},
	{hedgePhrases, func(r *reply, _, _ int) { r.hedge = true }},
	{questionPhrases, func(r *reply, _, _ int) { r.question = true }},
	{waitPhrases, func(r *reply, _, _ int) { r.wait = true }},
	{reportPhrases, func(r *reply, i, _ int) { r.report = r.report || !r.s.is(i-1, "i", "我", "已", "i've", "i'd") }},
	{otherPeople, func(r *reply, i, _ int) { r.person(i) }},
	{addressPhrases, func(r *reply, _, _ int) { r.addressed = true }},
	{restated, func(r *reply, i, end int) { r.errand(i, end) }},
	{odd, func(r *reply, i, _ int) { r.clause.strange, r.unknown = r.clause.strange+2, r.unknown+2 }},
}

var yesPhrases = phrases(
	"yes", "yes please", "yea", "yeah", "yep", "yup", "yh", "ye", "ya", "yah", "y", "yas", "yse", "aye", "sure", "sure thing", "ok", "okay", "okey", "oki", "k", "kk", "alright", "all right",
	"fine", "fine by me", "fine with me", "ok by me", "ok with me", "okay with me", "good with me", "the right one", "right one", "mhm", "uh huh", "you got it", "that's fine", "go ahead", "go for it", "go on", "do it", "do that", "do so", "please do", "please proceed", "proceed", "confirm", "confirmed", "i confirm", "comfirm", "confrim", "sounds good", "sounds right", "sounds great",
	"looks good", "looks right", "looks correct", "that's right", "that is right", "that's correct", "that is correct", "thats right", "thats correct", "correct", "right", "exactly", "absolutely", "definitely", "of course", "certainly",
	"indeed", "affirmative", "perfect", "great", "good", "lgtm", "works for me", "that works", "i agree", "agreed", "approve", "approved", "by all means", "why not", "no problem", "no probs", "no worries", "not a problem",
	"make it so", "let's do it", "let's go", "lets do it", "lets go", "i do", "all good", "true", "totally", "you bet", "cool", "send it", "be my guest", "i'm sure", "i am sure", "im sure", "accepted", "i accept", "accept",
	"好", "好的", "好呀", "好啊", "好滴", "好嘞", "好哒", "好吧", "好了", "行", "行的", "行吧", "行啊", "可以", "可以的", "可以了", "可", "嗯", "嗯嗯", "恩", "恩恩", "对", "对的", "对啊", "对呀", "对头", "是", "是的", "是啊", "是呀", "没错", "没问题", "没有问题", "没毛病", "没意见",
	"确认", "确定", "确认无误", "核对无误", "同意", "要", "要的", "就这样", "就这么办", "就这样吧", "就这样办", "来吧", "去吧", "需要", "需要的", "当然", "当然可以", "当然了", "必须的", "正确", "继续", "执行", "提交", "办吧", "办一下", "办一下吧", "办了吧", "办理吧", "给办了", "弄吧", "转吧", "行行行", "中", "妥", "妥了", "得嘞", "成", "成吧", "哦了", "欧克", "不错", "准了", "无误",
)

// weakPhrases are a yes that is said by the way, too: "ok, cancel it" is none.
var weakPhrases = phrases("ok", "okay", "okey", "oki", "k", "kk", "alright", "all right", "fine", "good", "great", "cool", "right", "sure", "好", "好的", "好呀", "好啊", "好滴", "好吧", "好了", "行", "行吧", "嗯", "嗯嗯", "恩", "可以", "中", "成")

// frailPhrases are a yes that much else is said with, too: "great service", "send it to another address".
var frailPhrases = phrases("send it", "go on", "go ahead", "go for it", "do it", "do that", "true", "perfect", "exactly", "indeed", "correct", "confirmed", "accepted", "approved", "fine", "cool", "i do", "works for me", "all good",
	"不错", "当然", "必须的", "继续", "执行", "提交", "来吧", "去吧", "需要", "需要的", "就这样", "没问题", "没有问题")

// odd are words that make something else of a yes: "you are great", "good morning".
var odd = phrases("send it again", "you are", "you're", "ur", "your", "good morning", "good afternoon", "good evening", "good night", "good day", "good job", "good bot", "有点", "真", "太", "你们", "你是", "您是", "自己来", "自己弄", "自己办", "自己去", "自己处理", "自己搞")

var noPhrases = phrases(
	"no", "nope", "nah", "naw", "no thanks", "no thank you", "no way", "don't", "dont", "do not", "not now", "not yet", "not today", "stop", "stop it", "forget it", "forget about it", "never mind", "nevermind", "nvm", "leave it", "scrap that",
	"changed my mind", "i changed my mind", "negative", "wrong", "incorrect", "not right", "not correct", "that's wrong", "that's not right", "rather not", "better not", "no longer", "refuse", "decline", "reject", "abort", "back out", "n",
	"不", "不要", "不用", "不用了", "不行", "不可以", "不对", "不是", "不是的", "不了", "不能", "别", "先别", "先不", "先不要", "算了", "算了吧", "不确认", "不同意", "不好", "不想", "不必", "不需要", "还是不", "错了", "有误", "拒绝", "否", "反悔", "停", "停下", "没", "没有", "放弃", "撤销", "作罢", "免了",
)

var cancelPhrases = phrases("cancel", "cancel it", "cancel that", "cancel this", "cancel the order", "cancel my order", "cancel them", "取消", "取消吧", "取消了", "取消掉")

var conditionPhrases = phrases(
	"if", "unless", "as long as", "so long as", "provided", "providing", "only if", "when", "once", "after", "before", "but first", "but only", "depends", "depending", "assuming", "until", "on condition", "in case", "subject to", "but",
	"later", "later on", "some other time", "another time", "another day", "in a while", "as soon as", "by the time",
	"了再", "后再", "完再", "再转", "再办", "再付", "再买", "再充", "再改", "再换", "再退", "再取消", "再订", "再报", "再弄", "再来", "晚点", "晚些", "待会", "过会", "稍后", "回头", "到时", "以后", "之后", "等发", "等工资", "等钱", "等有",
	"如果", "要是", "假如", "只要", "除非", "但是", "但", "不过", "可是", "前提", "的话", "只有", "先", "等我", "等到", "等他", "等她", "若", "万一", "看情况", "得看", "之后再", "以后再",
)

var correctionPhrases = phrases(
	"but to", "but for", "but with", "but from", "but at", "but on", "but make", "but change", "but use", "but send", "but not", "but in", "instead", "make it", "change it to", "change to", "change that to", "change the", "switch to", "except", "rather", "only", "other than", "actually", "i meant", "i mean", "should be", "not the",
	"改成", "改为", "改到", "换成", "换到", "换个", "变成", "应该是", "除了", "而是", "只", "另外", "我是说", "其实", "但是改", "但是换", "但是转", "但是要", "但要", "但金额", "但地址", "但时间",
)

var hedgePhrases = phrases(
	"maybe", "perhaps", "probably", "possibly", "i think", "i guess", "i suppose", "i believe so", "not sure", "not so sure", "unsure", "don't know", "dont know", "dunno", "not certain", "might", "kind of", "sort of", "yeah right", "let me think", "could be", "i hope",
	"可能", "也许", "或许", "大概", "应该", "好像", "不确定", "不知道", "不清楚", "不太确定", "随便", "看看", "考虑", "想想", "再想想", "再说", "估计", "差不多", "感觉", "bye", "goodbye", "good bye", "bye bye", "see you", "再见", "拜拜", "下次",
)

var questionPhrases = phrases(
	"what", "whats", "what's", "why", "how", "which", "who", "where", "is it", "is that", "is this", "are you", "can you", "could you", "do you", "does it", "will it", "would it", "did you",
	"吗", "么", "是不是", "要不要", "会不会", "有无", "多久", "多长", "几", "啥", "咋", "怎", "如何", "为何", "何时", "可不可以", "行不行", "好不好", "对不对", "为什么", "怎么", "什么", "多少", "哪个", "哪", "能不能", "有没有", "几时", "谁",
)

var waitPhrases = phrases("wait", "hold on", "hang on", "one moment", "one sec", "one second", "just a moment", "let me check", "等等", "等一下", "等会", "等下", "稍等", "慢着", "且慢", "我看下", "我看一下")

// reportPhrases tell what somebody said. "I said yes" is one's own.
var reportPhrases = phrases(
	"says", "say", "said", "saying", "told me", "told", "tells", "thinks", "agrees", "agreed to", "wants", "approves", "according to", "apparently", "asked me", "wrote", "claims", "heard",
	"说", "讲", "告诉", "让我", "叫我", "要我", "答应", "觉得", "转告", "据说", "听说", "批准了", "同意了",
)

// otherPeople are other people: as the subject of a sentence they report or decide, as its object they don't.
var otherPeople = phrases(
	"he", "she", "they", "he's", "she's", "they're", "he'll", "she'll", "wife", "husband", "boss", "mother", "mom", "mum", "dad", "father", "son", "daughter", "friend", "colleague", "manager", "someone", "everyone", "everybody", "somebody", "partner", "sister", "brother", "agent", "lawyer", "boyfriend", "girlfriend",
	"他", "她", "他们", "她们", "老公", "老婆", "爱人", "朋友", "同事", "领导", "老板", "经理", "我妈", "我爸", "妈妈", "爸爸", "儿子", "女儿", "孩子", "家人", "有人", "别人", "大家", "客服", "媳妇", "对象", "男友", "女友", "男朋友", "女朋友",
)

// person minds who is spoken of: somebody who acts, or is spoken to.
func (r *reply) person(i int) {
	s := r.s
	k := i - 1
	if s.is(k, "my", "the", "our", "我", "我的") {
		k--
	}
	if s.is(k, "to", "for", "with", "from", "给", "转", "是", "帮", "替", "跟", "和", "of", "and", "for", "在", "的") {
		return
	}
	r.report = true
}

// addressPhrases speak to somebody else.
var addressPhrases = phrases(
	"honey", "hun", "darling", "dear", "babe", "baby", "sweetie", "sweetheart", "mate i'm", "not you", "talking to", "wasn't talking", "wrong window", "wrong chat", "sorry that was for", "that was for", "was for my", "coming", "tell him", "tell her", "tell them", "on the phone",
	"宝贝", "亲爱的", "不是跟你说", "不是和你说", "没跟你说", "发错了", "发错", "打错了", "跟别人", "在跟", "马上来", "来了来了", "告诉他", "告诉她", "妈我", "好的妈", "好的爸", "好的老婆", "好的老公", "知道了老婆", "知道了妈",
)

// neutralPhrases are courtesies and words that change nothing.
var neutralPhrases = phrases(
	"please", "pls", "plz", "thanks", "thank you", "thank you very much", "thank you so much", "thx", "ty", "cheers", "hi", "hello", "sorry", "and", "the", "it", "that", "this", "them", "those", "these", "my", "me", "i", "you", "we", "us", "now", "then", "so", "just", "very", "much", "to", "for", "a", "an", "is", "are", "am", "be", "was", "i'm", "it's",
	"that's", "thats", "all", "everything", "is all", "that is", "want", "would", "like", "i'd", "i'd like", "let's", "lets", "well", "oh", "ah", "um", "uh", "hmm", "haha", "lol", "man", "mate", "sir", "madam", "bot", "friend bot", "already", "quickly", "asap", "right away", "right now", "straight away", "immediately", "with", "on", "in", "of", "from", "too", "also", "again", "really",
	"don't worry", "no changes", "no change", "no need to change anything", "nothing to change", "nothing else", "no other changes", "have a", "say yes", "as i said", "like i said", "i said", "i say", "i'd say", "my answer is", "answer is", "the answer is", "you can", "you may", "can", "will", "shall", "should", "details", "the details", "as stated", "as above", "above",
	"谢谢", "谢谢你", "谢谢您", "多谢", "麻烦", "麻烦你", "麻烦您", "麻烦了", "辛苦", "辛苦了", "请", "你好", "您好", "帮我", "帮", "我", "你", "您", "的", "啊", "呀", "吧", "啦", "了", "哦", "哈", "哈哈", "嘛", "噢", "喔", "呐", "哎", "诶", "唉", "呃", "额", "那", "那就", "就", "都", "也", "这", "这个", "那个", "一下", "下", "快", "快点", "赶紧", "尽快", "现在", "马上", "立刻", "已经", "真的", "确实", "给我",
	"对不起", "抱歉", "对了", "不好意思", "不用改", "不用改了", "不改了", "没有变化", "没变", "不用变", "信息", "内容", "上面", "以上", "办", "办理", "处理", "操作", "弄", "进行", "自己", "本人", "按", "照", "按照", "来", "这么", "这样", "那样", "直接", "没别的", "就按这个", "这些", "它", "他的", "她的", "我说", "我的回答是", "答案是", "后", "客服机器人", "还是",
	"~", "亲",
)

// restated are the errands themselves, said again with the yes.
var restated = phrases(
	"transfer", "send", "order", "book", "return", "refund", "enrol", "enroll", "block", "reset", "activate", "change", "change it", "change my plan", "change my address", "exchange", "top up", "buy", "pay", "money", "payment", "submit", "issue", "request", "leave", "visit", "appointment", "invoice", "statement", "address", "card", "pin", "plan", "number", "code", "account", "reschedule", "restart", "fix", "register", "sign up", "sign me up", "create", "add", "set", "up", "enable", "switch", "class", "course",
	"转账", "转", "转给", "退款", "退", "退货", "换货", "换", "修改", "改", "报名", "预约", "约", "充值", "充", "开通", "激活", "挂失", "冻结", "重置", "发送", "发", "寄", "寄出", "下单", "买", "购买", "订", "开", "开票", "发票", "地址", "密码", "订单", "卡", "套餐", "请假", "试听", "上门", "账单", "流水", "重启", "修", "报修", "补卡", "调班", "换班", "申请", "登记", "添加", "加", "汇款", "付款", "付", "给", "妈妈的",
)
