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

type Known = {
	readonly diskOfPort: Map<string, string>;
	readonly portOfHost: Map<string, string>;
	/** By `H:C:T:L`. */
	readonly diskOfAddress: Map<string, string>;
	readonly hostsWithoutPort: string[];
	lastPort: {readonly port: string; readonly moment: Moment} | null;
};

const linksKept = 256;
const neighbourSeconds = 2;

export function createDeviceNames(): DeviceNames {
	let known = nothingKnown();
	return {
		read(text) {
			if (text.startsWith('sd ')) readAddress(text, known);
			else if (text.startsWith('scsi host')) readHost(text, known);
			else if (text.startsWith('ata')) readPort(text, known);
		},
		physical(device) {
			const name = baseName(device);
			return known.diskOfPort.get(name) ?? known.diskOfAddress.get(name) ?? name;
		},
		linkNeighbour: (device, moment) => linkNeighbour(baseName(device), moment, known),
		clear() {
			known = nothingKnown();
		},
	};
}

/** True for a device the device mapper made. */
export function isMapped(device: string): boolean {
	return /^dm-\d+$/.test(device);
}

function nothingKnown(): Known {
	return {
		diskOfPort: new Map(),
		portOfHost: new Map(),
		diskOfAddress: new Map(),
		hostsWithoutPort: [],
		lastPort: null,
	};
}

function readAddress(text: string, known: Known): void {
	const [, host, rest, disk] = /^sd (\d+):(\d+:\d+:\d+): \[(sd[a-z]+)\]/.exec(text) ?? [];
	if (host === undefined || disk === undefined) return;
	keep(known.diskOfAddress, `${host}:${rest ?? ''}`, disk);
	const port = known.portOfHost.get(host);
	if (port !== undefined && !known.diskOfPort.has(port)) keep(known.diskOfPort, port, disk);
}

/** libata announces its hosts, then the ports in the same order. */
function readHost(text: string, {hostsWithoutPort}: Known): void {
	const host = /^scsi host(\d+): (?:ahci|ata_\w+|sata_\w+|pata_\w+)/.exec(text)?.[1];
	if (host !== undefined && hostsWithoutPort.length < linksKept) hostsWithoutPort.push(host);
}

function readPort(text: string, {hostsWithoutPort, portOfHost}: Known): void {
	const port = /^(ata\d+): [SP]ATA max /.exec(text)?.[1];
	const host = port === undefined ? undefined : hostsWithoutPort.shift();
	if (port !== undefined && host !== undefined) keep(portOfHost, host, port);
}

function linkNeighbour(name: string, moment: Moment, known: Known): string | null {
	const {lastPort, diskOfPort} = known;
	if (/^ata\d+$/.test(name)) {
		known.lastPort = {port: name, moment};
		return null;
	}
	if (lastPort === null || !/^sd[a-z]+$/.test(name)) return null;
	known.lastPort = null;
	const {port} = lastPort;
	const isNeighbour = isWithin(lastPort.moment, moment, neighbourSeconds, 10);
	if (!isNeighbour || diskOfPort.has(port) || [...diskOfPort.values()].includes(name)) return null;
	keep(diskOfPort, port, name);
	return port;
}

function keep(links: Map<string, string>, from: string, to: string): void {
	if (links.size < linksKept || links.has(from)) links.set(from, to);
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
