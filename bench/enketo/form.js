// The form of the page as Enketo opens it; the page gives its model.
import { Form } from "enketo-core";

const form = new Form(document.querySelector("form.or"), { modelStr: window.model, external: [] }, {});
const faults = form.init();
if (faults.length) throw new Error(faults.join("\n"));
performance.mark("ready");
document.documentElement.dataset.ready = "1";
