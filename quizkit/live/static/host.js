// The host's page: the drill's controls, each with its key, who is there, and what comes next.

import { announce, fill, make } from "./dom.js";
import { media } from "./media.js";
import { Timer, asked, bars, board, legend, share, solution, texts, votes, where } from "./parts.js";
import { Wire } from "./wire.js";
import { chooser, lang, load, t } from "./words.js";

const EXTRA = 15;
const main = document.getElementById("main");
main.className = "host";
const timer = new Timer();
const banner = make("p", { className: "banner hidden", role: "alert" });
const controls = make("div", { className: "controls", role: "group" });
const facts = make("p", { className: "soft" });
const left = make("section", { className: "stack" });
const right = make("section", { className: "stack" });
const dialog = make("dialog", {});
let room = null;
let drawn = {};
const wire = new Wire("host", () => ({ type: "hello", token: location.hash.slice(1), lang }));

const act = (action, more = {}) => wire.say({ type: "act", action, ...more });

const FOLLOWING = { start: "start", close: "close", reveal: "reveal", revote: "revote", next: "show_next", end: "end", resume: "resume" };

// Every control: its key, its word, when it can be used, what it does.
function buttons() {
  const asks = ["open", "closed", "discuss"].includes(room.phase) && room.item?.kind !== "slide";
  const running = !["lobby", "ended"].includes(room.phase);
  return [
    { key: " ", shown: "Space", word: t(FOLLOWING[room.following] ?? "show_next"), can: Boolean(room.following), main: true, run: () => (room.following === "end" ? sure() : act("next")) },
    { key: "r", word: t("reveal"), can: asks && room.item.kind === "question", run: () => act("reveal") },
    { key: "d", word: t(room.phase === "discuss" ? "revote" : "discuss_key"), can: room.item?.kind === "question" && (room.phase === "closed" || room.phase === "discuss") && room.item.round === 1, run: () => act(room.phase === "discuss" ? "revote" : "discuss") },
    { key: "p", word: t(room.paused ? "resume" : "pause"), can: ["open", "paced"].includes(room.phase), run: () => act(room.paused ? "resume" : "pause") },
    { key: "+", word: t("extend"), can: ["open", "closed", "paced"].includes(room.phase), run: () => act("extend", { seconds: EXTRA }) },
    { key: "s", word: t("skip"), can: running && room.phase !== "paced" && room.phase !== "revealed", run: () => (room.next ? act("skip") : sure("skip")) },
    { key: "l", word: t(room.locked ? "unlock" : "lock"), can: room.phase !== "ended", run: () => act(room.locked ? "unlock" : "lock") },
    { key: "e", word: t("end"), can: room.phase !== "ended", run: () => sure() },
  ];
}

function sure(action = "end") {
  ask(t("end_sure"), [], () => act(action));
}

function ask(text, inner, yes, [agree, refuse] = ["yes", "no"]) {
  const form = make(
    "form",
    { method: "dialog", className: "stack", onsubmit: (event) => event.submitter?.value === "yes" && yes() },
    make("h1", {}, text),
    inner,
    make("div", { className: "row" }, make("button", { value: "yes", className: "main" }, t(agree)), make("button", { value: "no", formnovalidate: true }, t(refuse))),
  );
  fill(dialog, form);
  dialog.showModal();
}

// Whoever points goes on by the keys of the page: Space means what it says, not once more what was clicked.
addEventListener("click", (event) => event.detail && event.target.closest("button")?.blur(), true);

