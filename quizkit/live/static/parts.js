// What phones, projector and host show alike: options, timer, what came of a question, the best.

import { make, plain } from "./dom.js";
import { media } from "./media.js";
import { t } from "./words.js";

export const SYMBOLS = ["▲", "◆", "●", "■", "★", "⬟", "✚", "♥"];
// What came of an answer, for those who don't tell colours apart.
export const SIGNS = { right: "✓", almost: "≈", partly: "◐", wrong: "✗", none: "–" };
const SHORT = 10;

export function tone(place) {
  return `t${place % SYMBOLS.length}`;
}

export function mark(option, place) {
  return make(
    "span",
    { className: "mark" },
    make("span", { "aria-hidden": "true" }, SYMBOLS[place % SYMBOLS.length]),
    make("span", {}, option.mark),
  );
}

// A timer that counts by itself between two snapshots; the server alone decides when time is up.
export class Timer {
  constructor(says = null) {
    this.number = make("span", {});
    this.fill = make("i", {});
    this.element = make(
      "div",
      { className: "timer", role: "timer", "aria-live": "off" },
      this.number,
      make("span", { className: "bar", "aria-hidden": "true" }, this.fill),
    );
    this.says = says;
    setInterval(() => this.draw(), 200);
  }

  set(leftMs, seconds, paused) {
    this.paused = paused;
    this.limit = seconds * 1000;
    this.until = leftMs === null || leftMs === undefined ? null : performance.now() + leftMs;
    this.told = false;
    this.draw();
  }

  draw() {
    this.element.classList.toggle("hidden", !this.paused && (this.until === null || this.until === undefined));
    if (this.paused) {
      this.number.textContent = t("paused");
      return;
    }
    if (this.until === null || this.until === undefined) return;
    const left = Math.max(this.until - performance.now(), 0);
    const seconds = Math.ceil(left / 1000);
    this.number.textContent = seconds >= 100 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : String(seconds);
    this.fill.style.width = `${this.limit ? Math.min(100, (100 * left) / this.limit) : 0}%`;
    this.element.classList.toggle("short", seconds <= SHORT);
    if (this.says && !this.told && seconds <= SHORT && seconds > 0) {
      this.told = true;
      this.says(t("time_left", { n: seconds }));
    }
  }
}

export function bars(counts, total, options = []) {
  const places = new Map(options.map((option, place) => [option.id, place]));
  const most = Math.max(total, 1);
  return make(
    "ol",
    { className: "bars" },
    counts.map((count) => {
      const place = places.get(count.id) ?? 0;
      const share = Math.round((100 * count.n) / most);
      const bar = make("i", {});
      bar.style.width = `${share}%`;
      return make(
        "li",
        { className: `${tone(place)}${count.right ? " key" : ""}` },
        options.length ? mark(options[place], place) : make("span", {}),
        make("span", { className: "text" }, make("span", { html: count.text }), count.right ? make("strong", {}, ` ✓ ${t("is_right")}`) : null),
        make("span", { className: "n" }, `${count.n} · ${t("percent", { n: share })}`),
        make("span", { className: "track", "aria-hidden": "true" }, bar),
      );
    }),
  );
}

// Where the drill is: a question by its number, what else it is by its kind.
export function where(item) {
  if (!item) return "";
  const place = { i: item.index + 1, n: item.of };
  const told = item.kind === "question" ? t("question", place) : `${t(item.kind)} (${place.i}/${place.n})`;
  return item.round === 2 ? `${told} · ${t("second")}` : told;
}

const NEARLY = ["almost", "partly"];

// How many of those who answered are right; and, apart from them, how many nearly are.
export function share({ answered, outcomes }) {
  if (!answered) return t("nobody");
  const right = t("share", { k: outcomes.right, m: answered, n: Math.round((100 * outcomes.right) / answered) });
  return [right, ...NEARLY.filter((name) => outcomes[name]).map((name) => `${t(name)}: ${outcomes[name]}`)].join(" · ");
}

// The most frequent answers: typed, or made by putting options in places.
export function texts(found, question) {
  const before = (at) => (question.lefts.length ? `${at + 1} ` : at ? "→ " : "");
  const told = (text) =>
    text.values ? text.values.map((id, at) => [make("span", { className: "placed" }, make("span", { className: "soft" }, before(at)), placed(id, question)), " "]) : text.text;
  return make(
    "ol",
    { className: "bars typed" },
    found.map((text) =>
      make(
        "li",
        {},
        make("span", { "aria-hidden": "true" }, text.outcome === "wrong" ? "·" : SIGNS[text.outcome]),
        make("span", { className: "text" }, told(text), text.outcome === "right" ? make("strong", {}, ` ${t("is_right")}`) : null, NEARLY.includes(text.outcome) ? make("span", { className: "soft" }, ` (${t(text.outcome)})`) : null),
        make("span", { className: "n" }, String(text.n)),
      ),
    ),
  );
}

