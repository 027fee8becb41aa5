// The window: built once, its words and state set by draw().

const V = {};
const host = h("div", { "data-deskhand": inboxId });
const root = host.attachShadow({ mode: "open" });

function build() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  V.badge = h("span", { class: "badge" });
  V.launch = btn("launch", () => show(!isOpen), icon(CHAT), V.badge);
  V.mark = h("div", { class: "av", "aria-hidden": "true" });
  V.name = h("h2", { dir: "auto" });
  V.sub = h("div", { class: "sub", dir: "auto" });
  V.lang = h("select", { onchange: () => speak(V.lang.value) }, h("option", { value: "en", lang: "en" }, "EN"), h("option", { value: "zh", lang: "zh" }, "中文"));
  V.close = btn("ic", () => show(false), icon(CROSS));
  V.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", tabindex: 0 });
  V.log.onscroll = () => {
    stick = atEnd();
    if (V.log.scrollTop < 60) older();
    if (stick) mark();
  };
  V.typing = h("div", { class: "meta typing", dir: "auto" });
  V.banner = h("div", { class: "banner", role: "status" });
  V.rate = h("div", { class: "rate" });
  V.person = btn("btn q", human);
  V.net = h("span", { class: "net", role: "status" });
  V.retry = btn("btn q", () => start(true));
  V.say = h("div", { class: "say", role: "alert" });
  V.tray = h("div", { class: "tray" });
  V.pick = h("input", { type: "file", multiple: true, hidden: true, onchange() { choose(this.files); this.value = ""; } });
  V.attach = btn("ic", () => V.pick.click(), icon(PLUS));
  V.text = h("textarea", { rows: 1, dir: "auto", oninput: wrote, onkeydown: pressed });
  V.send = btn("btn send", submit, icon(PLANE));
  V.quiet = h("div", { class: "sr", role: "status" });
  V.panel = h("section", { class: "panel", role: fullPage ? "region" : "dialog" },
    h("header", {}, V.mark, h("div", { class: "who" }, V.name, V.sub), V.lang, !fullPage && V.close),
    V.log, V.typing, V.banner, V.rate, V.say,
    h("div", { class: "bar" }, V.person, V.net, V.retry), V.tray,
    h("div", { class: "comp" }, V.attach, V.pick, V.text, V.send), V.quiet);
  V.top = h("div", { class: "dh" + (fullPage ? " page" : "") }, V.panel, !fullPage && V.launch);
  root.append(V.top);
  listen();
  document.body.append(host);
}

function listen() {
  V.panel.addEventListener("keydown", (e) => e.key === "Escape" && !composing(e) && !fullPage && show(false));
  V.panel.addEventListener("dragover", (e) => { e.preventDefault(); V.panel.classList.add("drop"); });
  V.panel.addEventListener("dragleave", () => V.panel.classList.remove("drop"));
  V.panel.addEventListener("drop", (e) => { e.preventDefault(); V.panel.classList.remove("drop"); choose(e.dataTransfer.files); });
  V.text.addEventListener("paste", (e) => {
    if (!e.clipboardData.files.length) return;
    e.preventDefault();
    choose(e.clipboardData.files);
  });
  document.addEventListener("visibilitychange", mark);
  addEventListener("focus", mark);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => look());
  if (window.ResizeObserver) new ResizeObserver(() => stick && toEnd()).observe(V.log);
}

// Enter while an input method composes belongs to it: 229 is what Safari and older browsers say then.
const composing = (e) => e.isComposing || e.keyCode === 229;
function pressed(e) {
  if (e.key !== "Enter" || e.shiftKey || composing(e)) return;
  e.preventDefault();
  submit();
}

function wrote() {
  keep.set("draft:" + who(), V.text.value);
  typed(V.text.value.trim());
  fit();
  V.say.textContent = "";
}
function fit() {
  V.text.style.height = "auto";
  V.text.style.height = Math.min(V.text.scrollHeight, 120) + "px";
}

