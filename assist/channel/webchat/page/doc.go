// Package page serves what a customer's browser loads from the hub over HTTP: the widget's script, the full-page
// chat, the start page or, with Options.Demo, the demo companies' sites around the widget, and the short page
// for administrators. It knows no sockets, no storage and starts no goroutines; talking goes over /ws/customer.
//
// A company's site that embeds the widget under a Content-Security-Policy needs, with HUB for the hub's host:
//
//	script-src https://HUB; connect-src https://HUB wss://HUB; img-src blob:
//
// Styles are constructed sheets inside a shadow root, which style-src doesn't touch; there are no inline handlers and
// no eval, so neither 'unsafe-inline' nor a nonce is needed. With require-trusted-types-for nothing has to be allowed.
package page
