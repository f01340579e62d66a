// The home screen of the field app: the visits on this tablet, what is only here, what has been sent, and what is missing.
import { serveCopy } from "./copying.js";
import { find, icon, make, part, piece, refill, setText } from "./dom.js";
import { Exchange } from "./exchange.js";
import { isRoomLow } from "./files.js";
import { canInstall, hasPack, install, packAddress } from "./installing.js";
import { askList, isSomebodyElse, takeList } from "./listing.js";
import { checkReady, makeReady } from "./ready.js";
import { serveSignOut } from "./signout.js";
import { openStore } from "./store.js";
import { noteArrival, personHere } from "./tablet.js";
import { isMapStale, showTripMap, takeTripMaps } from "./tripmap.js";
import { clock, day, inWords, page, say } from "./words.js";

let store;
let person;
let exchange;
let trouble = "";

const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

const total = (sections, name) => sections.reduce((sum, section) => sum + section[name], 0);

const addressOf = ({ id, version, scope }, kind, section, visit, code = "") =>
  `${page.urls.app}${kind}/${encodeURIComponent(id)}/${encodeURIComponent(version)}/${scope}${section ? `/${encodeURIComponent(section)}` : ""}?visit=${encodeURIComponent(visit)}${code ? `#${encodeURIComponent(code)}` : ""}`;

const bar = ({ slug, answered, asked }) => {
  const shown = piece("bar");
  find("b", shown).textContent = slug;
  find(".bar__fill", shown).setAttribute("width", asked ? (100 * answered) / asked : 100);
  shown.classList.toggle("is-full", asked > 0 && asked === answered);
  find(".bar", shown).classList.toggle("bar--full", asked > 0 && asked === answered);
  find(".vh", shown).textContent = `${answered}/${asked}`;
  return shown;
};

const station = (name, sign, done, words) => make("li", { class: `trail__i ${done ? "is-done" : "is-wait"}` }, icon(sign),
  make("span", {}, make("b", {}, say(name)), make("br"), words));

const trail = ({ savedAt, sentAt }, waiting, files, here) => [
  station("this_tablet", "tablet", true, savedAt ? say("saved_at", { time: clock(savedAt) }) : say(here ? "downloaded" : "not_here")),
  station("ministry", "tower", waiting + files === 0, waiting + files ? say("waits", { changes: waiting, files })
    : sentAt ? say("sent_at", { time: clock(sentAt) }) : say("nothing_waits")),
];

const earlierWords = ({ earlier }) => {
  if (!earlier) return [say("first_visit")];
  const failed = earlier.gates_failed.length ? say("earlier_gates", { codes: earlier.gates_failed.join(", ") }) : "";
  return [`${say("earlier", { day: day(earlier.day) })} `, make("b", {}, earlier.level), `. ${failed} ${say("earlier_recs", { n: earlier.recommendations.length })}`];
};

const earlierList = ({ earlier }) => (earlier?.recommendations.length ? [make("details", { class: "how" },
  make("summary", {}, say("earlier_open")), make("ol", { class: "earlier" }, ...earlier.recommendations.map(({ text, responsible, due }) =>
    make("li", {}, inWords(text), make("span", { class: "sub" }, [inWords(responsible), due?.date ? day(due.date) : inWords(due?.text)].filter(Boolean).join(" · "))))))] : []);

/** What both sides agreed last time and still stands, the soonest due first: this visit begins with it. */
const owedList = ({ earlier }) => {
  const owed = earlier?.commitments ?? [];
  if (!owed.length) return [];
  const isLate = ({ due }) => Boolean(due) && due < today();
  const late = owed.filter(isLate).length;
  const words = (one) => make("li", {}, one.text || inWords(one.recommended), make("span", { class: "sub" },
    [one.owner || inWords(one.responsible) || say(`side_${one.side}`), one.due ? day(one.due) : say("no_date"), isLate(one) ? say("overdue") : ""].filter(Boolean).join(" · ")));
  return [make("details", { class: "how" }, make("summary", {}, `${say("owed_n", { n: owed.length })}${late ? `, ${say("overdue_n", { n: late })}` : ""}`),
    make("ol", { class: "earlier" }, ...owed.map(words)))];
};

const facts = ({ facts: known, summary }, { refused }, isHere) => {
  const fact = (look, sign, words) => make("span", { class: `fact fact--${look}` }, icon(sign), words);
  return [
    isHere ? fact("ok", "check", say("is_here")) : fact("warn", "warn", say("not_downloaded_yet")),
    summary?.conflicts ? fact("warn", "two", say("differing", { n: summary.conflicts })) : null,
    refused ? fact("warn", "warn", say("refused_n", { n: refused })) : null,
    known.coming ? fact("warn", "clock", say("version_coming", { version: known.coming })) : null,
    known.moved?.length && !known.coming ? fact("ok", "file", say("version_moved", { old: known.moved.at(-1), version: known.checklist.version })) : null,
  ].filter(Boolean);
};

