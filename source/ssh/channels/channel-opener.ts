/** What opens channels of an authenticated connection, named and shaped as in ssh2's `Client`, which is one. */
import type {Duplex, Readable} from 'node:stream';

/** A channel, in as far as it is used here; it emits `exit` as ssh2's does. */
export type OpenChannel = Duplex & {readonly stderr: Readable};

/** `reason` is the channel open failure code of RFC 4254, section 5.1. */
export type ChannelError = Error & {readonly reason?: unknown};

export type ChannelCallback<Channel extends OpenChannel = OpenChannel> = (
	error: ChannelError | undefined,
	channel: Channel,
) => void;

export type ChannelOpener = {
	exec(commandLine: string, callback: ChannelCallback): unknown;
	openssh_forwardOutStreamLocal(socketPath: string, callback: ChannelCallback): unknown;
};
