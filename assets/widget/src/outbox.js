// What was written and is not acknowledged lives in IndexedDB, in the order of writing, with its client_id and
// files, until the hub has it. Several tabs share it; only the one that holds the lock sends from it.

const inMemory = [];
const opened = new Promise((done) => {
  try {
    const req = indexedDB.open(space, 1);
    req.onupgradeneeded = () => req.result.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
    req.onsuccess = () => {
      req.result.onversionchange = () => req.result.close();
      done(req.result);
    };
    req.onerror = req.onblocked = () => done(null);
    setTimeout(done, 5000); // some browsers never answer: memory must do then
  } catch { done(null); }
});

async function stored(mode, act, instead) {
  const db = await opened;
  if (db) {
    try {
      return await new Promise((done, fail) => {
        const tx = db.transaction("outbox", mode);
        const req = act(tx.objectStore("outbox"));
        tx.oncomplete = () => done(req.result);
        tx.onerror = tx.onabort = () => fail(tx.error);
      });
    } catch { /* full or gone: the page's memory must do */ }
  }
  return instead();
}
const outbox = {
  async put(r) {
    const { progress, gone, ...plain } = r;
    r.n = await stored("readwrite", (s) => s.put(plain), () => {
      if (!inMemory.includes(r)) inMemory.push(r);
      return r.n || Date.now() + inMemory.length;
    });
  },
  remove: (r) => stored("readwrite", (s) => s.delete(r.n), () => {}).then(() => {
    const i = inMemory.findIndex((x) => x.id === r.id);
    if (i >= 0) inMemory.splice(i, 1);
  }),
  all: () => stored("readonly", (s) => s.getAll(), () => []).then((l) => [...l, ...inMemory]),
};

const tabs = window.BroadcastChannel ? new BroadcastChannel(space) : { postMessage() {} };
tabs.onmessage = (e) => {
  if (e.data) settled.add(e.data); // given up in another tab
  refresh();
};

// refresh reads what this customer has waiting; another tab may have added or sent some.
async function refresh() {
  const known = new Map(pending.map((r) => [r.id, r]));
  const all = await outbox.all();
  const ids = new Set(all.map((r) => r.id));
  for (const r of pending) r.gone = r.n && !ids.has(r.id); // another tab's hub has it: shown until it arrives here
  pending = [...all.filter((r) => !settled.has(r.id) && (!r.who || r.who === who())).map((r) => Object.assign(known.get(r.id) || r, { failed: r.failed })),
    ...pending.filter((r) => !ids.has(r.id) && !settled.has(r.id))];
  draw();
  flush();
}

// IndexedDB takes a moment, and a reload may come sooner: until then a text stands in localStorage, under its id.
function unsaved() {
  try { return JSON.parse(keep.get("unsaved")); } catch { return []; }
}
const note = (list) => keep.set("unsaved", JSON.stringify(list));

// enqueue takes over a message, before it returns if it has no files; the promise holds when all of it is safe.
async function enqueue(text, files, id) {
  const r = { id: id || uuid(), who: who(), text, at: new Date().toISOString(),
    files: files.map((f) => ({ name: f.name || "file", type: f.type, size: f.size, blob: f })) };
  pending.push(r);
  if (!files.length) note([...unsaved(), r]);
  draw();
  await outbox.put(r);
  note(unsaved().filter((x) => x.id !== r.id));
  tabs.postMessage("");
  start();
  flush();
}

// settle forgets a message that the hub has (or that its writer gave up).
async function settle(r, given) {
  pending = pending.filter((x) => x !== r);
  settled.add(r.id);
  flying.delete(r.id);
  await outbox.remove(r);
  tabs.postMessage(given ? r.id : "");
}

const settled = new Set(); // a refresh that began earlier must not bring them back
const flying = new Set();  // sent on this connection, not acknowledged
let leads = false, resign = null, flushing = false, again = false, later = 0;

// lead waits for its turn to be the sending tab and keeps it until the connection falls.
function lead() {
  if (!navigator.locks) { // plain http: every tab sends, the client_id keeps it single
    leads = true;
    return refresh();
  }
  const stop = new AbortController();
  resign = () => stop.abort();
  navigator.locks.request(space, { signal: stop.signal }, () => stop.signal.aborted || new Promise((done) => {
    leads = true;
    resign = done;
    refresh();
  })).catch(() => {});
}

function unlead() {
  leads = false;
  flying.clear();
  resign?.();
  resign = null;
}

// flush sends what waits, in order, as far as the limit of unacknowledged messages allows.
async function flush() {
  again = true;
  if (flushing) return;
  flushing = true;
  try {
    while (again) {
      again = false;
      await flushOnce();
    }
  } finally { flushing = false; }
  draw();
}

async function flushOnce() {
  clearTimeout(later);
  for (const r of [...pending]) {
    if (!leads || !up() || flying.size >= limits.unacked) return;
    if (!r.n || r.gone || r.failed || flying.has(r.id)) continue;
    if (!await uploaded(r)) {
      if (r.failed) continue;
      later = setTimeout(flush, 3000);
      return;
    }
    if (!leads || !up()) return;
    if (!pending.includes(r)) continue;
    flying.add(r.id);
    send({ t: "send", client_id: r.id, text: r.text, attachments: r.files.map((f) => f.id) });
  }
}

// refusedSend handles an error that names a message: wait and repeat, or tell the writer why.
function refusedSend(f) {
  const r = pending.find((x) => x.id === idOf(f));
  if (!r) return;
  if (f.retry_after_ms > 0 || f.code >= 500) {
    flying.clear();
    later = setTimeout(flush, f.retry_after_ms || 2000);
    return;
  }
  flying.delete(r.id);
  fail(r, f.code);
}

async function fail(r, code, ms) {
  r.failed = code;
  r.until = Date.now() + ms || 0;
  draw();
  await outbox.put(r);
  tabs.postMessage("");
  flush();
}

const reason = ({ failed, until, files }) => ({
  406: w("tooLong", limits.text), 407: w("badType"), 408: w("tooBig", files.map((f) => f.name), mb(limits.file)),
  505: w("quota", Math.max(1, Math.ceil((until - Date.now()) / 6e4))),
})[failed] || w("refused", failed);
