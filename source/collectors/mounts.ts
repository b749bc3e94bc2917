/** Reads `/proc/mounts` (fstab(5)): device, mount point, type and options, with octal escapes undone. */

export type Mount = {
	readonly device: string;
	readonly mountPoint: string;
	readonly type: string;
	readonly readOnly: boolean;
};

/** Mounts in the kernel's order: a later one on the same point hides the earlier. Not sanitised. */
export function parseMounts(text: string): readonly Mount[] {
	return text.split('\n').flatMap((line) => {
		const [device, mountPoint, type, options] = line.split(' ');
		if (device === undefined || mountPoint === undefined || type === undefined || options === undefined) return [];
		return [
			{
				device: unescapeOctal(device),
				mountPoint: unescapeOctal(mountPoint),
				type,
				readOnly: options.split(',').includes('ro'),
			},
		];
	});
}

/** `\040` and the like: the kernel escapes space, tab, newline, backslash and `#`. */
function unescapeOctal(text: string): string {
	return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 8)));
}
