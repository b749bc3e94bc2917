/** Errors that file systems keep in their superblocks, and arrays without all their disks. */
import {formatDuration, formatPlural} from '../../support/format.ts';
import {formatIsoTime} from '../format-iso-time.ts';
import {isTold, type CountedFinding, type CounterContext} from './counter-context.ts';

/** The errors stand in the superblock until a check of the file system clears them. */
export function judgeExt4({input, counters, isLogRead}: CounterContext): readonly CountedFinding[] {
	const {identity} = input.readings;
	const bootedAt = identity.kind === 'ok' ? identity.at - identity.value.uptimeSeconds * 1000 : null;
	return counters.ext4Errors
		.filter(({device}) => !isTold(input, /^(?:ext4-|jbd2-|fs-remount|panic-fs|fs-structure)/, device))
		.map(({device, count, firstAt, lastAt}) => {
			const isOfThisBoot = bootedAt !== null && lastAt !== null && lastAt >= bootedAt;
			return {
				id: 'ext4-errors-counted',
				severity: isOfThisBoot && !isLogRead ? 'critical' : 'warning',
				category: 'filesystem',
				subject: device,
				summary: `${device}: ${formatPlural(count, 'ext4 error')} recorded${lastAt === null ? '' : `, last ${formatDuration(input.now - lastAt)} ago`}`,
				evidence: [
					`errors_count: ${count}`,
					`first_error_time: ${timeWords(firstAt)}`,
					`last_error_time: ${timeWords(lastAt)}`,
				],
				since: firstAt,
				count,
				meaning:
					'The file system found its own structures wrong, or its disk failed to read or write them; the record stays until it is checked.',
				advice: `Look at the disk (\`sudo smartctl -a /dev/${device}\`), then unmount and run \`sudo e2fsck -f /dev/${device}\`.`,
			} as const;
		});
}

function timeWords(at: number | null): string {
	return (at === null ? null : formatIsoTime(at)) ?? 'not recorded';
}

export function judgeArrays({input, counters}: CounterContext): readonly CountedFinding[] {
	return counters.degradedArrays
		.filter((array) => !isTold(input, /^md-/, array))
		.map((array) => ({
			id: 'array-degraded',
			severity: 'warning' as const,
			category: 'disk' as const,
			subject: array,
			summary: `array ${array} runs without all its disks`,
			evidence: [`/sys/block/${array}/md/degraded is not 0`],
			meaning: 'One more disk that fails may take the data with it.',
			advice: `See which is missing: \`cat /proc/mdstat\`, \`sudo mdadm --detail /dev/${array}\`; replace it.`,
		}));
}
