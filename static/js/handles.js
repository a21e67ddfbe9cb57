// Two handles over a histogram, for the two numbers below it. They stand between
// the bars and at both ends, where nothing is asked; each step has the number as
// its field has it (data-values) and as it is read out (data-texts).
const made = new WeakMap();
const number = (text) => Number(text.replace(",", ".").replace("−", "-").replace(/[^\d.-]/g, ""));

const make = (place) => {
	const fields = ["_min", "_max"].map((side) => document.getElementById(`f-${place.dataset.for}${side}`));
	const handles = fields.map((field) => {
		const handle = document.createElement("input");
		handle.type = "range";
		handle.min = 0;
		handle.setAttribute("aria-label", field.getAttribute("aria-label"));
		place.append(handle);
		return handle;
	});
	const parts = { place, fields, handles };
	handles.forEach((handle, side) => {
		// While a handle moves, the number follows; the search asks when it rests.
		handle.addEventListener("input", (event) => {
			event.stopPropagation();
			const other = Number(handles[1 - side].value);
			handle.value = side ? Math.max(handle.value, other + 1) : Math.min(handle.value, other - 1);
			fields[side].value = place.dataset.values.split("|")[handle.value];
			draw(parts);
		});
		handle.addEventListener("change", (event) => {
			event.stopPropagation();
			fields[side].dispatchEvent(new Event("change", { bubbles: true }));
		});
	});
	made.set(place, parts);
	return parts;
};

// draw says where the handles stand, and which bars are between them.
const draw = ({ place, handles }) => {
	const texts = place.dataset.texts.split("|");
	for (const handle of handles) handle.setAttribute("aria-valuetext", texts[handle.value] ?? "");
	const [from, to] = handles.map((handle) => Number(handle.value));
	const [all, on] = place.parentElement.querySelectorAll(".hist path");
	const bars = all.getAttribute("d").split(/(?=M)/);
	on.setAttribute("d", from === 0 && to === bars.length ? "" : bars.slice(from, to).join(""));
};

// stand puts the handles where the numbers are: on the nearest step outside of them.
const stand = (parts) => {
	const { place, fields, handles } = parts;
	const steps = place.dataset.values.split("|");
	const last = steps.length - 1;
	const [from, to] = fields.map((field) => (field.value === "" ? NaN : number(field.value)));
	const within = steps.slice(1, last).map(Number);
	const low = Number.isNaN(from) ? 0 : within.filter((step) => step <= from).length;
	const above = within.findIndex((step) => step >= to);
	const high = Number.isNaN(to) || above < 0 ? last : above + 1;
	handles.forEach((handle) => { handle.max = last; });
	handles[0].value = Math.min(low, high - 1);
	handles[1].value = Math.max(high, Number(handles[0].value) + 1);
	draw(parts);
};

const all = () => {
	for (const place of document.querySelectorAll(".handles")) stand(place.childElementCount ? made.get(place) : make(place));
};
all();
document.addEventListener("htmx:after:swap", all);
document.addEventListener("change", (event) => {
	const place = event.target.closest?.("fieldset")?.querySelector(".handles");
	if (place && made.has(place)) stand(made.get(place));
});
