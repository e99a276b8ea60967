// Starts the Design System's components and our own enhancements. Every page works without it.
const addresses = document.querySelector("script[data-govuk-frontend]").dataset;

const load = (address) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

// A form sent with errors is answered at its own address, and no browser may keep the answer.
// Its place in the history becomes an ordinary visit: going back asks for the page again, where
// the browser would else ask to send the form again, or show an error of its own.
if (document.querySelector(".govuk-error-summary")) {
  window.history.replaceState(window.history.state, "", window.location.href);
}

// An option is found by its text and by other names, which it keeps in data-also, one a line.
const optionsOf = (select) => {
  const options = [...select.options].filter((option) => option.value);
  return (query, show) => {
    const wanted = query.toLowerCase();
    const found = options.filter((option) =>
      `${option.text}\n${option.dataset.also || ""}`.toLowerCase().includes(wanted),
    );
    show(found.map((option) => option.text));
  };
};

// What is typed goes to the server as "NAME-typed", beside the select's own value: text that
// names no option is refused there, so an earlier choice is never sent in its place.
const enhanceSelect = (select) => {
  const described = select.getAttribute("aria-describedby");
  const hasError = select.classList.contains("govuk-select--error");
  const id = select.id;
  const chosen = select.options[select.selectedIndex];
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    source: optionsOf(select),
    name: `${select.name}-typed`,
    defaultValue: select.dataset.typed || (chosen ? chosen.text : ""),
    minLength: 2,
    showAllValues: true,
    displayMenu: "overlay",
    confirmOnBlur: false,
    inputClasses: hasError ? "govuk-input govuk-input--error" : "govuk-input",
    tNoResults: () => "Nothing matches",
  });
  const input = document.getElementById(id);
  if (described && input) keepDescription(input, described);
};

// The autocomplete rewrites aria-describedby as people type: keep our hint and error in it.
const keepDescription = (input, described) => {
  const add = () => {
    const now = input.getAttribute("aria-describedby") || "";
    if (!now.startsWith(described)) {
      input.setAttribute("aria-describedby", `${described} ${now}`.trim());
    }
  };
  add();
  new MutationObserver(add).observe(input, { attributeFilter: ["aria-describedby"] });
};

const selects = document.querySelectorAll('select[data-module="app-autocomplete"]');
if (selects.length) {
  load(addresses.autocomplete).then(() => selects.forEach(enhanceSelect));
}

// Warns five minutes before an idle session ends, and keeps it alive when asked to.
const WARNING_SECONDS = 300;

const watchSession = (dialog) => {
  let timers = [];
  const leave = () => window.location.assign("/");
  const restart = () => {
    timers.forEach(clearTimeout);
    const seconds = Number(dialog.dataset.seconds);
    timers = [
      setTimeout(() => dialog.showModal(), Math.max(seconds - WARNING_SECONDS, 1) * 1000),
      setTimeout(leave, (seconds + 1) * 1000),
    ];
  };
  const form = dialog.querySelector("form");
  const stay = async () => {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok) return leave();
    dialog.close();
    restart();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stay().catch(leave);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay().catch(leave);
  });
  restart();
};

document.querySelectorAll("dialog.app-session-warning").forEach(watchSession);

// Radios may not say that they are expanded (WCAG 4.1.2); the Design System's script says it.
const keepValid = (radio) => {
  const remove = () => {
    if (radio.hasAttribute("aria-expanded")) radio.removeAttribute("aria-expanded");
  };
  remove();
  new MutationObserver(remove).observe(radio, { attributeFilter: ["aria-expanded"] });
};

import(addresses.govukFrontend).then(({ initAll }) => {
  initAll();
  document.querySelectorAll('input[type="radio"][aria-controls]').forEach(keepValid);
});
