package access

import (
	"slices"

	"deskhand/assist"
)

// Permission is one thing that somebody may do. The names are stable: the wire tells clients theirs.
type Permission string

// The permissions. Those about conversations hold within what the agent may see (see VisibilityOf).
const (
	ConversationRead     Permission = "conversation.read"
	ConversationReply    Permission = "conversation.reply"
	ConversationNote     Permission = "conversation.note"
	ConversationAssign   Permission = "conversation.assign"   // give to another agent
	ConversationTake     Permission = "conversation.take"     // take over from another agent
	ConversationAccept   Permission = "conversation.accept"   // accept from a queue
	ConversationTransfer Permission = "conversation.transfer" // pass on one's own
	ConversationToBot    Permission = "conversation.to_bot"
	ConversationSnooze   Permission = "conversation.snooze"
	ConversationTag      Permission = "conversation.tag"
	ConversationPriority Permission = "conversation.priority"
	ConversationResolve  Permission = "conversation.resolve" // also wrap up and reopen
	ConversationSeeAll   Permission = "conversation.see_all"
	CustomerRead         Permission = "customer.read"
	CustomerEdit         Permission = "customer.edit"
	MacroUse             Permission = "macro.use"
	MacroEdit            Permission = "macro.edit"
	TagEdit              Permission = "tag.edit"
	Search               Permission = "search"
	QueueRead            Permission = "queue.read"
	AgentStateOwn        Permission = "agent.state_own"
	AgentStateOthers     Permission = "agent.state_others"
	AgentRead            Permission = "agent.read" // who is there and how busy
	WallboardRead        Permission = "wallboard.read"
	ReviewRead           Permission = "review.read"
	ReviewWrite          Permission = "review.write"
	TrainerRead          Permission = "trainer.read" // what the bot understood, corrections
	TrainerEdit          Permission = "trainer.edit"
	UserManage           Permission = "user.manage"
	SettingsEdit         Permission = "settings.edit"
	Export               Permission = "export"
	CommandApprove       Permission = "command.approve" // of somebody else's change of the back office
)

// The table of rights, in layers: each role has its own list. What each is for:
//
//	agent       serves customers: everything with conversations it may see, nothing about other people
//	supervisor  leads agents: also assigns, takes over, sees all, changes others' state, macros, tags, export,
//	            and approves what the bot or an agent may not do by itself
//	trainer     improves the bot and reviews: reads everything, writes notes, reviews and corrections, but
//	            neither speaks to customers nor moves their conversations
//	admin       everything
var (
	agentRights = []Permission{
		ConversationRead, ConversationReply, ConversationNote, ConversationAccept, ConversationTransfer,
		ConversationToBot, ConversationSnooze, ConversationTag, ConversationPriority, ConversationResolve,
		CustomerRead, CustomerEdit, MacroUse, Search, QueueRead, AgentStateOwn, AgentRead,
	}
	supervisorRights = slices.Concat(agentRights, []Permission{
		ConversationAssign, ConversationTake, ConversationSeeAll, MacroEdit, TagEdit, AgentStateOthers,
		WallboardRead, ReviewRead, ReviewWrite, TrainerRead, Export, CommandApprove,
	})
	trainerRights = []Permission{
		ConversationRead, ConversationNote, ConversationTag, ConversationSeeAll, CustomerRead, MacroUse,
		MacroEdit, TagEdit, Search, QueueRead, AgentStateOwn, AgentRead, WallboardRead, ReviewRead,
		ReviewWrite, TrainerRead, TrainerEdit,
	}
	adminRights = slices.Concat(supervisorRights, []Permission{TrainerEdit, UserManage, SettingsEdit})
)

// Permissions lists every permission, in alphabetical order.
func Permissions() []Permission { return slices.Sorted(slices.Values(adminRights)) }

// PermissionsOf lists what the role may do, in alphabetical order; nothing for an unknown role.
func PermissionsOf(r assist.Role) []Permission {
	return slices.Sorted(slices.Values(rightsOf(r)))
}

func rightsOf(r assist.Role) []Permission {
	switch r {
	case assist.RoleAgent:
		return agentRights
	case assist.RoleSupervisor:
		return supervisorRights
	case assist.RoleTrainer:
		return trainerRights
	case assist.RoleAdmin:
		return adminRights
	}
	return nil
}

// Can tells whether the agent may do it. A disabled agent, an agent of no known role and the zero Agent may
// do nothing.
func Can(a assist.Agent, p Permission) bool {
	return !a.Disabled && slices.Contains(rightsOf(a.Role), p)
}

// Require is nil if the agent may do it, else an *assist.Error with CodeForbidden.
func Require(a assist.Agent, p Permission) error {
	if Can(a, p) {
		return nil
	}
	return assist.Errorf(assist.CodeForbidden, "agent %d (%s) lacks %s", a.ID, a.Role, p)
}
