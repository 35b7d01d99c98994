"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";
import { Logo } from "../ui/logo";
import { Spinner } from "../ui/spinner";
import styles from "./sign-in-screen.module.css";

const SignInForm = dynamic(() => import("./sign-in-form"), { ssr: false, loading: () => <Waiting /> });

export function SignInScreen() {
  return (
    <main className={styles.screen}>
      <a href="/" className={styles.brand}>
        <Logo size={36} />
        Parley
      </a>
      <div className={styles.card}>
        <h1 className={styles.title}>Welcome</h1>
        <Suspense fallback={<Waiting />}>
          <Form />
        </Suspense>
      </div>
    </main>
  );
}

function Form() {
  const asked = useSearchParams();
  return <SignInForm asked={asked.get("next")} signUp={asked.has("new")} />;
}

/** As high as the form that is coming. */
const Waiting = () => (
  <div className={styles.waiting}>
    <Spinner label="One moment" />
  </div>
);
