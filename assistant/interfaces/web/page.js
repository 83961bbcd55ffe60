() => {
  const wide = matchMedia("(min-width: 70rem)"), calm = matchMedia("(prefers-reduced-motion: reduce)");
  const pointed = matchMedia("(pointer: fine)");
  const last = (list) => list[list.length - 1];
  const box = () => document.querySelector("#question textarea");
  let unfolded = false;

  // How do you know? A sentence leads to the facts it rests on, in the fold below it.
  const known = (sentence) => {
    const fold = sentence.closest(".pw-answer")?.querySelector(".pw-known");
    const facts = fold?.querySelector(`li[data-n="${sentence.dataset.n}"]`);
    if (!facts) return;
    fold.open = true;
    for (const other of fold.querySelectorAll(".pw-lit")) other.classList.remove("pw-lit");
    facts.classList.add("pw-lit");
    facts.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  };

  window.plainwhy = {
    // After an answer: its question at the top of the view; the cursor back in the box where no keyboard would pop up.
    shown() {
      const question = last(document.querySelectorAll("#chat [data-testid=user]"));
      question?.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
      const lost = document.activeElement === document.body;
      if (lost && pointed.matches) box()?.focus({ preventScroll: true });
    },

    // After a case was opened: what the filter of the table is called; the form beside the conversation, once.
    opened() {
      const filter = document.querySelector("#queue input[title]");
      filter?.setAttribute("aria-label", filter.title);
      if (!unfolded && wide.matches && document.querySelector("#flags"))
        document.querySelector("#what-if button.label-wrap:not(.open)")?.click();
      unfolded = true;
    },

    // A file that was never anywhere but here.
    save(file) {
      if (!file) return;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([file.text], { type: file.type }));
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    },
  };

  document.addEventListener("click", async (event) => {
    if (event.target.closest(".pw-skip")) {
      event.preventDefault();
      box()?.focus();
    }
    const told = event.target.closest(".pw-told");
    if (told && !getSelection().toString()) known(told);
    const button = event.target.closest(".pw-copy");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.text);
    button.textContent = button.dataset.done;
  });
}
