// Package client speaks wire/PROTOCOL.md from the other side of the hub: as an agent's desktop (Agent) or as a
// customer's page (Customer). It signs in, connects, comes back after every loss, resumes where it was, keeps
// what is written in an Outbox until the hub has stored it, and says truthfully how it stands (Connection).
//
// Agent.Run and Customer.Run each use three goroutines while they run and none after: the caller's, which reads
// and calls Handle for every frame in order, one that writes, and one that reports Connection.
package client
