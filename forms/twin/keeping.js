// What once() computes is recorded as an answer as soon as somebody answers anything. The twin of keeping.py.
import { WrongValueError } from "./answers.js";

export const keeping = (() => {
  // Record what once() gives now where nothing is recorded yet; the new answers by instance path.
  function keep(state) {
    const found = {};
    for (const item of state.plan.items.values()) {
      if (!item.node.once) continue;
      for (const keys of state.keysOf(item.repeats)) {
        const value = state.value(item.path, keys);
        if (value === null || state.answer(item.path, keys) !== null || !mayBeKept(state, item, value)) continue;
        state.write({ path: item.path, item, keys, facet: "" }, value);
        found[state.plan.instancePath(item, keys)] = value;
      }
    }
    return found;
  }

  function mayBeKept(state, item, value) {
    try {
      return state.checked(item, value) !== null;
    } catch (error) {
      if (error instanceof WrongValueError) return false;
      throw error;
    }
  }

  return { keep };
})();
