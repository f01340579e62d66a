// An XForm as the HTML and the model that Enketo works with.
import { transform } from "enketo-transformer/web";

window.transformed = (xform) => transform({ xform });
