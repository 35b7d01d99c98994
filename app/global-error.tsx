"use client";

// Stands in for the whole page when even its frame has failed, so it brings its own looks.

export default function GlobalError() {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: "system-ui, sans-serif",
          maxWidth: "28rem",
          margin: "15vh auto",
          padding: "1rem",
        }}
      >
        <h1>Something went wrong here</h1>
        <p>Nothing that you wrote is lost: it is kept on this device. Reloading the page usually helps.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Reload the page
        </button>
      </body>
    </html>
  );
}
