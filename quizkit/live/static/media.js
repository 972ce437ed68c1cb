// Pictures, sounds and films of a card. They have no names here: a name might be the answer.

import { make } from "./dom.js";
import { t } from "./words.js";

const large = make("dialog", { className: "large", onclick: () => large.close() });
document.body.append(large);

// Whatever is shown large makes way for what comes next.
export function shrink() {
  if (large.open) large.close();
}

function enlarge(src, name) {
  large.replaceChildren(make("img", { src, alt: name }), make("button", { type: "button" }, t("media_close")));
  large.showModal();
}

function gone(event) {
  event.target.closest(".picture, audio, video").replaceWith(make("p", { className: "soft" }, t("media_gone")));
}

function shown({ src, medium }, name, still) {
  if (medium === "sound") return make("audio", { src, controls: true, preload: "metadata", "aria-label": name, onerror: gone });
  if (medium === "film") return make("video", { src, controls: true, playsinline: true, preload: "metadata", "aria-label": name, onerror: gone });
  const picture = make("img", { src, alt: name, onerror: gone });
  if (still) return make("span", { className: "picture" }, picture);
  return make("button", { type: "button", className: "picture", title: t("enlarge"), onclick: () => enlarge(src, name) }, picture);
}

// `still` where nothing can be tapped.
export function media(found, still = false) {
  if (!found?.length) return null;
  const name = (one, at) => (found.length > 1 ? t("media_of", { what: t(one.medium), i: at + 1, n: found.length }) : t(one.medium));
  return make("div", { className: "media" }, found.map((one, at) => shown(one, name(one, at), still)));
}
