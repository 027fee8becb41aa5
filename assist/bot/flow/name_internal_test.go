package flow

import "testing"

func TestNameIn_FindsNamesThatAreLedInTo(t *testing.T) {
	for text, want := range map[string]string{
		"Add a new payee called Lisa Wong, account 6228-5566": "Lisa Wong",
		"please add Peter Jones 6228-4410 to my payees":       "Peter Jones",
		"add my landlord Greg O'Neill, acct 6228 1212":        "Greg O'Neill",
		"can you save lisa wong, account 6228-5566":           "lisa wong",
		"new payee named john smith 6228-5566":                "john smith",
		"i want to add a payee":                               "",
		"add a new payee please":                              "",
		"add someone to my payee list":                        "",
		"Set up Meridian Plumbing Ltd as a payee":             "",
		"新增收款人李明，账号6228-9090":                                 "李明",
		"加个收款人叫张伟":                                            "张伟",
		"把欧阳娜娜加到收款人里":                                         "欧阳娜娜",
		"收款人：周杰 账号 6228 3344":                                 "周杰",
		"帮我添加一个新的收款人":                                         "",
		"我想加个收款人":                                             "",
		"添加收款人 Peter Jones，账号 6228-4410":                      "Peter Jones",
	} {
		got, ok := nameIn(text)
		if ok != (want != "") || got.Text != want {
			t.Errorf("%q: %q, want %q", text, got.Text, want)
		}
	}
}
