import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { fontClasses } from "./fonts";
import "./tokens.css";
import "./base.css";

export const metadata: Metadata = {
  metadataBase: new URL(process.env["PARLEY_ADDRESS"] ?? "http://localhost:3000"),
  // Conversations are private, and a sign-in page in a search engine helps nobody.
  robots: { index: false, follow: false },
  title: { default: "Parley", template: "%s · Parley" },
  description: "One-to-one conversations that keep every message, on a server of your own.",
  applicationName: "Parley",
  appleWebApp: { capable: true, title: "Parley", statusBarStyle: "default" },
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#141c1a" },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" className={fontClasses}>
      <body>
        {children}
        <noscript>Parley needs JavaScript: switch it on for this page and reload it.</noscript>
      </body>
    </html>
  );
}
