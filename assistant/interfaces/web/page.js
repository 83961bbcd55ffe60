() => {
  const wide = matchMedia("(min-width: 60rem)"), calm = matchMedia("(prefers-reduced-motion: reduce)");
  const pointed = matchMedia("(pointer: fine)");
  const last = (list) => list[list.length - 1];

  window.plainwhy = {
    // After an answer: its question at the top of the view; the cursor back in the box where no keyboard would pop up.
    shown() {
      const question = last(document.querySelectorAll("#chat [data-testid=user]"));
      question?.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
      const lost = document.activeElement === document.body;
      if (lost && pointed.matches) document.querySelector("#question textarea")?.focus({ preventScroll: true });
    },
  };

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest(".pw-copy");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.text);
    button.textContent = button.dataset.done;
  });

  // The choices stand open beside the conversation where there is room for both.
  if (wide.matches) document.querySelector("#choose button.label-wrap:not(.open)")?.click();
}
