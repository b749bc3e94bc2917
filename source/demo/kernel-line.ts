/** Lines of a kernel log as `/dev/kmsg` prints them: `priority,sequence,microseconds,flags;message`. */

/** Syslog facilities: the kernel's own lines, and those programs write, which the kernel never lets be 0. */
export const facilities = {kern: 0, user: 1, daemon: 3} as const;

export type KernelLine = {
	readonly facility: keyof typeof facilities;
	/** 0 (emergency) to 7 (debug). */
	readonly level: number;
	/** Seconds after the line before it. */
	readonly delaySeconds: number;
	readonly text: string;
};

export function kernelLine(level: number, text: string, delaySeconds = 0.00002): KernelLine {
	return {facility: 'kern', level, delaySeconds, text};
}

/** Format and escaping: Documentation/ABI/testing/dev-kmsg; all but printable ASCII is written as `\xNN`. */
export function formatKmsgRecord(line: KernelLine, sequence: number, secondsSinceBoot: number): string {
	const priority = facilities[line.facility] * 8 + line.level;
	return `${priority},${sequence},${Math.round(secondsSinceBoot * 1e6)},-;${escapeMessage(line.text)}\n`;
}

function escapeMessage(text: string): string {
	if (/^[\u0020-\u005B\u005D-\u007E]*$/.test(text)) return text;
	let escaped = '';
	for (const byte of Buffer.from(text)) {
		escaped +=
			byte < 32 || byte > 126 || byte === 92 ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte);
	}
	return escaped;
}
