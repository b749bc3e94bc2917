/** Says what would leave evidence of the next crash, naming only what the host lacks. */
import type {Boot, BootEvidence, BootEvidenceSource} from '../../model/boots.ts';

/** Null when the last stop is explained, or when nothing is known of any. */
export function adviseOnEvidence(evidence: BootEvidence, last: Boot | null): string | null {
	if (last === null || (last.ending !== 'unclean' && last.ending !== 'unknown')) return null;
	const lacking = [
		isAbsent(evidence, 'journal') ? keepJournal : null,
		evidence.panicTimeoutSeconds === 0 ? restartAfterPanic : null,
		isAbsent(evidence, 'pstore') && isAbsent(evidence, 'kdump') ? saveLastWords : null,
	].filter((words) => words !== null);
	if (lacking.length > 0) return `So that the next crash leaves evidence: ${lacking.join('; ')}.`;
	return last.ending === 'unclean'
		? 'This host would have kept a panic: look at power and hardware (`sudo ipmitool sel list`), or at the hypervisor’s own log.'
		: null;
}

const keepJournal =
	'keep the journal on disk (`sudo mkdir -p /var/log/journal && sudo systemctl restart systemd-journald`)';
const restartAfterPanic =
	'let a panicked kernel write and restart instead of waiting for ever (`echo kernel.panic=10 | sudo tee /etc/sysctl.d/90-panic.conf && sudo sysctl --system`)';
const saveLastWords =
	'let the kernel save its last words with kdump (`sudo apt install kdump-tools`, `sudo dnf install kexec-tools`), because there is no pstore';

function isAbsent({sources}: BootEvidence, source: BootEvidenceSource): boolean {
	return sources.some((one) => one.source === source && one.state === 'absent');
}
