package rest_test

import (
	"log/slog"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/backofficetest"
	"deskhand/assist/backoffice/rest"
)

const secret = "0123456789abcdef0123456789abcdef"

// overTheWire gives an office that reaches f through HTTP.
func overTheWire(auth rest.Auth) func(t *testing.T, f backoffice.Office) backoffice.Office {
	return func(t *testing.T, f backoffice.Office) backoffice.Office {
		t.Helper()
		log := slog.New(slog.DiscardHandler)
		h, err := rest.NewHandler(rest.HandlerOptions{Office: f, Auth: auth, Secret: []byte(secret), Log: log})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(h)
		t.Cleanup(server.Close)
		office, err := rest.New(rest.Options{URL: server.URL, Auth: auth, Secret: []byte(secret), Log: log, Pause: time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		return office
	}
}

// All four demo companies hold to the contract when they are reached through HTTP.
func TestOffice_Suite(t *testing.T) {
	data, err := os.ReadFile("../../../assets/demo/demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for industry, c := range backofficetest.Demo(data, overTheWire(rest.HMAC)) {
		t.Run(industry, func(t *testing.T) { backofficetest.Run(t, c) })
	}
	t.Run("bearer", func(t *testing.T) {
		backofficetest.Run(t, backofficetest.Demo(data, overTheWire(rest.Bearer))["ecommerce"])
	})
}
