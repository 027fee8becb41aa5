// Package soak holds the test that kills a real hub again and again under load and looks for what got lost,
// doubled or out of order. DESKHAND_SOAK_ROUNDS says how often (default 5). There is nothing in it but tests.
package soak
