package bot

import (
	"regexp"
	"strings"

	"deskhand/assist/nlu/entity"
)

// What customers say that must be known for certain, in patterns narrow enough not to catch what only sounds like it. The
// classifier decides the rest.
var (
	selfHarm = regexp.MustCompile(`(?i)\b(kill(ing)? myself|end(ing)? (my (own )?life|it all)|take my own life|suicid(e|al)|(want|going|gonna|wanna|ready|plan(ning)?) to die\b|wanna die\b|(don'?t|do not) (want to|wanna) (live|be alive)|(hurt(ing)?|harm(ing)?|cut(ting)?) myself|better off dead|no (reason|point) (to live|in living)|self[- ]?harm|can'?t go on living)`)
	harmZH   = regexp.MustCompile(`自杀|轻生|不想活|活不下去|不想再?活|结束(我?自己的?)?生命|了结(我?自己|此生|生命)|割腕|(想|要|去|就)跳(楼|河|江)(了|算了|自杀)?($|[，。！,.!\s])|自残|伤害(我)?自己|想死($|[，。！,.!\s])|(我|真的|真)想(去)?死($|[，。！,.!\s])|死了算了|一死了之`)
	threat   = regexp.MustCompile(`(?i)\b(i('?m| am)? ?(will|'ll|going to|gonna|want to|wanna)|i'?ll) (come (over|down|there) and )?(kill|murder|shoot|stab|strangle|beat up|burn down|blow up|bomb|hurt|attack) (you|u|him|her|them|your|ur|someone|somebody|everyone|everybody|people|my (wife|husband|boss|neighbou?r|ex|kids?|mother|father)|that (guy|man|woman)|the (staff|office|branch|store|shop|bank|courier|driver|manager|teacher))\b|\bi('?m| am)? ?(will|'ll|going to|gonna)? ?(kill|murder|shoot|stab|strangle) (that|this|the|your|ur|my) ((fucking|damn|bloody|stupid) )?(teacher|tutor|guy|woman|man|boy|girl|kid|courier|driver|manager|boss|agent|rep|person|technician|engineer|teller|cashier|receptionist|seller|idiot|bastard|bitch)s?\b|\bbring(ing)? (a|my) (gun|knife|bomb|weapon|machete)\b|\b(com(e|ing)|be (there|at|in|outside)|show(ing)? up|walk(ing)? in|turn(ing)? up|go(ing)?)\b[^.!?]{0,40}\bwith (a|my) (gun|rifle|pistol|knife|bomb|machete|axe)\b|\bthere('?s| is) a bomb\b`)
	threatZH = regexp.MustCompile(`(杀|弄死|砍死|捅死|打死|炸死|烧死|宰)了?(你|他|她|你们|他们|全家|那个)|(弄死|砍死|捅死|打死)(你|他|她)|炸(了|掉|平)(你们|你|银行|店|学校|公司)|(带|拿|提|揣|抄)(着|上)?(一?把)?(菜)?(刀|枪|炸弹|汽油)(来|去|过来|上门|找|杀|捅|砍|崩)|一枪崩|(捅|砍|崩|毙|杀)了(他|她|那个|这个)(老师|经理|店员|客服|快递|师傅|人)?|放火烧|同归于尽|血债血偿`)
	danger   = regexp.MustCompile(`(?i)\b(i('?m| am) in danger|(is|are|'s|'re|keeps?) (going to|gonna|trying to|threatening to) (kill|hurt|shoot|stab|beat) me|(he|she|they|husband|wife|boyfriend|girlfriend|father|mother|dad|mum|mom|partner) (is |are |'s )?(hit(s|ting)?|beat(s|ing)?|hurt(s|ing)?|abus(es|ing)|threaten(s|ing)?) me|held (me )?hostage|call (an ambulance|the police) (for me|now|please)|someone is breaking in(to)?|took (an )?overdose|overdosed)`)
	dangerZH = regexp.MustCompile(`救命($|[，。！,.!\s啊])|有人要(杀|打死|害)我|(他|她|老公|老婆|丈夫|男友|男朋友|爸|妈)(一直|又|在|总是)?(打我|家暴我|要杀我|威胁要杀)|家暴|被绑架|吞了(安眠)?药|我(现在)?有生命危险`)
	// Ways of speaking that mean none of it.
	figure = regexp.MustCompile(`(?i)die of (laughter|embarrassment|boredom|shame|curiosity)|dying (to|for)|kill (for|two birds|time|the (mood|vibe|process|app))|this is killing|想死(我|你|他|她|人)了|(爱|笑|累|困|热|冷|饿|急|烦|气|吓|羡慕)死(我|你|他|她|人)?了?|跳楼(价|机|大甩卖|甩卖)|死(机|活|板|循环)|自杀式|gun ?metal`)
)

