import type { TextPart } from "../../core/domain/split-text";
import { Button } from "../ui/button";
import { lengthLabel, type ComposedLength } from "./composed-length";
import styles from "./composer-length.module.css";

type ComposerLengthProps = {
  readonly length: ComposedLength;
  /** Undefined where the text cannot be split. */
  readonly parts: readonly TextPart[] | undefined;
  readonly onSendInParts: ((parts: readonly TextPart[]) => void) | undefined;
};

/** Under the field: the characters that are left, or too many, and a way to send a long text. */
export function ComposerLength({ length, parts, onSendInParts }: ComposerLengthProps) {
  if (length.is === "fine") return null;
  return (
    <div className={styles.line}>
      <span className={styles.count} data-over={length.is !== "near" || undefined} role="status">
        {lengthLabel(length)}
      </span>
      {parts && parts.length > 1 && onSendInParts && (
        <Button size="small" onClick={() => onSendInParts(parts)}>
          Send as {parts.length} messages
        </Button>
      )}
    </div>
  );
}
