// Files: sent up when their message's turn comes, fetched back with the token in a header, never in an address.

const fileAddress = (rest) => base + "api/v1/files" + rest + "inbox=" + encodeURIComponent(inboxId);

// uploaded sends up what a message carries; false: not now, or r.failed says why never.
async function uploaded(r) {
  for (const f of r.files) {
    if (f.id) continue;
    const [status, answer] = await new Promise((done) => {
      const x = new XMLHttpRequest();
      x.open("POST", fileAddress("?name=" + encodeURIComponent(f.name) + "&"));
      x.setRequestHeader("Authorization", "Bearer " + token());
      x.upload.onprogress = (e) => { r.progress = Math.round(100 * e.loaded / e.total); draw(); };
      x.onloadend = () => {
        try { done([x.status, JSON.parse(x.responseText)]); } catch { done([x.status, {}]); }
      };
      x.send(f.blob);
    });
    r.progress = 0;
    if (status === 200 || status === 201) {
      Object.assign(f, { id: answer.id, type: answer.type, size: answer.size });
      if (!pending.includes(r)) return false;
      await outbox.put(r);
    } else {
      // An allowance that is used up takes too long to come back: its writer decides.
      if (status >= 400 && status < 500 && (!answer.retry_after_ms || answer.code === 505) && status !== 401) await fail(r, answer.code || status, answer.retry_after_ms);
      return false;
    }
  }
  return true;
}

// choose puts files into the tray of the message being written, or says why not.
function choose(list) {
  for (const f of list) {
    if (tray.length >= limits.attachments) say(w("tooMany", limits.attachments), true);
    else if (f.size > limits.file) say(w("tooBig", f.name, mb(limits.file)), true);
    else tray.push(f);
  }
  draw();
  $text.focus();
}

const blobs = new Map(); // id → promise of an object URL
function blobOf(a) {
  if (!a.id) return Promise.resolve(URL.createObjectURL(a.blob));
  if (!blobs.has(a.id)) {
    blobs.set(a.id, fetch(fileAddress("/" + encodeURIComponent(a.id) + "?"), { headers: { Authorization: "Bearer " + token() } })
      .then((r) => r.ok ? r.blob() : Promise.reject(r.status)).then((b) => URL.createObjectURL(b)));
    blobs.get(a.id).catch(() => blobs.delete(a.id));
  }
  return blobs.get(a.id);
}

const mb = (n) => +(n / 1e6).toFixed(1);
const sizeOf = (n) => n < 1e3 ? n + " B" : n < 1e6 ? Math.round(n / 1e3) + " kB" : mb(n) + " MB";

const fileWords = (f) => [h("span", { class: "fn", dir: "auto" }, f.name), h("span", { class: "fs" }, sizeOf(f.size))];

function fileNode(a) {
  const save = () => blobOf(a).then((href) => h("a", { href, download: a.name }).click()).catch(() => say(w("fileLost"), true));
  const shown = /^image\/(png|jpeg|gif|webp)$/.test(a.type) && a.size < 8 << 20;
  const button = btn(shown ? "img" : "file", save);
  label(button, w("download", a.name));
  if (shown) {
    const img = h("img", { alt: w("image", a.name) });
    blobOf(a).then((href) => { img.src = href; }).catch(() => img.replaceWith(a.name));
    img.onload = () => stick && toEnd();
    button.append(img);
  } else button.append(icon(FILE), ...fileWords(a));
  return button;
}
