// The service worker at its fixed address. next.config.js bundles it from components/browser/service-worker/.

export const dynamic = "force-static";

export const GET = () =>
  new Response(process.env["PARLEY_WORKER"], {
    headers: { "content-type": "text/javascript; charset=utf-8" },
  });
