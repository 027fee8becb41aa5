package wire

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deskhand/assist"
)

var update = flag.Bool("update", false, "rewrite the golden frames and the table of codes")

func samples() map[string]any {
	at := time.Date(2026, 3, 2, 10, 0, 0, 125e6, time.UTC)
	li := assist.Agent{ID: 2, Login: "li", Name: "Li Wei", Role: assist.RoleAgent, Teams: []assist.TeamID{"support"}, Languages: []string{"en", "zh"}, Capacity: 6, CreatedAt: at}
	file := assist.Attachment{ID: "0f1e2d3c4b5a69788796a5b4c3d2e1f0", Name: "label.png", Type: "image/png", Size: 4821}
	bot := assist.Message{Conversation: 7, Rev: 481, Seq: 2, ClientID: "8b0c2f4e-5d6a-5b7c-8d9e-0a1b2c3d4e5f", Kind: assist.KindText, From: assist.ByBot(), At: at,
		Text: "Is it one of these?", Choices: []assist.Choice{{Label: "Returning an item", Text: "Returning an item"}},
		Bot: &assist.BotTurn{Intent: "returns", Confidence: 0.34, Awaiting: "intent", Sources: []assist.Source{{Kind: "article", ID: "ecommerce/returns", Title: "Returning an item"}},
			RunnerUp: "refund_status", Margin: 0.05, Step: "collect", Words: map[string]assist.Wording{"item": {EN: "lamp", ZH: "台灯"}}}}
	said := assist.Message{Conversation: 7, Rev: 480, Seq: 1, ClientID: "018f5e6a-7b3c-7ddd-8eee-0123456789ab", Kind: assist.KindText, From: assist.ByCustomer(3), At: at, Text: "我想退货", Attachments: []assist.Attachment{file}}
	line := assist.Message{Conversation: 7, Rev: 484, Seq: 3, Kind: assist.KindActivity, From: assist.BySystem(), At: at, Activity: &assist.Activity{Code: assist.ActivityJoined, Args: map[string]string{"name": "Li Wei"}}}
	note := assist.Message{Conversation: 7, Rev: 485, ClientID: "018f5e6a-7b3c-7ddd-8eee-0123456789ac", Kind: assist.KindNote, From: assist.ByAgent(li), At: at, Text: "called back at noon"}
	c := assist.Conversation{ID: 7, Inbox: "northwind", Customer: 3, Status: assist.StatusHuman, Assignee: 2, Team: "support", Queue: "support", Priority: 1, Language: "zh",
		Tags: []string{"refund"}, CreatedAt: at, WaitingSince: at, Seq: 3, Rev: 485, Marks: assist.Marks{CustomerDelivered: 3, CustomerRead: 2, AgentRead: 3},
		Last:          assist.Preview{From: assist.ActorSystem, Kind: assist.KindActivity, At: at, Activity: assist.ActivityJoined},
		Handoff:       &assist.Handoff{Reason: "customer_asked", Intent: "returns", Verified: "none", Summary: "我想退货", Summaries: assist.Wording{EN: "Wants to return an item.", ZH: "想退货。"}, Turns: 1, At: at},
		BotGeneration: 1}
	row := Row{Conversation: c, CustomerName: "赵敏"}
	customer := assist.Customer{ID: 3, Name: "赵敏", Email: "zhaomin@example.cn", Language: "zh", CreatedAt: at}
	limits := LimitsView{Text: assist.MaxText, Attachments: assist.MaxAttachments, File: 20_000_000, Frame: MaxFrame, Unacked: MaxUnacked}
	directory := Directory{Agents: []AgentPresence{{Agent: li, State: assist.StateAvailable, Since: at, Load: 1}}, Teams: []assist.Team{{ID: "support", Name: "Support"}},
		Queues: []assist.Queue{{ID: "support", Name: "Support", Team: "support"}}, Macros: []assist.Macro{{ID: 1, Name: "hello", Title: "Greeting", Language: "en", Text: "Hello {{customer.name}}"}},
		Tags: []assist.Tag{{Name: "refund", Color: "warn"}}}
	inbox := assist.Inbox{ID: "northwind", Name: "Northwind Audio", NameZH: "北风数码", Industry: "ecommerce", Queue: "support", Packs: []string{"ecommerce"}, Preview: true, CSAT: true, BotFirst: true}
	command := CommandView{ID: "5f0c2d6a9b1e4c7da1f3b5d7e9c2a4f6", Conversation: 7, Inbox: "harbour", Customer: 3, CustomerName: "赵敏", Party: "B-2002", Intent: "transfer_money",
		Action: "transfers.create", Args: map[string]string{"amount": "8000.00"}, Words: map[string]assist.Wording{"account": {EN: "current account", ZH: "活期账户"}}, Terms: map[string]any{"fee": "0.00"}, Amount: 800_000, Currency: "CNY", Needs: "strong", Had: "strong", State: "waiting",
		ReadBack: "Shall I transfer ¥8,000.00 to Tom?", ReadAt: 4, YesAt: 5, By: assist.ByBot(), Approval: "action", DueAt: at, CreatedAt: at, UpdatedAt: at}
	return map[string]any{
		"customer/out-hello":    CustomerHello{Head: Head{T: TypeHello}, V: 1, Inbox: "northwind", Token: "dkv_…", Language: "zh", Page: "https://shop.example/cart", Resume: &CustomerResume{Conversation: 7, Seq: 2, Epoch: "e1"}},
		"customer/out-send":     CustomerSend{Head: Head{T: TypeSend, Ref: "1"}, ClientID: said.ClientID, Text: "我想退货", Attachments: []assist.AttachmentID{file.ID}},
		"customer/out-typing":   CustomerTyping{Head: Head{T: TypeTyping}, Text: "我想"},
		"customer/out-mark":     CustomerMark{Head: Head{T: TypeMark}, Delivered: 3, Read: 2},
		"customer/out-history":  CustomerHistory{Head: Head{T: TypeHistory, Ref: "2"}, Before: 51, Limit: 50},
		"customer/out-human":    CustomerHuman{Head: Head{T: TypeHuman, Ref: "3"}},
		"customer/out-rate":     CustomerRate{Head: Head{T: TypeRate, Ref: "4"}, Score: 5, Comment: "quick"},
		"customer/out-language": CustomerLanguage{Head: Head{T: TypeLanguage, Ref: "5"}, Language: "en"},
		"customer/in-welcome":   CustomerWelcome{V: 1, Epoch: "e1", Token: "dkv_…", Inbox: InboxView{ID: "northwind", Name: "Northwind Audio", NameZH: "北风数码", Preview: true, CSAT: true, Bot: true}, Conversation: 7, Seq: 3, Language: "zh", Time: at, Limits: limits},
		"customer/in-history":   CustomerMessages{Conversation: 7, Reset: true, Messages: []CustomerMessage{ForCustomer(said), ForCustomer(bot), ForCustomer(line)}},
		"customer/in-message":   CustomerMessageNew{Conversation: 7, Message: ForCustomer(bot)},
		"customer/in-status":    CustomerStatus{Conversation: 7, Status: assist.StatusWaiting, Position: 2, WaitS: 90},
		"customer/in-marks":     CustomerMarks{Delivered: 3, Read: 2},
		"customer/in-typing":    CustomerPeerTyping{Name: "Li Wei"},
		"both/ack":              Ack{Ref: "1", ClientID: said.ClientID, Conversation: 7, Seq: 1, At: at},
		"both/error":            Failure{Ref: "1", ClientID: said.ClientID, Code: assist.CodeBusy, Name: assist.CodeBusy.String(), Detail: "too many writes are waiting", RetryAfterMS: 250},
		"both/reconnect":        Reconnect{AfterMS: 1000},
		"both/ping":             Ping{},
		"both/pong":             Pong{},
		"agent/out-hello":       AgentHello{Head: Head{T: TypeHello}, V: 1, Ticket: "dkt_…", Resume: &AgentResume{Epoch: "e1", Rev: 480}},
		"agent/out-open":        AgentOpen{Head: Head{T: TypeOpen, Ref: "1"}, Conversation: 7, AfterRev: 480},
		"agent/out-send":        AgentSend{Head: Head{T: TypeSend, Ref: "2"}, Conversation: 7, ClientID: note.ClientID, Text: note.Text, Note: true},
		"agent/out-do":          AgentDo{Head: Head{T: TypeDo, Ref: "3"}, Do: DoTransfer, Conversation: 7, Queue: "claims", Note: "wants compensation"},
		"agent/out-state":       AgentState{Head: Head{T: TypeState, Ref: "4"}, State: assist.StateAway},
		"agent/out-list":        AgentList{Head: Head{T: TypeList, Ref: "5"}, Statuses: []assist.Status{assist.StatusResolved}, Limit: 50},
		"agent/out-search":      AgentSearch{Head: Head{T: TypeSearch, Ref: "6"}, Text: "退货"},
		"agent/in-welcome":      AgentWelcome{V: 1, Epoch: "e1", Rev: 485, You: li, State: assist.StateAvailable, Permissions: []string{"conversation.read", "conversation.reply"}, Inboxes: []assist.Inbox{inbox}, Time: at, Limits: limits, Directory: directory},
		"agent/in-rows":         AgentRows{Rows: []Row{row}, Reset: true, Done: true, Rev: 485},
		"agent/in-gone":         AgentGone{Conversations: []assist.ConversationID{7}},
		"agent/in-opened":       AgentOpened{Ref: "1", Row: row, Customer: customer, Messages: []assist.Message{said, bot, line, note}, Viewers: []assist.AgentID{2}, Marks: c.Marks},
		"agent/in-event":        AgentEvent{Event: assist.Event{Rev: 483, Conversation: 7, Type: assist.ConversationAssigned, At: at, Actor: assist.ByAgent(li), Data: assist.Assigned{Agent: 2, Name: "Li Wei", Cause: "accept"}}},
		"agent/in-event-said":   AgentEvent{Event: assist.Event{Rev: 481, Conversation: 7, Type: assist.MessageAppended, At: at, Actor: assist.ByBot(), Data: assist.Appended{Message: bot}}},
		"agent/in-marks":        AgentMarks{Conversation: 7, Marks: c.Marks},
		"agent/in-typing":       AgentPeerTyping{Conversation: 7, From: assist.Actor{Kind: assist.ActorCustomer}, Text: "什么时候"},
		"agent/in-viewers":      AgentViewers{Conversation: 7, Agents: []assist.AgentID{2, 5}},
		"agent/in-presence":     AgentPresenceChanged{AgentPresence: directory.Agents[0]},
		"agent/in-directory":    AgentDirectory{Directory: directory},
		"agent/in-found":        AgentFound{Ref: "6", Hits: []assist.Hit{{Message: said, Customer: 3, CustomerName: "赵敏", Inbox: "northwind", Status: assist.StatusHuman}}},
		"agent/in-customer":     AgentCustomerPage{Ref: "7", Customer: customer, Identities: []assist.Identity{{Inbox: "northwind", Kind: assist.IdentitySigned, Source: "E-1002", Customer: 3}}, Conversations: []Row{row}},
		"agent/out-commands":    AgentCommands{Head: Head{T: TypeCommands, Ref: "8"}, Conversation: 7},
		"agent/out-approvals":   AgentApprovals{Head: Head{T: TypeApprovals, Ref: "9"}},
		"agent/out-approve":     AgentApprove{Head: Head{T: TypeApprove, Ref: "10"}, ID: command.ID},
		"agent/out-decline":     AgentDecline{Head: Head{T: TypeDecline, Ref: "11"}, ID: command.ID, Note: "call the customer first"},
		"agent/in-commands":     AgentCommandList{Ref: "8", Conversation: 7, Commands: []CommandView{command}},
		"agent/in-approvals":    AgentApprovalList{Commands: []CommandView{command}},
		"agent/in-event-moved":  AgentEvent{Event: assist.Event{Rev: 482, Conversation: 7, Type: assist.CommandChanged, At: at, Actor: assist.ByBot(), Data: assist.CommandMoved{ID: command.ID, Intent: command.Intent, Action: command.Action, State: "waiting"}}},
		"agent/in-alert":        AgentAlert{Kind: "transferred", Conversation: 7, Name: "Anna Schmidt", Note: "wants compensation"},
	}
}