addEventListener("keydown", (event) => {
  if (!room || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, summary")) return;
  const key = event.key === "Enter" && !event.target.matches("button") ? " " : event.key.toLowerCase();
  if (key === " " && event.target.matches("button")) return;
  const found = buttons().find((button) => button.key === key || (button.key === "+" && key === "="));
  if (!found?.can) return;
  event.preventDefault();
  found.run();
});

wire.addEventListener("state", ({ detail }) => {
  room = detail.room;
  banner.classList.add("hidden");
  draw();
});
wire.addEventListener("refused", ({ detail }) => warn(detail.text));
wire.addEventListener("refusal", () => warn(t("not_host")));
wire.addEventListener("lost", () => warn(t("lost")));

function warn(text) {
  banner.textContent = text;
  banner.classList.remove("hidden");
}

// Only what has changed is drawn again: the focus stays where it is.
function part(name, key, element, children) {
  const told = JSON.stringify(key);
  if (drawn[name] === told) return;
  drawn[name] = told;
  const held = element.contains(document.activeElement) ? document.activeElement.dataset.hold : "";
  fill(element, children());
  if (!held) return;
  const again = element.querySelector(`[data-hold="${CSS.escape(held)}"]:not(:disabled)`);
  (again ?? element.querySelector("button:not(:disabled)"))?.focus();
}

function draw() {
  document.title = room.title;
  controls.setAttribute("aria-label", t("controls"));
  announce([t(`state_${room.phase}`), where(room.item)].filter(Boolean).join(" · "));
  timer.set(room.phase === "paced" ? room.ends_at_left_ms : room.left_ms, room.seconds, room.paused);
  facts.textContent = [
    t(`state_${room.phase}`),
    where(room.item),
    room.question ? t("answered", { n: room.answered, m: room.asked }) : t("players", { n: room.players }),
    t("connected", { n: room.connected }),
  ].filter(Boolean).join(" · ");
  part("controls", [room.phase, room.paused, room.locked, room.following, room.item, room.lang], controls, () =>
    buttons().map((button) =>
      make("button", { type: "button", className: button.main ? "main" : null, disabled: !button.can, onclick: button.run, "data-hold": button.key, "aria-keyshortcuts": button.shown ?? button.key.toUpperCase() }, button.word, make("kbd", { "aria-hidden": "true" }, button.shown ?? button.key.toUpperCase())),
    ),
  );
  part("left", [room.phase, room.item, room.reveal, room.counts, room.so_far, room.next, room.board, room.teams, room.lang, room.advice], left, view);
  part("right", [room.players_list, room.absent, room.lang, room.locked, room.phase === "lobby"], right, people);
}

function view() {
  const { reveal, question } = room;
  const total = room.so_far?.answered ?? (room.counts ?? []).reduce((sum, one) => sum + one.n, 0);
  const sofar = room.so_far ? make("p", { className: "tagline" }, `${t("so_far")}: ${share(room.so_far)}`) : null;
  return [
    room.advice ? make("p", { className: "banner" }, room.advice) : null,
    room.phase === "lobby" || room.phase === "ended" ? make("h1", {}, room.phase === "ended" ? t("ended") : room.title) : null,
    question ? asked(question) : null,
    room.slide ? make("div", { className: "card stack" }, make("div", { html: room.slide.html }), media(room.slide.media)) : null,
    reveal
      ? [
          make("p", { className: "tagline" }, share(reveal)),
          votes(reveal),
          reveal.counts.length ? bars(reveal.counts, reveal.answered, question.options) : [texts(reveal.texts, question), legend(question)],
          solution(reveal, question),
        ]
      : [sofar, room.counts?.length ? bars(room.counts, total, question.options) : question ? legend(question) : null],
    board(room.teams, t("teams")),
    board(room.board, t(room.phase === "ended" ? "ranking" : "leaderboard")),
    room.next ? make("div", { className: "card" }, make("h2", {}, t("coming")), make("p", { html: room.next.prompt })) : null,
  ];
}

// How far somebody has come who goes at their own speed.
function howFar(player) {
  if (player.place === null || player.place === undefined) return null;
  const through = player.place >= room.items;
  return make("span", { className: "small soft" }, ` ${through ? `✓ ${t("through")}` : t("question", { i: player.place + 1, n: room.items })}`);
}

// Somebody came in by a name that was in already: the student on another phone, or another student.
function secondDevice(player) {
  const words = `${t("end_second")}: ${player.name}`;
  const end = () => ask(`${words}?`, [], () => act("kick", { player: player.id, second: true }));
  return make("button", { type: "button", "data-hold": `second ${player.id}`, "aria-label": words, title: words, onclick: end }, "⧉");
}

function people() {
  const rows = room.players_list.map((player) =>
    make(
      "tr",
      { className: player.connected ? null : "away" },
      make("td", {}, player.answered ? make("span", {}, make("span", { "aria-hidden": "true" }, "✓"), make("span", { className: "sr" }, t("has_answered"))) : ""),
      make(
        "td",
        { className: "name" },
        player.name,
        player.connected ? null : make("span", { className: "small" }, ` (${t("away")})`),
        player.second ? make("span", { className: "small" }, ` (${t("second_device")})`) : null,
        howFar(player),
      ),
      make("td", {}, [player.team, player.number && t("number_of", { n: player.number })].filter(Boolean).join(" · ")),
      make("td", {}, t("points", { n: player.points })),
      make(
        "td",
        { className: "tools" },
        make("button", { type: "button", "data-hold": `rename ${player.id}`, "aria-label": `${t("rename")}: ${player.name}`, onclick: () => rename(player) }, "✎"),
        " ",
        player.second ? [secondDevice(player), " "] : null,
        make("button", { type: "button", "data-hold": `remove ${player.id}`, "aria-label": `${t("remove")}: ${player.name}`, onclick: () => ask(`${t("remove")}: ${player.name}?`, [], () => act("kick", { player: player.id })) }, "✕"),
      ),
    ),
  );
  return [
    make(
      "div",
      { className: "card join" },
      make("div", { className: "qr", role: "img", "aria-label": room.join.url, html: room.join.qr }),
      make("div", {}, make("p", {}, room.join.url), make("p", {}, make("strong", {}, `PIN ${room.join.pin}`)), room.locked ? make("p", { className: "soft" }, t("locked")) : null),
    ),
    make("table", {}, make("caption", { className: "sr" }, t("players", { n: room.players })), make("tbody", {}, rows)),
    room.absent.length ? make("p", { className: "soft small" }, t("absent", { names: room.absent.join(", ") })) : null,
  ];
}

function rename(player) {
  const field = make("input", { value: player.name, maxlength: "60", "aria-label": t("new_name", { name: player.name }) });
  const teams = room.team_names ?? [];
  const team = teams.length
    ? make("select", {}, [...new Set([player.team, ...teams])].map((one) => make("option", { value: one }, one || "–")))
    : null;
  if (team) team.value = player.team;
  ask(t("new_name", { name: player.name }), [field, team ? make("label", { className: "stack" }, t("team"), team) : null], () => {
    const name = field.value.trim();
    if (name && name !== player.name) act("rename", { player: player.id, name });
    if (team && team.value && team.value !== player.team) act("team", { player: player.id, team: team.value });
  }, ["ok", "cancel"]);
  field.select();
}

function changed() {
  drawn = {};
  wire.say({ type: "lang", lang });
}

await load();
fill(main, make("div", { className: "spread" }, facts, timer.element, chooser(changed)), banner, controls, make("div", { className: "cols" }, left, right), dialog);
if (location.hash.length > 1) wire.open();
else warn(t("not_host"));