// The mark of an option alone; its words for whoever can't see it.
function placed(id, question) {
  const at = question.options.findIndex((option) => option.id === id);
  if (at < 0) return make("span", { className: "mark" }, "– ");
  return make("span", { className: tone(at) }, mark(question.options[at], at), make("span", { className: "sr" }, `${plain(question.options[at].text)}, `));
}

// What the marks of the options stand for, in few words.
export function legend(question) {
  return make(
    "ul",
    { className: "legend small" },
    question.options.map((option, at) => make("li", { className: tone(at) }, mark(option, at), make("span", { html: option.text }))),
  );
}

// The options that were to be picked, each with its mark; else the lines of the solution, a pair's with its number.
function told(reveal, question) {
  const right = question.options.map((option, at) => [option, at]).filter(([option]) => reveal.right?.includes(option.id));
  const texts = right.map(([option]) => plain(option.text));
  const rest = reveal.solution.filter((line) => !texts.includes(plain(line)));
  if (right.length) {
    return [
      right.map(([option, at]) => make("p", { className: `own ${tone(at)}` }, mark(option, at), make("span", { html: option.text }))),
      rest.map((line) => make("p", { html: line })),
    ];
  }
  if (question.shape === "pair" && reveal.solution.length === question.lefts.length) return make("ol", {}, reveal.solution.map((line) => make("li", { html: line })));
  return reveal.solution.map((line) => make("p", { html: line }));
}

// `open` for a page where nothing can be tapped.
export function solution(reveal, question, open = false) {
  return make(
    "div",
    { className: "card stack" },
    make("h2", {}, t("answer")),
    make("div", { className: "solution", lang: question.lang || null }, told(reveal, question)),
    media(reveal.media, open),
    reveal.explain ? make("p", { html: reveal.explain }) : null,
    attribution(reveal, open),
  );
}

function attribution(reveal, open) {
  const said = [];
  if (reveal.claim) {
    const kind = reveal.claim_type ? ` (${t(reveal.claim_type)})` : "";
    said.push(make("p", { className: "small soft" }, `${t("says", { who: reveal.claim })}${kind}`));
  }
  if (reveal.as_of) said.push(make("p", { className: "small soft" }, t("as_of", { date: reveal.as_of })));
  if (reveal.cite?.length) {
    said.push(
      make(
        "details",
        { className: `small soft${open ? " lesser" : ""}`, open },
        make("summary", {}, `${t("source")}: ${reveal.cite.map((passage) => passage.id).join(", ")}`),
        reveal.cite.map((passage) => make("p", {}, `${passage.id}: `, make("span", { html: passage.gist }))),
      ),
    );
  }
  return said.length ? make("div", { className: "stack" }, said) : null;
}

export function votes(reveal) {
  if (!reveal.rounds || reveal.rounds.length < 2) return null;
  const [first, second] = reveal.rounds.map((round) => (round.share === null ? "–" : t("percent", { n: Math.round(100 * round.share) })));
  const gain = reveal.gain === null ? "" : ` · ${t("gain", { n: Math.round(100 * reveal.gain) })}`;
  return make("p", { className: "tagline" }, `${t("first_vote")}: ${first} → ${t("second_vote")}: ${second}${gain}`);
}

export function board(rows, title = t("leaderboard"), lesser = false) {
  if (!rows?.length) return null;
  return make(
    "section",
    { className: lesser ? "stack lesser" : "stack" },
    make("h2", {}, title),
    make(
      "ol",
      { className: "board" },
      rows.map((row) =>
        make(
          "li",
          {},
          make("span", { className: "points" }, `${row.rank}.`),
          make("span", { className: "name" }, row.name, row.team ? make("span", { className: "soft" }, ` · ${row.team}`) : null),
          make("span", { className: "points" }, String(row.points)),
        ),
      ),
    ),
  );
}

// The question as read by everybody: heading, what to do, hints, and what is there with it. `still`: see `media`.
export function asked(question, still = false) {
  return make(
    "div",
    { className: "stack", lang: question.lang || null },
    make("h1", { html: question.prompt, tabindex: "-1" }),
    [question.instruction, question.hint, question.placeholder]
      .filter(Boolean)
      .map((text) => make("p", { className: "soft" }, text)),
    media(question.media, still),
  );
}

export function label(option) {
  return `${option.mark}: ${plain(option.text)}`;
}
