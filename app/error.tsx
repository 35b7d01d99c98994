"use client";

import { Button } from "../components/ui/button";
import { Plate } from "../components/ui/plate";
import styles from "./screen.module.css";

type ErrorScreenProps = { readonly error: Error; readonly reset: () => void };

export default function ErrorScreen({ error, reset }: ErrorScreenProps) {
  return (
    <main className={styles.screen}>
      <Plate
        icon="alert"
        title="Something went wrong here"
        actions={
          <>
            <Button look="primary" onClick={() => window.location.reload()}>
              Reload the page
            </Button>
            <Button onClick={reset}>Try again</Button>
          </>
        }
      >
        <p>Nothing that you wrote is lost: it is kept on this device. Reloading the page usually helps.</p>
        <details className={styles.details}>
          <summary>What it was</summary>
          <p>{error.message}</p>
        </details>
      </Plate>
    </main>
  );
}
