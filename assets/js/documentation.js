// Puts a button beside each example that copies it. Without scripts the text can be selected.
const copied = async (button, text) => {
  await navigator.clipboard.writeText(text);
  button.textContent = "Copied";
  setTimeout(() => {
    button.textContent = "Copy";
  }, 3000);
};

const addButton = (example) => {
  const label = example.querySelector(".app-guidance__code-label");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "app-link-button app-guidance__copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.setAttribute("aria-describedby", label.id);
  button.addEventListener("click", () => {
    copied(button, example.querySelector("code").textContent).catch(() => button.remove());
  });
  label.after(button);
};

if (navigator.clipboard) {
  document.querySelectorAll('[data-module="app-copy"]').forEach(addButton);
}
