/** The catalogue as a page of tables, one per category, worst signatures first. */
import type {KernelSignature} from '../../../../source/health/kernel/signature.ts';
import {incidentSeverities, kernelCategories, type KernelCategory} from '../../../../source/model/kernel-incident.ts';

const headings: Readonly<Record<KernelCategory, string>> = {
	kernel: 'Kernel',
	memory: 'Memory',
	filesystem: 'Filesystems',
	disk: 'Disks',
	hardware: 'Hardware',
	'storage-driver': 'Storage drivers',
	'docker-daemon': 'Engine',
	network: 'Network',
};

export function formatSignatureTable(signatures: readonly KernelSignature[]): string {
	const sections = kernelCategories.map((category) => {
		const rows = incidentSeverities.flatMap((severity) =>
			signatures.filter((one) => one.category === category && one.severity === severity).map(formatRow),
		);
		return [
			`## ${headings[category]}`,
			'',
			'| Id | Severity | Meaning | Source |',
			'| --- | --- | --- | --- |',
			...rows,
			'',
		];
	});
	return [
		'# Kernel signatures',
		'',
		`What Sickbay recognises in kernel logs and in the logs of the engine: ${String(signatures.length)} signatures. The severity is that of one line; with \\* it changes with repetition, with the kernel release, or on a virtual machine. \`npm run docs:signatures\` writes this page from \`source/health/kernel/catalogue\`.`,
		'',
		...sections.flat(),
	].join('\n');
}

function formatRow(signature: KernelSignature): string {
	const {id, severity, meaning, source, storms, onKernels, onVirtualMachines} = signature;
	const varies = storms !== undefined || onKernels !== undefined || onVirtualMachines !== undefined;
	return `| \`${id}\` | ${severity}${varies ? ' \\*' : ''} | ${escapeCell(meaning)} | ${escapeCell(source)} |`;
}

/** Keeps a text from being read as Markdown. */
function escapeCell(text: string): string {
	return text.replaceAll(/[|*<>]/g, (character) => `\\${character}`);
}
