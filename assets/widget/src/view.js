// The window: built once, its words and state set by draw().

// The elements, by a leading $.
let $attach, $badge, $banner, $close, $lang, $launch, $log, $mark, $name, $net, $panel, $person, $pick, $quiet, $rate, $retry, $say, $send, $sub, $text, $top, $tray, $typing;
const darkly = matchMedia("(prefers-color-scheme: dark)");
const host = h("div", { "data-deskhand": inboxId });
const root = host.attachShadow({ mode: "open" });

function build() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  $badge = box("badge");
  $launch = btn("launch", () => show(!isOpen), icon(CHAT), $badge);
  $mark = h("div", { class: "av", "aria-hidden": "true" });
  $name = h("h2", { dir: "auto" });
  $sub = h("div", { class: "sub", dir: "auto" });
  $lang = h("select", { onchange: () => speak($lang.value) }, h("option", { value: "en" }, "EN"), h("option", { value: "zh", lang: "zh" }, "中文"));
  $close = btn("ic", () => show(false), icon(CROSS));
  $log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", tabindex: 0 });
  $log.onscroll = () => {
    stick = atEnd();
    if ($log.scrollTop < 60) older();
    if (stick) mark();
  };
  $typing = h("div", { class: "meta typing", dir: "auto" });
  $banner = h("div", { class: "banner", role: "status" });
  $rate = box("rate");
  $person = btn("btn q", human);
  $net = h("span", { class: "net", role: "status" });
  $retry = btn("btn q", () => start(true));
  $say = h("div", { class: "say", role: "alert" });
  $tray = box("tray");
  $pick = h("input", { type: "file", multiple: true, hidden: true, onchange() { choose(this.files); this.value = ""; } });
  $attach = btn("ic", () => $pick.click(), icon(PLUS));
  $text = h("textarea", { rows: 1, dir: "auto", oninput: wrote, onkeydown: pressed });
  $send = btn("btn send", submit, icon(PLANE));
  $quiet = h("div", { class: "sr", role: "status" });
  $panel = h("section", { class: "panel", role: fullPage ? "region" : "dialog" },
    h("header", {}, $mark, box("who", $name, $sub), $lang, !fullPage && $close),
    $log, $typing, $banner, $rate, $say,
    box("bar", $person, $net, $retry), $tray,
    box("comp", $attach, $pick, $text, $send), $quiet);
  $top = box("dh" + (fullPage ? " page" : ""), $panel, !fullPage && $launch);
  root.append($top);
  listen();
  document.body.append(host);
}

function listen() {
  const on = (target, type, act) => target.addEventListener(type, act);
  on($panel, "keydown", (e) => e.key === "Escape" && !composing(e) && !fullPage && show(false));
  on($panel, "dragover", (e) => { e.preventDefault(); $panel.classList.add("drop"); });
  on($panel, "dragleave", () => $panel.classList.remove("drop"));
  on($panel, "drop", (e) => { e.preventDefault(); $panel.classList.remove("drop"); choose(e.dataTransfer.files); });
  on($text, "paste", (e) => {
    if (!e.clipboardData.files.length) return;
    e.preventDefault();
    choose(e.clipboardData.files);
  });
  on(document, "visibilitychange", mark);
  on(window, "focus", mark);
  on(darkly, "change", () => look());
  if (window.ResizeObserver) new ResizeObserver(() => stick && toEnd()).observe($log);
}

// Enter while an input method composes belongs to it: 229 is what Safari and older browsers say then.
const composing = (e) => e.isComposing || e.keyCode === 229;
function pressed(e) {
  if (e.key !== "Enter" || e.shiftKey || composing(e)) return;
  e.preventDefault();
  submit();
}

function wrote() {
  keep.set("draft:" + who(), $text.value);
  typed($text.value.trim());
  fit();
  $say.textContent = "";
}
function fit() {
  $text.style.height = "auto";
  $text.style.height = Math.min($text.scrollHeight, 120) + "px";
}

