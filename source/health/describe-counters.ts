/** Puts what the kernel counted into words; Documentation/admin-guide/tainted-kernels.rst names the bits. */
import type {KernelCounters} from '../model/kernel-counters.ts';
import {formatPlural} from '../support/format.ts';

/** Bits that tell of trouble, as the kernel sets them for the rest of the boot. */
export const taintBits = {badPage: 5, oops: 7, warning: 9, machineCheck: 4, softLockup: 14} as const;

const taintWords: Readonly<Record<keyof typeof taintBits, string>> = {
	badPage: 'damaged memory pages (B)',
	oops: 'an oops (D)',
	warning: 'a kernel warning (W)',
	machineCheck: 'a machine check (M)',
	softLockup: 'a processor stuck in the kernel (L)',
};

export function isTainted({taint}: KernelCounters, bit: keyof typeof taintBits): boolean {
	return taint !== null && Math.floor(taint / 2 ** taintBits[bit]) % 2 === 1;
}

/** What they raise, a few words each, worst first; empty when none of them is raised. */
export function nameRaised(counters: KernelCounters): readonly string[] {
	const {oopsCount, oomKills, ext4Errors, memoryErrors, degradedArrays, warnCount} = counters;
	const stuck = counters.blockedTasks.filter(({readings}) => readings > 1);
	return [
		(oopsCount ?? 0) > 0
			? formatPlural(oopsCount ?? 0, 'oops').replace(/oopss$/, 'oopses')
			: isTainted(counters, 'oops')
				? 'an oops'
				: null,
		isTainted(counters, 'badPage') ? 'damaged memory pages' : null,
		isTainted(counters, 'softLockup') ? 'a stuck processor' : null,
		isTainted(counters, 'machineCheck') ? 'a machine check' : null,
		(oomKills ?? 0) > 0 ? `${oomKills ?? 0} killed for memory` : null,
		ext4Errors.length > 0 ? `ext4 errors on ${ext4Errors.map(({device}) => device).join(', ')}` : null,
		memoryErrors.length > 0 ? 'memory errors' : null,
		degradedArrays.length > 0 ? `${degradedArrays.join(', ')} degraded` : null,
		stuck.length > 0 ? `${stuck.map(({command}) => command).join(', ')} stuck` : null,
		(warnCount ?? 0) > 0 || isTainted(counters, 'warning') ? 'kernel warnings' : null,
	].filter((words) => words !== null);
}

/** Each counter on a line, as the kernel names it, also those that stand at nought: what is not there is not counted. */
export function listCounters(counters: KernelCounters): readonly string[] {
	const {taint, oopsCount, warnCount, oomKills, ext4Errors, memoryErrors, degradedArrays} = counters;
	const bits = (Object.keys(taintBits) as (keyof typeof taintBits)[]).filter((bit) => isTainted(counters, bit));
	const line = (name: string, value: number | null): string => `${name}: ${value ?? 'not counted by this kernel'}`;
	return [
		`${line('tainted', taint)}${bits.length > 0 ? `, ${bits.map((bit) => taintWords[bit]).join(', ')}` : ''}`,
		line('oops_count', oopsCount),
		line('warn_count', warnCount),
		line('oom_kill', oomKills),
		`ext4 file systems with errors: ${ext4Errors.length}`,
		`memory controllers with errors: ${memoryErrors.length}`,
		`degraded arrays: ${degradedArrays.length}`,
	];
}
