// Stands in for opening.js in a preview: a visit that was never planned, with the answers of this tab.
import { recall } from "./preview_memory.js";
import { page } from "./words.js";

export const visitAsked = () => "";

export const openVisit = async () => ({
  visit: { id: page.preview.facts.id, facts: page.preview.facts }, changes: recall(), refused: [], waiting: 0,
  person: page.preview.person, people: {}, names: {}, store: null, locked: "",
});
