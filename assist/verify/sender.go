package verify

import (
	"context"
	"fmt"
	"sync"
	"time"

	"deskhand/assist"
)

// Message is a code on its way to a phone. It must not be logged or stored.
type Message struct {
	ID           string // the same for each try to send it
	Conversation assist.ConversationID
	Generation   int // of the bot's context

	Inbox    assist.InboxID
	Party    string // the customer's id at the company
	Phone    string // on file
	Code     string
	Language string
	Company  string
	Life     time.Duration
}

// Text is what stands on the phone.
func (m Message) Text() string {
	minutes := int(m.Life.Minutes())
	if m.Language == "zh" {
		return fmt.Sprintf("【%s】您的验证码是 %s，%d 分钟内有效。请勿告诉他人，客服也不会向您索要。", m.Company, m.Code, minutes)
	}
	return fmt.Sprintf("%s: your code is %s, valid for %d minutes. Type it into the chat only; our staff never ask for it.", m.Company, m.Code, minutes)
}

// String keeps the code out of what prints a Message by accident.
func (m Message) String() string { return "[code for " + m.Party + "]" }

// GoString implements fmt.GoStringer, for the same reason.
func (m Message) GoString() string { return m.String() }

// Sender brings codes to phones. It is safe for concurrent use, and gives up soon: a customer is waiting.
type Sender interface {
	SendCode(ctx context.Context, m Message) error
}

// Delivered is a code that an Outbox keeps.
type Delivered struct {
	Message
	At time.Time
}

// Outbox is a Sender that keeps the last messages of each customer in memory: the phone of the demo's customers, and of
// those of an evaluation.
type Outbox struct {
	now func() time.Time

	mu     sync.Mutex // guards phones
	phones map[phone][]Delivered
}

type phone struct {
	inbox assist.InboxID
	party string
}

// keepMessages is how many messages a phone shows.
const keepMessages = 5

// NewOutbox makes an empty one; now nil is time.Now.
func NewOutbox(now func() time.Time) *Outbox {
	if now == nil {
		now = time.Now
	}
	return &Outbox{now: now, phones: map[phone][]Delivered{}}
}

// SendCode implements Sender.
func (o *Outbox) SendCode(_ context.Context, m Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	key := phone{m.Inbox, m.Party}
	list := append(o.phones[key], Delivered{m, o.now()})
	o.phones[key] = list[max(0, len(list)-keepMessages):]
	return nil
}

// Phone is what the customer's phone shows, oldest first.
func (o *Outbox) Phone(inbox assist.InboxID, party string) []Delivered {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]Delivered(nil), o.phones[phone{inbox, party}]...)
}

// Last is the last code that was sent to the customer; false if none was.
func (o *Outbox) Last(inbox assist.InboxID, party string) (string, bool) {
	all := o.Phone(inbox, party)
	if len(all) == 0 {
		return "", false
	}
	return all[len(all)-1].Code, true
}
