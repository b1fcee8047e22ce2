import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What the finished page may do. Development injects styles and scripts of its own, so it is without it. */
const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
  "worker-src 'self'", "form-action 'none'", "base-uri 'none'",
].join("; ");

function policy(): Plugin {
  return {
    name: "policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
    ],
  };
}

/** Writes the service worker with the list of all files of the page, so that it works without a network. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      // The full engine is for rule sets that were not checked before, and this page loads none.
      const needed = Object.keys(bundle).filter((name) => !/full_bg[^/]*\.wasm$/.test(name)).sort();
      const files = ["./", "./icon.svg", ...needed.map((name) => `./${name}`)];
      const worker = readFileSync(new URL("./src/worker.js", import.meta.url), "utf8");
      const content = createHash("sha256").update(worker);
      for (const file of Object.values(bundle)) content.update(file.type === "chunk" ? file.code : file.source);
      const lists = `const VERSION = "${content.digest("hex").slice(0, 16)}";\nconst FILES = ${JSON.stringify(files)};\n`;
      this.emitFile({ type: "asset", fileName: "worker.js", source: lists + worker });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [policy(), offline()],
  // The package finds its engine beside its own files, where bundling ahead would not leave it.
  optimizeDeps: { exclude: ["rollbook"] },
  server: { fs: { allow: [".", "../../target/npm/package"] } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["index.html", "react.html"] },
  },
});
