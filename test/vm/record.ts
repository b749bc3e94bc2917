/**
 * Writes the recordings anew: what a real kernel and Debian's tools print about a healthy boot, every trouble the lab can
 * provoke, and every way a boot can end. Run by `node test/vm/record.ts [versions] [troubles] [boots] [forgetful]`, all without a
 * word; each takes two minutes or so.
 */
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {prepareImage, type GuestImage} from './guest-image.ts';
import {startGuest, type Guest} from './guest.ts';
import {
	breakDevice,
	damageDirectory,
	hangTask,
	keepJournal,
	killContainerForMemory,
	lockUpProcessor,
	panic,
	prepareEngine,
	rebootCleanly,
	resetUncleanly,
	unhangTask,
} from './provocations.ts';

const folder = join(import.meta.dirname, 'recordings');
const limitCharacters = 400_000;
const originsFile = join(folder, 'README.md');

/** One file: what the command printed, errors included, and where it came from in the folder's list of origins. */
async function record(
	guest: Guest,
	name: string,
	command: string,
	account: 'root' | 'watcher' = 'root',
): Promise<void> {
	const output = await guest.run(`set +e; export LC_ALL=C; { ${command}\n} 2>&1`, {
		account,
		reject: false,
		timeoutMs: 60_000,
	});
	await writeRecording(name, `\`${command}\` as ${account}`, `${output}\n`);
}

async function writeRecording(name: string, origin: string, text: string): Promise<void> {
	await writeFile(join(folder, name), text.slice(-limitCharacters));
	await noteOrigin(name, origin);
	process.stderr.write(`${new Date().toISOString()} ${name}: ${text.length} characters\n`);
}

/** Keeps one row per recording, so that recording some again leaves the others' rows alone. */
async function noteOrigin(name: string, origin: string): Promise<void> {
	const isRow = (line: string): boolean => line.startsWith('| ') && !line.startsWith('| file |');
	const known = (await readFile(originsFile, 'utf8').catch(() => '')).split('\n').filter(isRow);
	const others = known.filter((row) => !row.startsWith(`| ${name} |`));
	const rows = [...others, `| ${name} | ${origin.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`].sort();
	const heading =
		'Written by `node test/vm/record.ts` from guests of the virtual-machine lab; versions in kernel-version.txt.';
	const lines = ['# What a real kernel prints', '', heading, '', '| file | command |', '|---|---|', ...rows, ''];
	await writeFile(originsFile, lines.join('\n'));
}

/** One trouble: only the lines the kernel wrote meanwhile, in two forms. A trouble that does not come is not recorded. */
async function recordTrouble(guest: Guest, name: string, provoke: () => Promise<void>): Promise<void> {
	const lines = Number(await guest.run('dmesg | wc -l'));
	try {
		await provoke();
	} catch (error) {
		process.stderr.write(`${name} could not be provoked: ${String(error)}\n`);
		return;
	}
	const rest = `tail -n +${lines + 1}`;
	await record(guest, `${name}.dmesg-r.txt`, `dmesg -r | ${rest}`);
	await record(guest, `${name}.dmesg-x.txt`, `dmesg -x | ${rest}`);
}

async function recordLogForms(guest: Guest, prefix: string): Promise<void> {
	await record(guest, `${prefix}.dmesg.txt`, 'dmesg');
	await record(guest, `${prefix}.dmesg-r.txt`, 'dmesg -r');
	await record(guest, `${prefix}.dmesg-x.txt`, 'dmesg -x');
	await record(guest, `${prefix}.dmesg-T.txt`, 'dmesg -T');
	await record(guest, `${prefix}.dmesg-iso.txt`, 'dmesg --time-format iso');
	await record(guest, `${prefix}.dmesg-json.txt`, 'dmesg --json');
	await record(guest, `${prefix}.busybox-dmesg.txt`, 'busybox dmesg');
	await record(guest, `${prefix}.busybox-dmesg-r.txt`, 'busybox dmesg -r');
	await record(guest, `${prefix}.kmsg.txt`, 'dd if=/dev/kmsg bs=8192 iflag=nonblock status=none');
	await record(guest, `${prefix}.journal-k-short.txt`, 'journalctl -k -o short --no-pager');
	await record(guest, `${prefix}.journal-k-json.jsonl`, 'journalctl -k -o json --no-pager | tail -n 120');
}

/** What an account without rights on the log can read all the same. */
async function recordCounters(guest: Guest, prefix: string): Promise<void> {
	const files = [
		'/proc/sys/kernel/tainted /sys/kernel/oops_count /sys/kernel/warn_count /proc/sys/kernel/random/boot_id /proc/uptime',
		'/sys/fs/ext4/*/errors_count /sys/fs/ext4/*/first_error_time /sys/fs/ext4/*/last_error_time /sys/fs/ext4/*/warning_count',
		'/sys/devices/system/edac/mc/mc*/ce_count /proc/pressure/cpu /proc/pressure/io /proc/pressure/memory',
		'/proc/sys/kernel/dmesg_restrict /proc/sys/kernel/panic /proc/sys/kernel/hung_task_timeout_secs',
	].join(' ');
	const commands = [`grep -H . ${files}`, 'grep oom_kill /proc/vmstat', 'grep btime /proc/stat'];
	const more = [
		'ps -eo state,pid,wchan:32,comm | grep ^D',
		'cat /proc/mounts',
		'dmesg',
		'journalctl -k -n 3 --no-pager',
	];
	const rights = ['cat /dev/kmsg', 'ls -ld /sys/fs/pstore /var/lib/systemd/pstore', 'ls /sys/fs/pstore', 'id'];
	const script = [...commands, ...more, ...rights, 'journalctl --list-boots --no-pager', 'last -Fxw | head -n 5']
		.map((command) => `echo '$ ${command}'; ${command}`)
		.join('\n');
	await record(guest, `${prefix}.counters-as-watcher.txt`, script, 'watcher');
}

