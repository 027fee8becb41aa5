package wire

// Type implements Frame.
func (AgentWelcome) Type() string { return "welcome" }

// Type implements Frame.
func (AgentDirectory) Type() string { return "directory" }

// Type implements Frame.
func (AgentRows) Type() string { return "rows" }

// Type implements Frame.
func (AgentGone) Type() string { return "gone" }

// Type implements Frame.
func (AgentOpened) Type() string { return "opened" }

// Type implements Frame.
func (AgentMessages) Type() string { return "history" }

// Type implements Frame.
func (AgentEvent) Type() string { return "event" }

// Type implements Frame.
func (AgentMarks) Type() string { return "marks" }

// Type implements Frame.
func (AgentPeerTyping) Type() string { return "typing" }

// Type implements Frame.
func (AgentViewers) Type() string { return "viewers" }

// Type implements Frame.
func (AgentPresenceChanged) Type() string { return "presence" }

// Type implements Frame.
func (AgentListed) Type() string { return "listed" }

// Type implements Frame.
func (AgentFound) Type() string { return "found" }

// Type implements Frame.
func (AgentCustomerPage) Type() string { return "customer" }

// Type implements Frame.
func (AgentAlert) Type() string { return "alert" }
