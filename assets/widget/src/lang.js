// Every word the page says, English and Chinese side by side. A test checks that no row lacks one. {0}, {1} are filled in.

const WORDS = {
  name: ["Chat", "在线客服"],
  open: ["Open chat", "打开对话"],
  unread: ["Open chat, {0} new", "打开对话，{0} 条新消息"],
  close: ["Close chat", "关闭对话"],
  lang: ["Language", "语言"],
  log: ["Conversation", "对话"],
  write: ["Write a message…", "请输入…"],
  send: ["Send", "发送"],
  attach: ["Attach files", "添加文件"],
  remove: ["Remove {0}", "移除 {0}"],
  person: ["Talk to a person", "转人工"],
  older: ["Show earlier messages", "查看更早的消息"],
  you: ["You", "您"],
  bot: ["Assistant", "智能助手"],
  agent: ["Agent", "客服"],
  notice: ["You are talking to our assistant, a program.", "您正在与智能助手（程序）对话。"],
  subBot: ["Assistant · a person is one tap away", "智能助手 · 随时可转人工"],
  subHuman: ["{0} is with you", "{0} 正在为您服务"],
  subNone: ["Write to us", "欢迎咨询"],
  queue: ["You are number {0} in the queue.", "您排在第 {0} 位。"],
  wait: [" About {0} min.", "预计约 {0} 分钟。"],
  closed: ["This matter is settled. Write again to reopen it.", "问题已解决。再次发送消息即可重新打开。"],
  already: ["{0} is already with you.", "{0} 已在为您服务。"],
  asked: ["A person will join as soon as one is free.", "有客服空闲时会立即接入。"],
  typing: ["{0} is typing…", "{0} 正在输入…"],
  queued: ["waiting to be sent", "待发送"],
  sending: ["sending…", "发送中…"],
  sent: ["sent {0}", "已发送 {0}"],
  delivered: ["delivered {0}", "已送达 {0}"],
  read: ["read {0}", "已读 {0}"],
  uploading: ["uploading {0} %", "上传中 {0}%"],
  failed: ["Not sent: {0}", "未发送：{0}"],
  again: ["Try again", "重试"],
  discard: ["Discard", "放弃"],
  connecting: ["connecting…", "连接中…"],
  ready: ["connected", "已连接"],
  down: ["no connection", "网络中断"],
  count: ["{0} waiting to be sent", "{0} 条待发送"],
  stopAuth: ["we could not confirm who you are", "无法确认您的身份"],
  stopTabs: ["open in too many tabs", "打开的页面过多"],
  stopInbox: ["this chat is not set up here", "此处未开通在线客服"],
  tooLong: ["the message is too long, at most {0} characters", "消息过长，最多 {0} 个字符"],
  tooMany: ["at most {0} files in one message", "一条消息最多 {0} 个文件"],
  tooBig: ["{0} is larger than {1} MB", "{0} 超过 {1} MB"],
  badType: ["this kind of file is not accepted", "不支持这种文件"],
  quota: ["too many files for now, try again in {0} min", "上传的文件过多，请 {0} 分钟后再试"],
  refused: ["it was refused (error {0})", "被拒绝（错误 {0}）"],
  fileLost: ["The file could not be loaded.", "文件加载失败。"],
  download: ["Download {0}", "下载 {0}"],
  image: ["Picture {0}", "图片 {0}"],
  today: ["Today", "今天"],
  yesterday: ["Yesterday", "昨天"],
  newFrom: ["New message from {0}", "{0} 发来新消息"],
  a_waiting: ["You are in the queue for a person", "您正在排队等待人工客服"],
  a_leave_message: ["Nobody is here right now. Leave a message, we will answer it.", "现在没有客服在线，请留言，我们会尽快回复。"],
  a_joined: ["{0} joined", "{0} 已接入"],
  a_transferred: ["You are being passed on to {0}", "正在为您转接至 {0}"],
  a_agent_lost: ["The agent dropped off; you are first in the queue", "客服掉线，您已回到队首"],
  a_bot_away: ["The assistant can't go on; a person will answer", "智能助手暂时无法继续，将由人工客服回复"],
  a_to_bot: ["The assistant goes on", "由智能助手继续为您服务"],
  a_resolved: ["This conversation is closed", "对话已结束"],
  a_reopened: ["Conversation reopened", "对话已重新打开"],
  rate: ["How did we do?", "您对服务满意吗？"],
  r1: ["Very bad", "很不满意"],
  r2: ["Bad", "不满意"],
  r3: ["All right", "一般"],
  r4: ["Good", "满意"],
  r5: ["Very good", "非常满意"],
  comment: ["Anything to add? (optional)", "还想说些什么？（选填）"],
  rateSend: ["Send rating", "提交评价"],
  thanks: ["Thank you for your rating.", "感谢您的评价。"],
};

const spoken = (t) => /^zh/i.test(t) ? "zh" : /^en/i.test(t) ? "en" : "";
let lang = spoken(keep.get("lang")) || spoken(set.language || "") || spoken(navigator.language) || "en";

const w = (key, ...args) => (WORDS[key]?.[lang === "zh" ? 1 : 0] || "").replace(/\{(\d)\}/g, (_, i) => args[i] ?? "");

// Times are the reader's: own region where it speaks the language, 24 hours for Chinese.
const locale = () => spoken(navigator.language) === lang ? navigator.language : lang === "zh" ? "zh-CN" : "en";
const format = (at, options) => new Intl.DateTimeFormat(locale(), options).format(new Date(at));
const clock = (at) => format(at, { timeStyle: "short" });
function day(at) {
  const midnight = (d) => new Date(d).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(Date.now()) - midnight(at)) / 864e5);
  return ago === 0 ? w("today") : ago === 1 ? w("yesterday")
    : format(at, { weekday: "short", month: "short", day: "numeric", year: ago > 300 ? "numeric" : undefined });
}
