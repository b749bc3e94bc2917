/** The far side of the kernel log follower: the method that works, then the records, for as long as anybody listens. */
import type {ServerChannel} from 'ssh2';
import type {DemoHost} from './demo-host.ts';

/** Ends with the client's end of input, as the lifeline around the real follower does. */
export function answerKernelLog(channel: ServerChannel, host: DemoHost, methods: readonly string[]): void {
	const leave = (code: number): void => {
		if (!channel.writable) return;
		channel.exit(code);
		channel.end();
	};
	channel.resume();
	const allowed = host.plan.kernelLogMethod;
	// Where plain reading is allowed, reading through sudo is too.
	const method = methods.find((offered) => offered === allowed || (allowed === 'kmsg' && offered === 'sudo-kmsg'));
	if (method === undefined) {
		channel.write('refused\n');
		leave(1);
		return;
	}
	channel.write(`method ${method}\n`);
	const unfollow = host.kernelLog.follow((records) => {
		if (channel.writable) channel.write(records);
	});
	channel.once('end', () => leave(0));
	channel.once('close', unfollow);
}
