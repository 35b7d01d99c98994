// Instants as people say them, in the time zone of the device. The screens speak English, so the dates do too:
// the person's own English where they have one.

import { dayOf } from "./timeline-rows";

const DAY_MS = 86_400_000;
const languages = typeof navigator === "undefined" ? [] : (navigator.languages ?? []);
const LANGUAGE = languages.find((language) => /^en\b/i.test(language)) ?? "en";
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LANGUAGE, options);

const clock = format({ hour: "numeric", minute: "2-digit" });
const weekday = format({ weekday: "long" });
const shortWeekday = format({ weekday: "short" });
const dayAndMonth = format({ weekday: "long", day: "numeric", month: "long" });
const fullDay = format({ day: "numeric", month: "long", year: "numeric" });
const shortDay = format({ day: "numeric", month: "short" });
const shortFullDay = format({ day: "numeric", month: "numeric", year: "2-digit" });
const whole = format({ dateStyle: "full", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

export const timeOf = (at: number): string => clock.format(at);
export const fullTimeOf = (at: number): string => whole.format(at);

/** Above the first message of a day: "Today", "Yesterday", "Tuesday", "Tuesday 3 March", "3 March 2024". */
export function dayName(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) return capitalised(relative.format(-days, "day"));
  if (days > 1 && days < 7) return weekday.format(at);
  return isSameYear(at, now) ? dayAndMonth.format(at) : fullDay.format(at);
}

/** In the list, short: "10:32", "Yesterday", "Tue", "3 Mar", "3/3/24". */
export function shortTimeOf(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clock.format(at);
  if (days === 1) return capitalised(relative.format(-1, "day"));
  if (days < 7) return shortWeekday.format(at);
  return isSameYear(at, now) ? shortDay.format(at) : shortFullDay.format(at);
}

/** "just now", "5 minutes ago", "today at 10:32", "yesterday at 10:32", "on 3 March". */
export function lastSeen(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return relative.format(-minutes, "minute");
  const days = daysBetween(at, now);
  if (days <= 1) return `${relative.format(-days, "day")} at ${clock.format(at)}`;
  return `on ${(isSameYear(at, now) ? dayAndMonth : fullDay).format(at)}`;
}

/** Rounded: a day on which the clocks change has 23 or 25 hours. */
const daysBetween = (at: number, now: number): number => Math.round((dayOf(now) - dayOf(at)) / DAY_MS);
const isSameYear = (at: number, now: number) => new Date(at).getFullYear() === new Date(now).getFullYear();
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
