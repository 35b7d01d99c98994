import type { Happening, HistoryEvent } from "./event";

/** Where a run tells what happens. Kept in memory; a whole run of hundreds of messages is a few megabytes. */
export class Recorder {
  private readonly happened: HistoryEvent[] = [];
  private operations = 0;

  constructor(private readonly now: () => number) {}

  get events(): readonly HistoryEvent[] {
    return this.happened;
  }

  readonly tell = (happening: Happening): void => {
    this.happened.push({ at: this.now(), ...happening });
  };

  nextOperation(): number {
    return (this.operations += 1);
  }
}
