/** Tells an operating system that is delivered read-only from a file system that went read-only. */
import type {Filesystem} from '../model/readings.ts';

/** Types that are never written to, always 100 % full, or that image-based systems compose their root from. */
const imageTypes: ReadonlySet<string> = new Set([
	'squashfs',
	'erofs',
	'iso9660',
	'cramfs',
	'romfs',
	'udf',
	'composefs',
]);

/** `ID` of os-release for systems whose root is part of the image. */
const imageBasedSystems: ReadonlySet<string> = new Set([
	'bottlerocket',
	'coreos',
	'cos',
	'flatcar',
	'kairos',
	'rancheros',
	'talos',
	'ubuntu-core',
]);

/**
 * True for image file systems, for a read-only overlay as root, and for the root of an image-based system. Fedora and
 * RHEL CoreOS carry `fedora` or `rhel` as their id; their read-only root is an overlay (composefs).
 */
export function isReadOnlyByDesign({type, roles, readOnly}: Filesystem, osId: string | null): boolean {
	if (!readOnly) return false;
	if (imageTypes.has(type)) return true;
	const isOnlyRoot = roles.includes('root') && !roles.includes('engine-root') && !roles.includes('containerd-root');
	return isOnlyRoot && (type === 'overlay' || (osId !== null && imageBasedSystems.has(osId)));
}
