// What an answer sets off: questions with a trigger take a new answer when that of the trigger changes. Of trigger.py.
import { f } from "./functions/library.js";
import { WrongValueError } from "./answers.js";
import { computing } from "./computing.js";
import { Plan } from "./plan.js";

export const triggering = (() => {
  const MOST_TIMES = 8;

  // Set what the answer at a place triggers, and what that triggers in turn; what goes round comes to an end.
  // `changed` takes in the paths of all that changes with it.
  function follow(state, place, changed = new Set()) {
    const found = {};
    const times = {};
    const start = state.plan.instancePath(place.item, place.keys);
    const waiting = place.facet ? [] : [place];
    while (waiting.length) {
      for (const [target, run] of targetsOf(state, waiting.shift())) {
        const path = state.plan.instancePath(target.item, target.keys);
        times[path] = (times[path] ?? 0) + 1;
        if (times[path] > MOST_TIMES || path === start) continue;
        found[path] = valueFor(state, target, run);
        const paths = state.write(target, found[path]);
        if (paths.size) waiting.push(target);
        paths.forEach((one) => changed.add(one));
      }
    }
    return found;
  }

  function targetsOf(state, cause) {
    return (state.plan.triggers.get(cause.item) ?? []).flatMap(([item, run]) => {
      const shared = Plan.countShared(cause.item.repeats, item.repeats);
      const near = state.keysOf(item.repeats).filter((keys) => cause.keys.slice(0, shared).every((key, n) => keys[n] === key));
      return near.map((keys) => [{ path: item.path, item, keys, facet: "" }, run]);
    });
  }

  // What cannot be an answer of the question empties it.
  function valueFor(state, { item, keys }, run) {
    if (!run) return null;
    try {
      return state.checked(item, computing.fit(item.node, run(state, keys, f)));
    } catch (error) {
      if (error instanceof WrongValueError) return null;
      throw error;
    }
  }

  // The questions that each trigger sets, by the item of the trigger.
  function byTrigger(items, compiled) {
    const found = new Map();
    for (const [target, causes, run] of compiled) {
      for (const cause of causes) found.set(items[cause], [...(found.get(items[cause]) ?? []), [items[target], run]]);
    }
    return found;
  }

  return { follow, byTrigger };
})();
