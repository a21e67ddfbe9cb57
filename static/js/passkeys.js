// Passkeys: a form that says where its challenge comes from sends the answer of
// the browser's authenticator. Without support it stays hidden, and where the
// site's address is a number, to which no passkey can belong.
for (const form of document.querySelectorAll("form[data-passkey]")) {
	const make = form.dataset.passkey === "create";
	const key = window.PublicKeyCredential;
	if (!key?.parseRequestOptionsFromJSON || !key.prototype.toJSON || /^[\d.]+$|^\[/.test(location.hostname)) continue;
	form.hidden = false;
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const problem = form.querySelector("[data-problem]");
		problem.hidden = true;
		try {
			const begun = await fetch(form.dataset.begin, { method: "POST", headers: { "X-CSRF-Token": form.elements._csrf.value } });
			if (!begun.ok || begun.redirected) {
				location.reload();
				return;
			}
			const options = await begun.json();
			const answer = make
				? await navigator.credentials.create({ publicKey: key.parseCreationOptionsFromJSON(options) })
				: await navigator.credentials.get({ publicKey: key.parseRequestOptionsFromJSON(options) });
			form.elements.response.value = JSON.stringify(answer);
			form.submit();
		} catch {
			problem.hidden = false;
		}
	});
}
