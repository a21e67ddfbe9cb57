// Says how many creators are ticked to be compared, lets nobody tick more than
// can be, and keeps those of other pages of the search.
const kept = new Map();
const form = () => document.getElementById("compare");
const boxes = () => [...document.querySelectorAll("input[form=compare][name=c]")];

const tell = () => {
	const note = document.getElementById("compared");
	if (!note) return;
	const text = note.dataset.told.split("|")[kept.size];
	if (note.textContent !== text) note.textContent = text;
	form().classList.toggle("any", kept.size > 0);
	for (const box of boxes()) box.disabled = !box.checked && kept.size >= Number(form().dataset.most);
};
// Whoever is not on this page goes along as a hidden field.
const show = () => {
	if (!form()) return;
	for (const field of form().querySelectorAll("[type=hidden]")) field.remove();
	const here = new Map(boxes().map((box) => [box.value, box]));
	for (const id of kept.keys()) {
		if (here.has(id)) continue;
		const field = document.createElement("input");
		Object.assign(field, { type: "hidden", name: "c", value: id });
		form().append(field);
	}
	for (const [id, box] of here) box.checked = kept.has(id);
	tell();
};
document.addEventListener("change", (event) => {
	const box = event.target;
	if (!box.matches?.("input[form=compare][name=c]")) return;
	event.stopPropagation();
	if (box.checked) kept.set(box.value, true);
	else kept.delete(box.value);
	tell();
}, true);
for (const box of boxes()) if (box.checked) kept.set(box.value, true);
show();
document.addEventListener("htmx:after:swap", show);
