import type { MetadataRoute } from "next";

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/chat",
    name: "Parley",
    short_name: "Parley",
    description: "One-to-one conversations that keep every message.",
    start_url: "/chat",
    scope: "/",
    display: "standalone",
    background_color: "#f3f6f4",
    theme_color: "#0b6a5d",
    icons: [
      { src: "/icons/parley.svg", sizes: "any", type: "image/svg+xml" },
      { src: "/icons/parley-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/parley-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/parley-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
