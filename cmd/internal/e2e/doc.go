// Package e2e holds the tests of the whole product from end to end: the real deskhub program as a child
// process, a real browser as the customer, and the desktop's own client as the agent. It has no code of its own.
package e2e
