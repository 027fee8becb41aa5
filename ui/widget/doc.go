// Package widget is the small set of drawn things that the product's screens are made of: boxes that lay out as
// CSS does, texts, buttons, chips, tabs, cards, menus, dialogs, the palette. They hold looks and the keyboard and
// tell what happened through On… callbacks; they know nothing of conversations.
//
// Sizes: Fyne asks for a minimum size before a width is known. Objects here that can be narrower than they would
// like implement Flow, and Box asks them for their natural width, their least width and their height for a width.
//
// Colours are theme.Color values and follow a theme switch by themselves. Everything must be called on Fyne's
// main goroutine. No goroutine is started; tooltips and notices use the clock handed to NewRoot.
package widget
