// The form of the preview of a vendor's page: tells the extension what is chosen, and shows what it answers.
(() => {
  const vscode = acquireVsCodeApi();
  const element = (id) => document.getElementById(id);
  const values = {};
  let asOnPage;
  let shownFields = "";
  let timer;

  const form = () => ({
    vendor: element("vendor").value,
    name: element("name").value,
    asOnPage,
    documents: [...document.querySelectorAll("input[data-document]:checked")].map(({ dataset }) =>
      Number(dataset.document),
    ),
    values,
    integrationName: element("integrationName").value,
  });
  const send = (action, more = {}) => vscode.postMessage({ action, form: form(), ...more });
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => send("change"), 120);
  };

  const showProblems = (problems) => {
    for (const place of document.querySelectorAll("[data-problem]")) {
      const text = problems[place.dataset.problem] ?? "";
      place.textContent = text;
      const input = place.parentElement.querySelector("input");
      if (text) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    }
  };

  document.addEventListener("input", ({ target }) => {
    if (target.dataset.key !== undefined) values[target.dataset.key] = target.value;
    changed();
  });
  document.addEventListener("change", ({ target }) => {
    if (target.id === "vendor") {
      asOnPage = undefined;
      for (const key of Object.keys(values)) delete values[key];
    }
    if (target.name === "which") asOnPage = target.value === "page";
    changed();
  });
  document.addEventListener("click", ({ target }) => {
    const { action, document: number } = target.dataset ?? {};
    if (action !== undefined) send(action, number === undefined ? {} : { document: Number(number) });
  });

  window.addEventListener("message", ({ data }) => {
    if (data.fields !== undefined) {
      // Fields that somebody types in stay: they are made anew only when they are other ones.
      if (data.fieldsOf !== shownFields) element("fields").innerHTML = data.fields;
      shownFields = data.fieldsOf;
      element("nameField").hidden = !data.isNew;
      element("which").hidden = data.isNew;
      element("definition").hidden = !data.isNew;
      element("create").textContent = data.create;
      element("create").disabled = data.blocked;
      element("definition").disabled = data.blocked;
      element("hint").textContent = data.hint;
      element("integrationName").placeholder = data.integrationName;
      for (const radio of document.querySelectorAll("input[name=which]")) {
        radio.checked = (radio.value === "page") === data.asOnPage;
      }
    }
    if (data.problems !== undefined) showProblems(data.problems);
    if (data.problem !== undefined) element("problem").textContent = data.problem;
    if (data.focus !== undefined) {
      const place = [...document.querySelectorAll("[data-problem]")].find(
        ({ dataset }) => dataset.problem === data.focus,
      );
      place?.parentElement.querySelector("input")?.focus();
    }
  });
  send("change");
})();