func encoded(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := EncodeCommand(v)
	if f, ok := v.(Frame); ok {
		raw, err = Encode(f)
	}
	if err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, raw, "", "  "); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return append(pretty.Bytes(), '\n')
}

// A change of these files is a change of the protocol: raise Version unless only fields were added.
func TestFrames_Golden(t *testing.T) {
	for name, v := range samples() {
		file := filepath.Join("testdata", "golden", filepath.FromSlash(name)+".json")
		got := encoded(t, v)
		if *update {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func TestSplit_IsTheInverseOfJoin(t *testing.T) {
	frames := [][]byte{MustEncode(Ping{}), MustEncode(Ack{Ref: "[]"}), MustEncode(CustomerMarks{Read: 3})}
	got, err := Split(Join(frames))
	if err != nil || len(got) != len(frames) {
		t.Fatalf("%d frames, err %v", len(got), err)
	}
	for i := range frames {
		if !bytes.Equal(got[i], frames[i]) {
			t.Errorf("frame %d: %s, want %s", i, got[i], frames[i])
		}
	}
}

const tableBegin, tableEnd = "<!-- codes: written by `go test ./assist/wire -update` -->\n", "<!-- /codes -->"

func codeTable() string {
	codes := assist.Codes()
	var order []assist.Code
	for c := range codes {
		order = append(order, c)
	}
	slices.Sort(order)
	var b strings.Builder
	b.WriteString("| code | name | meaning |\n|---|---|---|\n")
	for _, c := range order {
		fmt.Fprintf(&b, "| %d | `%s` | %s |\n", c, codes[c], codeMeanings[c])
	}
	return b.String()
}

func TestProtocol_ListsEveryCode(t *testing.T) {
	text, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), tableBegin)
	table, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatal("the markers of the table are missing")
	}
	if want := codeTable(); table != want {
		if !*update {
			t.Fatalf("the table is not up to date, run go test ./assist/wire -update:\n%s", want)
		}
		if err := os.WriteFile("PROTOCOL.md", []byte(before+tableBegin+want+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for c, name := range assist.Codes() {
		if codeMeanings[c] == "" {
			t.Errorf("code %d %s has no meaning", c, name)
		}
	}
}

var codeMeanings = map[assist.Code]string{
	assist.CodeBadJSON: "not one JSON object", assist.CodeDuplicateKey: "a key stands twice in an object", assist.CodeBadUTF8: "not UTF-8; the connection closes with 1007",
	assist.CodeFrameTooLarge: "frame above the limit; closes with 1009", assist.CodeTooDeep: "nested too deep", assist.CodeUnknownType: "no such frame type",
	assist.CodeBadField: "a field is unknown, missing, of the wrong type, or in other letter case", assist.CodeBadVersion: "`v` is not spoken here",
	assist.CodeHelloFirst: "anything before `hello`", assist.CodeHelloAgain: "a second `hello`", assist.CodeNotText: "binary frame; closes with 1003",
	assist.CodeUnauthenticated: "ticket, session, token or password is no good", assist.CodeSessionExpired: "the session's time is over: sign in again",
	assist.CodeBadOrigin: "the page's origin may not use this inbox; closes with 4001", assist.CodeBadInbox: "no such inbox; closes with 4001",
	assist.CodeBadIdentity: "the signed identity is refused; closes with 4001", assist.CodeLocked: "too many wrong passwords: wait `retry_after_ms`",
	assist.CodeForbidden: "the right is missing", assist.CodeNotFound: "not there, or not to be seen by you",
	assist.CodeBadValue: "a value that can't be taken", assist.CodeWrongStatus: "not possible in the conversation's status", assist.CodeNotOwner: "the conversation is somebody else's",
	assist.CodeTaken: "somebody was quicker", assist.CodeFull: "capacity or number is used up", assist.CodeExists: "the name is taken", assist.CodeTooLong: "text above the limit",
	assist.CodeFileType: "the file is not what it says it is", assist.CodeFileTooLarge: "the file is above the limit", assist.CodeEmpty: "nothing to send",
	assist.CodeBusy: "too much is waiting: again after `retry_after_ms`", assist.CodeStorageFull: "the disk is full: again after `retry_after_ms`",
	assist.CodeDraining: "the hub is stopping: reconnect", assist.CodeRateLimited: "too many frames or messages: again after `retry_after_ms`", assist.CodeTimeout: "took too long: try again",
	assist.CodeUploadQuota: "too many files, or too large ones, in the last time: again after `retry_after_ms`",
	assist.CodeInternal:    "the hub's fault; it is in its log",
}
