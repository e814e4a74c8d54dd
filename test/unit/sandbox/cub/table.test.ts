import { expect, it } from 'vitest';
import { drawTable } from '../../../../runner/sandbox/cub/table.ts';

const CASES = [
  { name: 'no rows', header: ['Name', '#Units'], rows: [], text: 'NAME    #UNITS \n' },
  { name: 'neither', header: undefined, rows: [], text: '' },
  {
    name: 'rows are padded, the header less',
    header: ['A', 'B'],
    rows: [['long', 'x']],
    text: 'A       B \nlong    x    \n',
  },
  { name: 'no header', header: undefined, rows: [['a'], ['bcd']], text: 'a      \nbcd    \n' },
  { name: 'several lines', header: undefined, rows: [['a\nb', 'c']], text: 'a    c    \nb          \n' },
  {
    name: 'wide and combining',
    header: undefined,
    rows: [['製品'], ['e\u0301']],
    text: '製品    \ne\u0301       \n',
  },
  {
    name: 'titles',
    header: ['a_b', 'x.y', '1.5', 'Last-Seen'],
    rows: [],
    text: 'A B    X Y    1.5    LAST-SEEN \n',
  },
  { name: 'an empty column', header: undefined, rows: [['', 'x']], text: '    x    \n' },
];

it.each(CASES)('draws $name', ({ header, rows, text }) => {
  expect(drawTable(header, rows)).toBe(text);
});
