// The page on a phone: join, answer, see what came of it, take the misses home.

import { announce, fill, make, recall, remember } from "./dom.js";
import { media, shrink } from "./media.js";
import { SIGNS, Timer, asked, board, mark, solution, tone, where } from "./parts.js";
import { answering } from "./shapes.js";
import { Wire } from "./wire.js";
import { chooser, lang, load, t } from "./words.js";

// Milliseconds. Whose answer couldn't be saved is given five seconds more to send it again.
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 5000;
// How the ids of players begin whose answers are nobody's memory.
const GUEST = "guest-";
const main = document.getElementById("main");
main.className = "phone";
const header = make("header", {});
const banner = make("p", { className: "banner hidden", role: "alert" });
const body = make("div", { className: "stack" });
const foot = make("div", { className: "foot hidden" });
const status = make("p", { className: "status" });
main.append(header, banner, body, foot);

let about = {};
let state = null;
let hello = null;
let drawn = "";
let input = null;
let pending = null;
let tries = 0;
let retry = 0;
let delayed = false;
let outside = join;
const timer = new Timer(announce);
const wire = new Wire("play", () => hello);

const key = (name) => `quizkit:${about.drill}:${name}`;

async function begin() {
  await load();
  about = await (await fetch("/about")).json();
  document.title = about.title || "quizkit";
  const token = recall(key("token"));
  pending = JSON.parse(recall(key("pending")) ?? "null");
  head();
  if (token) {
    hello = { type: "hello", token, lang };
    wire.open();
  } else {
    join();
  }
}

function head(me = null) {
  const who = me ? [me.name, me.team].filter(Boolean).join(" · ") : about.title;
  fill(header, make("span", { className: "who" }, who), chooser(changeLanguage));
}

function changeLanguage() {
  if (hello) hello.lang = lang;
  drawn = "";
  if (!wire.say({ type: "lang", lang }) || !state) {
    if (state) draw();
    else outside();
  }
}

// Joining

function join(problem = "", { number = false } = {}) {
  drawn = "join";
  outside = join;
  const kept = (name) => body.querySelector(`[name=${name}]`)?.value ?? "";
  const [pinBefore, nameBefore, numberBefore] = ["pin", "name", "number"].map(kept);
  const pin = make("input", { name: "pin", className: "pin", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "20", required: true, value: pinBefore });
  const name = make("input", { name: "name", autocomplete: "name", maxlength: "60", required: true, value: nameBefore });
  const extra = number
    ? make("label", {}, t("number"), make("input", { name: "number", maxlength: "30", value: numberBefore }))
    : null;
  const team = about.teams?.length
    ? make("label", {}, t("team"), make("select", { name: "team" }, make("option", { value: "" }, t("any_team")), about.teams.map((one) => make("option", {}, one))))
    : null;
  const form = make(
    "form",
    {
      className: "card stack",
      onsubmit: (event) => {
        event.preventDefault();
        const given = new FormData(form);
        hello = { type: "hello", pin: given.get("pin").normalize("NFKC").replace(/\D/g, ""), name: given.get("name").trim(), lang };
        if (given.get("number")) hello.number = given.get("number").trim();
        if (given.get("team")) hello.team = given.get("team");
        if (!wire.say(hello)) wire.open();
      },
    },
    make("h1", {}, about.title || "quizkit"),
    make("label", {}, t("pin"), pin),
    make("label", {}, t(about.open ? "nickname" : "name"), name),
    extra,
    team,
    make("button", { className: "main" }, t("join")),
  );
  fill(body, problem ? make("p", { className: "banner bad", role: "alert" }, problem) : null, form);
  foot.classList.add("hidden");
  (problem && number ? form.querySelector("[name=number]") : pin.value ? name : pin).focus();
}

wire.addEventListener("welcome", ({ detail }) => {
  remember(key("token"), detail.token);
  hello = { type: "hello", token: detail.token, lang };
});

