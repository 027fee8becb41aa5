package app_test

import (
	"testing"

	"deskhand/assist"
)

func TestMacro_ItsFilesAreThoseOfAgentsAsTheyAreStored(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("sam", assist.RoleSupervisor)
	sam, c := d.agent("sam"), d.customer(counter)
	c.say("hello")
	mine := d.upload(d.session("sam"), "", []byte("the form"))
	customers := d.upload(c.token, "&inbox="+string(counter), []byte("private"))
	save := func(file frame) int {
		return sam.codeOf(frame{"t": "macro_save", "macro": frame{"name": newID(), "text": "see", "files": []any{file}}})
	}
	for what, id := range map[string]string{"a customer's": customers, "no": "0123456789abcdef0123456789abcdef", "a path's": "../../../etc/passwd"} {
		if got := save(frame{"id": id, "name": "x", "type": "image/png", "size": 1}); got != int(assist.CodeNotFound) {
			t.Errorf("%s file: got %d, want %d", what, got, assist.CodeNotFound)
		}
	}
	if got := save(frame{"id": mine, "name": "harmless.png", "type": "image/png", "size": 1, "sha256": "00"}); got != 0 {
		t.Fatalf("the own file: got %d", got)
	}
	f := sam.next("directory")
	macros, _ := f["macros"].([]any)
	file := frame(macros[len(macros)-1].(map[string]any)["files"].([]any)[0].(map[string]any))
	if file.text("name") != "a.txt" || file.text("type") != "text/plain; charset=utf-8" || file.num("size") != 8 {
		t.Errorf("the macro's file is told as %v", file)
	}
}

func TestMacro_TheHubNumbersThem(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("sam", assist.RoleSupervisor)
	sam := d.agent("sam")
	for _, id := range []int{999, 1<<53 - 1, -1} {
		if got := sam.codeOf(frame{"t": "macro_save", "macro": frame{"id": id, "name": "m", "text": "x"}}); got != int(assist.CodeNotFound) {
			t.Errorf("macro %d: got %d, want %d", id, got, assist.CodeNotFound)
		}
	}
	sam.must(frame{"t": "macro_save", "macro": frame{"name": "m", "text": "x"}})
	sam.must(frame{"t": "macro_save", "macro": frame{"id": 1, "name": "m", "text": "y"}})
}

func TestCustomer_AProfileStandsOnOneLineEach(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("sam", assist.RoleSupervisor)
	sam, c := d.agent("sam"), d.customer(counter)
	c.say("hello")
	who := sam.must(frame{"t": "open", "conversation": c.conv}).num("customer", "id")
	for _, field := range []string{"name", "email", "phone"} {
		if got := sam.codeOf(frame{"t": "customer_save", "customer": frame{"id": who, field: "a\nb"}}); got != int(assist.CodeBadValue) {
			t.Errorf("a %s of two lines: got %d, want %d", field, got, assist.CodeBadValue)
		}
	}
	sam.must(frame{"t": "customer_save", "customer": frame{"id": who, "name": "Ana", "notes": "one\ntwo"}})
}
