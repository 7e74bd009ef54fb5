// An extension for the benchmark: sums up the milliseconds that callbacks of ours take in the extension host.
const Module = require("node:module");

const ours = /[\\/]dist[\\/](extension|workbench|help|commands|grants)\.js/;
let depth = 0;
globalThis.spentInOurs = 0;

function timed(callback) {
  if (typeof callback !== "function") return callback;
  return function (...all) {
    const start = performance.now();
    depth += 1;
    try {
      return callback.apply(this, all);
    } finally {
      depth -= 1;
      if (depth === 0) globalThis.spentInOurs += performance.now() - start;
    }
  };
}

/** The methods of a provider. */
function timedProvider(provider) {
  const methods = Object.entries(provider).filter(([, method]) => typeof method === "function");
  return Object.assign(
    Object.create(provider),
    Object.fromEntries(methods.map(([name, method]) => [name, timed(method.bind(provider))])),
  );
}

/** A part of VS Code's interface whose events and providers are timed. */
function timedPart(part) {
  const changed = Object.create(part);
  for (const name of Object.keys(part)) {
    if (/^on(Did|Will)[A-Z]/.test(name))
      Object.defineProperty(changed, name, { value: (listener, ...rest) => part[name](timed(listener), ...rest) });
    if (/^register.*Provider$/.test(name))
      Object.defineProperty(changed, name, {
        value: (selector, provider, ...rest) => part[name](selector, timedProvider(provider), ...rest),
      });
  }
  return changed;
}

exports.activate = () => {
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    const loaded = load.call(this, request, parent, ...rest);
    if (request !== "vscode" || !ours.test(parent?.filename ?? "")) return loaded;
    const names = ["workspace", "languages", "window"];
    const parts = names.map((name) => [name, { value: timedPart(loaded[name]) }]);
    return Object.create(loaded, Object.fromEntries(parts));
  };
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (callback, ...rest) =>
    setTimeout(ours.test(new Error().stack) ? timed(callback) : callback, ...rest);
};
