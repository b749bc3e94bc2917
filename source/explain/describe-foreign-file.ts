/** Knows files that hold a log but are none, by their first bytes, and says how to get the log out of them. */

const kinds: readonly (readonly [magic: string, words: string])[] = [
	['FD377A585A00', 'is compressed with xz; unpack it first: xz -dc FILE | sickbay explain'],
	['28B52FFD', 'is compressed with zstd; unpack it first: zstd -dc FILE | sickbay explain'],
	['425A68', 'is compressed with bzip2; unpack it first: bzip2 -dc FILE | sickbay explain'],
	['04224D18', 'is compressed with lz4; unpack it first: lz4 -dc FILE | sickbay explain'],
	['504B0304', 'is a zip archive; unpack it first: unzip -p FILE | sickbay explain'],
	['4C504B5348485248', 'is a journal; print it first: journalctl --file=FILE -k -o json | sickbay explain'],
	['4B44554D50202020', 'is a memory dump; its log is in vmcore-dmesg.txt or dmesg.* beside it'],
	['7F454C46', 'is a program or a memory dump; of a vmcore, the log is in vmcore-dmesg.txt beside it'],
];

/** Null for anything else. */
export function describeForeignFile(head: Buffer): string | null {
	const digits = head.subarray(0, 8).toString('hex').toUpperCase();
	return kinds.find(([magic]) => digits.startsWith(magic))?.[1] ?? null;
}
