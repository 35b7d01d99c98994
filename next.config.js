// The app is built for one backend: amplify_outputs.json says which. Tests build for another, elsewhere.

import { existsSync, readFileSync } from "node:fs";

const OUTPUTS = new URL(process.env.PARLEY_OUTPUTS_FILE ?? "amplify_outputs.json", import.meta.url);

const hasOutputs = existsSync(OUTPUTS);
// Other tools load this file too, and some of them before there is a backend.
const outputs = hasOutputs ? JSON.parse(readFileSync(OUTPUTS, "utf8")) : {};

function missingBackend() {
  const problem = new Error(
    "Parley does not know its backend, because amplify_outputs.json is missing: " +
      "run `npm start` for a backend on this machine, or `npx ampx sandbox` for one in your AWS account.",
  );
  // Next prints the stack, and a person needs the sentence.
  problem.stack = problem.message;
  return problem;
}

/** Where pages say that they are: a branch's own address, a domain that was attached to it, or this machine. */
function addressOfApp({ PARLEY_ORIGINS = "", AWS_BRANCH, AWS_APP_ID, PARLEY_APP_PORT = "3000" }) {
  const domain = PARLEY_ORIGINS.split(",").find((origin) => /^https:\/\/[^*\s/]+$/.test(origin.trim()));
  if (domain) return domain.trim();
  if (!AWS_BRANCH || !AWS_APP_ID) return `http://localhost:${PARLEY_APP_PORT}`;
  return `https://${AWS_BRANCH.replaceAll("/", "-")}.${AWS_APP_ID}.amplifyapp.com`;
}

/** Only the local cloud names an endpoint of its own for the user pool. */
const localPool = outputs.custom?.userPoolEndpoint;
const isDevelopment = process.env.NODE_ENV === "development";

const originOf = (address) => new URL(address).origin;
const userPoolOrigin = localPool
  ? originOf(localPool)
  : `https://cognito-idp.${outputs.auth?.aws_region}.amazonaws.com`;
const socketOrigin = outputs.custom?.chat?.socketUrl ? originOf(outputs.custom.chat.socketUrl) : "";

// Next writes small scripts into its pages, and only a server that renders every page anew could sign them:
// hence 'unsafe-inline'. Everything else is shut, above all where the page may send anything to.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src 'self' ${userPoolOrigin} ${socketOrigin}`.trim(),
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  // Also on this machine: the demo's proxy takes it out for its own two frames.
  "frame-ancestors 'none'",
  "worker-src 'self'",
].join("; ");

// Tabs of two builds do not talk to each other. In the environment, so that all workers of one build agree.
const buildName = (process.env.PARLEY_BUILD_NAME ??= process.env.AWS_COMMIT_ID ?? Date.now().toString(36));

/** A deployment may switch the service worker off, and `next dev` has none: decision 71. */
const hasWorker = !isDevelopment && process.env.PARLEY_OFFLINE !== "off";

/** The service worker as one script, which app/sw.js/route.ts serves. */
async function bundleWorker() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [`components/browser/service-worker/${hasWorker ? "worker" : "removal-worker"}.ts`],
    absWorkingDir: import.meta.dirname,
    define: { "process.env.PARLEY_BUILD_NAME": JSON.stringify(buildName) },
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
  });
  return outputFiles[0].text;
}

const headers = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Parley-Build", value: buildName },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
  // A deployment is https only; on this machine http is all there is.
  ...(localPool ? [] : [{ key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" }]),
];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  distDir: process.env.PARLEY_BUILD ?? ".next",
  // `npm start` leaves the types to `npm run check`: a third of a build, before which nobody sees anything.
  typescript: { ignoreBuildErrors: process.env.PARLEY_SKIP_TYPES === "on" },
  poweredByHeader: false,
  // The demo's seats reach the development server through http://ada.parley.localhost:3001.
  allowedDevOrigins: ["localhost", "*.localhost"],
  devIndicators: false,
  // Next would shrink pictures with a library that is compiled for one kind of machine; we show them as they are.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "next-server": ["**/node_modules/sharp/**", "**/node_modules/@img/**"] },
  env: {
    PARLEY_BUILD_NAME: buildName,
    PARLEY_OFFLINE: hasWorker ? "on" : "off",
    PARLEY_ADDRESS: addressOfApp(process.env),
    PARLEY_OUTPUTS: JSON.stringify({
      auth: outputs.auth,
      custom: { chat: outputs.custom?.chat, userPoolEndpoint: localPool },
    }),
  },
  headers: async () => [
    { source: "/:path*", headers },
    { source: "/sw.js", headers: [{ key: "Cache-Control", value: "no-cache" }] },
  ],
  // One prerendered page serves every conversation, and the client reads the handle from the address: no decoder of
  // Next sees a malformed one (decision 70). The part has no name: Next would add a named part to the query.
  rewrites: async () => [{ source: "/chat/([^/]+)", destination: "/chat" }],
};

/** A server that only starts has the worker in its build, and need not have esbuild. */
export default async function configOfApp(phase) {
  if (!hasOutputs) throw missingBackend();
  if (phase === "phase-production-server") return config;
  return { ...config, env: { ...config.env, PARLEY_WORKER: await bundleWorker() } };
}
