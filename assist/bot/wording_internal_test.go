package bot

import "testing"

// What must be known for certain is neither missed nor heard where it isn't said.
func TestEndangered(t *testing.T) {
	for text, want := range map[string]bool{
		"i want to kill myself": true, "I don't want to live anymore": true, "honestly I feel like ending my life": true,
		"thinking about suicide": true, "I feel like hurting myself": true, "I keep harming myself": true, "I'm going to kill you all": true, "I'll come over and hurt your staff": true,
		"I'll be at the counter tomorrow with a knife": true, "i will stab that courier": true, "我提把刀去找你们经理": true, "一枪崩了他": true,
		"i'll shoot that video tomorrow": false, "come with a gun metal finish": false, "i'm coming with my kid": false, "拿着菜谱去找你们": false, "网站崩了": false,
		"my husband is hitting me": true, "i am in danger please help": true, "there's a bomb in your branch": true,
		"我不想活了": true, "我想自杀": true, "活着没意思，想死": true, "我真的想死": true, "小心我砍死你": true, "我要炸了你们公司": true,
		"有人要杀我，救命": true, "他在家打我": false,
		"this is killing me": false, "I'd kill for a refund": false, "手机要死了": false, "笑死我了": false, "急死了": false,
		"想死你们家的耳机了": false, "跳楼价": false, "the app died on me": false, "I'm dying to try the new one": false,
		"my battery is dead": false, "kill the subscription": false, "死机了": false, "气死我了": false, "烦死了": false,
		"the bath bomb is damaged": false, "cancel it or I'll leave": false, "the killer deal": false, "我想死亡赔付怎么办理": false,
	} {
		if got := endangered(text); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

func TestWantsPerson(t *testing.T) {
	for text, want := range map[string]bool{
		"I want to talk to a person": true, "agent please": true, "human": true, "get me a real human being": true,
		"can you connect me to customer service representative": true, "put me through to someone real": true,
		"转人工": true, "我要人工客服": true, "找真人": true, "人工": true, "能不能换个真人来": true,
		"transfer 500 to a person": false, "a third person will pick it up": false, "who is the contact person": false,
		"send 200 to my agent": false, "人工费怎么算": false, "人工智能课程多少钱": false, "不用转人工": false,
		"I don't want to talk to a person": false, "price per person": false, "hand wash or machine": false,
	} {
		if got := wantsPerson(text, nil); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

func TestLeaves(t *testing.T) {
	for text, want := range map[string]bool{
		"never mind": true, "forget it": true, "no, leave it": true, "算了": true, "不用了谢谢": true, "那不换了": true, "先不退了": true,
		"还是别办了": true, "没有了": true, "no, that's all": true, "I changed my mind, leave it": true,
		"changed my mind": false, "because I changed my mind": false, "不知道": false, "不是这个": false, "the one I don't need": false,
		"换成蓝色": false, "not the red one": false, "第二个": false, "取消第二个": false,
	} {
		if got := leaves(text, []Part{{Text: text}}); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

func TestMoodOf(t *testing.T) {
	for text, want := range map[string]mood{
		"this is ridiculous": angry, "WHERE IS MY ORDER ALREADY": angry, "你们太过分了": angry, "fed up with this": angry,
		"i'm worried my card was stolen": worried, "好担心啊": worried, "asap please": hurried, "麻烦快点": hurried,
		"great, love the earbuds": glad, "太棒了": glad, "not great": calm, "order NW-7731377": calm, "转200给妈妈": calm,
		"我妈妈的账户": calm, "退货流程": calm,
	} {
		if got := moodOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