function submit() {
  const draft = $text.value, text = draft.trim(), files = tray, key = "draft:" + who();
  if ([...text].length > limits.text) return say(w("tooLong", limits.text), true);
  if (!text && !files.length) return $text.focus();
  tray = [];
  $text.value = "";
  fit();
  stick = true;
  toEnd();
  $say.textContent = "";
  const taken = () => keep.get(key) === draft && keep.set(key, "");
  enqueue(text, files).then(taken);
  if (!files.length) taken();
  clearTimeout(typedTimer);
  clearTimeout(quietTimer);
  $text.focus();
}

// say tells those who can't see, and with loud everybody, what just happened.
function say(text, loud) {
  if (loud) $say.textContent = text;
  else $quiet.textContent = text;
}

// show opens or closes the window; quiet: the page came back that way, so the focus stays where it is.
function show(open, quiet) {
  if (fullPage || isOpen === open) return;
  isOpen = open;
  $top.classList.toggle("open", open);
  $launch.setAttribute("aria-expanded", open);
  keep.set("open", open ? "1" : "");
  if (open) {
    start();
    stick = true;
    draw();
    setTimeout(() => { toEnd(); quiet || $text.focus(); fit(); mark(); });
  } else $launch.focus();
}

function speak(tag) {
  lang = spoken(tag) || lang;
  keep.set("lang", lang);
  if (up()) send({ t: "language", ref: "lang", language: lang });
  draw();
}

let theme = set.theme || "auto";
function look(name) {
  theme = name || theme;
  $top.classList.toggle("dark", theme === "dark" || theme !== "light" && darkly.matches);
}

function subtitle() {
  const { status, agent } = state;
  if (status === "human" && agent) return w("subHuman", agent);
  if (status === "waiting") return w("a_waiting");
  if (status === "resolved") return w("a_resolved");
  return inbox?.bot && (!status || status === "bot") ? w("subBot") : w("subNone");
}

function banner() {
  const { status, position, wait_s, leave_message } = state;
  if (leave_message) return w("a_leave_message");
  if (status === "resolved") return w("closed");
  if (status !== "waiting") return "";
  return (position ? w("queue", position) : w("a_waiting")) + (wait_s ? w("wait", Math.ceil(wait_s / 60)) : "");
}

function netLine() {
  const n = pending.filter((r) => !r.failed && !r.gone).length;
  const key = { waiting: "down", stopped: why || "down" }[net] || net;
  return [w(key), n && !up() && w("count", n)].filter(Boolean).join(" · ");
}

const put = (e, text) => { if (e.textContent !== text) e.textContent = text; };
const named = (e, text) => e.setAttribute("aria-label", text);
const label = (e, text) => { named(e, text); e.title = text; };

let due = false;
function draw() {
  if (due || !$top) return;
  due = true;
  queueMicrotask(() => { due = false; paint(); });
}

function paint() {
  const name = lang === "zh" && inbox?.name_zh || inbox?.name || w("name");
  const news = sorted().filter((m) => m.seq > seen && m.from !== "customer" && m.kind !== "activity").length;
  $top.lang = lang === "zh" ? "zh-Hans" : "en";
  put($mark, [...name][0]);
  put($name, name);
  put($sub, subtitle());
  put($badge, !isOpen && news ? String(news) : "");
  label($launch, isOpen ? w("close") : news ? w("unread", news) : w("open"));
  label($close, w("close"));
  label($lang, w("lang"));
  $lang.value = lang;
  named($panel, name);
  named($log, w("log"));
  label($attach, w("attach"));
  label($send, w("send"));
  named($text, w("write"));
  $text.placeholder = w("write");
  put($person, w("person"));
  put($net, netLine());
  $net.classList.toggle("warn", net === "waiting" || net === "stopped");
  $net.dataset.state = net;
  put($retry, w("again"));
  $retry.hidden = net !== "stopped";
  put($banner, banner());
  put($typing, peerTyping ? w("typing", peerTyping) : "");
  $tray.replaceChildren(...tray.map((f, i) => {
    const b = btn("file", () => { tray.splice(i, 1); draw(); $text.focus(); }, ...fileWords(f), icon(CROSS));
    label(b, w("remove", f.name));
    return b;
  }));
  drawRating();
  drawThread();
}
