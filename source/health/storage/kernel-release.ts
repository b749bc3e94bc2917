/**
 * What `uname -r` says of a kernel: its version, and whose build it is. Distributions carry fixes of later kernels, so
 * the version alone does not tell what a kernel can do.
 */
import {parseVersion, type Version} from '../parse-version.ts';

/** `red-hat` stands for all that are built from its sources: CentOS, Oracle's compatible kernel, Scientific Linux. */
export type KernelVendor = 'red-hat' | 'ubuntu' | 'debian' | 'suse' | 'other';

export type KernelRelease = {
	/** As printed, e.g. `3.10.0-514.26.2.el7.x86_64`. */
	readonly text: string;
	readonly version: Version;
	readonly vendor: KernelVendor;
	/** The distribution's own count after the dash, e.g. `[514, 26, 2]`, `[35]`; empty where there is none. */
	readonly build: readonly number[];
	/** The release of Red Hat Enterprise Linux it is built for: 6, 7, 8, 9; null for others. */
	readonly elMajor: number | null;
};

/** `osId` is `ID` of os-release, null when not known. Null for a release that does not start with a version. */
export function parseKernelRelease(text: string, osId: string | null): KernelRelease | null {
	const version = parseVersion(text);
	if (version === null) return null;
	const elMajor = /\.el(\d{1,2})(?:[._]|$)/.exec(text)?.[1];
	const build = /^\d+\.\d+(?:\.\d+)?-(\d+(?:\.\d+)*)/.exec(text)?.[1] ?? '';
	return {
		text,
		version,
		vendor: vendorOf(text, osId, elMajor !== undefined),
		build: build === '' ? [] : build.split('.').map(Number),
		elMajor: elMajor === undefined ? null : Number(elMajor),
	};
}

/** The kernel's own name goes before the system's: what is installed may run on another's kernel. */
function vendorOf(text: string, osId: string | null, isEl: boolean): KernelVendor {
	if (isEl) return 'red-hat';
	if (/-(?:generic|lowlatency|virtual)$/.test(text)) return 'ubuntu';
	if (/-(?:amd64|arm64|armmp|686|686-pae|ppc64el|s390x)$/.test(text)) return 'debian';
	if (text.endsWith('-default')) return 'suse';
	return osId === 'ubuntu' && /^\d+\.\d+\.\d+-\d+-\w+$/.test(text) ? 'ubuntu' : 'other';
}

/** Compares the distribution's own count, number by number; what is left out counts as 0. False where there is none. */
export function isBuildBefore({build}: KernelRelease, wanted: readonly number[]): boolean {
	if (build.length === 0) return false;
	for (let index = 0; index < Math.max(build.length, wanted.length); index++) {
		const difference = (build[index] ?? 0) - (wanted[index] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return false;
}

/** A kernel of RHEL 7 or its rebuilds: 3.10.0 in name, with the fixes of later kernels by its build. */
export function isEl7(kernel: KernelRelease | null): kernel is KernelRelease {
	return kernel !== null && kernel.elMajor === 7 && kernel.version[0] === 3;
}
