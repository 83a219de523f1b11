"use strict";
// Names on the map, without overlap: areas, roads along their line, named places. Placed when the view
// comes to rest, in pixels of the world, so that a drag only shifts them.
const Names = (() => {
  const FONT = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif';
  const CJK = /[⺀-鿿豈-﫿]/;
  const ROAD_FROM = [11, 12, 12, 13, 14.5, 15.5, 16, 17, 17];
  const ROAD_SIZE = [13, 13, 13, 12.5, 12, 11.5, 11, 11, 11];
  let placed = [], taken = null;

  class Taken {
    constructor() { this.cells = new Map(); }
    keys(box) {
      const out = [];
      for (let x = Math.floor(box[0] / 64); x <= Math.floor(box[2] / 64); x++)
        for (let y = Math.floor(box[1] / 64); y <= Math.floor(box[3] / 64); y++) out.push(x * 65536 + y);
      return out;
    }
    free(box) {
      return this.keys(box).every((key) => (this.cells.get(key) || []).every(
        (b) => b[2] <= box[0] || b[0] >= box[2] || b[3] <= box[1] || b[1] >= box[3]));
    }
    put(box) {
      this.keys(box).forEach((key) => { if (!this.cells.has(key)) this.cells.set(key, []); this.cells.get(key).push(box); });
    }
  }

  const text = (raw) => raw.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").slice(0, 40);

  function place(map, pen) {
    placed = [];
    taken = new Taken();
    const body = Base.body;
    if (!body) return;
    const zoom = map.getZoom();
    const seen = map.getPixelBounds();
    const view = [seen.min.x, seen.min.y, seen.max.x, seen.max.y];
    if (Base.areasShown) body.areas.forEach((area) => placeArea(map, pen, area, zoom, view));
    if (!Base.roadsShown) return;
    const roads = body.ways.filter((way) => way[1] && ROAD_FROM[Base.rank(way[0])] <= zoom)
      .sort((a, b) => Base.rank(a[0]) - Base.rank(b[0]) || b[2].length - a[2].length);
    const near = new Map();
    roads.forEach((way) => placeRoad(map, pen, way, zoom, view, near));
    if (zoom >= 15) body.labels.forEach((label) => placePoint(map, pen, label, zoom, view));
  }

  function placeArea(map, pen, [, name, minutes, ring], zoom, view) {
    if (zoom < 12.5) return;
    const centre = map.project(L.latLngBounds(ring).getCenter(), zoom);
    const size = zoom >= 15 ? 15 : 13;
    pen.font = `600 ${size}px ${FONT}`;
    const words = text(name);
    const half = pen.measureText(words).width / 2 + 6;
    const box = [centre.x - half, centre.y - size, centre.x + half, centre.y + size];
    if (box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3] || !taken.free(box)) return;
    taken.put(box);
    placed.push({ kind: "zone" + minutes, font: pen.font, glyphs: [[words, centre.x, centre.y, 0]] });
  }

  function placeRoad(map, pen, [kind, name, places], zoom, view, near) {
    const rank = Base.rank(kind);
    const words = text(name);
    const line = clip(places.map((p) => map.project(p, zoom)), view);
    if (line.length < 2) return;
    pen.font = `${rank <= 3 ? 500 : 400} ${ROAD_SIZE[rank]}px ${FONT}`;
    const chinese = CJK.test(words);
    const units = [...words];
    const gap = chinese ? 3 : 0;
    const widths = units.map((unit) => pen.measureText(unit).width + gap);
    const whole = widths.reduce((a, b) => a + b, 0);
    const along = lengths(line);
    const total = along[along.length - 1];
    if (total < whole * 1.25) return;
    const count = Math.max(1, Math.min(4, Math.floor(total / 520)));
    for (let i = 0; i < count; i++) {
      const middle = (total * (i + 0.5)) / count;
      const glyphs = set(line, along, units, widths, whole, middle, chinese);
      if (!glyphs) continue;
      const at = [glyphs[0][1], glyphs[0][2]];
      if ((near.get(name) || []).some((p) => Math.hypot(p[0] - at[0], p[1] - at[1]) < 330)) continue;
      const boxes = glyphs.map(([, x, y], n) => { const r = Math.max(widths[n], ROAD_SIZE[rank]) / 2 + 1; return [x - r, y - r, x + r, y + r]; });
      if (!boxes.every((box) => taken.free(box))) continue;
      boxes.forEach((box) => taken.put(box));
      near.set(name, [...(near.get(name) || []), at]);
      placed.push({ kind: rank <= 3 ? "nameMain" : "name", font: pen.font, glyphs });
    }
  }

  // the longest run of the line inside the view; long pieces are cut small first
  function clip(line, view) {
    let best = [], run = [];
    const inside = (x, y) => x > view[0] && x < view[2] && y > view[1] && y < view[3];
    const pass = (x, y) => {
      if (inside(x, y)) run.push({ x, y });
      else { if (run.length > best.length) best = run; run = []; }
    };
    pass(line[0].x, line[0].y);
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1], b = line[i];
      const away = Math.max(a.x, b.x) < view[0] || Math.min(a.x, b.x) > view[2] || Math.max(a.y, b.y) < view[1] || Math.min(a.y, b.y) > view[3];
      const cuts = away ? 1 : Math.min(200, Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 40)));
      for (let n = 1; n <= cuts; n++) pass(a.x + ((b.x - a.x) * n) / cuts, a.y + ((b.y - a.y) * n) / cuts);
    }
    return run.length > best.length ? run : best;
  }

  function lengths(line) {
    const out = [0];
    for (let i = 1; i < line.length; i++) out.push(out[i - 1] + Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y));
    return out;
  }

  function at(line, along, distance) {
    let i = 1;
    while (i < along.length - 1 && along[i] < distance) i++;
    const part = (distance - along[i - 1]) / (along[i] - along[i - 1] || 1);
    const a = line[i - 1], b = line[i];
    return [a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part, Math.atan2(b.y - a.y, b.x - a.x)];
  }

  function set(line, along, units, widths, whole, middle, chinese) {
    const first = at(line, along, middle - whole / 2), last = at(line, along, middle + whole / 2);
    const heading = Math.atan2(last[1] - first[1], last[0] - first[0]);
    const steep = chinese && Math.abs(Math.cos(heading)) < 0.5;
    const turned = steep ? Math.sin(heading) < 0 : Math.cos(heading) < 0;
    const glyphs = [];
    let walked = middle - whole / 2;
    for (let i = 0; i < units.length; i++) {
      const n = turned ? units.length - 1 - i : i;
      const [x, y, angle] = at(line, along, walked + widths[n] / 2);
      const off = Math.abs(Math.atan2(Math.sin(angle - heading), Math.cos(angle - heading)));
      if (off > 0.6) return null;
      glyphs.push([units[n], x, y, steep ? 0 : turned ? angle + Math.PI : angle]);
      walked += widths[n];
    }
    return glyphs;
  }

  function placePoint(map, pen, [kind, name, lat, lon], zoom, view) {
    const point = map.project([lat, lon], zoom);
    if (point.x < view[0] || point.x > view[2] || point.y < view[1] || point.y > view[3]) return;
    const words = text(name);
    pen.font = `400 11px ${FONT}`;
    const wide = pen.measureText(words).width;
    const box = [point.x - 5, point.y - 8, point.x + wide + 10, point.y + 8];
    if (!taken.free(box)) return;
    taken.put(box);
    placed.push({ kind: "poi", font: pen.font, dot: [point.x, point.y], glyphs: [[words, point.x + 7 + wide / 2, point.y, 0]] });
  }

  function draw(map, pen, colours) {
    const origin = map.getPixelBounds().min;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    placed.forEach((name) => {
      pen.font = name.font;
      pen.strokeStyle = colours.halo;
      pen.lineWidth = 3;
      pen.fillStyle = colours[name.kind] || colours.name;
      if (name.dot) { pen.beginPath(); pen.arc(name.dot[0] - origin.x, name.dot[1] - origin.y, 2.4, 0, 7); pen.fill(); }
      [(...glyph) => pen.strokeText(...glyph), (...glyph) => pen.fillText(...glyph)].forEach((write) => name.glyphs.forEach(([unit, x, y, angle]) => {
        if (!angle) { write(unit, x - origin.x, y - origin.y); return; }
        pen.save();
        pen.translate(x - origin.x, y - origin.y);
        pen.rotate(angle);
        write(unit, 0, 0);
        pen.restore();
      }));
    });
  }

  return { place, draw, text, FONT, count: () => placed.length };
})();
