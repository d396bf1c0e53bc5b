const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2025-08-20` as "20 August 2025", `2025-08` as "August 2025"; other texts stay as they are. */
export function longDate(date: string): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(date);
  if (!match) return date;
  const [, year, month, day] = match;
  const name = months[Number(month) - 1] ?? month;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** "Aug 2025": a card's date. */
export function shortDate(date: string): string {
  const match = /^(\d{4})-(\d{2})/.exec(date);
  return match ? `${months[Number(match[2]) - 1]?.slice(0, 3)} ${match[1]}` : date;
}

/** "Aug 20": the day as the daily page prints it. */
export function pageDay(date: string): string {
  const match = /^\d{4}-(\d{2})-(\d{2})/.exec(date);
  return match ? `${months[Number(match[1]) - 1]?.slice(0, 3)} ${Number(match[2])}` : date;
}
