/** Decides whether the facility in a raw priority may be believed. */
import type {KernelLogFormat} from './kernel-log-format.ts';
import type {LineDraft} from './line-draft.ts';

export type PriorityTrust = {
	/** The facility, null where it proves nothing, and the format as far as it is known by now. */
	judge(draft: LineDraft): {readonly facility: number | null; readonly format: KernelLogFormat};
	beginDump(): void;
};

/**
 * `dmesg -r` and `--json` of util-linux 2.38 join facility and level with "or" where they should shift, so that systemd's
 * 30 becomes 7 and a program looks like the kernel. What they print is below 24; systemd's lines, in every healthy
 * log, are above it where they are printed right.
 */
const provenFacility = 3;

export function createPriorityTrust(): PriorityTrust {
	let isProven = false;
	let isDump = false;
	return {
		judge(draft) {
			const {facility, format} = draft;
			if (format !== 'dmesg-raw' && format !== 'dmesg-json') return {facility, format};
			isProven ||= facility !== null && facility >= provenFacility;
			const isBelieved = isProven || isDump || facility !== 0;
			return {facility: isBelieved ? facility : null, format: isDump ? 'pstore' : format};
		},
		beginDump() {
			isDump = true;
		},
	};
}
