// Passkeys: a form with data-passkey asks the browser for a key and sends its answer. The server checks everything.

const canUse = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function options(form, kind) {
  if (kind === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    return (await answer.json()).request_options.publicKey;
  }
  const data = JSON.parse(document.getElementById("passkey-data").textContent);
  return (kind === "add" ? data.creation_options : data.request_options).publicKey;
}

async function credential(form, kind) {
  const asked = await options(form, kind);
  if (kind !== "add") {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  }
  const passwordless = form.querySelector("[name=passwordless]");
  if (passwordless && passwordless.checked) {
    asked.authenticatorSelection = { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  }
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!canUse) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[role=alert]");
    failed.hidden = true;
    try {
      form.querySelector("[name=credential]").value = JSON.stringify(await credential(form, form.dataset.passkey));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