// endangered tells whether a text speaks of self-harm, danger or violence in earnest.
func endangered(text string) bool {
	text = strings.NewReplacer("’", "'", "‘", "'").Replace(text)
	text = figure.ReplaceAllString(text, " ")
	for _, r := range []*regexp.Regexp{selfHarm, harmZH, threat, threatZH, danger, dangerZH} {
		if r.MatchString(text) {
			return true
		}
	}
	return false
}

var (
	person   = regexp.MustCompile(`(?i)\b(talk|speak|chat|connect|transfer|put|pass|get|give|switch|hand|escalate|escalated|directed|let|want|need|like|have)\b[^.!?]{0,28}?\b(me )?(to|with|through to|for)? ?(a |an |the |some |your |another )?((real|live|actual|human|proper|customer service|service|support|sales) )*(person|human( being)?|agent|representative|rep|operator|advisor|adviser|supervisor|human agent|colleague|staff member|someone real|somebody real|real someone)\b`)
	personly = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*(a |an |the )?((real|live|actual|human) )*(person|human|agent|representative|operator)( please| pls| now)?[\s\p{P}\p{S}]*$|^[\s\p{P}\p{S}]*(human|agent|operator|representative|live chat)[\s\p{P}\p{S}]*$`)
	personZH = regexp.MustCompile(`转(接)?(到)?人工|人工(客服|服务|坐席)|^[\s\p{P}\p{S}]*(找|要|叫)?(个)?(人工|真人|客服人员)[\s\p{P}\p{S}]*$|(找|要|叫|换|接|和|跟|让|想)(一?个|位|你们的?)?(真人|活人|人工|客服人员|客服专员|主管)`)
	notAsked = regexp.MustCompile(`(?i)(don'?t|do not|no need|not|without|instead of|rather than|never)\b[^.!?,]{0,24}\b(person|human|agent|representative|operator)|(不|别|不用|不要|不想|没必要|无需)(要|用|想)?(再)?(转|找|接|叫)?(人工|真人)|(deliver(ed|y)?|delivery|send|sent|travel|estate|insurance|in|per|third|same|another|missing) (agent|person)|(per|each|every|in|first|third|contact|delivery|another|same|right|account) person|person (who|that|named|i|in|from)`)
)

// wantsPerson tells whether a text asks for a person.
func wantsPerson(text string, parts []Part) bool {
	if notAsked.MatchString(text) {
		return false
	}
	for _, p := range parts {
		b := p.Reading.Best()
		if b.Intent == askHuman && b.Confidence >= surely && !p.Reading.OutOfScope {
			return true
		}
	}
	if personly.MatchString(text) || personZH.MatchString(text) {
		return true
	}
	m := person.FindString(text)
	return m != "" && !regexp.MustCompile(`(?i)^(transfer|give|get|have|like)\b.*\d`).MatchString(m)
}

var (
	leaving   = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*(ok(ay)?,? |no,? |oh,? |well,? |actually,? |you know what,? |alright,? )*(never ?mind|nvm|nevermind|forget (it|about it|that|this)|(just )?leave it( be| there| as is)?|drop it|don'?t bother|scrap that|cancel that|stop( it| this| please)?|i('?ve| have)? changed my mind|not any ?more|i'?ll (leave it|keep (it|them|mine|the)|do it later|think about it|pass)|let'?s (leave|drop|forget) (it|this|that)|i don'?t (want|need) (it|this|that|to)( any ?more| now)?|no longer (needed|necessary)|(no,? )?that'?s (all|it|fine)|nothing (else|more))\b`)
	leavingZH = regexp.MustCompile(`^[\s\p{P}\p{S}]*(哦|嗯|那|那就|就|还是|我|先|啊|好吧|唉)*(算了|不用了|不必了|没事了|没事儿?|不需要了|取消吧|不弄了|作罢|当我没说|改天再说|下次再说|回头再说|以后再说|再说吧|别弄了|就这样吧|没有了|没别的了|不麻烦了)|^[\s\p{P}\p{S}]*(那|那就|就|还是|我|先|我先|现在|暂时|暂时先)*(不|别)(想|要|用|再)?(换|退|办|买|改|转|取消|订|约|弄|查|开|充|续|升级|申请|报名|请假|挂失|补|说|选|加|寄)(卡|货|款|钱|课|班|套餐|值|地址|单)?(了|啦|吧)`)
	uncertain = regexp.MustCompile(`(?i)changed my mind`)
)

// leaves tells whether a text gives up what is under way.
func leaves(text string, parts []Part) bool {
	if leavesInWords(text) {
		return true
	}
	b := best(parts)
	return b.Intent == neverMind && b.Confidence >= surely && !parts[0].Reading.OutOfScope && !uncertain.MatchString(strings.ReplaceAll(text, "’", "'"))
}

// leavesInWords tells it by the words alone, whatever the text is read as.
func leavesInWords(text string) bool {
	text = strings.ReplaceAll(text, "’", "'")
	if leaving.MatchString(text) && !(uncertain.MatchString(text) && len(strings.Fields(text)) <= 5) {
		return true
	}
	return leavingZH.MatchString(text)
}

var (
	cancels    = regexp.MustCompile(`(?i)\bcancel\b|取消|退订`)
	agreed     = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*(嗯+|好的?|行|可以|对|是的?|ok(ay)?|yes|yeah|yep|yup|sure|mm+|mhm)[\s,，。.!！]*(那)?(就)?(请|麻烦)?(帮我|给我)?(please )?(取消|cancel)(掉|了|它|订单| it| that| the order)?(吧|啊|呀)?( please)?[\s。.!！]*$`)
	yesFirst   = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*(?:(?:yes|yeah|yep|yup|sure|ok(?:ay)?|correct|right)\b|嗯+|好的?|对|是的|可以|行|没错|确认|确定)[\s,，。.!！、]`)
	onlyCancel = regexp.MustCompile(`(?i)^[\s\p{P}\p{S}]*(请|please )?(帮我)?(取消|cancel)(掉|了| it| that)?(吧)?( please)?[\s。.!！]*$`)
)

// afterLeaving is what follows the words that give something up, once or twice: "forget it, no need, I'd rather …".
func afterLeaving(text string) string {
	rest := ""
	for range mostLeaving {
		for _, r := range []*regexp.Regexp{leaving, leavingZH} {
			if at := r.FindStringIndex(text); at != nil {
				text = strings.TrimLeft(text[at[1]:], " ,.;!，。；！、了吧啦")
				rest = text
			}
		}
	}
	rest = ratherZH.ReplaceAllString(rest, "")
	if words(rest) >= 3 || han(rest) >= 4 {
		return rest
	}
	return ""
}

// mostLeaving is how often in one text somebody gives something up.
const mostLeaving = 3

// ratherZH are words that put one wish in the place of another and are none of it.
var ratherZH = regexp.MustCompile(`^(那|就|我|还是|先|改|要不|不如|直接)*(还是|改|要不|不如|直接)`)

var (
	question = regexp.MustCompile(`(?i)[?？]|^[\s\p{P}\p{S}]*(what|how|when|where|which|who|why|can|could|do|does|did|is|are|was|will|would|should|may|have|has|tell me|show me|i want|i'?d like|i would like|i need|please|pls|help|check|also|and|by the way|btw|first|before that|actually|wait|hang on|one more)\b|吗|呢|怎么|多少|什么|哪|几(个|天|号|点)|是不是|能不能|可不可以|有没有|帮我|我想|我要|麻烦|请|查|顺便|另外|对了|等等|先`)
	swap     = regexp.MustCompile(`(?i)\b(instead|rather|forget (it|that|about)|scrap that|never ?mind|changed my mind|not that)\b|算了|还是|不.{0,3}了|换成|改成|改为`)
	codeWish = regexp.MustCompile(`(?i)\b(re-?send|send (it |the code |me )?(again|another|a new)|another code|new code|(didn'?t|did not|haven'?t|have not|never|not) (get|got|receive[d]?|arrive[d]?|come|came)|no code|where is (the|my) code|hasn'?t (come|arrived))\b|重(新)?发|再发|没收到|收不到|没有收到|还没到|新的验证码`)
)

