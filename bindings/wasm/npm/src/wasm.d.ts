// A worker's build imports the engine as a compiled module.
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
