export function errorsPage(codes: Readonly<Record<string, string>>): string;