/** Back to where this tablet wrote last, else to the first question without an answer. */
const actions = ({ facts: { checklist, read_only: locked }, summary, id, place }) => {
  const [next, code] = place ?? summary?.next ?? [];
  const isWord = code === undefined || (/^\p{L}+$/u.test(code) && code !== code.toUpperCase());
  const goOn = summary?.begun && next ? say(isWord ? "go_on_in" : "go_on_at", { section: next, code }) : say(locked ? "see_checklist" : "open_checklist");
  return [
    make("a", { class: "btn btn--go", href: addressOf(checklist, "fill", next ?? summary?.sections[0]?.slug, id, next ? code : "") }, goOn, icon("right")),
    make("a", { class: "btn", href: addressOf(checklist, "review", "", id) }, say("review")),
    make("button", { class: "btn btn--quiet", type: "button", "data-action": "copy", "data-visit": id }, icon("file"), say("save_copy")),
  ];
};

const card = (visit, { waiting = 0, refused = 0 } = {}, files, isHere) => {
  const shown = piece("visit");
  const { facts: known, summary } = visit;
  const put = (name, children) => find(`[data-card="${name}"]`, shown).replaceChildren(...children);
  put("unit", [known.unit_title]);
  put("about", [`${known.province_name} · ${say("code", { code: known.unit_code })} · ${say("version", { version: known.checklist.version })}${known.checklist.scope === "core" ? ` · ${say("short")}` : ""}`]);
  put("day", [day(known.planned_on)]);
  put("trip", [`${known.trip.title} · ${say("decision", { number: known.trip.decision })}`]);
  const isLate = known.planned_on < today();
  put("state", [isLate ? say("late") : known.planned_on === today() ? say("today") : ""]);
  find("[data-card=state]", shown).className = isLate ? "day__late" : "day__now";
  put("answered", [String(total(summary.sections, "answered"))]);
  put("asked", [` ${say("n_questions", { n: total(summary.sections, "asked") })}`]);
  put("bars", summary.sections.map(bar));
  put("trail", trail(visit, waiting, files, visit.hasLog));
  put("facts", facts(visit, { refused }, isHere));
  put("earlier", earlierWords(known));
  put("list", [...owedList(known), ...earlierList(known)]);
  put("acts", actions(visit));
  find("img", shown).src = `${page.urls.map}${known.unit_code}.svg`;
  find("img", shown).alt = say("map_of", { unit: known.unit_title });
  return shown;
};

/** Today and what comes next, then what is late, the latest first. */
const inOrder = (visits) => {
  const isLate = ({ facts: { planned_on: planned } }) => Number(planned < today());
  const days = ({ facts: { planned_on: a } }, { facts: { planned_on: b } }) => (a === b ? 0 : a < b ? -1 : 1);
  return [...visits].sort((a, b) => isLate(a) - isLate(b) || days(a, b) * (isLate(a) ? -1 : 1));
};

const packsHere = async (visits) => {
  const here = new Map();
  for (const { facts: { checklist } } of visits) {
    const key = packAddress(checklist);
    if (!here.has(key)) here.set(key, await hasPack(checklist));
  }
  return here;
};

const done = ({ id, facts: { unit_title: unit, planned_on: planned, checklist } }) => make("li", {},
  make("a", { class: "todo__a", href: addressOf(checklist, "review", "", id) }, icon("check"),
    make("span", {}, make("b", {}, unit), make("br"), make("span", { class: "sub num" }, day(planned))), icon("right")));

async function showVisits() {
  const [visits, outbox, files] = await Promise.all([store.visits(), store.outbox(), store.files()]);
  const known = visits.filter((visit) => visit.facts && visit.summary);
  const isOpen = ({ id, facts: { state } }) => state === "draft" || outbox.has(id);
  const [open, closed] = [known.filter(isOpen), known.filter((visit) => !isOpen(visit))];
  const packs = await packsHere(open);
  const unsent = (id) => files.filter((file) => file.visit === id && !file.sent).length;
  const cards = inOrder(open).map((visit) =>
    card(visit, outbox.get(visit.id), unsent(visit.id), visit.hasLog && packs.get(packAddress(visit.facts.checklist))));
  refill(part(document, "visits"), cards.map((shown) => shown.outerHTML).join(), () => cards);
  refill(part(document, "done"), closed.map(({ id }) => id).join(), () => inOrder(closed).map(done));
  part(document, "done-box").hidden = closed.length === 0;
  part(document, "empty").hidden = open.length > 0;
  setText(part(document, "count"), say("n_visits", { n: open.length }));
  part(document, "fictitious").hidden = !known.some(({ facts: { fictitious } }) => fictitious);
  showTripMap(part(document, "trip"), await store.kept("trips"), inOrder(known).map((visit) => onMap(visit, isOpen(visit), outbox, unsent)));
  showTrouble();
}