var phoneless = regexp.MustCompile(`(?i)\b(don'?t|do not|no longer|can'?t|cannot) (have|got|use|access|get to|reach)\b[^.!?]{0,24}\b(phone|number|mobile|sim|texts?|sms)\b|\b(lost|broke|left|changed|forgot) (my |the )?(phone|mobile|number|sim)\b|\b(no|without) (my |a )?(phone|access)\b|(手机|号码|卡)(不在|没带|丢了|坏了|停机|不用了|换了|关机)|没带手机|换了?(手机|号码?)了|收不了短信`)

// lacksPhone tells whether a text says that a code can't be read, whatever is sent.
func lacksPhone(text string) bool { return phoneless.MatchString(strings.ReplaceAll(text, "’", "'")) }

var ellipsis = regexp.MustCompile(`(?i)^[\s\p{P}]*((ok(ay)?|thanks?|thx|great|good)[\s,.!]+)?(and|what about|how about|also|same for)\b(\s+\S+){1,6}\s*$|^[\s\p{P}]*(好的?|嗯|谢谢)?[\s,，]*(那|那么|还有|然后)?[^，。！!?？]{1,14}呢[\s\p{P}]*$`)

// elliptic tells whether a text names only something else than the question before it did.
func elliptic(text string) bool { return ellipsis.MatchString(text) }

