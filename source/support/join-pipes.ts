/** Makes one duplex of a process's standard output and input; unlike `Duplex.from`, an early end is no error. */
import {Duplex, type Readable, type Writable} from 'node:stream';

/** Reads from `output`, writes to `input`; ends both when the output ends, destroys both when destroyed. */
export function joinPipes(output: Readable, input: Writable): Duplex {
	const duplex = new Duplex({
		allowHalfOpen: false,
		read: () => void output.resume(),
		write(chunk: Buffer, _encoding, callback) {
			// A process that has stopped reading says so by ending its output, so a failed write is not told twice.
			if (input.writable) input.write(chunk, () => callback());
			else callback();
		},
		final(callback) {
			input.end();
			callback();
		},
		destroy(error, callback) {
			output.destroy();
			input.destroy();
			callback(error);
		},
	});
	const end = (): void => {
		if (!duplex.readableEnded && !duplex.destroyed) duplex.push(null);
	};
	for (const pipe of [output, input]) pipe.on('error', () => undefined);
	output.on('data', (chunk: Buffer) => {
		if (!duplex.push(chunk)) output.pause();
	});
	output.once('end', end);
	output.once('close', () => {
		if (!output.readableEnded) end();
	});
	return duplex;
}
