/** The exit code that lets a script act on a saved log without reading what was found. */
import type {Explanation} from '../explain/explanation.ts';

/**
 * 2 if any incident is critical or a panic, else 3 if something could not be read or held no line at all, else 1 if any is
 * a warning, else 0: what was not read is not well.
 */
export function exitCodeOfExplanation({incidents, lines, troubles}: Explanation): 0 | 1 | 2 | 3 {
	if (incidents.some(({severity}) => severity === 'panic' || severity === 'critical')) return 2;
	if (troubles.length > 0 || lines.kernel + lines.programs === 0) return 3;
	return incidents.some(({severity}) => severity === 'warning') ? 1 : 0;
}
