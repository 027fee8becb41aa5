// The rating at the end: five named steps and a comment.

function drawRating() {
  const { ask_rating, rated } = state, show = ask_rating && !rated;
  const sig = lang + show + rated;
  if ($rate.sig === sig) return;
  $rate.sig = sig;
  $rate.replaceChildren();
  if (rated && rating) $rate.append(h("p", {}, w("thanks")));
  if (!show) return;
  const comment = h("textarea", { rows: 2, maxlength: 2000, dir: "auto", "aria-label": w("comment"), placeholder: w("comment") });
  const go = h("button", { type: "submit", class: "btn", disabled: !rating }, w("rateSend"));
  const steps = [1, 2, 3, 4, 5].map((n) => h("label", {},
    h("input", { type: "radio", name: "score", value: n, checked: rating === n, onchange: () => { rating = n; go.disabled = false; } }),
    h("b", {}, n), h("span", {}, w("r" + n))));
  $rate.append(h("form", { onsubmit(e) {
    e.preventDefault();
    if (!up()) return say(w("down"), true);
    send({ t: "rate", ref: "rate", score: rating, ...(comment.value && { comment: comment.value }) });
  } }, h("fieldset", {}, h("legend", {}, w("rate")), box("st", ...steps)), comment, go));
}
