package demo_test

import (
	"os"
	"testing"

	"deskhand/assist/backoffice/backofficetest"
)

// The shipped companies hold to what every back office must hold to.
func TestOffices_Suite(t *testing.T) {
	data, err := os.ReadFile("../../../assets/demo/demo.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for industry, c := range backofficetest.Demo(data, nil) {
		t.Run(industry, func(t *testing.T) { backofficetest.Run(t, c) })
	}
}
