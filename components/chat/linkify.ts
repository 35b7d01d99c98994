// Finds what may safely be made a link: http, https and mailto addresses, bare www addresses and e-mail
// addresses. Everything else stays text, so no script: or data: address ever gets an href.

export type TextPart =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "link"; readonly text: string; readonly href: string };

const CANDIDATE =
  /(?:https?:\/\/|www\.)[^\s<>"]{1,2000}|(?:mailto:)?[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/giu;
const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = withoutTrailingMarks(match[0]);
    const href = safeAddress(shown);
    // An address does not begin in the middle of a word: "xhttps://" is a word.
    if (!href || /[\p{L}\p{N}_]$/u.test(text.slice(done, match.index))) continue;
    if (match.index > done) parts.push({ is: "text", text: text.slice(done, match.index) });
    parts.push({ is: "link", text: shown, href });
    done = match.index + shown.length;
  }
  if (done < text.length) parts.push({ is: "text", text: text.slice(done) });
  return parts;
}

function safeAddress(shown: string): string | undefined {
  const isWeb = /^https?:\/\//i.test(shown);
  const isMail = !isWeb && shown.includes("@") && !/^www\./i.test(shown);
  const address = isWeb ? shown : isMail ? `mailto:${shown.replace(/^mailto:/i, "")}` : `https://${shown}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, href, hostname } = new URL(address);
  const hasPlace = isMail || (hostname !== "" && !hostname.endsWith("."));
  return SAFE_PROTOCOLS.has(protocol) && hasPlace ? href : undefined;
}

/** "(see https://example.org/a_(b))." links to https://example.org/a_(b): the sentence keeps its own marks. */
function withoutTrailingMarks(candidate: string): string {
  let end = candidate.length;
  while (end > 0) {
    const last = candidate[end - 1] ?? "";
    const opening = OPENING[last];
    const isUnopened = opening !== undefined && count(candidate, last, end) > count(candidate, opening, end);
    if (!isUnopened && !".,:;!?'*_~…»”’".includes(last)) break;
    end--;
  }
  return candidate.slice(0, end);
}

const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
const count = (text: string, mark: string, end: number): number => text.slice(0, end).split(mark).length - 1;
