/** The explanation of saved logs for scripts; its fields are described in `explain-shape.md`. */
import type {Explanation} from '../explain/explanation.ts';
import {incidentSeverities} from '../model/kernel-incident.ts';

export type ExplanationFacts = {
	/** ISO 8601, UTC. */
	readonly generatedAt: string;
	/** Sickbay's own version. */
	readonly version: string;
};

/** Two spaces of indentation, one newline at the end. */
export function formatExplanationJson(explanation: Explanation, {generatedAt, version}: ExplanationFacts): string {
	const {incidents, ...rest} = explanation;
	const summary = Object.fromEntries(
		incidentSeverities.map((severity) => [severity, incidents.filter((one) => one.severity === severity).length]),
	);
	const document = {schema: 'sickbay.explain/1', generatedAt, version, summary, ...rest, incidents};
	return `${JSON.stringify(document, null, 2)}\n`;
}
