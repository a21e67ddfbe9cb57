// Leaves empty answers out of what a form with data-tidy sends, so that the
// address holds only what was chosen.
document.addEventListener("formdata", (event) => {
	if (!event.target.hasAttribute("data-tidy")) return;
	const all = [...event.formData].filter(([, value]) => value !== "");
	for (const name of [...event.formData.keys()]) event.formData.delete(name);
	for (const [name, value] of all) event.formData.append(name, value);
});
// A form with data-live does by itself what its button says, so the button goes.
// Without this script it stays.
const hideButtons = () => {
	for (const button of document.querySelectorAll("form[data-live] [data-without-script]")) button.hidden = true;
};
hideButtons();
document.addEventListener("htmx:after:swap", hideButtons);
