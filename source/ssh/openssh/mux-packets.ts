/**
 * The packets of a control master's socket: OpenSSH's PROTOCOL.mux until the master is put into proxy mode, from then
 * on channel messages of SSH itself (RFC 4254), unencrypted. Both have four bytes of length before each packet.
 */

/** Message numbers of PROTOCOL.mux, sections 1 and 11. */
export const muxMessages = {hello: 0x0000_0001, proxy: 0x1000_000f, proxyAccepted: 0x8000_000f} as const;
export const muxVersion = 4;

/** Message numbers of RFC 4254, section 9. */
export const channelMessages = {
	open: 90,
	openConfirmation: 91,
	openFailure: 92,
	windowAdjust: 93,
	data: 94,
	extendedData: 95,
	eof: 96,
	close: 97,
	request: 98,
	success: 99,
	failure: 100,
} as const;

/** OpenSSH's own limit is 256 KiB. */
const packetLimitBytes = 1024 * 1024;

export type PacketField = number | boolean | string | Buffer;

/** Numbers become four bytes, booleans one, texts and buffers their length and bytes. */
export function encodeFields(fields: readonly PacketField[]): Buffer {
	return Buffer.concat(
		fields.flatMap((field) => {
			if (typeof field === 'number') return [encodeNumber(field)];
			if (typeof field === 'boolean') return [Buffer.of(field ? 1 : 0)];
			const bytes = typeof field === 'string' ? Buffer.from(field) : field;
			return [encodeNumber(bytes.length), bytes];
		}),
	);
}

export function encodeMuxPacket(fields: readonly PacketField[]): Buffer {
	return encodeFields([encodeFields(fields)]);
}

/** A channel message in proxy mode: no padding, then type and fields. */
export function encodeChannelPacket(type: number, fields: readonly PacketField[]): Buffer {
	return encodeFields([Buffer.concat([Buffer.of(0, type), encodeFields(fields)])]);
}

function encodeNumber(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

/** Reads fields one after the other; throws a `RangeError` when there are no more. */
export class PacketReader {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	byte(): number {
		return this.#bytes.readUInt8(this.#at++);
	}

	number(): number {
		this.#at += 4;
		return this.#bytes.readUInt32BE(this.#at - 4);
	}

	bytes(): Buffer {
		const length = this.number();
		if (this.#at + length > this.#bytes.length) throw new RangeError('packet is cut short');
		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}

	text(): string {
		return this.bytes().toString('utf8');
	}
}

/** Returns a function that takes bytes as they come and gives the whole packets in them; throws on oversized ones. */
export function createPacketSplitter(): (chunk: Buffer) => readonly Buffer[] {
	let kept: Buffer[] = [];
	let keptBytes = 0;
	return (chunk) => {
		kept.push(chunk);
		keptBytes += chunk.length;
		const first = kept[0];
		// Joining the parts of a packet only when it is whole keeps large ones from being copied again and again.
		if (first !== undefined && first.length >= 4 && keptBytes < first.readUInt32BE(0) + 4) {
			checkLength(first.readUInt32BE(0));
			return [];
		}
		const bytes = kept.length === 1 ? chunk : Buffer.concat(kept);
		const packets: Buffer[] = [];
		let at = 0;
		while (bytes.length - at >= 4) {
			const length = bytes.readUInt32BE(at);
			checkLength(length);
			if (bytes.length - at < length + 4) break;
			packets.push(bytes.subarray(at + 4, at + 4 + length));
			at += length + 4;
		}
		const rest = bytes.subarray(at);
		kept = rest.length === 0 ? [] : [rest];
		keptBytes = rest.length;
		return packets;
	};
}

function checkLength(length: number): void {
	if (length > packetLimitBytes) throw new RangeError(`packet of ${length} bytes`);
}
