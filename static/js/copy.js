// Copies what a field holds. The button is there only with this script, since
// without it the field can be marked and copied by hand.
const showCopying = () => {
	for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
};
document.addEventListener("click", async (event) => {
	const button = event.target.closest?.("[data-copy]");
	if (!button) return;
	const field = document.getElementById(button.dataset.copy);
	field.select();
	try {
		await navigator.clipboard.writeText(field.value);
		button.textContent = button.dataset.copied;
	} catch { /* the text is marked, and the keyboard copies it */ }
});
showCopying();
