/** Finds the function, and the module in brackets, that a crash report's instruction pointer line names. */

const pointerLine =
	/^(?:RIP|EIP|IP|PC|pc)\b[^+]*?(?<name>[A-Za-z_][\w.]*)\+0x[0-9a-f]+\/0x[0-9a-f]+(?: (?<module>\[\w+\]))?/;

/**
 * `au_do_open [aufs]`; null for other lines. The module is what matters: it says whose code failed. Wording of linux
 * arch/x86/kernel/dumpstack.c and arch/arm64/kernel/process.c.
 */
export function findCulprit(text: string): string | null {
	if (!text.includes('+0x')) return null;
	const groups = pointerLine.exec(text)?.groups;
	if (groups?.name === undefined) return null;
	return groups.module === undefined ? groups.name : `${groups.name} ${groups.module}`;
}
