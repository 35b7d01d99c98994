import { classes } from "./classes";
import styles from "./avatar.module.css";

type AvatarProps = {
  readonly name: string;
  /** Chooses the tone: the same seed, the same colour, on every device. */
  readonly seed: string;
  readonly size?: "small" | "regular" | "large";
  readonly dot?: boolean;
};

const TONES = 6;

/** Decoration: the name stands beside it. */
export function Avatar({ name, seed, size = "regular", dot = false }: AvatarProps) {
  return (
    <span aria-hidden="true" className={classes(styles.avatar, styles[size])} data-tone={toneOf(seed)}>
      <span className={styles.initials}>{initialsOf(name)}</span>
      {dot && <span className={styles.dot} />}
    </span>
  );
}

/** One letter of the first word and one of the last; "?" for a name without letters. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  const [first, last] = [words[0], words.length > 1 ? words[words.length - 1] : undefined];
  return `${first ?? "?"}${last ?? ""}`.toUpperCase();
}

export function toneOf(seed: string): number {
  let sum = 0;
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}
