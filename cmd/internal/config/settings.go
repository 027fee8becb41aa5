package config

import "time"

// setting is one thing that the owner can set.
type setting struct {
	key   string // within its table
	doc   string // what it does, its unit, what the extremes mean
	value value
}

// table is a group of settings: [name] in the file.
type table struct {
	name     string
	doc      string
	settings []setting
}

// tables lists every setting that there is once, bound to the fields of c.
func (c *Config) tables() []table {
	return []table{
		{"hub", "Where the hub listens and keeps its data.", c.Hub.settings()},
		{"tls", "HTTPS without a proxy in front. Both or neither; the files are read at the start.", c.TLS.settings()},
		{"limits", "What one client, and all together, may use. Who exceeds a rate is asked to wait.", c.Limits.settings()},
		{"access", "Who sees what, and for how long a sign-in lasts.", c.Access.settings()},
		{"routing", "How conversations find an agent.", c.Routing.settings()},
		{"bot", "The bot that answers first.", c.Bot.settings()},
		{"understanding", "Helpers in reading what customers want, beside the models that the program carries. Both are off unless set.", c.Understanding.settings()},
		{"codes", "One-time codes, sent to the phone on file before the bot changes something that matters.", c.Codes.settings()},
		{"devices", "Customers' routers and terminals: what they report, and what can be done to them from afar (assist/backoffice/devices/README.md).", c.Devices.settings()},
		{"log", "What is logged. Never the text of messages, passwords or keys.", c.Log.settings()},
		{"metrics", "The page /metrics for Prometheus.", c.Metrics.settings()},
	}
}

func (h *Hub) settings() []setting {
	return []setting{
		{"listen", "Address and port. \"127.0.0.1:0\" takes any free port; \":7420\" listens on every address, for\nwhich [tls] or a proxy with TLS belongs in front.", text(&h.Listen, isAddress)},
		{"data", "The folder of the database, files and keys; made if missing. One hub at a time uses it.", text(&h.Data, isFolder)},
		{"public_url", "The address under which customers and agents reach the hub, if it is not the one above.", text(&h.PublicURL, isURL)},
		{"origins", "Web origins, besides the hub's own, whose pages may embed any inbox's widget.", list(&h.Origins, isOrigin)},
		{"trusted_proxies", "Addresses or blocks of proxies whose X-Forwarded-For is believed.", list(&h.TrustedProxies, isNetwork)},
		{"drain_within", "How long a stopping hub waits for clients to go and writes to end.", span(&h.DrainWithin, 0, 5*time.Minute)},
	}
}

func (t *TLS) settings() []setting {
	return []setting{
		{"cert", "PEM file of the certificate and its chain.", text(&t.Cert, nil)},
		{"key", "PEM file of the private key.", text(&t.Key, nil)},
	}
}

func (l *Limits) settings() []setting {
	return []setting{
		{"connections", "Sockets of customers; agents may have as many again, so that customers never keep them out.", number(&l.Connections, 1, 1_000_000)},
		{"connections_per_address", "Sockets from one network address. Of IPv6 addresses, here and below, those with the same first 64\nbits count as one.", number(&l.ConnectionsPerAddress, 1, 1_000_000)},
		{"connections_per_agent", "Sockets of one agent; the oldest is closed for the newest.", number(&l.ConnectionsPerAgent, 1, 100)},
		{"frame", "The largest frame that a client may send.", size(&l.FrameBytes, 16<<10, 64<<10)},
		{"frames_per_second", "Frames of one client, over time.", number(&l.FramesPerSecond, 1, 10_000)},
		{"frames_burst", "Frames of one client at once.", number(&l.FramesBurst, 1, 100_000)},
		{"messages_per_minute", "Messages a minute of one customer.", number(&l.MessagesPerMinute, 1, 600_000)},
		{"messages_per_address", "Messages a minute of all customers together who share a network address and aren't signed in on\nthe company's site: each could be a new visitor with every message. Behind a proxy that isn't\namong hub.trusted_proxies all customers share one.", number(&l.MessagesPerAddress, 1, 100_000_000)},
		{"messages_per_agent", "Messages and notes a minute of one agent.", number(&l.MessagesPerAgent, 1, 600_000)},
		{"outbound_buffer", "What may wait to be read by one client before it is dropped as slow.", size(&l.OutboundBytes, 64<<10, 64<<20)},
		{"attachment", "The largest file that may be sent.", size(&l.AttachmentBytes, 1<<10, 20_000_000)},
		{"upload_window", "In so long a customer may upload what the next settings say. What is used up comes back evenly\nover that time. A broken upload counts with what came of it.", span(&l.UploadWindow, time.Minute, 30*day)},
		{"uploads_per_customer", "Files of one customer.", number(&l.UploadsPerCustomer, 1, 1_000_000)},
		{"upload_bytes_per_customer", "Bytes of one customer's files together; at least the size of attachment.", size(&l.UploadBytesPerCustomer, 1<<10, 1<<50)},
		{"uploads_per_address", "Files of all customers together at one network address.", number(&l.UploadsPerAddress, 1, 100_000_000)},
		{"upload_bytes_per_address", "Bytes of them; at least the size of attachment.", size(&l.UploadBytesPerAddress, 1<<10, 1<<50)},
	}
}