/** A visit as its map has it: what waits on this tablet, and the page that a tap opens. */
const onMap = (visit, isOpen, outbox, unsent) => {
  const [next] = visit.place ?? visit.summary.next ?? [];
  const { checklist } = visit.facts;
  const address = isOpen ? addressOf(checklist, "fill", next ?? visit.summary.sections[0]?.slug, visit.id) : addressOf(checklist, "review", "", visit.id);
  return { visit, waiting: (outbox.get(visit.id)?.waiting ?? 0) + unsent(visit.id), address };
};

function showTrouble() {
  const box = part(document, "notices");
  const found = trouble || exchange?.trouble || "";
  refill(box, found, () => {
    if (!found) return [];
    const login = make("a", { href: `${page.urls.login}?next=${encodeURIComponent(page.urls.home)}` }, say("sign_in"));
    return [make("p", { class: "notice notice--calm", role: "status" }, icon("offline"), make("span", {}, say(`notice_${found}`), " ", found === "signed_out" ? login : ""))];
  });
}

async function showReady() {
  const items = await checkReady(store);
  const missing = items.filter(({ ok }) => !ok);
  const line = ({ name, ok, why }) => make("li", { class: `ready__i ${ok ? "is-ok" : "is-warn"}` }, icon(ok ? "check" : "warn"), make("div", {}, make("b", {}, name), make("span", { class: "ready__d" }, why)));
  refill(part(document, "ready"), JSON.stringify(items), () => [...missing, ...items.filter(({ ok }) => ok)].map(line));
  setText(part(document, "ready-count"), `${items.length - missing.length}/${items.length}`);
  setText(part(document, "verdict"), missing.length ? say("left_to_do", { n: missing.length }) : say("ready_now"));
  part(document, "verdict").className = `verdict ${missing.length ? "is-warn" : "is-ok"}`;
}

function serveSending() {
  const button = part(document, "send");
  button.addEventListener("click", async () => {
    await refresh();
    exchange.now();
  });
}

function serveReady() {
  const button = part(document, "download");
  const told = part(document, "told");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await refresh();
      await makeReady(store, (words) => setText(told, words));
      setText(told, "");
    } catch {
      setText(told, say("download_failed"));
    }
    button.disabled = false;
    await Promise.all([showReady(), showVisits()]);
  });
}

async function refresh() {
  const answer = await askList();
  trouble = answer.trouble ?? "";
  if (trouble) return;
  if (isSomebodyElse(answer)) {
    location.reload(); // and not a line of this list into the store of the one before
    return;
  }
  try {
    const missing = await takeList(store, answer);
    if (missing.length) await showVisits(); // the logs may take a while
    await exchange.fetch(missing);
    for (const id of missing) await store.note(id, { hasLog: true });
    const open = (await store.visits()).filter(({ facts }) => facts?.state === "draft");
    if (isMapStale(await store.kept("trips"), open)) await takeTripMaps(store).catch(() => {}); // said by "ready"
  } catch (error) {
    if (!error.trouble) throw error;
    trouble = error.trouble; // what is here already is shown all the same
  }
}

/** A new version waits until somebody is at home and asks for it: nothing changes during a visit. */
async function offerUpdate(registration) {
  if (!registration) return;
  const offer = part(document, "update");
  const look = () => { offer.hidden = !registration.waiting; };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  find("button", offer).addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });
}

function serveInstall() {
  const panel = part(document, "install");
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    panel.hidden = false;
    find("button", panel).onclick = () => event.prompt();
  });
  window.addEventListener("appinstalled", () => { panel.hidden = true; });
}

function received(changes, people) {
  store.kept("people").then((known) => store.keep("people", { ...known, ...people }));
  if (changes.some(({ visit }) => visit)) refresh().then(showVisits);
}

async function open() {
  noteArrival();
  person = personHere();
  if (!person) {
    const answer = await askList();
    if (answer.trouble === "signed_out") location.href = `${page.urls.login}?next=${encodeURIComponent(page.urls.home)}`;
    trouble = answer.trouble ?? "";
    if (trouble) return showTrouble();
    isSomebodyElse(answer);
    person = answer.person;
  }
  setText(part(document, "person"), person.name);
  setText(part(document, "initials"), person.initials);
  store = await openStore(person.id);
  exchange = new Exchange({ store, received, settled: () => { showVisits(); } });
  serveCopy((button) => ({ store, visit: button.dataset.visit, person }));
  serveSignOut(store, person);
  serveReady();
  serveSending();
  await showVisits();
  return begin();
}

async function begin() {
  document.documentElement.dataset.ready = "1";
  performance.mark("ready");
  const registration = await install();
  offerUpdate(registration);
  if (location.hash === "#not-downloaded") part(document, "not-downloaded").hidden = false;
  if (!canInstall()) part(document, "unsafe").hidden = false;
  await refresh();
  await showVisits();
  exchange.now();
  part(document, "low").hidden = !(await isRoomLow());
  if (registration) await Promise.race([navigator.serviceWorker.ready, new Promise((done) => setTimeout(done, 5_000))]);
  await showReady();
}

serveInstall();
open();
