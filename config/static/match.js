// Beside each of our fields, the samples of the column chosen for it. They also stand in the choices
// themselves, for who reads the page without a script.

document.addEventListener("change", (event) => {
  const samples = event.target.closest("li")?.querySelector("[data-samples]");
  if (!samples || event.target.tagName !== "SELECT") return;
  samples.textContent = event.target.selectedOptions[0].dataset.samples ?? "";
});