func (a *Access) settings() []setting {
	return []setting{
		{"agents_see", "What people of the role agent see: \"own\" is their own conversations and what waits for their\nteams, \"team\" also what others of their teams have, \"all\" everything. Supervisors, trainers and\nadmins see everything.", choice(&a.AgentsSee, "own", "team", "all")},
		{"hide_unassigned", "Keep conversations of no agent and no team (those of the bot) from agents.", toggle(&a.HideUnassigned)},
		{"session_idle", "A device that was not used for so long is signed out.", span(&a.SessionIdle, time.Minute, 365*day)},
		{"session_life", "A device is signed out after so long in any case.", span(&a.SessionLife, time.Minute, 365*day)},
		{"identity_max_age", "How old the signature of a customer's identity may be.", span(&a.IdentityMaxAge, time.Minute, 30*day)},
		{"hashes_at_once", "Password checks at the same time, 19 MiB of memory each; 0: one a processor, at most 4.", number(&a.HashesAtOnce, 0, 64)},
	}
}

func (r *Routing) settings() []setting {
	return []setting{
		{"auto_accept", "Conversations go to a free agent by themselves; else they wait until an agent accepts them. A\nqueue may say otherwise.", toggle(&r.AutoAccept)},
		{"away_after", "An agent without a key or mouse moved for so long is away; \"0s\": never.", span(&r.AwayAfter, 0, 24*time.Hour)},
		{"agent_grace", "An agent who drops off gets this long to come back before the conversations are queued again.", span(&r.AgentGrace, 0, time.Hour)},
		{"reopen_within", "A customer who writes within this time after the end continues the conversation; later, a new\none begins.", span(&r.ReopenWithin, 0, 365*day)},
		{"wrap_up_limit", "Wrap-up ends by itself after so long; \"0s\": when the agent ends it.", span(&r.WrapUpLimit, 0, 24*time.Hour)},
	}
}

func (b *Bot) settings() []setting {
	return []setting{
		{"enabled", "Off: every conversation goes straight to its queue.", toggle(&b.Enabled)},
		{"articles", "A folder of more articles for the bot, *.md, besides those of the inboxes' packs.", text(&b.Articles, nil)},
		{"packs", "A folder of your own packs, one folder each, which inboxes may name; one that has the name of a shipped\npack takes its place. `deskhub pack check` tells what is wrong with one.", text(&b.Packs, nil)},
		{"approval_within", "What waits for a second person's approval is declined after so long.", span(&b.ApprovalWithin, time.Minute, 30*day)},
		{"keep_changes", "What became of changes in a company's systems is kept so long after they ended.", span(&b.KeepChanges, 7*day, 3650*day)},
	}
}

func (l *Log) settings() []setting {
	return []setting{
		{"level", "debug, info, warn or error.", marshalled(&l.Level, "debug", "info", "warn", "error")},
		{"format", "text or json.", choice(&l.Format, "text", "json")},
	}
}

func (m *Metrics) settings() []setting {
	return []setting{
		{"enabled", "Off: the page is not found.", toggle(&m.Enabled)},
		{"allow", "Addresses or blocks that may read it.", list(&m.Allow, isNetwork)},
	}
}
