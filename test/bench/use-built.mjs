// Where a side of the bench asks for `src`, it gets `dist`, the program as it is installed: what tsx makes of `src` in
// passing names every function anew each time it is made, and the product makes more of them than a bare side.
const root = new URL('../../', import.meta.url);
const src = new URL('src/', root).href;

/** https://nodejs.org/docs/latest-v20.x/api/module.html#resolvespecifier-context-nextresolve */
export function resolve(specifier, context, nextResolve) {
  const asked = specifier.startsWith('.') ? new URL(specifier, context.parentURL).href : specifier;
  return nextResolve(
    asked.startsWith(src) ? new URL(`dist/${asked.slice(src.length)}`, root).href : specifier,
    context,
  );
}
