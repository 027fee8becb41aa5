package bot

import (
	"strings"

	"deskhand/assist"
	"deskhand/assist/bot/flow"
	"deskhand/assist/nlu/entity"
)

// briefly tells the matter in both languages, for the card that agents read: who wants what, why a person must go on, what
// an agent told the bot, and the customer's own words. What else the bot knows stands in the fields of the handoff.
func briefly(x *exchange, intent string, h *flow.Transfer) assist.Wording {
	return assist.Wording{EN: entity.Mask(entity.Clean(brief(x, intent, h, "en"))), ZH: entity.Mask(entity.Clean(brief(x, intent, h, "zh")))}
}

func brief(x *exchange, intent string, h *flow.Transfer, language string) string {
	say := func(en, zh string) string { return assist.Wording{EN: en, ZH: zh}.In(language) }
	who := say("An anonymous visitor", "匿名访客")
	if p, ok := x.Person(); ok && p.Name != "" {
		who = p.Name
	}
	parts := make([]string, 0, 4)
	switch i := x.Pack.Intents[intent]; {
	case intent == askHuman:
		parts = append(parts, say(who+" asked for a person.", who+"要求人工服务。"))
	case i != nil && !courtesy(x, intent):
		parts = append(parts, say(who+" wants to "+i.Title.EN+".", who+"的诉求："+i.Title.In("zh")+"。"))
	default:
		parts = append(parts, say(who+" wrote something that the bot has no errand for.", who+"的来意，机器人没有对应的业务。"))
	}
	if why := reasons()[h.Reason].In(language); why != "" {
		parts = append(parts, why)
	}
	if note := x.State.Note; note != "" {
		parts = append(parts, say("Note to the bot when it was given back: “"+note+"”.", "交还机器人时的备注：“"+note+"”。"))
	}
	if said := quotes(x.said); said != "" {
		parts = append(parts, say("In the customer's words: "+said, "客户原话："+said))
	}
	return strings.Join(parts, say(" ", ""))
}

// reasons explain the codes of handoffs to the agent.
func reasons() map[string]assist.Wording {
	return map[string]assist.Wording{
		"identity":       {EN: "The customer could not prove who they are, so nothing was read or changed.", ZH: "客户未能证明身份，因此没有查询或变更任何内容。"},
		"not_understood": {EN: "The bot asked twice and found no answer to its question.", ZH: "机器人问了两次，没有得到能理解的回答。"},
		"out_of_scope":   {EN: "Two messages in a row were beyond what the bot knows.", ZH: "连续两条消息超出机器人的范围。"},
		"over_limit":     {EN: "It is above what the bot may do by itself.", ZH: "超出机器人可以自行办理的限额。"},
		"mood":           {EN: "The customer has been angry for several turns.", ZH: "客户已连续几轮不满。"},
		"error": {EN: "The back office did not answer, or its answer is not known; check what became of the request before doing it again.",
			ZH: "业务系统没有响应，或结果未知；请先核实办理结果，再决定是否重办。"},
		"safety": {EN: "The message speaks of self-harm, danger or violence. Answer at once.", ZH: "消息涉及自伤、危险或暴力，请立即回应。"},
	}
}
