/**
 * Knows which names of a log mean one physical disk: partitions, the SATA port behind an `sdX`, an NVMe controller and
 * its namespaces. The link from port to disk is read from the log itself.
 */
import {isWithin, type Moment} from './moment.ts';

export type DeviceNames = {
	/** Reads what a line tells about names; cheap for lines that tell nothing. */
	read(text: string): void;
	/** The disk that `device` is or lies on, as people name it. */
	physical(device: string): string;
	/** An error line named `device`: the port that complained just before is the same disk. Returns that port when this is news. */
	linkNeighbour(device: string, moment: Moment): string | null;
	clear(): void;
};

const linksKept = 256;
const neighbourSeconds = 2;

export function createDeviceNames(): DeviceNames {
	const diskOfPort = new Map<string, string>();
	const portOfHost = new Map<string, string>();
	const diskOfAddress = new Map<string, string>();
	const hostsWithoutPort: string[] = [];
	let lastPort: {readonly port: string; readonly moment: Moment} | null = null;

	const link = (port: string, disk: string): void => {
		if (diskOfPort.size < linksKept) diskOfPort.set(port, disk);
	};

	const readAddress = (text: string): void => {
		const [, host, rest, disk] = /^sd (\d+):(\d+:\d+:\d+): \[(sd[a-z]+)\]/.exec(text) ?? [];
		if (host === undefined || disk === undefined) return;
		if (diskOfAddress.size < linksKept) diskOfAddress.set(`${host}:${rest ?? ''}`, disk);
		const port = portOfHost.get(host);
		if (port !== undefined && !diskOfPort.has(port)) link(port, disk);
	};

	/** libata announces its hosts, then the ports in the same order. */
	const readHost = (text: string): void => {
		const host = /^scsi host(\d+): (?:ahci|ata_\w+|sata_\w+|pata_\w+)/.exec(text)?.[1];
		if (host !== undefined && hostsWithoutPort.length < linksKept) hostsWithoutPort.push(host);
	};

	const readPort = (text: string): void => {
		const port = /^(ata\d+): [SP]ATA max /.exec(text)?.[1];
		const host = port === undefined ? undefined : hostsWithoutPort.shift();
		if (port !== undefined && host !== undefined) portOfHost.set(host, port);
	};

	return {
		read(text) {
			if (text.startsWith('sd ')) readAddress(text);
			else if (text.startsWith('scsi host')) readHost(text);
			else if (text.startsWith('ata')) readPort(text);
		},
		physical(device) {
			const name = baseName(device);
			return diskOfPort.get(name) ?? diskOfAddress.get(name) ?? name;
		},
		linkNeighbour(device, moment) {
			const name = baseName(device);
			if (/^ata\d+$/.test(name)) {
				lastPort = {port: name, moment};
				return null;
			}
			if (lastPort === null || !/^sd[a-z]+$/.test(name)) return null;
			const {port} = lastPort;
			const isNews = isWithin(lastPort.moment, moment, neighbourSeconds, 10);
			lastPort = null;
			if (!isNews || diskOfPort.has(port) || [...diskOfPort.values()].includes(name)) return null;
			link(port, name);
			return port;
		},
		clear() {
			diskOfPort.clear();
			portOfHost.clear();
			diskOfAddress.clear();
			hostsWithoutPort.length = 0;
			lastPort = null;
		},
	};
}

/** `/dev/sdb1` lies on `sdb`, `nvme0n1p3` and `nvme0c1n1` on `nvme0`, `ata6.00` on `ata6`. */
function baseName(device: string): string {
	const name = device.replace(/^\/dev\//, '').replace(/[,.:)]+$/, '');
	return name
		.replace(/^(ata\d+)\.\d+$/, '$1')
		.replace(/^((?:sd|hd|vd|xvd)[a-z]+)\d+$/, '$1')
		.replace(/^(nvme\d+)(?:c\d+)?n\d+(?:p\d+)?$/, '$1')
		.replace(/^(mmcblk\d+)(?:p\d+|boot\d|rpmb)?$/, '$1')
		.replace(/^(md\d+)p\d+$/, '$1');
}

/** True for a device the device mapper made. */
export function isMapped(device: string): boolean {
	return /^dm-\d+$/.test(device);
}
