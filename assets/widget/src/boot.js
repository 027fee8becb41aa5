// Who embeds us and how: fixed for the page's life. All files of this folder are joined into one function, so
// what one of them declares the later ones see. The order stands in assist/channel/webchat/page/script.go.

const tag = document.currentScript;
const set = tag.dataset;
const base = new URL(".", tag.src).href;
const inboxId = set.inbox || "";
const fullPage = set.mode === "page";
const space = "deskhand:" + base + ":" + inboxId + ":";

// Small things that outlive the page. Where storage is blocked they live as long as the page does.
const memory = {};
const keep = {
  get(key) {
    try { return localStorage.getItem(space + key) || ""; } catch { return memory[key] || ""; }
  },
  set(key, value) {
    memory[key] = value;
    try {
      if (value) localStorage.setItem(space + key, value);
      else localStorage.removeItem(space + key);
    } catch { /* blocked or full: memory has it */ }
  },
};

// UUIDv7 (RFC 9562, section 5.7). crypto.randomUUID is version 4 and missing on plain http.
function uuid() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  let ms = Date.now();
  for (let i = 5; i >= 0; i--, ms = Math.floor(ms / 256)) b[i] = ms % 256;
  b[6] = b[6] & 15 | 112;
  b[8] = b[8] & 63 | 128;
  return [...b].map((x, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + x.toString(16).padStart(2, "0")).join("");
}

// The whole state; what is drawn follows from it.
let net = "idle"; // idle, connecting, ready, waiting (for the next try), stopped
let why = "";     // string key: why it stopped
let isOpen = fullPage;
let identity = null; // who is signed in on the company's site
let inbox = null;
let limits = { text: 8000, attachments: 10, file: 2e7, unacked: 32 };
let epoch = "";
let talk = 0;           // id of the conversation
let messages = new Map(); // seq → message
let more = false;       // older ones exist
let state = {};         // the last status frame
let theirRead = 0, theirDelivered = 0;
let seen = 0;           // how far this customer has read
let pending = [];       // not acknowledged, oldest first
let tray = [];          // files chosen, not sent
let peerTyping = "";
let rating = 0;
const up = () => net === "ready";
const idOf = (m) => m.client_id?.toLowerCase(); // case doesn't count
const who = () => identity?.id || "";
const lastSeq = () => Math.max(0, ...messages.keys());
const firstSeq = () => Math.min(...messages.keys());
