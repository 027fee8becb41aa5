// Package client is what the screens need from a hub, and the bridge over which the hub's frames reach the
// goroutine that paints.
//
// Hub is the whole contract; package deskhand/assist/client's Agent fulfils it over a WebSocket, also when the hub
// runs inside this very program. The Bridge's Run is the one goroutine of this package.
package client

import (
	"context"
	"io"

	"deskhand/assist"
	"deskhand/assist/client"
	"deskhand/assist/wire"
)

// Draft is a message to be sent.
type Draft = client.Draft

// Hub is a connection to a hub that mends itself. All methods are safe for concurrent use. Errors that the hub
// answered are *assist.Error. Frames that answer nobody's Call arrive through the Bridge, in order.
type Hub interface {
	// Call sends a command and waits for its answer. It does not wait for a lost connection to come back.
	Call(ctx context.Context, command any) (wire.Frame, error)
	// Post puts a message into the outbox, durably, and sends it when that is possible.
	Post(ctx context.Context, d Draft) (assist.ClientID, error)
	// Retry sends a refused message again; Discard gives it up.
	Retry(ctx context.Context, id assist.ClientID) error
	Discard(ctx context.Context, id assist.ClientID) error
	// Waiting lists what the outbox holds, refused messages included, in the order of Post.
	Waiting() []client.Outgoing
	// Open follows a conversation, through reconnects too, until Close.
	Open(id assist.ConversationID)
	Close(id assist.ConversationID)
	// Typing and Mark are of the moment: without a connection they are dropped.
	Typing(id assist.ConversationID, off bool)
	Mark(id assist.ConversationID, read assist.Seq)
	// Upload stores a file to be sent, Download reads one. The reader must be closed.
	Upload(ctx context.Context, name string, content io.Reader) (assist.Attachment, error)
	Download(ctx context.Context, id assist.AttachmentID) (io.ReadCloser, error)
	// Reconnect tries at once if the hub is being waited for.
	Reconnect()
}

// Memory keeps what must outlive the program on this computer: drafts, the window's state, settings. Values are
// small texts. Each method returns when its change is durable; it is safe for concurrent use.
type Memory interface {
	// Value is what was set last under the key, "" if nothing was.
	Value(ctx context.Context, key string) (string, error)
	// SetValue keeps a value; "" forgets the key.
	SetValue(ctx context.Context, key, value string) error
}
