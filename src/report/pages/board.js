// The board's details: on a lane by pointer, click or keys.
(() => {
  const { labels, rows, kinds, words } = JSON.parse(document.getElementById("details").textContent);
  const lanes = [...document.querySelectorAll(".lane")];
  const tracks = lanes.map(lane => lane.querySelector(".track"));
  const panel = document.querySelector(".details");
  const tip = document.querySelector(".tip");
  let lane = -1;
  let chosen = null;

  const clock = minutes => [Math.floor(minutes / 60), minutes % 60].map(n => String(n).padStart(2, "0")).join(words.point);
  const number = (shape, name) => Number(shape.getAttribute(name));
  const ends = shape => [number(shape, "x"), number(shape, "x") + number(shape, "width")];
  const times = shape => ends(shape).map(clock).join("–");
  const kind = shape => kinds[shape.getAttribute("class").split(" ")[0]];
  const row = shape => shape.dataset.i === undefined ? null : rows[Number(shape.dataset.i)];
  const heading = shape => {
    const length = number(shape, "width") + " " + words.minutes;
    return row(shape) ? kind(shape) + ": " + row(shape)[0] : kind(shape) + " (" + length + ")";
  };
  // In the order of the day; the shift itself comes first.
  const shapes = at => [...tracks[at].querySelectorAll("rect:not(.edge)")]
    .sort((a, b) => b.classList.contains("shift") - a.classList.contains("shift") || ends(a)[0] - ends(b)[0]);
  const make = (name, text, ...children) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };

  // The uppermost shape under a pointer. Buttons of some browsers keep events from what is in them, so it is computed.
  const under = (at, event) => {
    const box = tracks[at].getBoundingClientRect();
    const view = tracks[at].querySelector(".shapes").viewBox.baseVal;
    const minute = view.x + (event.clientX - box.left) / box.width * view.width;
    const hit = [...tracks[at].querySelectorAll("rect:not(.edge)")].filter(s => ends(s)[0] <= minute && minute < ends(s)[1]);
    return hit.pop() || null;
  };

  const mark = shape => {
    chosen?.classList.remove("chosen");
    chosen = shape;
    chosen?.classList.add("chosen");
  };

  const entry = shape => {
    const item = make("li", "", make("b", times(shape)), " " + heading(shape));
    if (shape === chosen) {
      item.className = "chosen";
      item.setAttribute("aria-current", "true");
      const said = row(shape) ? labels.map((label, at) => [label, row(shape)[at + 1]]).filter(([, value]) => value) : [];
      item.append(make("dl", "", ...said.map(([label, value]) => make("div", "", make("dt", label), make("dd", value)))));
    }
    return item;
  };

  const open = (at, shape) => {
    lane = at;
    mark(shape);
    const close = make("button", words.close);
    close.type = "button";
    close.className = "plain";
    close.addEventListener("click", shut);
    const title = make("h2", lanes[at].querySelector(".who b").textContent + " ");
    title.append(make("span", lanes[at].querySelector(".day").textContent));
    const parts = [close, title];
    if (lanes[at].dataset.sheet) {
      const link = make("a", words.sheet);
      link.href = "run-sheets.html#" + lanes[at].dataset.sheet;
      parts.push(make("p", "", link));
    }
    parts.push(make("ol", "", ...shapes(at).map(entry)));
    panel.replaceChildren(...parts);
    panel.hidden = false;
    tip.hidden = true;
    panel.querySelector("li.chosen")?.scrollIntoView({ block: "nearest" });
  };
  const shut = () => {
    panel.hidden = true;
    mark(null);
    tracks[lane]?.focus();
  };

  // One lane at a time can be reached with the tab key, the others with the arrows.
  const reachable = at => {
    tracks.forEach((track, other) => { track.tabIndex = other === at ? 0 : -1; });
  };
  const step = (from, by) => {
    let at = from + by;
    while (lanes[at]?.hidden) at += Math.sign(by);
    return lanes[at] ? at : from;
  };
  const go = at => {
    reachable(at);
    tracks[at].focus();
    if (!panel.hidden) open(at, null);
  };
  const edge = by => {
    const order = by > 0 ? lanes : [...lanes].reverse();
    return lanes.indexOf(order.find(other => !other.hidden));
  };
  const along = (at, by) => {
    const all = shapes(at).filter(shape => shape.dataset.i !== undefined);
    const now = lane === at ? all.indexOf(chosen) : -1;
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1);
    if (all[next]) open(at, all[next]);
  };

  const keys = {
    ArrowDown: at => go(step(at, 1)), ArrowUp: at => go(step(at, -1)), Home: () => go(edge(1)), End: () => go(edge(-1)),
    ArrowRight: at => along(at, 1), ArrowLeft: at => along(at, -1),
  };
  const at = event => tracks.indexOf(event.target.closest?.(".track"));

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && !tip.hidden) tip.hidden = true;
    else if (event.key === "Escape" && !panel.hidden) shut();
    else if (at(event) >= 0 && keys[event.key] && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      keys[event.key](at(event));
    }
  });
  document.addEventListener("click", event => {
    const clicked = at(event);
    if (clicked < 0) return;
    reachable(clicked);
    // A key has no place on the lane: it opens the day as a whole.
    const shape = event.detail === 0 ? null : under(clicked, event);
    open(clicked, shape);
    if (event.detail === 0) panel.focus();
  });

  document.querySelector(".providers").addEventListener("pointermove", event => {
    const over = event.pointerType === "mouse" ? at(event) : -1;
    const shape = over < 0 ? null : under(over, event);
    tip.hidden = !shape;
    if (!shape) return;
    tip.textContent = times(shape) + "  " + heading(shape);
    const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
    tip.style.left = Math.max(left, 8) + "px";
    tip.style.top = event.clientY + 20 + "px";
  });
  document.querySelector(".providers").addEventListener("pointerleave", () => { tip.hidden = true; });

  // A carer's name stands at the first of the days shown.
  const nameFirsts = () => {
    let before = "";
    lanes.filter(other => !other.hidden).forEach(other => {
      other.classList.toggle("first", other.dataset.carer !== before);
      before = other.dataset.carer;
    });
  };

  // Whose visits are not asked for step back.
  document.addEventListener("filtered", event => {
    nameFirsts();
    const client = event.detail.client || "";
    document.querySelectorAll(".shapes rect[data-i]").forEach(shape => {
      const other = client !== "" && !row(shape)[0].toLocaleLowerCase().includes(client);
      shape.classList.toggle("other", other);
    });
    const first = edge(1);
    if (first >= 0) reachable(first);
    if (lane >= 0 && lanes[lane].hidden && !panel.hidden) { panel.hidden = true; mark(null); }
  });
})();
