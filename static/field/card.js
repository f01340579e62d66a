// A recommendation as both sides read it: what was found, what should be done, by whom and when.
import { icon, make } from "./dom.js";
import { day, inWords, say } from "./words.js";

/** `beside` stands below the three columns. */
export const recommendationCard = ({ text, findings, responsible, due, product, legal_basis: basis, confidential }, ...beside) => make("li", { class: "rec" },
  make("b", { class: "rec__m num" }, findings[0]?.code ?? ""),
  make("div", { class: "rec__b" },
    make("div", { class: "rec__top" }, make("h3", {}, findings[0] ? inWords(findings[0].label) : inWords(text)), confidential ? make("span", { class: "tag" }, icon("lock"), say("restricted")) : null),
    make("dl", { class: "rec__g" },
      make("div", {}, make("dt", {}, say("finding")), ...findings.map(({ answer }) => make("dd", {}, inWords(answer) || "–"))),
      make("div", {}, make("dt", {}, say("recommendation")), make("dd", {}, inWords(text)), product ? make("dd", { class: "sub" }, inWords(product)) : null, basis ? make("dd", { class: "sub" }, basis) : null),
      make("div", {}, make("dt", {}, say("who_when")), make("dd", {}, make("b", {}, inWords(responsible) || "–")),
        make("dd", { class: "rec__due num" }, icon("clock"), due?.date ? day(due.date) : inWords(due?.text) || say("no_date")))),
    ...beside));
