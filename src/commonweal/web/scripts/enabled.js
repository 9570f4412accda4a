// Runs before anything is shown: tells the style sheet that scripts run, so that folded parts do not jump.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
