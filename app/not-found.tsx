import { Plate } from "../components/ui/plate";
import buttons from "../components/ui/button.module.css";
import styles from "./screen.module.css";

export default function NotFound() {
  return (
    <main className={styles.screen}>
      <Plate
        icon="search"
        title="There is no such page"
        actions={
          <a href="/" className={`${buttons.button} ${buttons.primary}`}>
            To the beginning
          </a>
        }
      >
        <p>The address may have been cut off when it was copied, or the page has moved.</p>
      </Plate>
    </main>
  );
}
