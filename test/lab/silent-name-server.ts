/**
 * A name server on port 53 of 127.0.0.1 that never answers for names that begin with `silent`, and has 127.0.0.1 for all
 * others. Says a line when it listens.
 */
import {createSocket} from 'node:dgram';

const headerBytes = 12;
const answer127 = Buffer.from([0xc0, headerBytes, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);

const socket = createSocket('udp4');
socket.on('message', (query, {port, address}) => {
	let end = headerBytes;
	while ((query[end] ?? 0) !== 0) end += (query[end] ?? 0) + 1;
	const name = query.toString('latin1', headerBytes + 1, end);
	if (name.startsWith('silent')) return;
	const asksForIpv4 = query.readUInt16BE(end + 1) === 1;
	// The question is sent back as it came, behind a header that says: an answer, no error, so many records (RFC 1035, 4.1).
	const header = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, asksForIpv4 ? 1 : 0, 0, 0, 0, 0]);
	const parts = [header, query.subarray(headerBytes, end + 5), ...(asksForIpv4 ? [answer127] : [])];
	socket.send(Buffer.concat(parts), port, address);
});
socket.bind(53, '127.0.0.1', () => process.stdout.write('listening\n'));
