// What the frames of the hub mean. Everything is numbered by seq, so order and repeats don't matter.

let asking = "";      // ref of the history question under way
let hole = 0;         // a gap that the hub could not fill, not asked for again
let typingTimer = 0, marked = "";

function hear(f) {
  const act = HEAR[f.t];
  if (act) act(f);
}

const HEAR = {
  ping: () => send({ t: "pong" }),
  welcome(f) {
    if (epoch && epoch !== f.epoch || talk && talk !== f.conversation) forget();
    epoch = f.epoch;
    const tok = f.token || token();
    if (tok) keep.set("token", JSON.stringify({ token: tok, who: who() }));
    Object.assign(limits, f.limits);
    inbox = f.inbox;
    net = "ready";
    step = 500;
    hole = 0;
    marked = "";
    talkIn(f.conversation);
    if (keep.get("person")) human();
    lead();
  },
  history(f) {
    talkIn(f.conversation);
    if (f.reset) {
      messages.clear();
      pending = pending.filter((r) => !r.gone);
    }
    if (f.reset || f.ref === "old") more = !!f.more;
    for (const m of f.messages || []) take(m, !f.ref && !f.reset);
    if (f.ref === asking) asking = "";
    settleHistory();
  },
  message(f) {
    talkIn(f.conversation);
    take(f.message, true);
    settleHistory();
  },
  ack(f) {
    if (f.conversation) talkIn(f.conversation);
    if (f.ref === "human") keep.set("person", "");
    if (f.ref === "rate") state.rated = rating;
    if (!f.client_id) return;
    const r = pending.find((x) => x.id === idOf(f));
    if (!r) return;
    // An old one that comes again lies above what is shown; scrolling up brings it.
    if (f.seq > firstSeq() || !more) {
      take({ seq: f.seq, client_id: r.id, kind: "text", from: "customer", at: f.at || r.at, text: r.text, attachments: r.files });
    }
    settle(r);
    settleHistory();
    flush();
    HEAR.marks(f);
  },
  status(f) {
    state = f;
    talkIn(f.conversation);
  },
  marks(f) {
    theirRead = Math.max(theirRead, f.read || 0);
    theirDelivered = Math.max(theirDelivered, f.delivered || 0);
  },
  typing(f) {
    clearTimeout(typingTimer);
    peerTyping = f.off ? "" : f.name || w("bot");
    if (peerTyping) typingTimer = setTimeout(() => { peerTyping = ""; draw(); }, 6000);
  },
  reconnect(f) {
    wait = f.after_ms || 0;
    drop(1001);
  },
  error(f) {
    if (f.client_id) return refusedSend(f);
    if (f.ref === "human") {
      if (f.retry_after_ms > 0) setTimeout(human, f.retry_after_ms);
      else keep.set("person", "");
    } else if (f.ref === "rate") say(w("refused", f.code));
    else if (f.ref && f.ref === asking) asking = "";
    if (f.code === 203 || f.code === 202) why = "stopInbox";
    if (f.code === 204) why = "stopAuth";
  },
};

// talkIn notes the conversation; another one than before has its own numbers.
function talkIn(id) {
  if (!id || id === talk) return;
  if (talk) forget();
  talk = id;
}

function forget() {
  messages.clear();
  talk = theirRead = theirDelivered = seen = rating = 0;
  more = false;
  state = {};
}

// take files a message unless it is here. fresh: it was written just now.
function take(m, fresh) {
  if (messages.has(m.seq)) return;
  messages.set(m.seq, m);
  const mine = m.client_id && pending.find((r) => r.id === idOf(m));
  if (mine) settle(mine);
  if (m.from !== "customer" && m.kind !== "activity") {
    peerTyping = "";
    if (fresh && !isOpen) say(w("newFrom", nameOf(m)));
  }
}

const sorted = () => [...messages.values()].sort((a, b) => a.seq - b.seq);

// settleHistory looks for gaps (17, then 19) and asks for what is missing.
function settleHistory() {
  const seqs = [...messages.keys()].sort((a, b) => a - b);
  const i = seqs.findIndex((s, n) => n && s !== seqs[n - 1] + 1);
  if (i > 0 && hole !== seqs[i]) {
    hole = seqs[i];
    ask("gap", seqs[i], Math.min(200, seqs[i] - seqs[i - 1] - 1));
  }
  mark();
}

function ask(ref, before, limit) {
  if (asking || !up()) return;
  asking = ref;
  send({ t: "history", ref, before, limit });
}
const older = () => more && ask("old", firstSeq(), 50);

// mark tells what arrived, and what was seen: only what is in sight of somebody who is here.
function mark() {
  const last = lastSeq();
  if (!up() || !last) return;
  if (isOpen && document.visibilityState === "visible" && document.hasFocus() && atEnd()) seen = last;
  const now = last + "/" + seen;
  if (now === marked) return;
  marked = now;
  send({ t: "mark", delivered: last, ...(seen && { read: seen }) });
  draw();
}

// human asks for a person; without a connection the wish is kept and sent later.
function human() {
  const { status, agent } = state;
  if (status === "human") return say(w("already", agent || w("agent")));
  say(w("asked"));
  if (status === "waiting") return;
  keep.set("person", "1");
  start();
  if (up()) send({ t: "human", ref: "human" });
}

// The own typing: what is written only if the inbox shows it, else only that; at most two a second.
let typedAt = 0, typedTimer = 0, quietTimer = 0;
function typed(text) {
  clearTimeout(typedTimer);
  clearTimeout(quietTimer);
  const gap = inbox?.preview || !text ? 500 : 3000;
  typedTimer = setTimeout(() => {
    if (!up()) return;
    typedAt = Date.now();
    if (!text) return send({ t: "typing", off: true });
    send(inbox.preview ? { t: "typing", text: [...text].slice(0, 200).join("") } : { t: "typing" });
    quietTimer = setTimeout(() => typed(""), 6000);
  }, Math.max(0, typedAt + gap - Date.now()));
}
