// The transcript. Nodes are kept by key, so that a screen reader hears each message once and nothing jumps.

function h(name, props, ...kids) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(props || {})) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v || v === 0) e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...kids.filter((k) => k || k === 0));
  return e;
}

const box = (cls, ...kids) => h("div", { class: cls }, ...kids);
const btn = (cls, onclick, ...kids) => h("button", { type: "button", class: cls, onclick }, ...kids);

const CHAT = "M21 12a8 8 0 0 1-11.6 7.1L4 20.5l1.4-4.9A8 8 0 1 1 21 12z", CROSS = "M6 6l12 12M18 6L6 18", PLUS = "M12 5v14M5 12h14",
  PLANE = "M4 4l17 8-17 8 3-8-3-8zM7 12h8", FILE = "M6 3h8l5 5v13H6zM14 3v5h5";
function icon(d) {
  const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name), svg = make("svg"), p = make("path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  p.setAttribute("d", d);
  svg.append(p);
  return svg;
}

// words is plain text with its web addresses as links: nothing else in it is ever more than text.
function words(text) {
  const p = h("div", { class: "tx", dir: "auto" });
  let at = 0;
  for (const hit of text.matchAll(/https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef]+/gi)) {
    const href = hit[0].replace(/[.,;:!?)\]}]+$/, "");
    try { new URL(href); } catch { continue; }
    p.append(text.slice(at, hit.index), h("a", { href, target: "_blank", rel: "noopener nofollow" }, href));
    at = hit.index + href.length;
  }
  p.append(text.slice(at));
  return p;
}

const nameOf = (m) => m.from === "customer" ? w("you") : m.from === "agent" ? m.name || w("agent") : w("bot");

function bubble(m) {
  const e = box("m " + (m.from === "customer" ? "cu" : "in"), h("span", { class: "sr" }, nameOf(m) + ": "));
  if (m.text) e.append(words(m.text));
  for (const a of m.attachments || []) e.append(fileNode(a));
  return e;
}

function metaOf(m) {
  const at = clock(m.at);
  return w(theirRead >= m.seq ? "read" : theirDelivered >= m.seq ? "delivered" : "sent", at);
}

function pendingMeta(r) {
  const e = h("div", { class: "meta r", "aria-live": "off" });
  if (!r.failed) {
    e.append(r.progress ? w("uploading", r.progress) : r.gone ? w("sent", clock(r.at)) : w(up() ? "sending" : "queued"));
    return e;
  }
  e.classList.add("bad");
  e.append(h("span", {}, w("failed", reason(r))),
    btn("", () => { r.failed = 0; outbox.put(r).then(flush); draw(); }, w("again")),
    btn("", () => { settle(r, true); draw(); }, w("discard")));
  return e;
}

function choices(m, live) {
  return h("div", { class: "ch", role: "group" }, ...m.choices.map((c) => {
    const b = btn("", () => { enqueue(c.text || c.label, []); $text.focus(); }, c.label || c.text);
    b.dir = "auto";
    b.disabled = !live;
    return b;
  }));
}

// lines is what the transcript shows, top to bottom: [key, what it depends on, maker].
function lines() {
  const out = [], list = sorted(), last = list.at(-1), mine = list.findLast?.((m) => m.from === "customer");
  const ids = new Set(list.map((m) => idOf(m)));
  const waiting = pending.filter((r) => !ids.has(r.id));
  if (more) out.push(["older", lang, () => btn("old", older, w("older"))]);
  else if (inbox?.bot) out.push(["notice", lang, () => box("meta", w("notice"))]);
  let today = "", from = "";
  const dated = (m) => {
    const d = day(m.at);
    if (d !== today) out.push(["d" + d, lang, () => h("div", { class: "day", role: "separator" }, d)]);
    today = d;
  };
  for (const m of list) {
    dated(m);
    const key = idOf(m) || "s" + m.seq;
    if (m.kind === "activity") {
      const text = w("a_" + m.activity?.code, m.activity?.args?.name) || m.text;
      if (text) out.push([key, lang, () => h("div", { class: "ev", dir: "auto" }, text)]);
      from = "";
      continue;
    }
    if (m.from !== "customer" && from !== nameOf(m)) {
      out.push(["n" + key, lang, () => h("div", { class: "meta", "aria-hidden": "true" }, nameOf(m) + " · " + clock(m.at))]);
    }
    from = nameOf(m);
    out.push([key, lang, () => bubble(m)]);
    if (m === mine) out.push(["mine", metaOf(m), () => h("div", { class: "meta r", "aria-live": "off" }, metaOf(m))]);
    if (m.choices?.length) {
      const live = m === last && !waiting.length;
      out.push(["c" + key, lang + live, () => choices(m, live)]);
    }
  }
  for (const r of waiting) {
    dated(r);
    out.push([r.id, lang, () => bubble({ ...r, from: "customer", attachments: r.files })]);
    out.push(["m" + r.id, [lang, r.failed, r.progress, r.gone, up()].join(), () => pendingMeta(r)]);
  }
  return out;
}

const nodes = new Map(); // key → {sig, node}
let stick = true;        // the reader is at the end: stay there
let endTop = 0;          // where the end was; above it the reader has moved, even before the scroll event says so

const atEnd = () => $log.scrollHeight - $log.scrollTop - $log.clientHeight < 40;
function toEnd() {
  $log.scrollTop = $log.scrollHeight;
  endTop = $log.scrollTop;
}

function drawThread() {
  const want = lines(), keys = new Set(want.map((l) => l[0]));
  if ($log.scrollTop < endTop && !atEnd()) stick = false;
  const height = $log.scrollHeight, top = $log.scrollTop, first = $log.querySelector(".m");
  for (const [key, { node }] of nodes) {
    if (keys.has(key)) continue;
    node.remove();
    nodes.delete(key);
  }
  let at = $log.firstChild;
  for (const [key, sig, make] of want) {
    let kept = nodes.get(key);
    if (!kept || kept.sig !== sig) {
      const node = make();
      if (kept) {
        if (kept.node === at) at = node;
        kept.node.replaceWith(node);
      }
      nodes.set(key, kept = { sig, node });
    }
    if (kept.node === at) at = at.nextSibling;
    else $log.insertBefore(kept.node, at);
  }
  if (stick) toEnd();
  else if (first !== $log.querySelector(".m")) $log.scrollTop = top + $log.scrollHeight - height;
}
