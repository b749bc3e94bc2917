/** What is done to a guest's kernel to make it really say what Sickbay must find, and how it is undone where it can be. */
import {waitFor} from '../lab/wait-for.ts';
import type {Guest} from './guest.ts';

/** Lets the journal outlive a reboot; the disk comes without that folder, so a new guest forgets. */
export async function keepJournal(guest: Guest): Promise<void> {
	await guest.run('mkdir -p /var/log/journal; systemd-tmpfiles --create --prefix /var/log/journal; journalctl --flush');
}

/** The engine answers and has the image `lab:1`, which is busybox and nothing else. */
export async function prepareEngine(guest: Guest): Promise<void> {
	await waitFor(`${guest.name}: the engine answers`, 180_000, () =>
		guest.run('timeout 20 docker info >/dev/null && echo yes'),
	);
	await guest.run('docker image inspect lab:1 >/dev/null 2>&1 || docker import /srv/lab/busybox.tar lab:1');
}

/** A container asks for twice the memory it may have, and is killed for it. */
export async function killContainerForMemory(guest: Guest, container: string): Promise<void> {
	const greed = '/usr/bin/busybox dd if=/dev/zero of=/dev/null bs=64M count=1';
	await guest.run(`docker run --name ${container} --network none --memory 32m lab:1 ${greed} || [ $? -eq 137 ]`);
}

/** A process waits for a frozen file system until the kernel complains, about ten seconds later. */
export async function hangTask(guest: Guest): Promise<void> {
	await guest.run(`
		sysctl -q -w kernel.hung_task_timeout_secs=5
		truncate -s 32M /srv/lab/frozen.img
		mkfs.ext4 -q -F /srv/lab/frozen.img
		mkdir -p /mnt/frozen
		mount -o loop /srv/lab/frozen.img /mnt/frozen
		fsfreeze -f /mnt/frozen
		setsid dd if=/dev/zero of=/mnt/frozen/file count=1 </dev/null >/dev/null 2>&1 &
	`);
	await waitForKernelLine(guest, 'blocked for more than 5 seconds');
}

/** The file system thaws; the process that waited goes on. */
export async function unhangTask(guest: Guest): Promise<void> {
	await guest.run('sysctl -q -w kernel.hung_task_timeout_secs=120; fsfreeze -u /mnt/frozen; umount /mnt/frozen');
}

/** A directory's block on disk is overwritten with noise while nobody looks; then somebody lists it. */
export async function damageDirectory(guest: Guest): Promise<void> {
	await guest.run(`
		truncate -s 64M /srv/lab/damaged.img
		mkfs.ext4 -q -F -b 4096 /srv/lab/damaged.img
		mkdir -p /mnt/damaged
		mount -o loop /srv/lab/damaged.img /mnt/damaged
		mkdir /mnt/damaged/folder
		touch /mnt/damaged/folder/file
		umount /mnt/damaged
		block=$(debugfs -R 'blocks /folder' /srv/lab/damaged.img 2>/dev/null)
		tr '\\0' '\\252' </dev/zero | dd of=/srv/lab/damaged.img bs=4096 seek=$((block)) count=1 iflag=fullblock conv=notrunc 2>/dev/null
		mount -o loop /srv/lab/damaged.img /mnt/damaged
		ls /mnt/damaged/folder >/dev/null 2>&1 || true
	`);
	await waitForKernelLine(guest, 'EXT4-fs error');
}

/** The device under a mounted ext4 answers every request with an error from now on: the journal gives up. */
export async function breakDevice(guest: Guest): Promise<void> {
	await guest.run(`
		size=$(blockdev --getsz /dev/vdb)
		echo "0 $size linear /dev/vdb 0" | dmsetup create lab-broken
		mkfs.ext4 -q -b 4096 /dev/mapper/lab-broken
		mkdir -p /mnt/broken
		mount -o errors=remount-ro /dev/mapper/lab-broken /mnt/broken
		touch /mnt/broken/before
		sync
		dmsetup suspend --noflush lab-broken
		echo "0 $size error" | dmsetup reload lab-broken
		dmsetup resume lab-broken
		touch /mnt/broken/after
		timeout 20 sync -f /mnt/broken 2>/dev/null || true
		touch /mnt/broken/later 2>/dev/null || true
	`);
	await waitForKernelLine(guest, 'Aborting journal on device');
}

/**
 * Keeps a processor in the kernel without a pause: the crypto self-test counts hashes for so many seconds per block size
 * and gives nobody a chance. With `watchdog_thresh` 2 the kernel complains after four seconds.
 */
export async function lockUpProcessor(guest: Guest): Promise<void> {
	await guest.run(`
		sysctl -q -w kernel.watchdog_thresh=2
		setsid timeout 30 modprobe tcrypt mode=303 sec=8 </dev/null >/dev/null 2>&1 &
	`);
	await waitForKernelLine(guest, 'BUG: soft lockup');
}

/** The kernel panics and, told to wait for ever, stays dead until somebody presses reset. */
export async function panic(guest: Guest): Promise<void> {
	await guest.run('sync; (sleep 0.3; echo c >/proc/sysrq-trigger) </dev/null >/dev/null 2>&1 &');
	await waitFor(`${guest.name} panics`, 30_000, async () =>
		(await guest.readConsole()).includes('---[ end Kernel panic - not syncing: sysrq triggered crash'),
	);
}

/** A reboot as an operator orders it; resolves when the guest is back. */
export async function rebootCleanly(guest: Guest): Promise<void> {
	const before = await guest.readBootId();
	await guest.run('systemctl reboot', {reject: false});
	await guest.waitForSsh(before);
}

/** The reset button under a running system; resolves when the guest is back. */
export async function resetUncleanly(guest: Guest): Promise<void> {
	const before = await guest.readBootId();
	await guest.reset();
	await guest.waitForSsh(before);
}

export async function waitForKernelLine(guest: Guest, text: string): Promise<void> {
	await waitFor(`${guest.name}: the kernel says "${text}"`, 60_000, async () =>
		(await guest.run('dmesg', {timeoutMs: 20_000})).includes(text),
	);
}
