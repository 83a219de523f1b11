"use strict";
// The page: one map, one canvas above it, one channel. Everything it is told comes through gridmap.take().
const gridmap = (() => {
  const byId = (id) => document.getElementById(id);
  const over = byId("over");
  const pen = over.getContext("2d");
  let up = null, colours = {}, picking = false, waiting = false, named = false, fitted = null, placed = null, held = {};
  const map = L.map("map", { renderer: L.canvas(), preferCanvas: true, zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false,
    inertia: false, zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120,
    minZoom: 3, maxZoom: 19, boxZoom: false, doubleClickZoom: false, keyboardPanDelta: 120 });
  const zoomer = L.control.zoom({ position: "bottomright", zoomInTitle: "", zoomOutTitle: "" }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false, maxWidth: 90 }).addTo(map);
  Base.start(map, colours);

  function size() {
    const dots = window.devicePixelRatio || 1;
    over.width = Math.round(innerWidth * dots);
    over.height = Math.round(innerHeight * dots);
    over.style.width = innerWidth + "px";
    over.style.height = innerHeight + "px";
    map.invalidateSize({ animate: false });
    placed = null;
    place();
    rest();
  }

  function paint() {
    waiting = false;
    if (map.getZoom() === undefined) return;
    const dots = window.devicePixelRatio || 1;
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    pen.clearRect(0, 0, innerWidth, innerHeight);
    if (!named) { Names.place(map, pen); named = true; }
    Names.draw(map, pen, colours);
    Markers.draw(map, pen, colours);
  }

  function ask() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(paint);
  }

  function rest() { named = false; ask(); }

  function fit(box, most) {
    fitted = [box, most]; // again when the window changes, until the map is moved
    requestAnimationFrame(place); // once, and to the size that the map has when it is seen
  }

  function place() {
    if (!fitted || fitted === placed) return;
    const [box, most] = placed = fitted;
    map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { padding: [48, 48], maxZoom: most, animate: false });
  }

  const gesture = () => { fitted = null; if (up) up.gesture(); };

  function told() {
    const centre = map.getCenter();
    if (up) up.viewed(centre.lat, centre.lng, map.getZoom());
  }

  map.on("move", ask);
  map.on("zoomend moveend", rest);
  map.on("moveend", told);
  map.on("dragstart", gesture);
  map.getContainer().addEventListener("wheel", gesture, { passive: true });
  map.getContainer().addEventListener("keydown", (press) => {
    if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "+", "-", "="].includes(press.key)) gesture();
  });
  zoomer.getContainer().addEventListener("click", gesture);
  document.addEventListener("keydown", (press) => { if (press.key === "Escape" && picking && up) up.pick_ended(); });
  document.addEventListener("contextmenu", (press) => press.preventDefault());
  document.addEventListener("dragover", (press) => press.preventDefault());
  document.addEventListener("drop", (press) => press.preventDefault());
  window.addEventListener("resize", size);

  map.on("click", (click) => {
    if (!up) return;
    if (picking) { up.picked_at(click.latlng.lat, click.latlng.lng); return; }
    const found = Markers.hit(click.containerPoint.x, click.containerPoint.y);
    if (found) up.marker_pressed(found[0], found[1]);
  });
  map.on("mousemove", (move) => {
    const over = !picking && Markers.hit(move.containerPoint.x, move.containerPoint.y);
    map.getContainer().style.cursor = picking ? "crosshair" : over ? "pointer" : "";
  });

  const note = (id, words) => { const box = byId(id); box.textContent = words || ""; box.hidden = !words; };

  function legend(rows) {
    const box = byId("legend");
    box.replaceChildren(...rows.map(([zone, words]) => {
      const item = document.createElement("span"), swatch = document.createElement("i");
      swatch.style.borderColor = colours[zone];
      swatch.style.background = colours[zone] + "33";
      item.append(swatch, words);
      return item;
    }));
    box.hidden = rows.length === 0;
  }

  // the drawing of this version is held; it may be asked for ahead of being shown
  function hold(version) {
    if (held.version !== version) {
      held = { version, taken: fetch("post://map/geometry.json?" + version).then((answer) => answer.json()).then((body) => {
        if (held.version === version) Base.take(body);
      }) };
    }
    return held.taken;
  }

  async function roads(version) {
    await hold(version);
    rest();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (up) up.roads_drawn(version);
      setTimeout(Base.settle, 150);
    }));
  }

  const ORDERS = {
    theme(tokens) {
      if (JSON.stringify(tokens) === JSON.stringify(colours)) return;
      colours = tokens;
      Object.entries(tokens).forEach(([name, value]) => document.documentElement.style.setProperty("--" + name, value));
      Base.colour(colours);
      rest();
    },
    layer(name, rows) { Markers.take(name, rows); ask(); },
    visible(name, on) { Base.show(name, on); Markers.show(name, on); rest(); },
    chosen(choice) { Markers.choose(choice); ask(); },
    zones(list) { Base.zones(list); },
    view(lat, lon, zoom) { fitted = null; map.setView([lat, lon], zoom, { animate: false }); },
    fit,
    lock(words) { note("lock", words); },
    pick(words) { picking = Boolean(words); map.getContainer().classList.toggle("pick", picking); map.getContainer().style.cursor = picking ? "crosshair" : ""; note("hint", words); if (picking) map.getContainer().focus({ preventScroll: true }); },
    state(title, words) { const box = byId("state"); box.children[0].textContent = title; box.children[1].textContent = words; box.hidden = !title; },
    legend(rows) { legend(rows); },
    credit(words) { byId("credit").textContent = words; },
    ahead(version, tokens) { ORDERS.theme(tokens); hold(version); },
    roads(version) { roads(version); },
  };

  size();
  new QWebChannel(qt.webChannelTransport, (channel) => { up = channel.objects.up; up.ready(); });
  return {
    take(orders) { orders.forEach(([name, ...rest]) => ORDERS[name](...rest)); },
    // for tests and measurements: what stands where, and how much of it
    spot: (layer, id) => Markers.spot(layer, id),
    counts: () => [Names.count(), Markers.count()],
    paint, place: () => Names.place(map, pen),
    ids: () => Markers.ids(),
    drawn: () => Base.drawn(),
    view: () => [map.getCenter().lat, map.getCenter().lng, map.getZoom()],
  };
})();
