/** The version in package.json, put in by the build. */
declare const __APP_VERSION__: string;

/** Address of a WebAssembly module that the build puts beside the page's code. */
declare module '*.wasm?url' {
  const address: string;
  export default address;
}
