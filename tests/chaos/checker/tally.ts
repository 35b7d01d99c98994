import { OFFENCES_KEPT, type Finding, type Offence } from "./verdict";

/** How often one invariant was checked, and where it was broken. */
export class Tally {
  private checked = 0;
  private broken = 0;
  private readonly offences: Offence[] = [];
  /** Where the replay is. */
  event = 0;

  /** `why` is asked only where it does not hold. */
  check(holds: boolean, why: () => string): void {
    this.checked += 1;
    if (holds) return;
    this.broken += 1;
    if (this.offences.length < OFFENCES_KEPT) this.offences.push({ event: this.event, why: why() });
  }

  finding(): Finding {
    return { checked: this.checked, broken: this.broken, offences: this.offences };
  }
}
