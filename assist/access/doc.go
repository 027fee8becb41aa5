// Package access decides who somebody is and what they may do: passwords and sessions of agents, single-use
// tickets for their sockets, tokens and signed identities of customers, and the table of permissions.
//
// It does not speak to the network and holds no connections. It starts no goroutines by itself; Run, which
// its owner starts and stops, looks every few seconds whether watched sessions are still good, so that a
// socket closes within five seconds of its session's end whoever ended it.
//
// Secrets: of a password only an argon2id hash is kept, of a session or visitor token only the SHA-256
// (they carry 256 random bits, so a slow hash would protect nothing more). Tickets live in memory only.
package access