wire.addEventListener("refused", ({ detail }) => {
  const code = detail.code;
  if (["bad-pin", "name-taken", "name-unknown", "name-shared", "name-filtered", "locked", "full", "kicked"].includes(code) || (code === "forged" && !state)) {
    remember(key("token"), null);
    state = null;
    hello = null;
    head();
    join(detail.text, { number: code === "name-shared" || (code === "name-unknown" && hasName()) });
    return;
  }
  if (pending && ["unsaved", "slow-down"].includes(code)) {
    delayed = true;
    announce(t("unsaved"));
    drawStatus();
    return;
  }
  if (pending && ["late", "closed-question", "forged", "double", "bad-message"].includes(code)) {
    // Where the question is only held for a moment, nobody has to type it again.
    remember(key("draft"), JSON.stringify([pending.item, pending.round, pending.values]));
    keep(null);
  }
  warn(detail.text, true);
  if (state) draw(true);
});

const hasName = () => Boolean(body.querySelector("[name=name]")?.value);

wire.addEventListener("refusal", () => {
  if (!state) {
    if (drawn !== "join") join();
    return;
  }
  leave(sentOut);
});

wire.addEventListener("elsewhere", () => leave(elsewhere));

// Out of the room: a page that says why, and offers the way back.
function leave(view) {
  state = null;
  input = null;
  outside = view;
  head();
  banner.classList.add("hidden");
  foot.classList.add("hidden");
  view();
}

function sentOut() {
  drawn = "out";
  fill(body, make("h1", {}, t("kicked")), make("button", { className: "main", onclick: () => { remember(key("token"), null); join(); } }, t("again")));
}

function elsewhere() {
  drawn = "elsewhere";
  fill(body, make("h1", {}, t("elsewhere")), make("p", {}, t("elsewhere_who")), make("button", { className: "main", onclick: () => wire.open() }, t("here")));
}

wire.addEventListener("lost", ({ detail }) => {
  if (!state && drawn === "join") return;
  warn(t(detail.code === 1012 ? "gone" : "lost"), false);
  drawStatus();
});

wire.addEventListener("ready", () => {
  if (!banner.classList.contains("hidden")) announce(t("back"));
  banner.classList.add("hidden");
  send();
});

function warn(text, passing) {
  banner.textContent = text;
  banner.classList.remove("hidden");
  banner.classList.toggle("bad", passing);
  if (passing) setTimeout(() => banner.textContent === text && banner.classList.add("hidden"), 6000);
}

// The state of the room

wire.addEventListener("state", ({ detail }) => {
  state = detail;
  draw();
});

wire.addEventListener("ack", ({ detail }) => {
  if (pending && pending.item === detail.item && pending.round === detail.round) keep(null);
  announce(t("saved"));
});

// What has been given is kept until it is acknowledged, whatever happens to the page.
function keep(answer) {
  pending = answer;
  tries = 0;
  delayed = false;
  clearTimeout(retry);
  remember(key("pending"), answer === null ? null : JSON.stringify(answer));
}

// Again and again, less and less often, until it is acknowledged or refused for good. Without a line, `ready` comes first.
function send() {
  clearTimeout(retry);
  if (!pending || !wire.ready) return;
  wire.say(pending);
  retry = setTimeout(send, Math.min(FIRST_RETRY * 2 ** tries, LONGEST_RETRY) * (0.6 + 0.4 * Math.random()));
  tries += 1;
}

function place() {
  const { room, me } = state;
  const own = room.phase === "paced";
  return {
    own,
    item: own ? me.item : room.item,
    question: own ? me.question : room.question,
    slide: own ? me.slide : room.slide,
    reveal: own ? me.reveal : room.reveal,
    counts: room.counts,
  };
}

function draw(fresh = false) {
  const { room, me } = state;
  const now = place();
  const answer = me.answer;
  const mode = room.phase === "paced" ? (me.done ? "done" : answer ? "answered" : "asking") : room.phase;
  const shape = [mode, now.item?.index, now.item?.round, room.lang, Boolean(answer), Boolean(now.reveal), me.name, me.team].join("|");
  timer.set(room.phase === "paced" ? room.ends_at_left_ms : room.left_ms, room.seconds, room.paused);
  if (shape !== drawn || fresh) {
    drawn = shape;
    shrink();
    head(me);
    const views = { lobby, slide: reading, open: asking, paced: ownSpeed, closed: waiting, discuss: discussing, revealed, ended };
    foot.classList.add("hidden");
    status.textContent = "";
    input = null;
    views[room.phase]?.(room, me, now);
    main.scrollIntoView();
    body.querySelector("h1")?.focus({ preventScroll: true });
  }
  drawStatus();
}

