// The shortest text that can be found which still goes wrong: pieces are taken out, large ones first.

/** Each costs a socket. */
const MOST_ATTEMPTS = 300;

export async function shrink(text: string, goesWrong: (text: string) => Promise<boolean>): Promise<string> {
  let [shortest, attempts] = [text, 0];
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < shortest.length && attempts < MOST_ATTEMPTS;) {
      const shorter = shortest.slice(0, at) + shortest.slice(at + size);
      attempts += 1;
      if (shorter !== "" && (await goesWrong(shorter))) shortest = shorter;
      else at += size;
    }
  }
  return shortest;
}
