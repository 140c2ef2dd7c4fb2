/** Whether a rule is hunted: `20` takes every 20th, `40-59` and `40-` a range of them, any other text is a part of its name. */
export function chosen(text: string, index: number, name: string): boolean {
  const [, every, from, to = Infinity] = /^(?:(\d+)|(\d+)-(\d+)?)$/.exec(text) ?? [];
  if (every !== undefined) return index % Number(every) === 0;
  if (from !== undefined) return index >= Number(from) && index <= Number(to);
  return name.includes(text);
}