function drawStatus() {
  if (!state) return;
  const { room, me } = state;
  status.className = `status ${pending ? "kept" : state.me.answer && state.room.phase === "open" ? "saved" : ""}`;
  if (pending) status.textContent = t(!wire.ready ? "kept" : delayed ? "unsaved" : "sending");
  else if (me.answer && room.phase === "open") status.textContent = `✓ ${t("saved")} · ${t("answered", { n: room.answered, m: room.asked })}`;
  else if (room.phase === "lobby") status.textContent = t("players", { n: room.connected });
}

function top(now) {
  return make("div", { className: "spread" }, make("span", { className: "soft" }, where(now.item)), timer.element);
}

function lobby(room) {
  fill(body, make("h1", { tabindex: "-1" }, t("lobby")), make("p", {}, room.title), make("p", { className: "soft" }, room.scoring), status);
}

function reading(_room, _me, now) {
  fill(body, top(now), make("div", { className: "card stack" }, make("div", { tabindex: "-1", html: now.slide.html }), media(now.slide.media)));
}

function asking(room, me, now) {
  if (me.answer || (pending && pending.item === now.item.index && pending.round === now.item.round)) {
    answered(me, now);
    return;
  }
  const send = make("button", { type: "button", className: "main", disabled: true, onclick: () => give(input.values(), now) }, t("send"));
  const pass = make("button", { type: "button", className: "quiet", onclick: () => give([], now) }, t("dont_know"));
  input = answering(now.question, () => {
    send.disabled = !input?.ready();
    if (input) remember(key("draft"), JSON.stringify([now.item.index, now.item.round, input.values()]));
  });
  const [item, round, values] = JSON.parse(recall(key("draft")) ?? "[]");
  if (item === now.item.index && round === now.item.round && values.length) input.restore(values);
  const form = make("form", { className: "stack", onsubmit: (event) => { event.preventDefault(); if (!send.disabled) send.click(); } }, input.element);
  fill(body, top(now), asked(now.question), form, status);
  fill(foot, now.item.kind === "poll" ? null : pass, send);
  foot.classList.remove("hidden");
}

function give(values, now) {
  keep({ type: "answer", item: now.item.index, round: now.item.round, values });
  remember(key("draft"), null);
  send();
  draw(true);
}

// The own answer, in words.
function own(values, question) {
  const options = new Map(question.options.map((option, at) => [option.id, [option, at]]));
  const shown = (value) => {
    const [option, at] = options.get(value) ?? [];
    return option ? make("span", { className: `own ${tone(at)}` }, mark(option, at), make("span", { html: option.text })) : make("span", {}, value || "–");
  };
  if (!values.length) return make("p", {}, t("dont_know"));
  if (question.shape === "pair") {
    return make("dl", { className: "stack" }, question.lefts.map((left, at) => make("div", {}, make("dt", { className: "soft", html: left }), make("dd", {}, shown(values[at])))));
  }
  const many = values.length > 1 && question.shape !== "pick-many";
  return make(many ? "ol" : "div", { className: "stack" }, values.map((value) => make(many ? "li" : "div", {}, shown(value))));
}

function answered(me, now) {
  const values = me.answer?.values ?? pending.values;
  fill(
    body,
    top(now),
    asked(now.question),
    status,
    make("div", { className: "card stack" }, make("h2", {}, t("your_answer")), own(values, now.question)),
    me.answer ? make("p", { className: "soft" }, t("waiting")) : null,
  );
}

function waiting(room, me, now) {
  const done = me.answer ? make("div", { className: "card stack" }, make("h2", {}, t("your_answer")), own(me.answer.values, now.question)) : make("p", {}, t("too_late"));
  fill(body, top(now), asked(now.question), now.item.kind === "poll" ? pollResult(room, me, now) : [make("p", { className: "banner" }, t("closed")), done], status);
}

function pollResult(room, me, now) {
  return [me.answer ? make("p", { className: "banner" }, t("thanks")) : null, tally(now)];
}

function tally(now) {
  const total = (now.counts ?? []).reduce((sum, count) => sum + count.n, 0);
  return make(
    "ul",
    { className: "bars" },
    (now.counts ?? []).map((count) => {
      const at = now.question.options.findIndex((option) => option.id === count.id);
      const bar = make("i", {});
      bar.style.width = `${total ? (100 * count.n) / total : 0}%`;
      return make("li", { className: tone(at) }, mark(now.question.options[at], at), make("span", { html: count.text }), make("span", { className: "n" }, String(count.n)), make("span", { className: "track", "aria-hidden": "true" }, bar));
    }),
  );
}

