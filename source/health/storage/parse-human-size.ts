/** Sizes as Docker prints them in its driver status. */

const unitBytes: Readonly<Record<string, number>> = {
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	tb: 1e12,
	pb: 1e15,
	eb: 1e18,
	kib: 2 ** 10,
	mib: 2 ** 20,
	gib: 2 ** 30,
	tib: 2 ** 40,
	pib: 2 ** 50,
};

/** Bytes of `102.1 GB` or `102.1GB`, as `HumanSize` of docker/go-units prints it (decimal units); null for anything else. */
export function parseHumanSize(text: string | null): number | null {
	const found = /^(\d{1,20}(?:\.\d{1,20})?) ?([kmgtpe]?i?b)$/i.exec(text?.trim() ?? '');
	const unit = unitBytes[found?.[2]?.toLowerCase() ?? ''];
	return found === null || unit === undefined ? null : Number(found[1]) * unit;
}

/** Bytes of a plain number, as the zfs driver prints its spaces; null for anything else. */
export function parseByteCount(text: string | null): number | null {
	const trimmed = text?.trim() ?? '';
	return /^\d{1,20}$/.test(trimmed) ? Number(trimmed) : null;
}
