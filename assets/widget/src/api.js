// What the embedding page may call, and the beginning.

// restore brings back what this customer had begun: draft and outbox.
async function restore() {
  if ($text) {
    $text.value = keep.get("draft:" + who());
    fit();
  }
  await refresh();
  for (const r of unsaved()) if (r.who === who() && !pending.some((x) => x.id === r.id)) enqueue(r.text, [], r.id);
}

window.Deskhand = {
  open: () => show(true),
  close: () => show(false),
  language: speak,
  theme: look,
  // identify says who is signed in on the company's site (null: nobody). Another customer starts afresh.
  async identify(customer) {
    identityTried = true;
    attempt++;
    const before = who();
    identity = customer || null;
    if (before !== who()) {
      if (before) keep.set("token", "");
      forget();
      pending = [];
      tray = [];
    }
    await restore();
    drop(1000);
    clearTimeout(timer);
    step = 500;
    net = "idle";
    if (wanted()) start(true);
    draw();
  },
};

// A visitor who never wrote costs no connection until the window is opened.
const wanted = () => isOpen || pending.length || keep.get("token");

async function begin() {
  build();
  look();
  draw();
  await restore();
  if (keep.get("open")) show(true, true);
  if (wanted()) start();
}
if (document.body) begin();
else addEventListener("DOMContentLoaded", begin);