function discussing(_room, me, now) {
  fill(
    body,
    top(now),
    make("p", { className: "banner" }, t("discuss")),
    asked(now.question),
    now.question.options.length && !now.question.lefts.length ? optionsRead(now.question) : null,
    me.answer ? make("div", { className: "card stack" }, make("h2", {}, t("your_answer")), own(me.answer.values, now.question)) : null,
  );
}

function optionsRead(question) {
  return make("ul", { className: "bars" }, question.options.map((option, at) => make("li", { className: tone(at) }, mark(option, at), make("span", { html: option.text }), make("span", {}))));
}

function revealed(_room, me, now) {
  const answer = me.answer;
  const outcome = outcomeOf(answer);
  const won = answer?.won ? ` · ${t("won", { n: answer.won })}` : "";
  const verdict = make("div", { className: `verdict ${outcome}` }, make("span", { className: "sign", "aria-hidden": "true" }, SIGNS[outcome]), make("span", {}, t(outcome) + won));
  announce(t(outcome));
  const held = (now.reveal.beliefs ?? []).filter((belief) => answer?.values.includes(belief.id));
  fill(
    body,
    top(now),
    verdict,
    answer?.reason && now.question.shape !== "pick-one" ? make("p", {}, answer.reason) : null,
    asked(now.question),
    answer ? make("div", { className: "card stack" }, make("h2", {}, t("your_answer")), own(answer.values, now.question)) : null,
    answer?.feedback && !held.length ? make("p", { html: answer.feedback }) : null,
    held.map((belief) =>
      make(
        "div",
        { className: "belief stack" },
        make("h2", {}, t("belief")),
        make("p", { html: belief.misconception }),
        belief.why ? make("p", { html: belief.why }) : null,
        belief.rebuttal ? make("p", { className: "small" }, `${t("rebuttal")}: `, make("span", { html: belief.rebuttal })) : null,
      ),
    ),
    solution(now.reveal, now.question),
    standing(me),
  );
}

function outcomeOf(answer) {
  if (!answer) return "none";
  return answer.outcome === "wrong" && answer.score > 0 ? "partly" : answer.outcome || "wrong";
}

function standing(me) {
  if (me.rank === null || me.rank === undefined) return null;
  const parts = [t("points", { n: me.points }), t("rank", { n: me.rank })];
  if (me.streak > 1) parts.push(t("streak", { n: me.streak }));
  return make("p", { className: "standing" }, parts.map((part) => [make("span", {}, part), " "]));
}

function ownSpeed(room, me, now) {
  if (me.done) {
    fill(body, make("div", { className: "spread" }, timer.element), make("h1", { tabindex: "-1" }, t("done")), standing(me));
    return;
  }
  const next = make("button", { type: "button", className: "main", onclick: () => wire.say({ type: "next" }) }, t("next"));
  if (now.item.kind === "slide") reading(room, me, now);
  else if (me.answer && now.reveal) revealed(room, me, now);
  else if (me.answer) fill(body, top(now), asked(now.question), make("p", { className: "banner" }, t("thanks")));
  else {
    asking(room, me, now);
    return;
  }
  fill(foot, next);
  foot.classList.remove("hidden");
}

function ended(room, me) {
  keep(null);
  fill(
    body,
    make("h1", { tabindex: "-1" }, t("ended")),
    standing(me),
    me.mine
      ? make(
          "div",
          { className: "card stack" },
          make("a", { href: me.mine, className: "big button" }, t("mine")),
          me.player.startsWith(GUEST) ? null : make("p", { className: "soft small" }, t("scheduled")),
          make("p", { className: "small" }, t("mine_qr")),
          make("div", { className: "qr", style: "max-width: 12rem" }, make("img", { src: `${me.mine}.svg`, alt: t("mine") })),
        )
      : null,
    board(room.teams, t("teams")),
    board(room.board, t("ranking")),
  );
}

addEventListener("keydown", (event) => {
  if (!input?.press || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
  const at = "12345678".indexOf(event.key);
  const letter = "abcdefgh".indexOf(event.key.toLowerCase());
  if (at >= 0 || letter >= 0) input.press(at >= 0 ? at : letter);
});

begin();
