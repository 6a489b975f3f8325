/*
 * Names on the map as HTML: kabupaten over the province, kecamatan within a kabupaten, villages within a kecamatan. Names
 * that would cover each other give way, larger regions first. A name of a region is a button that goes there.
 */
const LETTER = 6.8;
const LINE = 17;
const SHIFTS = [0, -18, 18];
const BELOW = [15, -15];

export class Labels {
  constructor(map, holder, villages, { onPlace, onVillage }) {
    this.map = map;
    this.villages = villages;
    this.onPlace = onPlace;
    this.onVillage = onVillage;
    this.layer = document.createElement('div');
    this.layer.className = 'l-map-names';
    holder.append(this.layer);
    this.entries = [];
    map.on('move', () => this.place());
    map.on('resize', () => this.place());
  }

  show(place) {
    this.layer.replaceChildren();
    this.entries = this.wanted(place)
      .filter((entry) => entry.at)
      .map((entry) => ({ ...entry, element: this.element(entry) }));
    this.layer.append(...this.entries.map((entry) => entry.element));
    this.place();
  }

  wanted(place) {
    const children = this.villages.children(place);
    if (children.length) {
      return children
        .map(([code, name]) => ({ code, name: name.replace(/^Kabupaten /, ''), at: this.villages.middle(code), weight: this.villages.of(code).length }))
        .sort((a, b) => b.weight - a.weight);
    }
    return this.villages
      .of(place)
      .filter((i) => this.villages.has(i))
      .map((i) => ({ village: i, name: this.villages.names[i], at: [this.villages.lon[i], this.villages.lat[i]], weight: 1, below: true }));
  }

  element(entry) {
    const element = document.createElement('button');
    element.type = 'button';
    element.tabIndex = -1; // the keyboard uses the choice of regions and the arrow keys
    element.className = entry.below ? 'l-map-name l-map-name-small' : 'l-map-name';
    element.textContent = entry.name;
    element.addEventListener('click', () => (entry.code ? this.onPlace(entry.code) : this.onVillage(entry.village)));
    return element;
  }

  place() {
    const taken = [];
    const { clientWidth: width, clientHeight: height } = this.layer;
    const fits = (x, y, half) =>
      x > half && x < width - half && y > LINE / 2 && y < height - LINE / 2 && taken.every((t) => Math.abs(t.y - y) > LINE || Math.abs(t.x - x) > t.half + half);
    for (const entry of this.entries) {
      const at = this.map.project(entry.at);
      const half = (entry.name.length * LETTER) / 2;
      const y = (entry.below ? BELOW : SHIFTS).map((shift) => at.y + shift).find((candidate) => fits(at.x, candidate, half));
      entry.element.hidden = y === undefined;
      if (y === undefined) continue;
      taken.push({ x: at.x, y, half });
      entry.element.style.transform = `translate(-50%, -50%) translate(${at.x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }
}
