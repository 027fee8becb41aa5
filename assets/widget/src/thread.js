// The transcript. Nodes are kept by key, so that a screen reader hears each message once and nothing jumps.

function h(name, props, ...kids) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(props || {})) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v !== undefined && v !== false && v !== null) e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...kids.filter((k) => k || k === 0));
  return e;
}

const btn = (cls, onclick, ...kids) => h("button", { type: "button", class: cls, onclick }, ...kids);

const CHAT = "M21 12a8 8 0 0 1-11.6 7.1L4 20.5l1.4-4.9A8 8 0 1 1 21 12z", CROSS = "M6 6l12 12M18 6L6 18", PLUS = "M12 5v14M5 12h14",
  PLANE = "M4 4l17 8-17 8 3-8-3-8zM7 12h8", FILE = "M6 3h8l5 5v13H6zM14 3v5h5";
function icon(d) {
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), p = document.createElementNS(ns, "path");
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
    p.append(text.slice(at, hit.index), h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, href));
    at = hit.index + href.length;
  }
  p.append(text.slice(at));
  return p;
}

const nameOf = (m) => m.from === "customer" ? w("you") : m.from === "agent" ? m.name || w("agent") : w("bot");

function bubble(m) {
  const e = h("div", { class: "m " + (m.from === "customer" ? "cu" : "in") }, h("span", { class: "sr" }, nameOf(m) + ": "));
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
    e.append(r.progress ? w("uploading", r.progress) : r.gone ? w("sent", clock(r.at)) : w(net === "ready" ? "sending" : "queued"));
    return e;
  }
  e.classList.add("bad");
  e.append(h("span", {}, w("failed", reason(r.failed))),
    btn("", () => { r.failed = 0; outbox.put(r).then(flush); draw(); }, w("again")),
    btn("", () => { settle(r, true); draw(); }, w("discard")));
  return e;
}

function choices(m, live) {
  return h("div", { class: "ch", role: "group" }, ...m.choices.map((c) => h("button", {
    type: "button", dir: "auto", disabled: !live, onclick: () => { enqueue(c.text || c.label, []); V.text.focus(); },
  }, c.label || c.text)));
}

// lines is what the transcript shows, top to bottom: [key, what it depends on, maker].
function lines() {
  const out = [], list = sorted(), last = list.at(-1), mine = list.findLast?.((m) => m.from === "customer");
  const ids = new Set(list.map((m) => m.client_id?.toLowerCase()));
  const waiting = pending.filter((r) => !ids.has(r.id));
  if (more) out.push(["older", lang, () => btn("old", older, w("older"))]);
  else if (inbox?.bot) out.push(["notice", lang, () => h("div", { class: "meta" }, w("notice"))]);
  let today = "", from = "";
  const dated = (m) => {
    const d = day(m.at);
    if (d !== today) out.push(["d" + d, lang, () => h("div", { class: "day", role: "separator" }, d)]);
    today = d;
  };
  for (const m of list) {
    dated(m);
    const key = m.client_id?.toLowerCase() || "s" + m.seq;
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
    out.push(["m" + r.id, [lang, r.failed, r.progress, r.gone, net === "ready"].join(), () => pendingMeta(r)]);
  }
  return out;
}

const nodes = new Map(); // key → {sig, node}
let stick = true;        // the reader is at the end: stay there

const atEnd = () => V.log.scrollHeight - V.log.scrollTop - V.log.clientHeight < 40;
const toEnd = () => { V.log.scrollTop = V.log.scrollHeight; };

function drawThread() {
  const want = lines(), keys = new Set(want.map((l) => l[0]));
  const height = V.log.scrollHeight, top = V.log.scrollTop, first = V.log.querySelector(".m");
  for (const [key, { node }] of nodes) {
    if (keys.has(key)) continue;
    node.remove();
    nodes.delete(key);
  }
  let at = V.log.firstChild;
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
    else V.log.insertBefore(kept.node, at);
  }
  if (stick) toEnd();
  else if (first !== V.log.querySelector(".m")) V.log.scrollTop = top + V.log.scrollHeight - height;
}
