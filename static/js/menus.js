// Closes open menus on Escape and on a press outside, and gives the focus back.
const close = (menu, refocus) => {
	menu.open = false;
	if (refocus) menu.querySelector("summary")?.focus();
};
document.addEventListener("keydown", (event) => {
	if (event.key !== "Escape") return;
	for (const menu of document.querySelectorAll("details.menu[open]")) close(menu, menu.contains(document.activeElement));
});
document.addEventListener("pointerdown", (event) => {
	for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) close(menu, false);
});
document.addEventListener("focusin", (event) => {
	for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) close(menu, false);
});
