// The design system's own behaviour: error summaries take the focus, notes are counted.
import { initAll } from "./govuk-frontend.min.js";

initAll();
