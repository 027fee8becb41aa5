// Package config reads every setting of a hub: flags over environment over one TOML file over the defaults.
//
// There is one list of settings (settings.go and its neighbours). Reading the file, the environment and the
// flags, checking values, and printing the documented default file all walk that list, so that none of them
// can know a setting that the others don't.
//
// Names: the setting "hub.listen" is the key listen of the table [hub] in the file, DESKHAND_HUB_LISTEN in
// the environment. Inboxes, teams and queues are tables in the file only; the secret of the inbox
// "northwind" may also stand in DESKHAND_INBOX_NORTHWIND_SECRET.
//
// A setting that is unknown, of the wrong type or of a bad value is an error that names file, line and key
// and says what to write instead; nothing is read half. The package starts no goroutines.
package config
