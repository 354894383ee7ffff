import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The teal of a seismograph's trace; shade 8 and 9 hold 4.5:1 on white (WCAG 2.2, 1.4.3). */
const juara: MantineColorsTuple = [
  '#e6fbf7',
  '#cdf3ec',
  '#9ee7da',
  '#6bdac7',
  '#42cfb6',
  '#29c9ac',
  '#17b89b',
  '#0a8f78',
  '#00715f',
  '#005446',
];

export const theme = createTheme({
  primaryColor: 'juara',
  primaryShade: 8,
  autoContrast: true,
  colors: { juara },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
});

/** Text on a light tint of its own colour, at 4.5:1 (WCAG 2.2, 1.4.3); Mantine's shades fall short of it. */
const ON_TINT = { teal: '#055c43', blue: '#164f86', orange: '#943600', gray: '#343a40', red: '#a51111', yellow: '#6b4600' } as const;

const onTint = Object.fromEntries(Object.entries(ON_TINT).map(([name, colour]) => [`--mantine-color-${name}-light-color`, colour]));

/** Secondary text that can be read, in both schemes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5a6169', ...onTint },
  dark: { '--mantine-color-dimmed': '#b3b9c0' },
});
