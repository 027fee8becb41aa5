package intent

import "testing"

func TestStates_TellsBackgroundFromWish(t *testing.T) {
	for clause, want := range map[string]bool{
		"my card came in the post":       true,
		"it's been a week":               true,
		"so i moved house last month":    true,
		"the lights on the box are red":  true,
		"can you check it":               false,
		"my card came, didn't it?":       false,
		"check my balance":               false,
		"i want to return it":            false,
		"i'll take the ten":              false,
		"my sister says you could do it": true,
		"where it is":                    false,
		"上周买的":                           true,
		"卡昨天寄到了":                         true,
		"流量老不够用":                         true,
		"孩子缺了两节课":                        true,
		"前几天到的那双鞋":                       true,
		"还有几天到":                          false,
		"到货了没":                           false,
		"钱到没到啊":                          false,
		"解决了没有":                          false,
		"按月还是按期收":                        false,
		"还是没到":                           true,
		"帮我开通":                           false,
		"查余额":                            false,
		"想退了":                            false,
	} {
		if got := states(clause); got != want {
			t.Errorf("states(%q) is %v, want %v", clause, got, want)
		}
	}
}
