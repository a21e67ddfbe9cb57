// Leaves empty answers out of what a form with data-tidy sends, so that the
// address holds only what was chosen. The answers that it names are sent always.
document.addEventListener("formdata", (event) => {
	if (!event.target.hasAttribute("data-tidy")) return;
	const kept = event.target.dataset.tidy.split(" ");
	const all = [...event.formData].filter(([name, value]) => value !== "" || kept.includes(name));
	for (const name of [...event.formData.keys()]) event.formData.delete(name);
	for (const [name, value] of all) event.formData.append(name, value);
});
// A form with data-live does by itself what its button says, so the button goes.
// Without this script it stays.
const swapButtons = () => {
	for (const part of document.querySelectorAll("[data-without-script]")) part.hidden ||= part.matches("button") ? part.form?.hasAttribute("data-live") : true;
	for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
};
// The answer says what is chosen, also where a link took a filter away. What is
// being typed stays.
const follow = () => {
	for (const field of document.querySelector("form[data-live]")?.elements ?? []) {
		if (field === document.activeElement && !field.matches("[type=checkbox], [type=radio]")) continue;
		if (field.type === "checkbox" || field.type === "radio") field.checked = field.defaultChecked;
		else if (field.tagName === "SELECT") for (const option of field.options) option.selected = option.defaultSelected;
		else if (field.tagName === "INPUT") field.value = field.defaultValue;
	}
};
// What a filter asks comes when it is opened: the link in it is followed at once.
// One that is open still waits for it if another answer came first.
const ask = (filter) => filter?.querySelector(":scope > .later")?.click();
document.addEventListener("toggle", (event) => { if (event.target.open) ask(event.target); }, true);
const askAgain = () => ask(document.querySelector("#discover details[open]:has(> .later)"));
// A link or button with an empty hx-get or hx-post asks its own address. A link of the
// search keeps open what was opened by hand.
document.addEventListener("htmx:config:request", ({ detail: { ctx: { sourceElement: part, request } } }) => {
	if (!part.matches("[hx-get=''], [hx-post='']")) return;
	const url = new URL(part.getAttribute("href") ?? part.getAttribute("formaction"), location);
	for (const field of part.matches("#discover a") ? document.querySelectorAll("#search :is([name=open], [name=more])") : []) url.searchParams.append(field.name, field.value);
	request.action = url.pathname + url.search;
});
// A chip that is pressed goes away; the focus moves to the next one, or to the results.
// So does what shows the rest of a list; the focus moves to the first of the rest.
const stops = { chips: "a", values: ".choice:not(.apart) > input" };
let left;
document.addEventListener("htmx:before:swap", () => {
	const here = document.activeElement;
	const chips = here?.closest("[data-keep-focus]");
	const values = here?.closest(".more")?.previousElementSibling;
	left = undefined;
	if (chips) left = { list: chips.id, of: stops.chips, at: [...chips.querySelectorAll(stops.chips)].indexOf(here) };
	else if (values) left = { list: values.id, of: stops.values, at: values.querySelectorAll(stops.values).length };
});
const refocus = () => {
	if (!left || document.activeElement !== document.body) return;
	const all = [...(document.getElementById(left.list)?.querySelectorAll(left.of) ?? [])];
	(all[Math.min(left.at, all.length - 1)] ?? document.getElementById("found"))?.focus({ preventScroll: true });
};
swapButtons();
document.addEventListener("htmx:after:swap", () => {
	swapButtons();
	follow();
	refocus();
	askAgain();
});
document.addEventListener("htmx:error", (event) => {
	const note = event.target.closest?.("#discover") && document.getElementById("failed");
	if (note) note.hidden = false;
});
