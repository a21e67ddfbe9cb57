// Shows that a form is on its way, and sends it once however often it is pressed.
document.addEventListener("submit", (event) => {
	const form = event.target;
	if (form.method !== "post") return;
	if (form.dataset.sending) {
		event.preventDefault();
		event.stopImmediatePropagation();
		return;
	}
	form.dataset.sending = "true";
	event.submitter?.setAttribute("aria-busy", "true");
}, true);
const rest = () => {
	for (const form of document.querySelectorAll("form[data-sending]")) {
		delete form.dataset.sending;
		for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
	}
};
// A page that comes back from the browser's memory still carries the mark.
addEventListener("pageshow", rest);
document.addEventListener("htmx:finally:request", rest);