var alike = regexp.MustCompile(`(?i)\b(too|as well|also|same)\b|也`)

// likewise tells whether a text wants for something else what was done before.
func likewise(text string) bool { return alike.MatchString(text) }

var price = regexp.MustCompile(`(?i)\bhow much\b|\bwhat('?s| is| will| would)? (it|the|that|this)?\s*(total|price|cost|amount|sum|damage)\b|多少钱|多少块|什么价|总共|一共`)

// pricing tells whether a text asks how much it is.
func pricing(text string) bool { return price.MatchString(text) }

// asksSomething tells whether a text asks or wishes for something rather than answers.
func asksSomething(text string) bool { return question.MatchString(text) }

// instead tells whether a text puts one wish in the place of another.
func instead(text string) bool { return swap.MatchString(text) }

// wantsCode tells whether a text asks for another one-time code.
func wantsCode(text string) bool { return codeWish.MatchString(strings.ReplaceAll(text, "’", "'")) }

var (
	asking  = regexp.MustCompile(`(?i)[?？]|^[\s\p{P}\p{S}]*(and |but |so |ok(ay)?,? |yes,? |hm+,? |wait,? )*(what|how|when|where|which|who|why|can|could|do|does|did|is|are|was|will|would|may|any|anything|should (i|we|it))\b|吗|呢|怎么|多少|什么|哪|几(个|天|号|点)|是不是|能不能|可不可以|有没有`)
	wrong   = regexp.MustCompile(`(?i)\b(wrong|incorrect|not (quite )?(right|correct)|isn'?t (right|correct)|mistake|mixed up)\b|不对|错了|不正确|有误|弄错|搞错|写错`)
	change  = regexp.MustCompile(`(?i)\b(can|could|may|change|make|switch|instead|rather|how about|what about|possible|available|free|work|try)\b|可以|能|改|换|行|呢`)
	provide = regexp.MustCompile(`(?i)\b(if|unless|as long as|provided|until|when|once|after|before|in case)\b|如果|要是|只要|除非|假如|的话|等`)
)

// inquires tells whether a text asks a question.
func inquires(text string) bool { return asking.MatchString(text) }

// disputes tells whether a text says that something is wrong.
func disputes(text string) bool { return wrong.MatchString(strings.ReplaceAll(text, "’", "'")) }

// mayCorrect tells whether an answer to a read-back may put other values in the place of those that were read: not if they
// are a condition ("yes if it is under 50"), only asked about ("is 50 the whole price?"), or said to somebody else.
func mayCorrect(said entity.Answer, text string) bool {
	switch {
	case said.Reason == entity.Addressed:
		return false
	case said.Reason == entity.Conditional && provide.MatchString(text):
		return false
	}
	return !inquires(text) || change.MatchString(text)
}
