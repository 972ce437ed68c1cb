// The words of the pages, in the language that was chosen.

import { make, recall, remember } from "./dom.js";

const NAMES = { en: "English", ja: "日本語", ko: "한국어" };
let all = {};
export let lang = "en";

export async function load() {
  all = await (await fetch("/static/words.json")).json();
  const wanted = [recall("quizkit:lang"), ...navigator.languages.map((tag) => tag.split("-")[0])];
  use(wanted.find((tag) => tag in all) ?? "en");
}

export function use(tag) {
  lang = tag in all ? tag : "en";
  document.documentElement.lang = lang;
}

export function t(key, values = {}) {
  const text = all[lang]?.[key] ?? all.en?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function chooser(changed) {
  const select = make(
    "select",
    {
      "aria-label": t("language"),
      onchange: () => {
        use(select.value);
        remember("quizkit:lang", lang);
        changed(lang);
      },
    },
    Object.keys(all).map((tag) => make("option", { value: tag, lang: tag }, NAMES[tag] ?? tag)),
  );
  select.value = lang;
  return select;
}
