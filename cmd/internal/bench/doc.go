// Package bench measures a hub as a whole: delays and capacity of pairs of a customer and an agent, memory of
// idle connections, reading of long conversations, search and start. What is measured runs with rights,
// dedupe and persistence on; the hub is a child process, its CPU and memory are read from /proc, so the
// measurements that need a hub run on Linux only. Every run works in a temporary folder and removes it.
package bench
