/** The formats of texts that a schema may ask for. */
import { isIpv6, parseAddress } from '../validation/addresses.ts';

const dateTime = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+\-]\d{2}:?\d{2})$/v;

const formats: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': (value) => dateTime.test(value) && !Number.isNaN(Date.parse(value)),
  date: (value) => /^\d{4}-\d{2}-\d{2}$/v.test(value) && !Number.isNaN(Date.parse(value)),
  ipv4: (value) => parseAddress(value) !== undefined,
  ipv6: (value) => isIpv6(value),
  uuid: (value) => /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/iv.test(value),
  byte: (value) => /^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$/v.test(value),
  email: (value) => /^[^\s@]+@[^\s@]+$/v.test(value),
  uri: (value) => URL.canParse(value),
  duration: (value) => /^(?:[+\-]?(?:\d+(?:\.\d*)?|\.\d+)\s*[a-zµ]+\s*)+$/iv.test(value),
};

/** Whether the text is of that format; a format that nobody knows is any text. */
export function isOfFormat(format: string, value: string): boolean {
  return !Object.hasOwn(formats, format) || formats[format]?.(value) === true;
}
