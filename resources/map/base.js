"use strict";
// What stands still: ground, water, green, buildings, roads by class, patrol areas with their cells.
const Base = (() => {
  const MICRO = 1e6;
  const SHAPES = ["farm", "residential", "commercial", "industrial", "public", "green", "park", "water", "paved"];
  // class → rank; width in pixels at zoom 16; drawn from this zoom
  const ROADS = {
    motorway: [0, 9, 0], trunk: [1, 8.5, 0], primary: [2, 8, 0], secondary: [3, 7, 0], tertiary: [4, 6, 12],
    unclassified: [5, 4.5, 13], residential: [5, 4.5, 13], living_street: [6, 4, 14], service: [7, 2.6, 15],
    pedestrian: [6, 3.5, 14], track: [8, 1.6, 15], cycleway: [8, 1.4, 15], footway: [8, 1.2, 16], path: [8, 1.2, 16], steps: [8, 1.2, 16],
  };
  const plain = (kind) => (kind.endsWith("_link") ? kind.slice(0, -5) : kind);
  const road = (kind) => ROADS[plain(kind)] || ROADS.service;
  let map, renderer, below, between, ground, houses, areas, zones, colours, body = null, settled = false;
  let zoneList = [], showAreas = true, showRoads = true;

  const line = (flat) => {
    const out = new Array(flat.length / 2);
    for (let i = 0; i < out.length; i++) out[i] = [flat[2 * i] / MICRO, flat[2 * i + 1] / MICRO];
    return out;
  };

  const scaled = (width, zoom) => Math.max(width * Math.pow(1.42, zoom - 16), width > 4 ? 1.3 : 0.7);

  function start(on, tokens) {
    map = on;
    colours = tokens;
    // three canvases: shapes, then houses, then roads; so houses may come after the roads and lie below
    map.createPane("shapes").style.zIndex = 350;
    map.createPane("houses").style.zIndex = 360;
    below = L.canvas({ padding: 0.4, pane: "shapes" });
    between = L.canvas({ padding: 0.4, pane: "houses" });
    renderer = L.canvas({ padding: 0.4 });
    houses = L.layerGroup().addTo(map);
    ground = L.layerGroup().addTo(map);
    areas = L.layerGroup().addTo(map);
    zones = L.layerGroup().addTo(map);
    map.on("zoomend", restyle);
  }

  function take(geometry) {
    body = geometry;
    body.ways.forEach((way) => { way[2] = line(way[2]); });
    body.shapes.forEach((shape) => { shape[1] = line(shape[1]); });
    body.areas.forEach((area) => { area[3] = line(area[3]); area[4] = area[4].map(line); });
    redraw();
  }

  function grouped(rows) {
    const by = new Map();
    rows.forEach((row) => {
      const key = plain(row[0]);
      if (!by.has(key)) by.set(key, []);
      by.get(key).push(row[row.length - 1]);
    });
    return by;
  }

  function drawGround() {
    ground.clearLayers();
    if (!body || !showRoads) return;
    const shapes = grouped(body.shapes);
    SHAPES.filter((kind) => shapes.has(kind)).forEach((kind) => {
      L.polygon(shapes.get(kind).map((ring) => [ring]), { renderer: below, interactive: false, stroke: false,
        fillColor: colours[kind] || colours.residential, fillOpacity: 1, fillRule: "nonzero", smoothFactor: 0.6 }).addTo(ground);
    });
    [["river", 3], ["stream", 1.2]].filter(([kind]) => shapes.has(kind)).forEach(([kind, weight]) => {
      L.polyline(shapes.get(kind), { renderer: below, interactive: false, color: colours.water, weight, smoothFactor: 0.6 }).addTo(ground);
    });
    const roads = [...grouped(body.ways)].sort((a, b) => road(b[0])[0] - road(a[0])[0]);
    const both = [["edge", (rank) => rank < 8], ["fill", () => true]];
    both.forEach(([part, wanted]) => roads.filter(([kind]) => wanted(road(kind)[0])).forEach(([kind, lines]) => {
      const drawn = L.polyline(lines, { renderer, interactive: false, lineCap: "round", lineJoin: "round", smoothFactor: 0.6 });
      drawn.part = part;
      drawn.kind = kind;
      style(drawn);
      drawn.addTo(ground);
    }));
  }

  // thousands of small rings that nobody needs in the first second
  function drawHouses() {
    houses.clearLayers();
    if (!body || !showRoads || !settled) return;
    const rings = body.shapes.filter(([kind]) => plain(kind) === "building").map((shape) => [shape[1]]);
    if (rings.length === 0) return;
    L.polygon(rings, { renderer: between, interactive: false, weight: 0.7, color: colours.buildingEdge,
      fillColor: colours.building || colours.residential, fillOpacity: 1, fillRule: "nonzero", smoothFactor: 0.6 }).addTo(houses);
  }

  function style(drawn) {
    const [rank, width, from] = road(drawn.kind);
    const zoom = map.getZoom() ?? 14;
    const inner = scaled(width, zoom);
    const fill = rank <= 1 ? colours.roadFast : rank <= 3 ? colours.roadMain : rank === 8 ? colours.path : colours.road;
    drawn.setStyle({
      color: drawn.part === "edge" ? (rank <= 3 ? colours.roadMainEdge : colours.roadEdge) : fill,
      weight: drawn.part === "edge" ? inner + (inner > 2.5 ? 1.8 : 1) : inner,
      opacity: zoom < from ? 0 : 1,
      dashArray: rank === 8 ? "3 3.5" : null,
    });
  }

  function restyle() {
    ground.eachLayer((drawn) => { if (drawn.part) style(drawn); });
  }

  function drawAreas() {
    areas.clearLayers();
    if (!body || !showAreas) return;
    body.areas.forEach(([, , minutes, ring, cells]) => {
      const tone = colours["zone" + minutes] || colours.zone5;
      L.polyline(cells.map((cell) => cell.concat(cell.slice(0, 1))), { renderer, interactive: false, color: tone, weight: 0.8, opacity: 0.4, dashArray: "1 4" }).addTo(areas);
      L.polygon(ring, { renderer, interactive: false, color: tone, weight: 3.5, opacity: 0.34,
        fillColor: tone, fillOpacity: minutes <= 1 ? 0.09 : minutes <= 3 ? 0.06 : 0.03, smoothFactor: 0.6 }).addTo(areas);
    });
  }

  function drawZones() {
    zones.clearLayers();
    [...zoneList].sort((a, b) => b[0] - a[0]).forEach(([, rings], index) => {
      L.polygon(rings.map((ring) => [line(ring)]), { renderer, interactive: false, color: colours.reach, weight: 1.6, opacity: 0.75,
        fillColor: colours.reach, fillOpacity: 0.04 + 0.02 * index, fillRule: "nonzero", smoothFactor: 0.25 }).addTo(zones);
    });
  }

  function redraw() { drawGround(); drawHouses(); drawAreas(); drawZones(); }

  return {
    start, take, line, rank: (kind) => road(kind)[0],
    colour(tokens) { colours = tokens; redraw(); },
    zones(list) { zoneList = list; drawZones(); },
    show(layer, on) {
      if (layer === "roads") { showRoads = on; redraw(); }
      if (layer === "areas") { showAreas = on; drawAreas(); drawZones(); }
    },
    settle() { if (!settled) { settled = true; drawHouses(); } },
    drawn: () => ({ ground: ground.getLayers().length + houses.getLayers().length, areas: areas.getLayers().length, zones: zones.getLayers().length }),
    get body() { return body; },
    get areasShown() { return showAreas; },
    get roadsShown() { return showRoads; },
  };
})();
