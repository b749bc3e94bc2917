/** Recognises the image of a registry by its name, as far as anybody can. */

/** The last part of the image's name, without host, tag and digest. */
const registryNames: ReadonlySet<string> = new Set(['registry', 'distribution', 'docker-registry', 'registry-photon']);

export function isRegistryImage(image: string): boolean {
	const name = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
	return registryNames.has(name.slice(name.lastIndexOf('/') + 1));
}
