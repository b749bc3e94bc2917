/** Lines that end an incident, e.g. `nfs: server nas01 OK`. What was a storm has not ended with one good line. */
import type {AnalysisState} from './analysis-state.ts';
import type {LookUp} from './compile-catalogue.ts';

/** True when an incident ended. */
export function applyClosings(text: string, closings: LookUp['closings'], {board}: AnalysisState): boolean {
	let closed = false;
	for (const {signature, pattern} of closings) {
		const found = pattern.exec(text);
		if (found === null) continue;
		const subject = found.groups?.['subject'] ?? '';
		for (const draft of board.drafts()) {
			const hits = draft.hits.get(signature.id);
			if (hits === undefined || draft.isOver || hits.storm !== null) continue;
			if (subject !== '' && draft.subject !== '' && draft.subject !== subject) continue;
			draft.isOver = true;
			draft.isChanged = true;
			closed = true;
		}
	}
	return closed;
}
