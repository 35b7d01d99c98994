import { classes } from "../components/ui/classes";
import buttons from "../components/ui/button.module.css";
import { StartButton } from "../components/auth/start-button";
import { Logo } from "../components/ui/logo";
import { Scene } from "./scene";
import styles from "./welcome.module.css";

export default function WelcomePage() {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Logo size={34} />
        <span className={styles.brand}>Parley</span>
        <a href="/sign-in" className={classes(buttons.button, buttons.quiet)}>
          Sign in
        </a>
      </header>
      <main className={styles.main}>
        <div className={styles.hero}>
          <div className={styles.words}>
            <h1 className={styles.title}>Say it once. It arrives.</h1>
            <p className={styles.lead}>
              Parley is one-to-one conversation on a server of your own. Messages keep their order, none is
              lost and none comes twice, on good networks and on bad ones.
            </p>
            <StartButton />
          </div>
          <Scene />
        </div>
        <ul className={styles.facts}>
          <li>
            <h2>Opens where you stopped</h2>
            <p>Your conversations are on your device, so they are there before the network is.</p>
          </li>
          <li>
            <h2>Honest about the line</h2>
            <p>Waiting, sent, delivered, read. What you write offline goes out when you are back.</p>
          </li>
          <li>
            <h2>Found by handle, not by search</h2>
            <p>There is no directory. Only people who know your handle can write to you.</p>
          </li>
        </ul>
      </main>
    </div>
  );
}
