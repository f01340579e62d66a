// What a checklist module offers: the live state of a visit, and a whole visit at once. The twin of evaluation.py.
import { keeping } from "./keeping.js";
import { f } from "./functions/library.js";
import { liftToNextLevel } from "./lift.js";
import { steps } from "./next_step.js";
import { Plan } from "./plan.js";
import { recommendations } from "./recommendation.js";
import { State } from "./state.js";
import { triggering } from "./trigger.js";
import { validity } from "./validity.js";
import { wording } from "./wording.js";

export function openVisit(plan, request) {
  const state = new State(plan, request);
  const at = (reference) => state.locate(reference);
  return {
    set: (reference, value) => state.set(reference, value),
    follow: (reference, changed) => ({
      ...(plan.triggers ? triggering.follow(state, at(reference), changed) : {}),
      ...(plan.keeps ? keeping.keep(state) : {}),
    }),
    instanceName: () => nameOf(state),
    question: (reference) => validity.view(state, at(reference).item, at(reference).keys),
    questions: () => viewQuestions(state),
    choices: (reference) => state.result(at(reference).path, "order", at(reference).keys) ?? choicesOf(state, at(reference)),
    wording: (reference) => wordingOf(state, isPlace(state, reference) ? nodeAt(state, reference) : at(reference)),
    label: (reference, language) => state.label(at(reference).path, at(reference).keys, language),
    answer: (reference) => state.answer(at(reference).path, at(reference).keys, at(reference).facet),
    isRelevant: (reference) => isRelevant(state, reference),
    instances: (reference) => instancesOf(state, reference),
    nextStep: (reference) => steps.nextStep(state, at(reference).item, at(reference).keys),
    assessment: () => withLift(state),
    recommendations: () => recommendations.recommend(state),
    answers: () => state.answers(),
    state,
  };
}

export function evaluateVisit(plan, request) {
  const state = new State(plan, request);
  return {
    questions: viewQuestions(state),
    assessment: { ...withLift(state) },
    recommendations: recommendations.recommend(state),
    ...(plan.instanceName ? { instance_name: nameOf(state) } : {}),
  };
}

// What the answers call this visit.
function nameOf(state) {
  return f.text(state.plan.instanceName?.(state, [], f) ?? null);
}

// What lifts the unit takes longer than the rest: it is looked for only when somebody reads it.
function withLift(state) {
  const assessment = state.assessment();
  const json = assessment.toJSON();
  const lift = () => (assessment.lifted ??= liftToNextLevel(state, assessment));
  Object.defineProperty(json, "lift_to", { enumerable: true, get: () => lift().lift_to });
  Object.defineProperty(json, "lift", { enumerable: true, get: () => lift().lift });
  return json;
}

function viewQuestions(state) {
  const found = {};
  for (const item of state.plan.items.values()) {
    if (!item.isQuestion) continue;
    for (const keys of state.keysOf(item.repeats)) {
      found[state.plan.instancePath(item, keys)] = validity.view(state, item, keys);
    }
  }
  return found;
}

function choicesOf(state, { item, path, keys }) {
  return state.result(path, "filter", keys) ?? [...(state.plan.choices.get(item.node.choices)?.keys() ?? [])];
}

function wordingOf(state, { item, keys }) {
  const { label = {}, hint = {} } = item.node;
  return { label, hint, ...state.result(item.path, "label", keys) };
}

// Whether a reference is the path of a row; else it is a name, or one of its facets.
function isPlace(state, reference) {
  return state.plan.items.has(reference.replaceAll(/\[[^\]]+\]/g, ""));
}

// Groups and repeats can be asked about too; a repeat is asked about with the keys around it.
function isRelevant(state, reference) {
  const { item, keys } = nodeAt(state, reference);
  return state.isRelevant(item, keys);
}

// The instance paths of a repeat, in order.
function instancesOf(state, reference) {
  const { item, keys } = nodeAt(state, reference);
  return state.instances(item.path, keys).map((found) => state.plan.instancePath(item, found));
}

function nodeAt(state, reference) {
  const keys = [...reference.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]);
  const item = state.plan.items.get(reference.replaceAll(/\[[^\]]+\]/g, ""));
  return { item, keys: keys.slice(0, item.repeats.length) };
}