async function recordBootHistory(guest: Guest, prefix: string): Promise<void> {
	await record(guest, `${prefix}.list-boots.txt`, 'journalctl --list-boots --no-pager');
	await record(guest, `${prefix}.list-boots.json`, 'journalctl --list-boots -o json --no-pager');
	await record(guest, `${prefix}.previous-kernel-tail.jsonl`, 'journalctl -k -b -1 -o json -n 50 --no-pager');
	await record(guest, `${prefix}.previous-tail.txt`, 'journalctl -b -1 -o short-iso -n 60 --no-pager');
	await record(guest, `${prefix}.last.txt`, 'last -Fxw');
	await record(
		guest,
		`${prefix}.boot-head.txt`,
		'dmesg -x | grep -iE "recover|journal|pstore|ramoops|orphan|uncleanly"',
	);
	const stores = '/sys/fs/pstore /var/lib/systemd/pstore';
	await record(guest, `${prefix}.pstore-files.txt`, `stat -f -c '%n %T' /sys/fs/pstore; find ${stores} -ls`);
}

/** Who says all this: kernel, distribution, engine and tools. */
async function recordVersions(image: GuestImage): Promise<void> {
	const guest = await startGuest(image, {name: 'sb-vm'});
	try {
		await guest.waitForSsh();
		await prepareEngine(guest);
		const versions = 'uname -a; cat /etc/os-release; docker version; journalctl --version; dmesg --version';
		await record(guest, 'kernel-version.txt', versions);
	} finally {
		await guest.destroy();
	}
}

/** A healthy boot, then one trouble after the other, each visible to root in every form and to `watcher` in none. */
async function recordTroubles(image: GuestImage): Promise<void> {
	const guest = await startGuest(image, {name: 'sb-vm', extraDiskMegabytes: [64]});
	try {
		await guest.waitForSsh();
		await prepareEngine(guest);
		await recordLogForms(guest, 'healthy');
		await recordCounters(guest, 'healthy');
		await recordTrouble(guest, 'container-oom', () => killContainerForMemory(guest, 'greedy'));
		await recordTrouble(guest, 'hung-task', () => hangTask(guest));
		await recordCounters(guest, 'hung');
		await unhangTask(guest);
		await recordTrouble(guest, 'ext4-damaged-directory', () => damageDirectory(guest));
		await recordTrouble(guest, 'ext4-broken-device', () => breakDevice(guest));
		await recordLogForms(guest, 'sick');
		await recordCounters(guest, 'sick');
	} finally {
		await guest.destroy();
	}
}

/** With a journal that remembers: a clean reboot, a reset after a lockup, a reset out of nothing, and a panic. */
async function recordBoots(image: GuestImage): Promise<void> {
	const guest = await startGuest(image, {name: 'sb-vm'});
	try {
		await guest.waitForSsh();
		await keepJournal(guest);
		await rebootCleanly(guest);
		await recordBootHistory(guest, 'after-clean-reboot');
		await recordTrouble(guest, 'soft-lockup', () => lockUpProcessor(guest));
		await recordCounters(guest, 'locked-up');
		await resetUncleanly(guest);
		await recordBootHistory(guest, 'after-lockup-and-reset');
		await resetUncleanly(guest);
		await recordBootHistory(guest, 'after-reset');
		await panicAndReset(guest);
		await recordBootHistory(guest, 'after-panic');
		const found = 'for file in $(find /var/lib/systemd/pstore -type f | sort); do echo "==> $file"; cat $file; done';
		await record(guest, 'after-panic.systemd-pstore.txt', found);
		await record(
			guest,
			'after-panic.systemd-pstore-journal.txt',
			'journalctl -b -u systemd-pstore -o short-iso --no-pager',
		);
		await writeRecording('serial-console.txt', 'ttyS0 over all boots', await guest.readConsole());
	} finally {
		await guest.destroy();
	}
}

/** A panic on a guest whose journal forgets and whose pstore nobody empties. */
async function recordForgetful(image: GuestImage): Promise<void> {
	const guest = await startGuest(image, {name: 'sb-vm', kernelArguments: ['systemd.mask=systemd-pstore.service']});
	try {
		await guest.waitForSsh();
		await panicAndReset(guest);
		await recordBootHistory(guest, 'forgetful-after-panic');
		await record(guest, 'forgetful-after-panic.pstore-dmesg-ramoops-0.txt', 'cat /sys/fs/pstore/dmesg-ramoops-0');
	} finally {
		await guest.destroy();
	}
}

async function panicAndReset(guest: Guest): Promise<void> {
	const before = await guest.readBootId();
	await panic(guest);
	await guest.reset();
	await guest.waitForSsh(before);
}

await mkdir(folder, {recursive: true});
const image = await prepareImage();
const parts = {versions: recordVersions, troubles: recordTroubles, boots: recordBoots, forgetful: recordForgetful};
const wanted = process.argv.slice(2);
for (const [name, recordPart] of Object.entries(parts)) {
	if (wanted.length === 0 || wanted.includes(name)) await recordPart(image);
}
