// As much of a browser as the components touch, and what they still hold of it.

import { mock } from "node:test";

class Style {
  setProperty() {}
}

class Element extends EventTarget {
  style = new Style();
  dataset = {};
  children = [];
  parent = null;
  classList = { add() {}, remove() {}, toggle() {} };

  append(...nodes) {
    for (const node of nodes) if (node instanceof Element) node.parent = this;
    this.children.push(...nodes);
  }

  after(node) {
    this.parent.append(node);
  }

  replaceChildren(...nodes) {
    this.children = [];
    this.append(...nodes);
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
  }

  querySelector() {
    return null;
  }

  querySelectorAll() {
    return [new Element(), new Element()];
  }

  setAttribute() {}
  removeAttribute() {}

  getContext() {
    return {};
  }

  getBoundingClientRect() {
    return { left: 0, top: 0, width: 100, height: 100, bottom: 100 };
  }
}

/** Put a browser into the global scope; return what is held: listeners, frames, observers, files. */
export function open() {
  const held = { listeners: new Set(), frames: new Set(), observers: new Set(), files: new Set() };
  const take = (set) => (one) => (set.add(one), one);
  let frames = 0;
  Object.assign(globalThis, {
    document: {
      createElement: () => new Element(),
      createElementNS: () => new Element(),
      addEventListener: (_, listener) => held.listeners.add(listener),
      removeEventListener: (_, listener) => held.listeners.delete(listener),
    },
    Image: class extends Element {
      decode = () => new Promise((done) => setImmediate(done));
    },
    ResizeObserver: class {
      observe = () => held.observers.add(this);
      disconnect = () => held.observers.delete(this);
    },
    IntersectionObserver: class {
      observe = () => held.observers.add(this);
      disconnect = () => held.observers.delete(this);
    },
    matchMedia: () => ({ matches: false }),
    requestAnimationFrame: () => take(held.frames)((frames += 1)),
    cancelAnimationFrame: (frame) => held.frames.delete(frame),
  });
  const create = URL.createObjectURL;
  mock.method(URL, "createObjectURL", (blob) => take(held.files)(create(blob)));
  mock.method(URL, "revokeObjectURL", (url) => held.files.delete(url));
  return { held, place: new Element() };
}
