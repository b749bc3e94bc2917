import {describe, expect, it} from 'vitest';
import {isBuildBefore, isEl7, parseKernelRelease} from '../../../source/health/storage/kernel-release.ts';

describe('a kernel’s release', () => {
	it.each([
		['3.10.0-514.26.2.el7.x86_64', 'centos', 'red-hat', [514, 26, 2], 7],
		['3.10.0-693.el7.x86_64', null, 'red-hat', [693], 7],
		['2.6.32-754.35.1.el6.x86_64', 'centos', 'red-hat', [754, 35, 1], 6],
		['5.14.0-570.17.1.el9_6.x86_64', 'rocky', 'red-hat', [570, 17, 1], 9],
		['4.4.0-34-generic', 'ubuntu', 'ubuntu', [34], null],
		['5.15.0-1029-aws', 'ubuntu', 'ubuntu', [1029], null],
		['3.16.0-4-amd64', 'debian', 'debian', [4], null],
		['6.1.0-18-cloud-amd64', 'debian', 'debian', [18], null],
		['5.3.18-150300.59.106-default', 'sles', 'suse', [150_300, 59, 106], null],
		['6.12.31-0-lts', 'alpine', 'other', [0], null],
		['4.14.355-275.570.amzn2.x86_64', 'amzn', 'other', [275, 570], null],
		['6.18.44-fc-v669', 'debian', 'other', [], null],
		['4.17.14-202.fc28.x86_64', 'fedora', 'other', [202], null],
	])('%s on %s is of %s', (text, osId, vendor, build, elMajor) => {
		expect(parseKernelRelease(text, osId)).toMatchObject({text, vendor, build, elMajor});
	});

	it('that is no version is not known', () => {
		expect(parseKernelRelease('', null)).toBeNull();
		expect(parseKernelRelease('Darwin', 'macos')).toBeNull();
	});

	it('of RHEL 7 is compared by its build, number by number', () => {
		const before = (text: string): boolean => {
			const kernel = parseKernelRelease(text, 'centos');
			return kernel !== null && isBuildBefore(kernel, [1062, 4, 1]);
		};
		expect(before('3.10.0-957.27.2.el7.x86_64')).toBe(true);
		expect(before('3.10.0-1062.1.2.el7.x86_64')).toBe(true);
		expect(before('3.10.0-1062.el7.x86_64')).toBe(true);
		expect(before('3.10.0-1062.4.1.el7.x86_64')).toBe(false);
		expect(before('3.10.0-1062.12.1.el7.x86_64')).toBe(false);
		expect(before('3.10.0-1160.el7.x86_64')).toBe(false);
		expect(before('3.10.0')).toBe(false);
	});

	it('with a newer kernel of one’s own choice on RHEL 7 is not RHEL 7’s', () => {
		expect(isEl7(parseKernelRelease('3.10.0-1160.el7.x86_64', 'centos'))).toBe(true);
		expect(isEl7(parseKernelRelease('5.4.278-1.el7.elrepo.x86_64', 'centos'))).toBe(false);
		expect(isEl7(null)).toBe(false);
	});
});
