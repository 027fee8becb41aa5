// The connection: one WebSocket, opened when there is a reason for it, reopened with full-jitter back-off.

let ws = null, timer = 0, step = 500, wait = -1, heard = 0, attempt = 0, identityTried = false;

// The hub takes well-formed text only; half a surrogate pair, as a cut emoji leaves, becomes U+FFFD.
const send = (frame) => ws?.readyState === 1 && ws.send(JSON.stringify(frame, (_, v) => v?.toWellFormed?.() ?? v));

// start connects unless that is under way already. The customer's wish overrules a stop.
function start(force) {
  if (ws || net === "connecting" || net === "stopped" && !force) return;
  clearTimeout(timer);
  net = "connecting";
  why = "";
  draw();
  dial();
}

async function dial() {
  const mine = ++attempt;
  if (set.identityUrl && !identityTried) {
    try {
      const answer = await fetch(set.identityUrl, { credentials: "include" });
      if (answer.status >= 500) throw 0;
      const customer = answer.status === 200 ? await answer.json() : null;
      if (mine !== attempt) return;
      identity = customer;
      identityTried = true;
      await restore();
    } catch {
      if (mine === attempt) fell(0);
      return;
    }
    if (mine !== attempt) return;
  }
  const socket = ws = new WebSocket(base.replace(/^http/, "ws") + "ws/customer");
  heard = Date.now();
  socket.onopen = () => ws === socket && hello();
  socket.onclose = (e) => ws === socket && fell(e.code);
  socket.onmessage = (e) => {
    if (ws !== socket) return;
    heard = Date.now();
    for (const f of [].concat(JSON.parse(e.data))) if (ws === socket) hear(f);
    draw();
  };
}

// The token is the visitor's only proof. It is bound to who it was used for: somebody else starts without it.
function token() {
  try {
    const t = JSON.parse(keep.get("token"));
    return !t.who || t.who === who() ? t.token : undefined;
  } catch { return undefined; }
}

function hello() {
  const first = { t: "hello", v: 1, inbox: inboxId, language: lang, page: location.origin + location.pathname };
  first.token = token();
  // Whatever else the site says of the customer, the hub would refuse.
  if (who()) first.identity = JSON.parse(JSON.stringify(identity, ["id", "name", "email", "issued_at", "signature"]));
  if (talk && epoch) first.resume = { conversation: talk, seq: lastSeq(), epoch };
  send(first);
}

// fell says what comes after a lost connection, by close code (PROTOCOL.md, section 6).
function fell(code) {
  ws = null;
  unlead();
  peerTyping = "";
  asking = "";
  clearTimeout(timer);
  if (code === 4001 && set.identityUrl && identityTried) {
    identityTried = false; // once with a fresh signature
    if (step < 2000) code = 1006;
  }
  if ([1003, 1007, 1009, 4000, 4001, 4002, 4006].includes(code)) {
    net = "stopped";
    why = why || (code === 4006 ? "stopTabs" : code === 4001 ? "stopAuth" : "");
  } else {
    net = "waiting";
    const ms = wait >= 0 ? wait * (1 + Math.random()) : Math.random() * (code === 4003 || code === 4004 ? 500 : step);
    step = Math.min(step * 2, 30000);
    wait = -1;
    timer = setTimeout(start, ms);
  }
  draw();
}

// drop leaves a connection that may be dead; its own close event could take minutes.
function drop(code) {
  const old = ws;
  if (!old) return;
  fell(code);
  old.close();
}

// A silent hub is a lost one. A change of network is asked about at once.
setInterval(() => {
  if (ws && Date.now() - heard > (up() ? 40000 : 15000)) drop(4004);
}, 2000);
function probe() {
  if (net === "waiting") return start();
  if (!up()) return;
  const asked = Date.now();
  send({ t: "ping" });
  setTimeout(() => ws && heard < asked && drop(4004), 5000);
}
addEventListener("online", probe);
addEventListener("offline", probe);
