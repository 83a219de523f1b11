"use strict";
// What moves: units and calls, drawn on one canvas above the map. Text is only ever drawn, never parsed.
const Markers = (() => {
  const layers = new Map(), hidden = new Set();
  const CALL = { call1: "1", call2: "2", call3: "3", call4: "4" };
  const UNIT = new Set(["car", "motorcycle", "bicycle", "foot"]);
  let chosen = null, spots = [];

  const paths = {
    call1(pen, x, y, r) { pen.beginPath(); for (let i = 0; i < 8; i++) { const a = Math.PI / 8 + (i * Math.PI) / 4; pen.lineTo(x + r * Math.cos(a), y + r * Math.sin(a)); } pen.closePath(); },
    call2(pen, x, y, r) { pen.beginPath(); pen.moveTo(x, y - r * 1.15); pen.lineTo(x + r * 1.1, y + r * 0.8); pen.lineTo(x - r * 1.1, y + r * 0.8); pen.closePath(); },
    call3(pen, x, y, r) { pen.beginPath(); pen.roundRect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, 4); },
    call4(pen, x, y, r) { pen.beginPath(); pen.arc(x, y, r * 0.92, 0, 7); },
    point(pen, x, y, r) { pen.beginPath(); pen.moveTo(x, y - r); pen.lineTo(x + r, y); pen.lineTo(x, y + r); pen.lineTo(x - r, y); pen.closePath(); },
  };
  // what a unit rides, in a box of 16
  const glyphs = {
    car: new Path2D("M-5.5 2.6v-2.4l1.5-3.2h8l1.5 3.2v2.4zM-4.2 2.6v1.6h1.9v-1.6M2.3 2.6v1.6h1.9v-1.6M-3.4-.5l.8-1.6h5.2l.8 1.6z"),
    motorcycle: new Path2D("M-6.2 2a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0M1.6 2a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0M-3.9 2l2.6-3.4h3.2l2 3.4M1.9-1.4l-.8-2h-1.6"),
    bicycle: new Path2D("M-6.4 1.8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M1.6 1.8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M-4 1.8l1.9-4h4.1l2 4M-2.1-2.2l2.1 4l2-4"),
    foot: new Path2D("M0-5.6a1.5 1.5 0 1 1-.01 0M0-2.4v3.6l-2.2 4M0 1.2l2.2 4M-2.8-.2l2.8-2l2.8 2"),
  };

  function draw(map, pen, colours) {
    spots = [];
    const size = map.getSize();
    const labels = [];
    // what stands still lies under what moves: cameras, then points, then crews and calls
    const depth = ([layer, rows]) => (layer === "points" ? 1 : rows.length && rows[0][3] === "camera" ? 2 : 0);
    [...layers].sort((a, b) => depth(b) - depth(a)).forEach(([layer, rows]) => {
      if (hidden.has(layer)) return;
      rows.forEach((row) => {
        const point = map.latLngToContainerPoint([row[1], row[2]]);
        const isChosen = chosen !== null && chosen[0] === layer && chosen[1] === row[0];
        if (point.x < -40 || point.y < -40 || point.x > size.x + 40 || point.y > size.y + 40) return;
        spots.push([point.x, point.y, layer, row[0]]);
        if (isChosen) ring(pen, point, colours);
        one(pen, point, row, colours);
        labels.push([point, row, isChosen]);
      });
    });
    label(pen, labels, map.getZoom(), colours);
  }

  function one(pen, { x, y }, [, , , kind, , tone, stale, , heading], colours) {
    const ink = stale ? colours.stale : colours["tone_" + tone] || colours.tone_unknown;
    const call = CALL[kind] !== undefined;
    const hollow = stale || tone === "underway" || tone === "out" || tone === "open";
    pen.lineWidth = 1.8;
    if (kind === "camera") { camera(pen, x, y, heading, ink, colours); return; }
    if (UNIT.has(kind) && heading !== null && !stale) arrow(pen, x, y, heading, ink, colours);
    pen.fillStyle = hollow ? colours.hollow : ink;
    pen.strokeStyle = hollow ? ink : colours.rim;
    if (call) paths[kind](pen, x, y, 11.5);
    else if (kind === "point") paths.point(pen, x, y, 7);
    else { pen.beginPath(); pen.arc(x, y, UNIT.has(kind) ? 10 : 6, 0, 7); }
    if (tone === "alarm" || tone === "emergency") glow(pen, x, y, ink);
    pen.fill();
    pen.stroke();
    const on = hollow ? ink : colours["on_" + tone] || colours.on;
    if (call) write(pen, CALL[kind], x, y + (kind === "call2" ? 2 : 0.5), `700 12px ${Names.FONT}`, on);
    else if (UNIT.has(kind)) symbol(pen, kind, x, y, on);
    else if (kind === "place") cross(pen, x, y, ink);
    else if (kind === "point" && tone === "reached") tick(pen, x, y, on);
  }

  function glow(pen, x, y, ink) {
    pen.save();
    pen.globalAlpha = 0.28;
    pen.lineWidth = 9;
    pen.strokeStyle = ink;
    pen.stroke();
    pen.restore();
  }

  function symbol(pen, kind, x, y, ink) {
    pen.save();
    pen.translate(x, y);
    pen.lineWidth = 1.25;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = ink;
    pen.stroke(glyphs[kind]);
    pen.restore();
  }

  function arrow(pen, x, y, heading, ink, colours) {
    pen.save();
    pen.translate(x, y);
    pen.rotate((heading * Math.PI) / 180);
    pen.beginPath();
    pen.moveTo(0, -20);
    pen.lineTo(6.5, -7);
    pen.lineTo(-6.5, -7);
    pen.closePath();
    pen.fillStyle = ink;
    pen.strokeStyle = colours.rim;
    pen.stroke();
    pen.fill();
    pen.restore();
  }

  // a camera: a quiet wedge over what it looks at, and its body
  function camera(pen, x, y, heading, ink, colours) {
    pen.save();
    pen.translate(x, y);
    pen.fillStyle = pen.strokeStyle = ink;
    if (heading !== null) {
      pen.rotate((heading * Math.PI) / 180);
      pen.beginPath();
      pen.moveTo(0, 0);
      pen.arc(0, 0, 26, -Math.PI / 2 - 0.5, -Math.PI / 2 + 0.5);
      pen.closePath();
      pen.globalAlpha = 0.22;
      pen.fill();
      pen.globalAlpha = 1;
    }
    pen.beginPath();
    if (heading !== null) pen.roundRect(-3.5, -7.5, 7, 12, 2);
    else pen.arc(0, 0, 5, 0, 7);
    pen.strokeStyle = colours.rim;
    pen.stroke();
    pen.fill();
    pen.restore();
  }

  function cross(pen, x, y, ink) {
    pen.beginPath();
    [[-16, 0, -9, 0], [9, 0, 16, 0], [0, -16, 0, -9], [0, 9, 0, 16]].forEach(([a, b, c, d]) => { pen.moveTo(x + a, y + b); pen.lineTo(x + c, y + d); });
    pen.strokeStyle = ink;
    pen.lineWidth = 2;
    pen.stroke();
  }

  function tick(pen, x, y, ink) {
    pen.beginPath();
    pen.moveTo(x - 2.8, y + 0.2);
    pen.lineTo(x - 0.8, y + 2.2);
    pen.lineTo(x + 2.8, y - 2);
    pen.strokeStyle = ink;
    pen.lineWidth = 1.6;
    pen.stroke();
  }

  function ring(pen, { x, y }, colours) {
    pen.beginPath();
    pen.arc(x, y, 19, 0, 7);
    pen.lineWidth = 3;
    pen.strokeStyle = colours.accent;
    pen.stroke();
    pen.globalAlpha = 0.16;
    pen.fillStyle = colours.accent;
    pen.fill();
    pen.globalAlpha = 1;
  }

  function write(pen, words, x, y, font, ink) {
    pen.font = font;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = ink;
    pen.fillText(words, x, y);
  }

  // call signs in small plates below their marker; a plate that finds no room is left out, a chosen one never
  function label(pen, labels, zoom, colours) {
    const boxes = labels.map(([{ x, y }]) => [x - 10, y - 10, x + 10, y + 10]);
    labels.sort((a, b) => Number(b[2]) - Number(a[2]) || urgency(b[1]) - urgency(a[1]));
    pen.font = `500 11px ${Names.FONT}`;
    labels.forEach(([{ x, y }, row, isChosen]) => {
      const words = Names.text(row[4]) + (row[7] ? (row[4] ? " · " : "") + Names.text(row[7]) : "");
      const from = { point: 15, camera: 17 }[row[3]] || 13; // zoom from which the label shows
      if (!words || (zoom < from && !isChosen)) return;
      const half = pen.measureText(words).width / 2 + 5;
      const spot = [[x, y + 23], [x, y - 26], [x + 16 + half, y], [x - 16 - half, y]].find(([cx, cy]) => isChosen || boxes.every(
        (b) => b[2] < cx - half || b[0] > cx + half || b[3] < cy - 8 || b[1] > cy + 8));
      if (!spot) return;
      boxes.push([spot[0] - half, spot[1] - 8, spot[0] + half, spot[1] + 8]);
      pen.beginPath();
      pen.roundRect(spot[0] - half, spot[1] - 8, half * 2, 16, 4);
      pen.fillStyle = isChosen ? colours.accent : colours.plate;
      pen.fill();
      write(pen, words, spot[0], spot[1] + 0.5, `500 11px ${Names.FONT}`, isChosen ? colours.onAccent : row[6] ? colours.stale : colours.plateText);
    });
  }

  const urgency = (row) => (row[5] === "alarm" || row[5] === "emergency" ? 3 : row[5] === "late" ? 2 : CALL[row[3]] ? 1 : row[3] === "point" ? -1 : 0);

  function hit(x, y) {
    let best = null, near = 18;
    spots.forEach((spot) => { const d = Math.hypot(spot[0] - x, spot[1] - y); if (d <= near) { near = d; best = spot; } });
    return best === null ? null : [best[2], best[3]];
  }

  return {
    draw, hit,
    take(layer, rows) { if (rows.length) layers.set(layer, rows); else layers.delete(layer); },
    show(layer, on) { if (on) hidden.delete(layer); else hidden.add(layer); },
    choose(choice) { chosen = choice; },
    spot: (layer, id) => spots.find((s) => s[2] === layer && s[3] === id) || null,
    count: () => spots.length,
    ids: () => [...layers.values()].flatMap((rows) => rows.map((row) => row[0])),
  };
})();
