import { createTheme, type MantineColorsTuple } from '@mantine/core';

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
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { juara },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
});
