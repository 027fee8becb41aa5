package verify_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"deskhand/assist/verify"
)

// gateway is a Sender that does what a test says.
type gateway func(ctx context.Context, m verify.Message) error

func (g gateway) SendCode(ctx context.Context, m verify.Message) error { return g(ctx, m) }

// carry starts a courier, which is stopped with the test.
func carry(t *testing.T, o verify.CourierOptions) *verify.Courier {
	t.Helper()
	o.Log = slog.New(slog.DiscardHandler)
	c, err := verify.NewCourier(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return c
}

// A gateway that takes forever keeps nobody waiting, and the other codes go out meanwhile.
func TestCourier_KeepsNobodyWaiting(t *testing.T) {
	held, sent := make(chan struct{}), make(chan string, 10)
	c := carry(t, verify.CourierOptions{AtOnce: 2, Failed: func(context.Context, verify.Message) error { return nil },
		Sender: gateway(func(ctx context.Context, m verify.Message) error {
			if m.ID == "slow" {
				close(held)
				<-ctx.Done()
				return ctx.Err()
			}
			sent <- m.ID
			return nil
		})})
	for _, id := range []string{"slow", "a", "b"} {
		if err := c.SendCode(t.Context(), verify.Message{ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	<-held
	if a, b := <-sent, <-sent; a+b != "ab" && a+b != "ba" {
		t.Errorf("sent %s, %s", a, b)
	}
}

// What can't be sent is told, until somebody could be told.
func TestCourier_TellsFailures(t *testing.T) {
	tries, told := 0, make(chan verify.Message, 1)
	c := carry(t, verify.CourierOptions{AtOnce: 1, Pause: time.Millisecond, Within: time.Minute,
		Sender: gateway(func(context.Context, verify.Message) error { return errors.New("the gateway is down") }),
		Failed: func(_ context.Context, m verify.Message) error {
			if tries++; tries < 3 {
				return errors.New("a turn is under way")
			}
			told <- m
			return nil
		}})
	if err := c.SendCode(t.Context(), verify.Message{ID: "x", Conversation: 7, Generation: 2}); err != nil {
		t.Fatal(err)
	}
	if m := <-told; m.ID != "x" || m.Conversation != 7 || m.Generation != 2 {
		t.Errorf("told of %+v", m)
	}
}

// More codes than may wait are refused at once, so that the customer hears of it.
func TestCourier_Full(t *testing.T) {
	c, err := verify.NewCourier(verify.CourierOptions{Queue: 2, Log: slog.New(slog.DiscardHandler), Sender: gateway(nil), Failed: func(context.Context, verify.Message) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if err := c.SendCode(t.Context(), verify.Message{}); (err != nil) != (n == 2) {
			t.Errorf("code %d: %v", n+1, err)
		}
	}
}
