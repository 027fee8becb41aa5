// Package ime lets Chinese be typed on Linux: it is a client of the input method over D-Bus, in the protocol of IBus,
// which ibus-daemon and fcitx5 both answer.
//
// The plain way, through the window system, fails because GLFW reports the keys that the input method eats: Enter that
// commits raw letters would send them to the customer, Backspace while composing would delete text. So the program
// tells GLFW that there is no input method (PrepareEnv) and each field offers its keys to a Client first. Only what
// comes back unused reaches the text.
//
// Nothing typed is lost: without a daemon keys pass at once; a daemon that does not answer in time is passed by until
// it has caught up; one that dies is looked for again. On Windows and macOS GLFW filters such keys itself and no Client
// is wanted (Wanted reports that).
//
// A Client's Run is its one goroutine, besides those of the D-Bus connection, which end with it. The methods that a
// field calls, and what the Client calls on a field, run on the main goroutine, to which Options.Post leads.
package ime
