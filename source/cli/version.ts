/** The version of this program, from its package. */
import packageFacts from '../../package.json' with {type: 'json'};

export const {version} = packageFacts;
