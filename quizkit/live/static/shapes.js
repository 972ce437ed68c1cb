// The ways to answer, one for each shape: an element, what has been given so far, and a way to bring that back.

import { announce, make, plain } from "./dom.js";
import { label, mark, tone } from "./parts.js";
import { t } from "./words.js";

const LONGEST = 300;

// `changed` is called whenever the answer may have become ready, or no longer is.
export function answering(question, changed) {
  const make_ = { "pick-one": pickOne, "pick-many": pickMany, type, fill: fields, order, pair }[question.shape];
  return make_(question, changed);
}

function pickOne(question, changed) {
  const group = make("div", { className: "options", role: "radiogroup", "aria-label": plain(question.prompt) });
  const buttons = question.options.map((option, place) =>
    make(
      "button",
      { type: "button", className: `option ${tone(place)}`, role: "radio", "aria-checked": "false", tabindex: place ? "-1" : "0", "data-id": option.id, "aria-label": label(option) },
      mark(option, place),
      make("span", { html: option.text }),
      make("span", { className: "tick", "aria-hidden": "true" }),
    ),
  );
  const choose = (place, focus = true) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-checked", String(at === place));
      button.tabIndex = at === place ? 0 : -1;
    });
    if (focus) buttons[place].focus();
    changed();
  };
  buttons.forEach((button, place) => {
    button.addEventListener("click", () => choose(place));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      choose((place + step + buttons.length) % buttons.length);
    });
  });
  group.append(...buttons);
  return {
    element: group,
    values: () => buttons.filter((button) => button.getAttribute("aria-checked") === "true").map((button) => button.dataset.id),
    ready: () => buttons.some((button) => button.getAttribute("aria-checked") === "true"),
    restore: (values) => {
      const place = buttons.findIndex((button) => button.dataset.id === values[0]);
      if (place >= 0) choose(place, false);
    },
    press: (place) => place < buttons.length && choose(place),
  };
}

function pickMany(question, changed) {
  const buttons = question.options.map((option, place) => {
    const button = make(
      "button",
      { type: "button", className: `option ${tone(place)}`, role: "checkbox", "aria-checked": "false", "data-id": option.id, "aria-label": label(option) },
      mark(option, place),
      make("span", { html: option.text }),
      make("span", { className: "tick", "aria-hidden": "true" }),
    );
    button.addEventListener("click", () => turn(button));
    return button;
  });
  const turn = (button, on = button.getAttribute("aria-checked") !== "true") => {
    button.setAttribute("aria-checked", String(on));
    changed();
  };
  const values = () => buttons.filter((button) => button.getAttribute("aria-checked") === "true").map((button) => button.dataset.id);
  return {
    element: make("div", { className: "options", role: "group", "aria-label": t("pick_many") }, buttons),
    values,
    ready: () => values().length > 0,
    restore: (given) => buttons.forEach((button) => turn(button, given.includes(button.dataset.id))),
    press: (place) => place < buttons.length && turn(buttons[place]),
  };
}

function box(name, changed, enterhint) {
  return make("input", {
    type: "text", maxlength: String(LONGEST), autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
    enterkeyhint: enterhint, "aria-label": name, oninput: changed,
  });
}

function type(question, changed) {
  const input = box(plain(question.prompt), changed, "send");
  return {
    element: make("div", { className: "fields" }, input),
    values: () => [input.value],
    ready: () => input.value.trim() !== "",
    restore: (values) => { input.value = values[0] ?? ""; changed(); },
    focus: () => input.focus(),
  };
}

function fields(question, changed) {
  const names = Array.from({ length: question.entries }, (_none, place) => question.labels[place] || t("entry", { n: place + 1 }));
  const inputs = names.map((name, place) => box(name, changed, place + 1 < names.length ? "next" : "send"));
  return {
    element: make("div", { className: "fields" }, inputs.map((input, place) => make("label", {}, make("span", {}, names[place]), input))),
    values: () => inputs.map((input) => input.value),
    ready: () => inputs.some((input) => input.value.trim() !== ""),
    restore: (values) => { inputs.forEach((input, place) => { input.value = values[place] ?? ""; }); changed(); },
    focus: () => inputs[0]?.focus(),
  };
}

function order(question, changed) {
  let touched = false;
  const list = make("ol", { className: "order" });
  const rows = question.options.map((option, at) => {
    const row = make("li", { className: tone(at), "data-id": option.id });
    const text = plain(option.text);
    const step = (by) => {
      const at = [...list.children].indexOf(row);
      const to = Math.min(Math.max(at + by, 0), list.children.length - 1);
      if (to !== at) place(row, to);
      row.querySelector(by < 0 ? ".up" : ".down").focus();
      announce(t("moved", { text, n: to + 1 }));
    };
    const grip = make("span", { className: "grip", "aria-hidden": "true" }, "⠿");
    row.append(
      grip,
      make("span", {}, mark(option, at), " ", make("span", { html: option.text })),
      make(
        "span",
        { className: "moves" },
        make("button", { type: "button", className: "up", "aria-label": `${t("earlier")}: ${text}`, onclick: () => step(-1) }, "↑"),
        make("button", { type: "button", className: "down", "aria-label": `${t("later")}: ${text}`, onclick: () => step(1) }, "↓"),
      ),
    );
    drag(grip, row);
    return row;
  });
  // The others make way: a row that is taken out and put back would slip from under the finger.
  const place = (row, to) => {
    const others = [...list.children].filter((other) => other !== row);
    const before = others.slice(0, to);
    for (const other of before) list.insertBefore(other, row);
    for (const other of others.slice(to).reverse()) row.after(other);
    touched = true;
    changed();
  };
  function drag(grip, row) {
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      row.classList.add("held");
    });
    grip.addEventListener("pointermove", (event) => {
      if (!row.classList.contains("held")) return;
      const others = [...list.children].filter((other) => other !== row);
      const to = others.filter((other) => {
        const { top, height } = other.getBoundingClientRect();
        return event.clientY > top + height / 2;
      }).length;
      if ([...list.children].indexOf(row) !== to) place(row, to);
    });
    for (const name of ["pointerup", "pointercancel"]) grip.addEventListener(name, () => row.classList.remove("held"));
  }
  list.append(...rows);
  return {
    element: make("div", { className: "stack" }, make("p", { className: "soft small" }, t("drag")), list),
    values: () => [...list.children].map((row) => row.dataset.id),
    ready: () => touched || rows.length < 2,
    restore: (values) => {
      values.forEach((id) => { const row = rows.find((one) => one.dataset.id === id); if (row) list.append(row); });
      touched = true;
      changed();
    },
  };
}

function pair(question, changed) {
  const selects = question.lefts.map((left) =>
    make(
      "select",
      { onchange: changed, "aria-label": plain(left) },
      make("option", { value: "" }, t("choose")),
      question.options.map((option) => make("option", { value: option.id }, label(option))),
    ),
  );
  return {
    element: make(
      "div",
      { className: "stack" },
      make("ol", { className: "bars" }, question.options.map((option, at) => make("li", { className: tone(at) }, mark(option, at), make("span", { html: option.text }), make("span", {})))),
      make("div", { className: "pairs" }, question.lefts.map((left, at) => make("label", {}, make("span", { html: left }), selects[at]))),
    ),
    values: () => selects.map((select) => select.value),
    ready: () => selects.some((select) => select.value !== ""),
    restore: (values) => { selects.forEach((select, at) => { select.value = values[at] ?? ""; }); changed(); },
  };
}