function submit() {
  const text = V.text.value.trim(), files = tray;
  if ([...text].length > limits.text) return say(w("tooLong", limits.text), true);
  if (!text && !files.length) return V.text.focus();
  tray = [];
  V.text.value = "";
  fit();
  stick = true;
  V.say.textContent = "";
  enqueue(text, files).then(() => { if (!V.text.value) keep.set("draft:" + who(), ""); });
  clearTimeout(typedTimer);
  clearTimeout(quietTimer);
  V.text.focus();
}

// say tells those who can't see, and with loud everybody, what just happened.
function say(text, loud) {
  if (loud) V.say.textContent = text;
  else V.quiet.textContent = text;
}

// show opens or closes the window; quiet: the page came back that way, so the focus stays where it is.
function show(open, quiet) {
  if (fullPage || isOpen === open) return;
  isOpen = open;
  V.top.classList.toggle("open", open);
  V.launch.setAttribute("aria-expanded", open);
  keep.set("open", open ? "1" : "");
  if (open) {
    start();
    stick = true;
    draw();
    setTimeout(() => { toEnd(); quiet || V.text.focus(); fit(); mark(); });
  } else V.launch.focus();
}

function speak(tag) {
  lang = spoken(tag) || lang;
  keep.set("lang", lang);
  if (net === "ready") send({ t: "language", ref: "lang", language: lang });
  draw();
}

let theme = set.theme || "auto";
function look(name) {
  theme = name || theme;
  V.top.classList.toggle("dark", theme === "dark" || theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function subtitle() {
  const { status, agent } = state;
  if (status === "human" && agent) return w("subHuman", agent);
  if (status === "waiting") return w("subWait");
  if (status === "resolved") return w("subDone");
  return inbox?.bot && (!status || status === "bot") ? w("subBot") : w("subNone");
}

function banner() {
  const { status, position, wait_s, leave_message } = state;
  if (leave_message) return w("leave");
  if (status === "resolved") return w("closed");
  if (status !== "waiting") return "";
  return (position ? w("queue", position) : w("waiting")) + (wait_s ? " " + w("wait", Math.ceil(wait_s / 60)) : "");
}

function netLine() {
  const n = pending.filter((r) => !r.failed && !r.gone).length;
  const key = { waiting: "down", stopped: why || "stop" }[net] || net;
  return [w(key), n && net !== "ready" && w("count", n)].filter(Boolean).join(" · ");
}

const put = (e, text) => { if (e.textContent !== text) e.textContent = text; };
const label = (e, text) => { e.setAttribute("aria-label", text); e.title = text; };

let due = false;
function draw() {
  if (due || !V.top) return;
  due = true;
  queueMicrotask(() => { due = false; paint(); });
}

function paint() {
  const name = lang === "zh" && inbox?.name_zh || inbox?.name || w("name");
  const news = sorted().filter((m) => m.seq > seen && m.from !== "customer" && m.kind !== "activity").length;
  V.top.lang = lang === "zh" ? "zh-Hans" : "en";
  put(V.mark, [...name][0]);
  put(V.name, name);
  put(V.sub, subtitle());
  put(V.badge, !isOpen && news ? String(news) : "");
  label(V.launch, isOpen ? w("close") : news ? w("unread", news) : w("open"));
  label(V.close, w("close"));
  label(V.lang, w("lang"));
  V.lang.value = lang;
  V.panel.setAttribute("aria-label", name);
  V.log.setAttribute("aria-label", w("log"));
  label(V.attach, w("attach"));
  label(V.send, w("send"));
  V.text.setAttribute("aria-label", w("write"));
  V.text.placeholder = w("write");
  put(V.person, w("person"));
  put(V.net, netLine());
  V.net.classList.toggle("warn", net === "waiting" || net === "stopped");
  V.net.dataset.state = net;
  put(V.retry, w("retry"));
  V.retry.hidden = net !== "stopped";
  put(V.banner, banner());
  put(V.typing, peerTyping ? w("typing", peerTyping) : "");
  V.tray.replaceChildren(...tray.map((f, i) => h("button", {
    type: "button", class: "file", "aria-label": w("remove", f.name), onclick: () => { tray.splice(i, 1); draw(); V.text.focus(); },
  }, h("span", { class: "fn", dir: "auto" }, f.name), h("span", { class: "fs" }, sizeOf(f.size)), icon(CROSS))));
  drawRating();
  drawThread();
}
