package config

import (
	"log/slog"
	"time"

	"deskhand/assist"
	"deskhand/assist/access"
)

// Config is every setting of a hub. Default gives the defaults, Load what the owner wrote over them. It may
// be printed and logged: secrets show as "[secret]".
type Config struct {
	Hub           Hub
	TLS           TLS
	Limits        Limits
	Access        Access
	Routing       Routing
	Bot           Bot
	Codes         Codes
	Devices       Devices
	Understanding Understanding
	Log           Log
	Metrics       Metrics
	Inboxes       []Inbox
	Teams         []assist.Team
	Queues        []assist.Queue
	Actions       []ActionRule

	Backoffices []Backoffice
}

// Hub is where the hub listens and keeps its data.
type Hub struct {
	Listen         string // host:port
	Data           string // folder
	PublicURL      string // as customers and agents reach it; empty: http(s)://Listen
	Origins        []string
	TrustedProxies []string // addresses or CIDR blocks
	DrainWithin    time.Duration
}

// TLS names the certificate; both empty: plain HTTP.
type TLS struct {
	Cert string // PEM file
	Key  string // PEM file
}

// Limits bound what one client and all together may use.
type Limits struct {
	Connections           int // of the hub
	ConnectionsPerAddress int
	ConnectionsPerAgent   int
	FrameBytes            int64
	FramesPerSecond       int
	FramesBurst           int
	MessagesPerMinute     int // of one customer
	MessagesPerAddress    int // a minute, of all anonymous customers at one
	MessagesPerAgent      int // a minute
	OutboundBytes         int64
	AttachmentBytes       int64

	UploadWindow           time.Duration // of the following
	UploadsPerCustomer     int
	UploadBytesPerCustomer int64
	UploadsPerAddress      int
	UploadBytesPerAddress  int64
}

// Access is who sees what, and for how long a sign-in lasts.
type Access struct {
	AgentsSee      access.Scope
	HideUnassigned bool
	SessionIdle    time.Duration
	SessionLife    time.Duration
	IdentityMaxAge time.Duration
	HashesAtOnce   int // 0: as many as processors, at most 4
}

// Policy is the part that access.VisibilityOf needs.
func (a Access) Policy() access.Policy {
	return access.Policy{AgentsSee: a.AgentsSee, HideUnassigned: a.HideUnassigned}
}

// Routing is how conversations find an agent.
type Routing struct {
	AutoAccept   bool // of queues that don't say it themselves
	AwayAfter    time.Duration
	AgentGrace   time.Duration
	ReopenWithin time.Duration
	WrapUpLimit  time.Duration // 0: no limit
}

// Bot is the first bot.
type Bot struct {
	Enabled  bool
	Articles string // folder; empty: those of the inboxes' packs only
	Packs    string // folder; empty: the shipped packs only
	// ApprovalWithin is after which a command that waits for a second person is declined.
	ApprovalWithin time.Duration
	KeepChanges    time.Duration // of the back office, after they ended
}

// Log is what is logged and how.
type Log struct {
	Level  slog.Level
	Format string // "text" or "json"
}

// Metrics is the page for Prometheus.
type Metrics struct {
	Enabled bool
	Allow   []string // addresses or CIDR blocks that may read it
}

// Inbox is an assist.Inbox as the file has it.
type Inbox struct {
	assist.Inbox        // its Secret stays empty
	Secret       Secret // from secret, secret_file or the environment
	SecretFile   string // relative to the config file's folder
}

// Assist is the inbox with its secret, as the parts of the hub take it. Do not print it.
func (i Inbox) Assist() assist.Inbox {
	in := i.Inbox
	in.Secret = i.Secret.Reveal()
	return in
}

// Default is every setting as it is when nobody sets it.
func Default() Config {
	return Config{
		Hub: Hub{
			Listen: "127.0.0.1:7420", Data: "data", DrainWithin: 10 * time.Second,
			Origins: []string{}, TrustedProxies: []string{},
		},
		Limits: Limits{
			Connections: 20_000, ConnectionsPerAddress: 200, ConnectionsPerAgent: 8, FrameBytes: 64 << 10,
			FramesPerSecond: 20, FramesBurst: 60, MessagesPerMinute: 60, MessagesPerAddress: 1200, MessagesPerAgent: 600,
			OutboundBytes: 256 << 10, AttachmentBytes: 20_000_000,
			UploadWindow: time.Hour, UploadsPerCustomer: 100, UploadBytesPerCustomer: 500_000_000,
			UploadsPerAddress: 1000, UploadBytesPerAddress: 2_000_000_000,
		},
		Access: Access{
			AgentsSee: access.ScopeTeam, SessionIdle: 7 * day, SessionLife: 30 * day, IdentityMaxAge: day,
		},
		Routing: Routing{
			AwayAfter: 5 * time.Minute, AgentGrace: 30 * time.Second,
			ReopenWithin: 7 * day,
		},
		Bot:           Bot{Enabled: true, ApprovalWithin: 4 * time.Hour, KeepChanges: 400 * day},
		Devices:       Devices{Inboxes: []string{}, Again: time.Hour, Within: 10 * time.Minute},
		Codes:         Codes{Life: 10 * time.Minute, Tries: 3, PerHour: 10, StrongFor: 15 * time.Minute, Keep: 30 * day},
		Understanding: Understanding{AskBelow: 75},
		Log:           Log{Level: slog.LevelInfo, Format: "text"},
		Metrics:       Metrics{Enabled: true, Allow: []string{"127.0.0.1", "::1"}},
	}
}

const day = 24 * time.Hour
