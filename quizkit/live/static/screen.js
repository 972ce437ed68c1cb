// The projector: nothing to press, everything large, and nobody's answer by name.

import { announce, fill, make } from "./dom.js";
import { fit } from "./fit.js";
import { media } from "./media.js";
import { Timer, asked, bars, board, legend, mark, share, solution, texts, tone, votes, where } from "./parts.js";
import { Wire } from "./wire.js";
import { chooser, lang, load, t } from "./words.js";

const main = document.getElementById("main");
main.className = "screen";
const timer = new Timer();
const count = make("span", { className: "count" });
const banner = make("p", { className: "banner hidden" });
let state = null;
let drawn = "";
const wire = new Wire("screen", () => ({ type: "hello", token: location.hash.slice(1), lang }));

wire.addEventListener("state", ({ detail }) => {
  state = detail.room;
  if (!banner.classList.contains("hidden")) drawn = "";
  banner.classList.add("hidden");
  draw();
});
wire.addEventListener("lost", ({ detail }) => {
  banner.textContent = t(detail.code === 1012 ? "gone" : "lost");
  banner.classList.remove("hidden");
  announce(banner.textContent);
  fit(main);
});
addEventListener("resize", () => fit(main));
for (const name of ["refused", "refusal"]) wire.addEventListener(name, ({ detail }) => !state && fill(main, make("h1", {}, detail?.text ?? t("not_host"))));

function draw() {
  const room = state;
  timer.set(room.phase === "paced" ? room.ends_at_left_ms : room.left_ms, room.seconds, room.paused);
  count.textContent = room.question ? t("answered", { n: room.answered, m: room.asked }) : t("players", { n: room.connected });
  const key = JSON.stringify([room.phase, room.item, room.lang, room.reveal, room.counts, room.board, room.teams, room.locked, room.join?.pin, room.advice]);
  if (key === drawn) return;
  drawn = key;
  document.title = room.title;
  const views = { lobby, open, closed, discuss, revealed, slide, paced, ended };
  fill(main, head(room), banner, views[room.phase]?.(room), room.phase === "lobby" ? make("p", { className: "foot soft small" }, room.scoring) : null);
  fit(main);
}

function head(room) {
  const at = room.phase === "ended" ? room.title : where(room.item);
  const late = room.locked || ["lobby", "ended"].includes(room.phase) ? null : make("span", { className: "late soft" }, `${room.join.url} · PIN ${room.join.pin}`);
  return make("div", { className: "spread meta" }, make("span", { className: "at" }, at), late, count, room.phase === "lobby" ? chooser(changed) : timer.element);
}

function changed() {
  drawn = "";
  wire.say({ type: "lang", lang });
}

function lobby(room) {
  return make(
    "div",
    { className: "lobby" },
    make(
      "div",
      { className: "stack" },
      make("h1", {}, room.title),
      room.locked
        ? make("p", { className: "banner" }, t("locked"))
        : [make("p", { className: "soft" }, t("lobby_screen")), make("p", { className: "url" }, room.join.url), make("p", { className: "pin" }, make("span", { className: "soft" }, "PIN "), room.join.pin)],
      room.advice ? make("p", { className: "banner" }, room.advice) : null,
    ),
    make("div", { className: "qr", role: "img", "aria-label": room.join.url, html: room.join.qr }),
  );
}

function choices(question) {
  if (!question.options.length) return null;
  const options = make(
    "ul",
    { className: "options" },
    question.options.map((option, at) => make("li", { className: `option ${tone(at)}` }, mark(option, at), make("span", { html: option.text }), make("span", {}))),
  );
  const lefts = question.lefts.length ? make("ol", { className: "lefts" }, question.lefts.map((left) => make("li", { html: left }))) : null;
  return lefts ? make("div", { className: "after" }, lefts, options) : options;
}

function open(room) {
  return [asked(room.question, true), choices(room.question)];
}

function closed(room) {
  if (room.counts) return [asked(room.question, true), bars(room.counts, room.counts.reduce((sum, one) => sum + one.n, 0), room.question.options)];
  return [asked(room.question, true), choices(room.question), make("p", { className: "banner" }, t("closed"))];
}

function discuss(room) {
  return [make("p", { className: "banner big" }, t("discuss")), asked(room.question, true), choices(room.question)];
}

function revealed(room) {
  const { reveal, question } = room;
  const given = reveal.counts.length ? bars(reveal.counts, reveal.answered, question.options) : reveal.texts.length ? [make("h2", {}, t("typed")), texts(reveal.texts, question), legend(question)] : null;
  return [
    asked(question, true),
    make(
      "div",
      { className: reveal.counts.length ? "after" : "after even" },
      make("div", { className: "stack" }, make("p", { className: "tagline" }, share(reveal)), votes(reveal), given, board(room.teams, t("teams"), true), board(room.board?.slice(0, 3), t("leaderboard"), true)),
      solution(reveal, question, true),
    ),
  ];
}

function slide(room) {
  return [make("div", { className: "big", html: room.slide.html }), media(room.slide.media, true)];
}

function paced(room) {
  return [make("h1", {}, room.title), board(room.teams, t("teams")), board(room.board)];
}

function ended(room) {
  return [make("h1", {}, t("ended")), board(room.teams, t("teams")), board(room.board, t("ranking"))];
}

await load();
if (location.hash.length > 1) wire.open();
else fill(main, make("h1", {}, t("not_host")));
