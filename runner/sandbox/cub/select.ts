/**
 * The `select` parameter of lists: only the fields that the default columns need. The original sends them in random order,
 * we sort them.
 */
export interface Columns {
  /** The entity, such as Unit. */
  readonly entity: string;
  readonly shown: readonly string[];
  readonly aliases?: Readonly<Record<string, string>>;
  /** Fields that a computed column needs. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  /** Always retrieved. */
  readonly base: readonly string[];
  /** The `include` parameter; its names are retrieved too. */
  readonly include: string;
}

/** The comma list; empty means all fields. */
export function neededFields(columns: Columns): string {
  const fields = new Set<string>(columns.base);
  for (const column of columns.shown) for (const field of fieldsOf(columns, column.trim())) fields.add(field);
  for (const name of columns.include.split(',')) if (name !== '') fields.add(name);
  return [...fields].toSorted().join(',');
}

function fieldsOf(columns: Columns, column: string): readonly string[] {
  const needed = columns.needs?.[column] ?? [columns.aliases?.[column] ?? column];
  return needed.flatMap((field) => {
    if (!field.includes('.')) return field.includes('Count') ? [] : [field];
    const own = field.startsWith(`${columns.entity}.`) ? field.slice(columns.entity.length + 1) : field;
    const first = own.split('.')[0] ?? '';
    if (first === 'Labels' || first === 'Annotations') return [first];
    return first === 'UnitStatus' ? [] : [own];
  });
}
