/** Maps what Node, the transport and the command sockets throw to one fault. */
import {TransportError} from '../model/transport.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {EngineFault, type EngineFaultKind} from './engine-fault.ts';

const kindsByCode: Readonly<Record<string, EngineFaultKind>> = {
	ECONNREFUSED: 'refused',
	ENOENT: 'missing',
	ENOTDIR: 'missing',
	EACCES: 'forbidden',
	EPERM: 'forbidden',
	ABORT_ERR: 'aborted',
	ECONNRESET: 'lost',
	EPIPE: 'lost',
	ERR_STREAM_PREMATURE_CLOSE: 'lost',
};

/** A transport that cannot tell why the host refused a socket yields `refused`. */
export function classifyRequestError(error: Error): EngineFault {
	if (error instanceof EngineFault) return error;
	const message = sanitiseLine(error.message, 300);
	const byCode = kindsByCode[codeOf(error) ?? ''] ?? kindsByCode[codeOf(error.cause) ?? ''];
	if (byCode) return new EngineFault(byCode, message, {cause: error});
	if (error instanceof TransportError) {
		const lost = error.code === 'closed' || error.code === 'aborted';
		return new EngineFault(lost ? 'lost' : 'refused', message, {cause: error});
	}
	const isHttp = codeOf(error)?.startsWith('HPE_') ?? false;
	return new EngineFault(isHttp ? 'malformed' : 'lost', message, {cause: error});
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
