// Says that scripts run, before the page is drawn. Loaded at the start of the body.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
