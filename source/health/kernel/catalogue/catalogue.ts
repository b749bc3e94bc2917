/**
 * The signature catalogue, in the order of matching: the first signature that matches a line wins, so the narrow ones
 * stand before the wide ones.
 */
import type {KernelSignature} from '../signature.ts';
import {aufsAndZfsSignatures} from './aufs-and-zfs.ts';
import {blockDevicesSignatures} from './block-devices.ts';
import {btrfsAndNfsSignatures} from './btrfs-and-nfs.ts';
import {debugReportsSignatures} from './debug-reports.ts';
import {deviceMapperThinSignatures} from './device-mapper-thin.ts';
import {engineLogSignatures} from './engine-log.ts';
import {engineStorageDriverSignatures} from './engine-storage-driver.ts';
import {ext4Signatures} from './ext4.ts';
import {kernelBugsSignatures} from './kernel-bugs.ts';
import {kernelNoticesSignatures} from './kernel-notices.ts';
import {kernelWarningsSignatures} from './kernel-warnings.ts';
import {lockupsSignatures} from './lockups.ts';
import {machineChecksSignatures} from './machine-checks.ts';
import {mdAndMultipathSignatures} from './md-and-multipath.ts';
import {memoryModulesSignatures} from './memory-modules.ts';
import {memoryShortageSignatures} from './memory-shortage.ts';
import {networkSignatures} from './network.ts';
import {oopsesSignatures} from './oopses.ts';
import {outOfMemorySignatures} from './out-of-memory.ts';
import {overlaySignatures} from './overlay.ts';
import {panicsSignatures} from './panics.ts';
import {panicsOfChoiceSignatures} from './panics-of-choice.ts';
import {platformSignatures} from './platform.ts';
import {sataSignatures} from './sata.ts';
import {scsiSignatures} from './scsi.ts';
import {xfsSignatures} from './xfs.ts';

export const signatures: readonly KernelSignature[] = [
	...panicsOfChoiceSignatures,
	...panicsSignatures,
	...oopsesSignatures,
	...kernelBugsSignatures,
	...lockupsSignatures,
	...debugReportsSignatures,
	...kernelWarningsSignatures,
	...kernelNoticesSignatures,
	...outOfMemorySignatures,
	...memoryShortageSignatures,
	...sataSignatures,
	...scsiSignatures,
	...blockDevicesSignatures,
	...mdAndMultipathSignatures,
	...ext4Signatures,
	...xfsSignatures,
	...btrfsAndNfsSignatures,
	...deviceMapperThinSignatures,
	...overlaySignatures,
	...aufsAndZfsSignatures,
	...engineLogSignatures,
	...engineStorageDriverSignatures,
	...networkSignatures,
	...machineChecksSignatures,
	...memoryModulesSignatures,
	...platformSignatures,
];
