/** What the device knows of the world. Calls back on a change. */
export interface Surroundings {
  /** Whether there is a network. */
  online(): boolean;
  /** Whether the page can be seen. */
  visible(): boolean;
  /** False while the browser has frozen the page or keeps it for the back button: nothing of it runs then. */
  awake(): boolean;
  subscribe(onChange: () => void): () => void;
}
