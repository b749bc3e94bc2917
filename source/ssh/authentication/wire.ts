/** Reads and writes the SSH wire format (RFC 4251, section 5): numbers of four bytes, and strings with their length. */

export type WireReader = {
	/** Null beyond the end, and from then on. */
	readNumber(): number | null;
	readString(): Buffer | null;
	/** Eight bytes. */
	readLongNumber(): bigint | null;
};

export function createWireReader(data: Buffer): WireReader {
	let at = 0;
	const take = (length: number): Buffer | null => {
		if (at + length > data.length) {
			at = data.length + 1;
			return null;
		}
		at += length;
		return data.subarray(at - length, at);
	};
	const readNumber = (): number | null => take(4)?.readUInt32BE() ?? null;
	return {
		readNumber,
		readString() {
			const length = readNumber();
			return length === null ? null : take(length);
		},
		readLongNumber: () => take(8)?.readBigUInt64BE() ?? null,
	};
}

export function wireNumber(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

export function wireString(value: Buffer | string): Buffer {
	const bytes = Buffer.from(value);
	return Buffer.concat([wireNumber(bytes.length), bytes]);
}

/** An unsigned number of any length, big end first, as `mpint`. */
export function wireInteger(magnitude: Buffer): Buffer {
	let start = 0;
	while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
	const bytes = magnitude.subarray(start);
	return wireString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** The name a public key or certificate in wire format starts with, e.g. `ssh-ed25519`; empty for anything else. */
export function wireTypeOf(blob: Buffer): string {
	const name = createWireReader(blob).readString()?.toString('latin1') ?? '';
	return /^[\x21-\x7E]{1,100}$/.test(name) ? name : '';
}
