/** What the device knows of the world: is there a network, is the page visible. Calls back on a change. */
export interface Surroundings {
  online(): boolean;
  visible(): boolean;
  subscribe(onChange: () => void): () => void;
}
