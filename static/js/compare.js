// Keeps who is ticked to be compared: in the page, in its address and in its links, so that
// the ticks outlast paging and filtering. It says how many there are, and lets nobody tick
// more than can be compared.
const kept = new Set();
const tray = () => document.getElementById("compare");
const boxes = () => [...document.querySelectorAll("input[type=checkbox][name=c]")];
const elsewhere = () => [...document.querySelectorAll("input[type=hidden][name=c]")];

const tell = () => {
	const note = document.getElementById("compared");
	if (!note) return;
	const text = note.dataset.told.split("|")[kept.size];
	if (note.textContent !== text) note.textContent = text;
	tray().classList.toggle("any", kept.size > 0);
	for (const box of boxes()) box.disabled = !box.checked && kept.size >= Number(tray().dataset.most);
};
const ticksOf = (url) => url.searchParams.getAll("c").join();
const withTicks = (address) => {
	const url = new URL(address, location);
	if (ticksOf(url) === [...kept].join()) return;
	url.searchParams.delete("c");
	for (const id of kept) url.searchParams.append("c", id);
	return url.pathname + url.search + url.hash;
};
// The search's links and its address say who is ticked; another list has no address for it.
const carry = () => {
	if (!document.getElementById("search")) return;
	for (const link of document.querySelectorAll("#discover a[href^='/creators']")) {
		const address = link.getAttribute("href");
		const next = !address.startsWith("/creators/") && withTicks(address);
		if (next) link.setAttribute("href", next);
	}
	const here = withTicks(location.href);
	if (here) history.replaceState(history.state, "", here);
	const back = document.querySelector("#save [name=next]");
	const next = back && withTicks(back.value);
	if (next) back.value = next;
};
// Whoever is not on this page goes along as a hidden field.
const show = () => {
	if (!tray()) return;
	for (const field of elsewhere()) field.remove();
	const here = new Map(boxes().map((box) => [box.value, box]));
	for (const id of kept) {
		if (here.has(id)) continue;
		const field = document.createElement("input");
		Object.assign(field, { type: "hidden", name: "c", value: id });
		if (tray().matches("div")) field.setAttribute("form", "search");
		tray().append(field);
	}
	for (const [id, box] of here) box.checked = kept.has(id);
	tell();
	carry();
};
document.addEventListener("change", (event) => {
	const box = event.target;
	if (!box.matches?.("input[type=checkbox][name=c]")) return;
	event.stopPropagation();
	if (box.checked) kept.add(box.value);
	else kept.delete(box.value);
	tell();
	carry();
}, true);
// The form of the search asks for its own page; this button leads to another.
document.addEventListener("click", (event) => {
	const button = event.target.closest?.("#compare button[formaction]");
	if (!button) return;
	event.preventDefault();
	location.href = button.getAttribute("formaction") + "?" + [...kept].map((id) => "c=" + encodeURIComponent(id)).join("&");
});
for (const field of [...elsewhere(), ...boxes().filter((box) => box.checked)]) kept.add(field.value);
show();
document.addEventListener("htmx:after:swap", () => setTimeout(show));
