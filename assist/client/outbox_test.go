package client_test

import (
	"testing"

	"deskhand/assist/client"
	"deskhand/assist/client/outboxtest"
)

func TestMemory_IsAnOutbox(t *testing.T) {
	outboxtest.Run(t, func(outboxtest.TB, string) (client.Outbox, func()) { return client.NewMemory(), func() {} }, false)
}
