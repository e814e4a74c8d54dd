/** How a renderer marks what matters without knowing of terminals: the caller gives the function that colours. */

export type Role = 'good' | 'bad' | 'warn' | 'dim' | 'strong' | 'added' | 'removed';

/** Marks a text; must not change its visible characters. */
export type Style = (role: Role, text: string) => string;

/** Marks nothing. */
export const plain: Style = (_role, text) => text;
