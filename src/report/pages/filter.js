"use strict";
// Shows those items that all filters ask for, and groups that have any. A choice asks for an equal value, a text for a
// part of it. What is asked for stands in the address behind #, so that it can be linked to and survives going back.
(() => {
  const bar = document.querySelector(".filters");
  if (!bar) return;
  const controls = [...bar.querySelectorAll("[data-by]")];
  const items = [...document.querySelectorAll("[data-item]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const output = bar.querySelector("output");
  const counted = number => number.toLocaleString(document.documentElement.lang);
  const plain = text => text.toLocaleLowerCase().trim();
  const keys = items.map(item => Object.fromEntries(controls.map(c => [c.dataset.by, plain(item.dataset[c.dataset.by] || "")])));

  const apply = () => {
    const asked = controls.filter(c => plain(c.value) !== "").map(c => [c.dataset.by, plain(c.value), c.tagName === "SELECT"]);
    let shown = 0;
    items.forEach((item, at) => {
      const fits = asked.every(([by, value, whole]) => whole ? keys[at][by] === value : keys[at][by].includes(value));
      if (item.hidden === fits) item.hidden = !fits;
      shown += fits;
    });
    groups.forEach(group => { group.hidden = !group.querySelector("[data-item]:not([hidden])"); });
    output.textContent = output.dataset.shown.replace("##", counted(items.length)).replace("#", counted(shown));
    document.dispatchEvent(new CustomEvent("filtered", { detail: Object.fromEntries(asked) }));
  };
  const remember = () => {
    const asked = new URLSearchParams(controls.filter(c => c.value).map(c => [c.dataset.by, c.value]));
    history.replaceState(null, "", "#" + asked);
  };
  const recall = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (!controls.some(c => asked.has(c.dataset.by))) return;
    controls.forEach(c => { c.value = asked.get(c.dataset.by) || ""; });
  };

  bar.addEventListener("input", () => { apply(); remember(); });
  bar.querySelector("[data-reset]").addEventListener("click", () => {
    controls.forEach(c => { c.value = ""; });
    apply();
    remember();
  });
  window.addEventListener("hashchange", () => { recall(); apply(); });
  bar.hidden = false;
  recall();
  // The board's script listens as well and stands below.
  document.addEventListener("DOMContentLoaded", apply);
})();
